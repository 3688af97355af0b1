import type { DensityTest } from './density-test.ts';
import type { Diagnostics } from './estimator.ts';
import { polynomial } from './local-linear.ts';
import { distinctPlaces } from './rd-bandwidth.ts';
import type { ChosenBandwidths } from './rd-choose-bandwidth.ts';
import type { CovariateJump } from './rd-covariates.ts';
import type { Jump } from './rd-estimate.ts';
import type { RdValues } from './rd-parameters.ts';
import type { RdRows } from './rd-rows.ts';

/** Shares of treated units on the side that the rule treats and on the other. */
export type TreatmentShares = { readonly treated: number; readonly control: number };

export type JumpReport = {
  readonly data: RdRows;
  readonly values: RdValues;
  readonly jump: Jump;
  /** The outcomes that the jump is of: adjusted, where they are. */
  readonly outcomes: { readonly control: Float64Array; readonly treated: Float64Array };
  readonly shares: TreatmentShares | null;
  readonly density: DensityTest;
  readonly covariates: readonly CovariateJump[];
  readonly chosen: ChosenBandwidths;
  readonly isAdjusted: boolean;
};

const MASS_SHARE = 0.2;
const ALARM = 0.05;
const FEW = 20;
/** An F of 10 for the first stage. */
const WEAK = Math.sqrt(10);

/** null without a treatment column. */
export function treatmentShares({ treated, control }: RdRows): TreatmentShares | null {
  if (treated.treatment === null || control.treatment === null) return null;
  const share = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  return { treated: share(treated.treatment), control: share(control.treatment) };
}

export function describeJump(report: JumpReport): Diagnostics {
  const { data, values, jump, shares, density, covariates, chosen } = report;
  const least = leastCovariate(covariates);
  return {
    interval_method: values.inference === 'robust' ? 'normal, bias-corrected with robust standard error' : 'normal, conventional',
    bandwidth: chosen.bandwidth,
    bias_bandwidth: chosen.biasBandwidth,
    effective_treated: jump.effective.treated,
    effective_control: jump.effective.control,
    conventional_estimate: jump.conventional.estimate,
    conventional_standard_error: jump.conventional.standardError,
    bias_corrected_estimate: jump.robust.estimate,
    robust_standard_error: jump.robust.standardError,
    mass_point_share: massShare(data),
    density_log_jump: density.logJump,
    density_p_value: density.pValue,
    covariate_jump_p_value: least === null ? null : Math.min(1, least.pValue * covariates.length),
    covariate_jump_worst: least?.name ?? null,
    covariates_adjusted: report.isAdjusted ? data.covariates.names.length : 0,
    treatment_jump: jump.firstStage?.estimate ?? (shares === null ? null : 1),
    share_treated_past_cutoff: shares?.treated ?? null,
    share_treated_short_of_cutoff: shares?.control ?? null,
    r_squared: localRSquared(report),
  };
}

export function jumpWarnings({ data, values, jump, shares, density, covariates, chosen, isAdjusted }: JumpReport): string[] {
  const warnings: string[] = [];
  const name = values.running_column ?? '';
  const { treated, control } = jump.effective;
  if (data.nDonut > 0) warnings.push(`${data.nDonut} units within ${values.donut_radius} of the cutoff were left out.`);
  if (massShare(data) >= MASS_SHARE) {
    warnings.push(
      `Many units share a value of '${name}' (${distinctPlaces(data.treated.side) + distinctPlaces(data.control.side)} distinct values in ${data.n} rows): ` +
        'distinct values, and not rows, decide how near the cutoff can be looked at.',
    );
  }
  if (chosen.isWidened) warnings.push('The bandwidth rule asked for a window with too few distinct values; it was widened to hold enough.');
  if (Math.min(treated, control) < FEW) {
    warnings.push(`Only ${treated} treated and ${control} control units lie within the bandwidth: the normal interval may be too short.`);
  }
  if (jump.firstStage !== null && shares !== null) {
    const { estimate, standardError } = jump.firstStage;
    warnings.push(
      `Treatment does not follow the rule: ${percent(shares.treated)} of units past the cutoff and ${percent(shares.control)} of those short of it are treated. ` +
        'The estimate is the effect on units that follow the rule.',
    );
    if (estimate < 0) warnings.push('Units past the cutoff are treated less often than those short of it: check which side is treated.');
    if (Math.abs(estimate) < WEAK * standardError) {
      warnings.push('The share of treated units hardly changes at the cutoff, so that the estimate and its interval are unreliable.');
    }
  }
  if (density.pValue !== null && density.pValue < ALARM) {
    warnings.push(
      `The number of units changes abruptly at the cutoff (McCrary's test, p ${shortNumber(density.pValue)}): units may have been sorted around it.`,
    );
  }
  const least = leastCovariate(covariates);
  if (least !== null && least.pValue * covariates.length < ALARM) {
    warnings.push(
      `'${least.name}' jumps at the cutoff (p ${shortNumber(least.pValue * covariates.length)} over ${covariates.length} covariates), which it should not if units there are alike.`,
    );
  }
  if (values.covariate_use === 'adjust' && data.covariates.names.length > 0 && !isAdjusted) {
    warnings.push('Too few units lie within the bandwidth to adjust for the covariates; the estimate is without them.');
  }
  return warnings;
}

function leastCovariate(covariates: readonly CovariateJump[]): CovariateJump | null {
  return covariates.reduce<CovariateJump | null>((least, jump) => (least === null || jump.pValue < least.pValue ? jump : least), null);
}

function massShare({ control, treated }: RdRows): number {
  return Math.max(...[control, treated].map(({ side }) => 1 - distinctPlaces(side) / side.x.length));
}

/** Share of the weighted variance near the cutoff that the two local fits explain. */
function localRSquared({ outcomes, jump }: JumpReport): number {
  const parts = [
    { fit: jump.control, outcome: outcomes.control },
    { fit: jump.treated, outcome: outcomes.treated },
  ];
  let weight = 0;
  let sum = 0;
  for (const { fit, outcome } of parts) {
    fit.weights.forEach((w, i) => {
      weight += w;
      sum += w * outcome[fit.window.from + i]!;
    });
  }
  const centre = sum / weight;
  let total = 0;
  let within = 0;
  for (const { fit, outcome } of parts) {
    fit.weights.forEach((w, i) => {
      const value = outcome[fit.window.from + i]!;
      const residual = value - polynomial(fit.coefficients, fit.u[i]!);
      total += w * (value - centre) * (value - centre);
      within += w * residual * residual;
    });
  }
  return total > 0 ? Math.max(0, 1 - within / total) : 0;
}

function percent(share: number): string {
  return `${String(Math.round(1000 * share) / 10)}%`;
}

function shortNumber(p: number): string {
  return p < 0.001 ? '< 0.001' : `= ${String(Math.round(1000 * p) / 1000)}`;
}

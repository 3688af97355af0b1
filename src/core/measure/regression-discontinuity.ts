import { densityTest } from './density-test.ts';
import { defineEstimator, describeEstimator, type Estimate } from './estimator.ts';
import { distinctPlaces } from './rd-bandwidth.ts';
import { chooseBandwidths } from './rd-choose-bandwidth.ts';
import { adjustForCovariates, covariateJumps } from './rd-covariates.ts';
import { jumpAtCutoff, type JumpSettings } from './rd-estimate.ts';
import { rdParameters, type RdValues } from './rd-parameters.ts';
import { drawDiscontinuity } from './rd-picture.ts';
import { describeJump, jumpWarnings, treatmentShares } from './rd-report.ts';
import { readRdRows, type RdRows } from './rd-rows.ts';
import { missingRowsWarning } from './read-table.ts';
import { degenerate, tidyRow } from './tidy-row.ts';

export const regressionDiscontinuityDescription = describeEstimator({
  id: 'regression_discontinuity',
  label: 'Regression discontinuity',
  summary: 'Compares units just past the cutoff of a rule with those just short of it, by lines fitted on either side.',
  model_type: 'quasi-experiment',
  estimand: 'at_cutoff',
  shape: 'cross_section',
  designs: ['threshold_rule'],
  parameters: rdParameters,
  assumptions: [
    'Without the treatment the mean outcome would pass the cutoff without a jump: nothing else changes there.',
    'Nobody steers a unit to one side of the cutoff; units just past it and just short of it are alike.',
    'The effect is that on units at the cutoff; it says little of units far from it.',
    'Where treatment does not follow the rule, the rule touches the outcome only through the treatment, and discourages nobody.',
  ],
  reference:
    'Calonico, S., Cattaneo, M. D. and Titiunik, R. (2014). Robust nonparametric confidence intervals for regression-discontinuity designs. Econometrica 82, 2295-2326.',
});

/**
 * Effect on units at the cutoff of a rule that treats one side of it.
 *
 * estimate = limit of the mean outcome from the treated side minus that from the other side, each from a local polynomial fit with
 * kernel weights within a bandwidth of the cutoff; robust inference takes off the estimated bias and counts its uncertainty.
 * Interval and p value are normal. Where the treatment column does not follow the rule, both jumps are divided (local Wald).
 * Places are centred at the cutoff and outcomes at their mean before anything is fitted, so that offsets cost no digits.
 * Source: Calonico, Cattaneo and Titiunik (2014, Econometrica 82); Hahn, Todd and van der Klaauw (2001, Econometrica 69).
 */
export const regressionDiscontinuity = defineEstimator(regressionDiscontinuityDescription, (table, values): Estimate => {
  const data = readRdRows(table, values);
  const shares = treatmentShares(data);
  const shared = {
    estimand: 'at_cutoff' as const,
    n_observations: data.n,
    n_treated: data.treated.rows.length,
    n_control: data.control.rows.length,
    diagnostics: { distinct_treated: distinctPlaces(data.treated.side), distinct_control: distinctPlaces(data.control.side) },
    warnings: missingRowsWarning(data.nMissing, table.rowCount),
  };
  const unusable = whyNoJump(data, values, shares);
  return unusable === null ? measureJump(data, values, shared) : degenerate(shared, unusable);
});

type Shared = Parameters<typeof degenerate>[0];

function measureJump(data: RdRows, values: RdValues, shared: Shared): Estimate {
  const shares = treatmentShares(data);
  const isSharp = shares === null || (shares.treated === 1 && shares.control === 0);
  const chosen = chooseBandwidths(data, values);
  if ('reason' in chosen) return degenerate(shared, chosen.reason);
  const { bandwidth, biasBandwidth } = chosen;
  const settings: JumpSettings = {
    order: values.polynomial_order,
    kernel: values.kernel,
    errorType: values.standard_errors,
    bandwidth,
    biasBandwidth,
  };
  const adjusted =
    values.covariate_use === 'adjust' && data.covariates.columns.length > 0
      ? adjustForCovariates(data, values.polynomial_order, bandwidth, values.kernel)
      : null;
  const { control, treated } = adjusted ?? data;
  const jump = isSharp
    ? jumpAtCutoff({ ...control, treatment: null }, { ...treated, treatment: null }, settings)
    : jumpAtCutoff(control, treated, settings);
  if (jump === null) {
    return degenerate(
      shared,
      `Within the bandwidth of ${bandwidth} of the cutoff one side has too few distinct values of '${values.running_column ?? ''}' to fit a line: give a wider one.`,
    );
  }
  if (jump.firstStage !== null && !(Math.abs(jump.firstStage.estimate) > 1e-9)) {
    return degenerate(shared, 'The share of treated units does not change at the cutoff, so the rule tells nothing of the treatment.');
  }
  const density = densityTest(data.control.side, data.treated.side);
  const covariates = covariateJumps(data, settings);
  const report = {
    data,
    values,
    jump,
    outcomes: { control: control.outcome, treated: treated.outcome },
    shares,
    density,
    covariates,
    chosen,
    isAdjusted: adjusted !== null,
  };
  const inference = values.inference === 'robust' ? jump.robust : jump.conventional;
  const picture = drawDiscontinuity({
    running: values.running_column!,
    cutoff: values.cutoff!,
    treatedSide: values.treated_side,
    bandwidth,
    confidenceLevel: values.confidence_level,
    centre: data.centre,
    control,
    treated,
    controlFit: jump.control,
    treatedFit: jump.treated,
    density,
  });
  return tidyRow(
    {
      ...shared,
      diagnostics: { ...shared.diagnostics, ...describeJump(report) },
      warnings: [...shared.warnings, ...jumpWarnings(report)],
    },
    { ...inference, df: null, confidenceLevel: values.confidence_level },
    data.outcome,
    { picture },
  );
}

function whyNoJump({ n, control, treated, outcome }: RdRows, values: RdValues, shares: ReturnType<typeof treatmentShares>): string | null {
  const other = values.treated_side === 'above' ? 'below' : 'above';
  if (n === 0) return 'No row has a value in every column that is used.';
  if (treated.rows.length === 0) return `No unit lies ${values.treated_side} the cutoff of ${values.cutoff ?? ''}, so nobody is treated.`;
  if (control.rows.length === 0) return `No unit lies ${other} the cutoff of ${values.cutoff ?? ''}, so there is nothing to compare with.`;
  if (outcome.every((value) => value === outcome[0])) return 'The outcome is the same in every row, so no effect can be told from it.';
  if (shares !== null && shares.treated === shares.control && (shares.treated === 0 || shares.treated === 1)) {
    return shares.treated === 0
      ? 'Nobody is treated in the rows that can be used, so there is nothing to compare.'
      : 'Everybody is treated in the rows that can be used, so there is nothing to compare with.';
  }
  return null;
}

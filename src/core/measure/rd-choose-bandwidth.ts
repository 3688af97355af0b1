import { bandwidthHolding, coverageBandwidth, distinctPlaces, mseBandwidths, pilotBandwidth, type Bandwidths } from './rd-bandwidth.ts';
import { ikBandwidth } from './rd-bandwidth-ik.ts';
import { adjustForCovariates } from './rd-covariates.ts';
import type { RdValues } from './rd-parameters.ts';
import type { RdRows } from './rd-rows.ts';

export type ChosenBandwidths = {
  readonly bandwidth: number;
  readonly biasBandwidth: number;
  /** Widened beyond the rule's answer, so that the fits have enough distinct places. */
  readonly isWidened: boolean;
};

/**
 * The bandwidths in use: those given, or by the rule chosen; never so narrow that a fit or its variance would lack distinct
 * places, which are given bandwidths' own affair. A given bandwidth serves the bias too, as in Calonico, Cattaneo and Titiunik.
 */
export function chooseBandwidths(data: RdRows, values: RdValues): ChosenBandwidths | { readonly reason: string } {
  const { bandwidth, bias_bandwidth: given, polynomial_order: p } = values;
  if (bandwidth !== null) return { bandwidth, biasBandwidth: given ?? bandwidth, isWidened: false };
  const sides = [data.control.side, data.treated.side];
  const needed = p + 5;
  if (sides.some((side) => distinctPlaces(side) < needed)) {
    return {
      reason: `One side of the cutoff has fewer than ${needed} distinct values of '${values.running_column ?? ''}', too few to choose a bandwidth from: give one, or take another method.`,
    };
  }
  const byRule = ruleBandwidths(data, values);
  if (byRule === null || !Number.isFinite(byRule.main + byRule.bias)) {
    return { reason: 'The places of the units do not carry the fits by which a bandwidth is chosen: give one.' };
  }
  const main = Math.max(byRule.main, bandwidthHolding(sides, p + 3));
  const bias = given ?? Math.max(byRule.bias, bandwidthHolding(sides, p + 4));
  return { bandwidth: main, biasBandwidth: bias, isWidened: main > byRule.main || (given === null && bias > byRule.bias) };
}

function ruleBandwidths(data: RdRows, values: RdValues): Bandwidths | null {
  const { polynomial_order: order, kernel, standard_errors: errorType, covariate_use, bandwidth_rule } = values;
  const isAdjusted = covariate_use === 'adjust' && data.covariates.columns.length > 0;
  const adjusted = isAdjusted ? adjustForCovariates(data, order, pilotBandwidth({ ...data, kernel }), kernel) : null;
  const { control, treated } = adjusted ?? data;
  if (bandwidth_rule === 'imbens_kalyanaraman') {
    const main = ikBandwidth(control, treated, kernel);
    return main === null ? null : { main, bias: main };
  }
  const best = mseBandwidths({ control, treated, order, kernel, errorType });
  if (best === null || bandwidth_rule === 'mse') return best;
  return { main: coverageBandwidth(best.main, data.n, order), bias: best.bias };
}

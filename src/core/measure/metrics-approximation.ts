import { mean } from '../numeric/moments.ts';
import { defineEstimator, type Estimate } from './estimator.ts';
import { metricsApproximationDescription, type MetricsApproximationValues } from './metrics-approximation-description.ts';
import { bootstrapUncertainty, deltaUncertainty, MOST_BOOTSTRAP_UNITS } from './metrics-approximation-interval.ts';
import { drawResponse } from './metrics-approximation-picture.ts';
import { readChangedUnits, whyNotApproximable, type Belief, type ChangedUnits } from './metrics-approximation-rows.ts';
import { responseFunctions } from './response-functions/index.ts';
import type { ResponseFunction } from './response-functions/response-function.ts';
import { degenerate, finite, positiveP, tidyRow } from './tidy-row.ts';

/** Standard error of a coefficient nobody gave one for, as a share of it. */
const DOUBT = 0.2;

/**
 * What a change in a metric is worth by a response function that is taken on trust.
 *
 * estimate = mean over treated units of baseline * r(before, after; c), r the relative change of the outcome by the response
 * chosen and c its coefficient. Interval by the delta method: sampling of units and uncertainty of c, t with Satterthwaite's
 * degrees of freedom; or by a bootstrap that draws both. `r_squared` says how much of the treated units' outcome the approximation
 * foretold (negative: worse than their mean; 0 without an outcome column); no outcome enters the estimate.
 * Degenerate without two treated units, without a baseline, and where no metric changed.
 * Source: Oehlert (1992, Am. Stat. 46); Efron and Tibshirani (1993).
 */
export const metricsApproximation = defineEstimator(metricsApproximationDescription, (table, values): Estimate => {
  const response: ResponseFunction = responseFunctions[values.response];
  const coefficient = values.coefficient ?? response.defaultCoefficient;
  const standardError = values.coefficient_standard_error ?? DOUBT * Math.abs(coefficient);
  const belief = { coefficient, standardError, scale: values.saturation_scale };
  const units = readChangedUnits(table, values, response, belief);
  const shared = { ...counts(units), diagnostics: {}, warnings: units.warnings };
  const unusable = whyNotApproximable(units);
  return unusable === null ? approximate(units, response, belief, values) : degenerate(shared, unusable);
});

function approximate(units: ChangedUnits, response: ResponseFunction, belief: Belief, values: MetricsApproximationValues): Estimate {
  const { coefficient, scale } = belief;
  const gains = units.baseline.map((value, i) => value * response.change(units.before[i]!, units.after[i]!, coefficient, scale));
  const estimate = mean(gains);
  const delta = deltaUncertainty(units, gains, response, belief);
  const warnings = [...units.warnings];
  if (belief.standardError === 0)
    warnings.push('The coefficient is taken as exactly known, so the interval only allows for differences between units.');
  const diagnostics = {
    interval_method: 't with Satterthwaite degrees of freedom, delta method',
    response: response.id,
    coefficient,
    coefficient_standard_error: belief.standardError,
    coefficient_variance_share: delta.coefficientShare,
    mean_metric_before: mean(units.before),
    mean_metric_after: mean(units.after),
    mean_baseline: mean(units.baseline),
    mean_relative_change: estimate / mean(units.baseline),
    r_squared: foretold(units, gains),
  };
  const shared = { ...counts(units), diagnostics, warnings };
  const picture = drawResponse(units, response, belief, values);
  const row = tidyRow(shared, { estimate, ...delta, confidenceLevel: values.confidence_level }, gains, { picture });
  if (values.interval === 'delta' || row.status === 'degenerate') return row;
  if (units.n > MOST_BOOTSTRAP_UNITS) {
    warnings.push(`${units.n} treated units are too many to be drawn again and again; the interval is by the delta method.`);
    return row;
  }

  const bootstrap = bootstrapUncertainty(units, response, belief, values.bootstrap_draws, values.confidence_level);
  if (bootstrap === null)
    return degenerate(shared, 'For too many draws of the coefficient the response has no meaning: make its standard error smaller.');
  if (bootstrap.nMeaningless > 0)
    warnings.push(`${bootstrap.nMeaningless} draws of the coefficient, for which the response has no meaning, were left out.`);
  if (bootstrap.draws + bootstrap.nMeaningless < values.bootstrap_draws)
    warnings.push(`Only ${bootstrap.draws + bootstrap.nMeaningless} draws were made, as there are ${units.n} units to draw each time.`);
  return finite({
    ...row,
    standard_error: bootstrap.standardError,
    statistic: null,
    df: null,
    p_value: positiveP(bootstrap.pValue),
    ci_lower: Math.min(bootstrap.lower, estimate),
    ci_upper: Math.max(bootstrap.upper, estimate),
    diagnostics: { ...diagnostics, interval_method: 'bootstrap percentiles', bootstrap_draws: bootstrap.draws },
  });
}

/** Share of the variation of outcomes after the treatment that baseline plus gain accounts for. */
function foretold({ outcome, baseline }: ChangedUnits, gains: Float64Array): number {
  if (outcome === null) return 0;
  const known = Int32Array.from(outcome.keys()).filter((i) => Number.isFinite(outcome[i]));
  const centre = mean(Float64Array.from(known, (i) => outcome[i]!));
  let missed = 0;
  let total = 0;
  for (const i of known) {
    const error = outcome[i]! - baseline[i]! - gains[i]!;
    missed += error * error;
    total += (outcome[i]! - centre) * (outcome[i]! - centre);
  }
  const share = 1 - missed / total;
  return Number.isFinite(share) ? share : 0;
}

function counts({ n }: ChangedUnits) {
  return { estimand: 'att' as const, n_observations: n, n_treated: n, n_control: 0 };
}

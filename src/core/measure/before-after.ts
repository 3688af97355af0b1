import { inputError } from '../contracts/input-error.ts';
import { defineParameters, type ParameterValues } from '../contracts/parameter.ts';
import { mean, variance } from '../numeric/moments.ts';
import { studentTQuantile } from '../numeric/student-t.ts';
import { defineEstimator, describeEstimator, type Estimate } from './estimator.ts';
import type { CounterfactualPicture } from './method-picture.ts';
import { readSeries, type Series } from './read-series.ts';
import { missingRowsWarning } from './read-table.ts';
import { fitByNeweyWest } from './series-fit.ts';
import { degenerate, tidyRow, TOO_LARGE } from './tidy-row.ts';
import { readTime } from './time-axis.ts';
import { welch } from './two-arms.ts';

const LEAST_PERIODS = 2;

const parameters = defineParameters({
  outcome_column: { kind: 'column', label: 'Outcome', help: 'Numeric column that is followed over time.', default: 'revenue' },
  time_column: {
    kind: 'column',
    label: 'Time',
    help: 'Column of dates (2024-11-30), weeks, months or numbers, one row each.',
    default: 'date',
  },
  intervention_date: {
    kind: 'text',
    label: 'Intervention date',
    help: 'First time after the intervention, written as in the data.',
    default: null,
  },
  standard_errors: {
    kind: 'choice',
    label: 'Standard errors',
    help: 'welch takes the periods as independent, and is too narrow where good days follow good days; newey_west allows for that.',
    options: ['welch', 'newey_west'],
    default: 'welch',
  },
  newey_west_lag: {
    kind: 'integer',
    label: 'Newey-West lag',
    help: 'Periods over which noise may be correlated; by the length of the series if left empty.',
    min: 0,
    max: 1000,
    default: null,
  },
  confidence_level: {
    kind: 'number',
    label: 'Confidence level',
    help: 'Of the interval.',
    min: 0.5,
    max: 0.999,
    step: 0.01,
    default: 0.95,
  },
});

type Values = ParameterValues<typeof parameters>;

export const beforeAfterDescription = describeEstimator({
  id: 'before_after',
  label: 'Before and after',
  summary: 'Compares the mean after an intervention with the mean before, and calls the whole difference its effect.',
  model_type: 'observational',
  estimand: 'att',
  shape: 'series',
  designs: ['everyone_from_date'],
  parameters,
  assumptions: [
    'Without the intervention the mean would have stayed exactly where it was: no trend, no season, nothing else that changed.',
    'Where the series was rising or falling anyway, that is counted as effect: the answer is precise and wrong.',
    'For the interval: one period’s noise says nothing of the next one’s. Where it does, Welch’s interval is too narrow.',
    'Nobody acted on the intervention before it came.',
  ],
  reference:
    'Shadish, W. R., Cook, T. D. and Campbell, D. T. (2002). Experimental and Quasi-Experimental Designs for Generalized Causal Inference, chapter 4, for why it misleads; Welch, B. L. (1947). Biometrika 34, 28-35, for the interval.',
});

/**
 * Mean of the periods from the intervention on minus mean of the periods before it.
 *
 * Welch: SE = sqrt(s1^2 / n1 + s0^2 / n0) over periods, t with Welch-Satterthwaite degrees of freedom; independent periods assumed.
 * Newey-West: the same difference as a regression on a step, SE robust to correlation up to the lag, t with n - 2 degrees of
 * freedom. Needs two periods on each side. The picture carries the mean before forward, in a band that would hold one more period.
 * Source: Welch (1947, Biometrika 34); Newey and West (1987, Econometrica 55).
 */
export const beforeAfter = defineEstimator(beforeAfterDescription, (table, values): Estimate => {
  if (values.intervention_date === null)
    throw inputError('intervention_date', 'say when the intervention came: the first time after it', null);
  const series = readSeries(table, values.outcome_column, 'outcome_column', values.time_column);
  const start = readTime(values.intervention_date, series.timeColumn, 'intervention_date');
  return compare(series, series.times.filter((time) => time < start).length, values);
});

function compare(series: Series, nPre: number, values: Values): Estimate {
  const { outcome } = series;
  const n = outcome.length;
  const warnings = missingRowsWarning(series.nMissing, n + series.nMissing);
  const shared = { estimand: 'att' as const, n_observations: n, n_treated: n - nPre, n_control: nPre, diagnostics: {}, warnings };
  const unusable = whyNotComparable(outcome, nPre);
  if (unusable !== null) return degenerate(shared, unusable);

  const post = Float64Array.from({ length: n }, (_, t) => (t >= nPre ? 1 : 0));
  const isWelch = values.standard_errors === 'welch';
  const fit = fitByNeweyWest(outcome, [new Float64Array(n).fill(1), post], isWelch ? 0 : values.newey_west_lag, true);
  if (!Number.isFinite(fit.errorVariance)) return degenerate(shared, TOO_LARGE);
  const { newey_west_lag: lag, interval_method: _, ...ofSeries } = fit.diagnostics;
  const difference = isWelch
    ? welch(outcome, post)
    : { estimate: fit.coefficients[1]!, standardError: Math.sqrt(Math.max(0, fit.covariance[3]!)), df: fit.df };
  if (isWelch && Number(ofSeries['ljung_box_p']) < 0.05)
    warnings.push(
      'The periods are not independent of one another (Ljung-Box test), so the interval is too narrow: newey_west allows for that.',
    );
  const diagnostics = {
    interval_method: isWelch ? 'Welch, periods taken as independent' : `t with ${fit.df} degrees of freedom, Newey-West standard errors`,
    ...(isWelch ? {} : { newey_west_lag: lag! }),
    n_pre_periods: nPre,
    n_post_periods: n - nPre,
    ...ofSeries,
  };
  const inference = { ...difference, confidenceLevel: values.confidence_level };
  const picture = carryForward(series, nPre, values.confidence_level);
  return tidyRow({ ...shared, diagnostics }, inference, outcome, { picture });
}

function whyNotComparable(outcome: Float64Array, nPre: number): string | null {
  if (outcome.length === 0) return 'No row has both a time and an outcome.';
  if (nPre < LEAST_PERIODS) return `There are ${nPre} periods before the intervention; at least ${LEAST_PERIODS} are needed.`;
  const nPost = outcome.length - nPre;
  if (nPost < LEAST_PERIODS) return `There are ${nPost} periods from the intervention on; at least ${LEAST_PERIODS} are needed.`;
  return outcome.every((value) => value === outcome[0]) ? 'The outcome is the same at all times, so no change can be told from it.' : null;
}

function carryForward({ labels, outcome }: Series, nPre: number, confidenceLevel: number): CounterfactualPicture {
  const before = outcome.subarray(0, nPre);
  const level = mean(before);
  const after = mean(outcome.subarray(nPre));
  const reach = studentTQuantile(0.5 + confidenceLevel / 2, nPre - 1) * Math.sqrt(variance(before) * (1 + 1 / nPre));
  const throughout = (value: number) => Array.from(outcome, () => value);
  return {
    kind: 'counterfactual',
    times: labels,
    intervention_index: nPre,
    observed: Array.from(outcome),
    fitted: Array.from(outcome, (_, t) => (t < nPre ? level : after)),
    counterfactual: throughout(level),
    lower: throughout(level - reach),
    upper: throughout(level + reach),
  };
}

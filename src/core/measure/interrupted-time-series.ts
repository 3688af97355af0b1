import { inputError } from '../contracts/input-error.ts';
import { changeOf, drawCounterfactual } from './counterfactual.ts';
import { defineEstimator, describeEstimator, type CoefficientRow, type Estimate } from './estimator.ts';
import { readSeries, type Series } from './read-series.ts';
import { missingRowsWarning } from './read-table.ts';
import { fitByLikelihood, fitByNeweyWest, screen, type SeriesFit } from './series-fit.ts';
import { difference, readOrder } from './series-order.ts';
import { seriesParameters, type SeriesValues } from './series-parameters.ts';
import { seriesRegressors } from './series-regressors.ts';
import { coefficientRow, degenerate, tidyRow, TOO_LARGE } from './tidy-row.ts';
import { readTime } from './time-axis.ts';

const LEAST_PRE = 8;
const LEAST_POST = 2;
const LEAST_DF = 3;
/** Residual over total sum of squares that is rounding and nothing else. */
const NO_NOISE = 1e-24;

export const interruptedTimeSeriesDescription = describeEstimator({
  id: 'interrupted_time_series',
  label: 'Interrupted time series',
  summary: 'Compares a series after an intervention with where it was heading before.',
  model_type: 'time-series',
  estimand: 'att',
  shape: 'series',
  designs: ['everyone_from_date'],
  parameters: seriesParameters,
  assumptions: [
    'Without the intervention the series would have gone on as before: same level, trend and season.',
    'Nothing else that moves the outcome changed at the same time.',
    'Nobody acted on the intervention before it came.',
    'What is left over is noise of the stated kind, the same before and after.',
  ],
  reference:
    'Wagner, A. K., Soumerai, S. B., Zhang, F. and Ross-Degnan, D. (2002). Segmented regression analysis of interrupted time series studies in medication use research. J. Clin. Pharm. Ther. 27, 299-309.',
});

/**
 * Level change of a series at an intervention, against the course it was on.
 *
 * outcome = intercept + trend + level change from the intervention on (+ slope change) + season + noise. The noise is ARMA, by
 * exact maximum likelihood (full, or restricted for short series) with a constant always in the regression, or left open with
 * Newey-West standard errors. The effect is the level change; with a slope change, the average of both over the time after
 * (delta method). Intervals by t with the number of periods less the number of parameters as degrees of freedom. Differencing
 * takes the constant out, as it must.
 * Source: Wagner, Soumerai, Zhang and Ross-Degnan (2002, J. Clin. Pharm. Ther. 27); Box and Tiao (1975, JASA 70).
 */
export const interruptedTimeSeries = defineEstimator(interruptedTimeSeriesDescription, (table, values): Estimate => {
  const name = values.dependent_variable ?? values.outcome_column;
  if (name === null) {
    throw inputError('outcome_column', 'name the column to follow over time (outcome_column, or dependent_variable)', null);
  }
  if (values.intervention_date === null) {
    throw inputError('intervention_date', 'say when the intervention came: the first time after it', null);
  }
  const series = readSeries(table, name, values.dependent_variable === null ? 'outcome_column' : 'dependent_variable', values.time_column);
  const start = readTime(values.intervention_date, series.timeColumn, 'intervention_date');
  return measureChange(series, series.times.filter((time) => time < start).length, values);
});

function measureChange(series: Series, firstPost: number, values: SeriesValues): Estimate {
  const n = series.outcome.length;
  const { arma, differences } = readOrder(values.order, values.seasonal_order);
  const regressors = seriesRegressors(series.times, series.timeColumn.kind, firstPost, values);
  const warnings = [...missingRowsWarning(series.nMissing, n + series.nMissing), ...gapWarning(regressors.nGaps)];
  const shared = { estimand: 'att' as const, n_observations: n, n_treated: n - firstPost, n_control: firstPost, diagnostics: {}, warnings };
  const isLeastSquares = values.standard_errors === 'newey_west';
  const nProcess = isLeastSquares ? 0 : arma.p + arma.q + arma.seasonalP + arma.seasonalQ;
  const unusable = whyNotMeasurable(series.outcome, firstPost, values.slope_change);
  if (unusable !== null) return degenerate(shared, unusable);

  const outcome = difference(series.outcome, differences);
  const columns = regressors.columns.map((column) => difference(column, differences));
  const { aliased, residualSumOfSquares } = screen(outcome, columns);
  const isKept = (k: number) => !aliased.includes(k);
  const names = regressors.names.filter((_, k) => isKept(k));
  const lost = regressors.names.filter((name, k) => !isKept(k) && name !== 'intercept');
  if (lost.includes('level_change') || lost.includes('slope_change')) {
    return degenerate(shared, 'The change at the intervention cannot be told from the trend or the season in so few periods.');
  }
  if (lost.length > 0) warnings.push(`Left out, as the other terms say as much: ${lost.join(', ')}.`);
  if (outcome.length - names.length - nProcess < LEAST_DF) {
    return degenerate(
      shared,
      `${outcome.length} periods are too few for ${names.length + nProcess} parameters: leave out the trend, the season or terms of the noise.`,
    );
  }
  if (!Number.isFinite(sumOfSquares(outcome))) return degenerate(shared, TOO_LARGE);
  if (residualSumOfSquares <= NO_NOISE * sumOfSquares(series.outcome)) {
    return degenerate(shared, 'The terms of the model follow the series without error, so there is no noise by which to judge the change.');
  }

  const used = columns.filter((_, k) => isKept(k));
  const fit = isLeastSquares
    ? fitByNeweyWest(outcome, used, values.newey_west_lag, values.small_sample_correction)
    : fitByLikelihood(outcome, used, arma, values.standard_errors === 'restricted_likelihood');
  const model = { fit, names, columns: regressors.columns.filter((_, k) => isKept(k)), isDifferenced: differences.length > 0 };
  const change = changeOf(model, firstPost);
  const inference = { estimate: change.average, standardError: change.standardError, df: fit.df, confidenceLevel: values.confidence_level };
  const diagnostics = {
    ...fit.diagnostics,
    n_pre_periods: firstPost,
    n_post_periods: n - firstPost,
    level_change_at_start: change.atStart,
  };
  warnings.push(...noiseWarning(fit, values.trend, n));
  return tidyRow({ ...shared, diagnostics }, inference, series.outcome, {
    picture: drawCounterfactual(series, firstPost, model, values.confidence_level),
    coefficients: regressionTable(fit, names, values.confidence_level),
  });
}

function whyNotMeasurable(outcome: Float64Array, firstPost: number, hasSlope: boolean): string | null {
  const nPost = outcome.length - firstPost;
  const leastPost = hasSlope ? LEAST_POST + 1 : LEAST_POST;
  if (outcome.length === 0) return 'No row has both a time and an outcome.';
  if (firstPost < LEAST_PRE) {
    return `There are ${firstPost} periods before the intervention; at least ${LEAST_PRE} are needed to see where the series was heading.`;
  }
  if (nPost < leastPost) return `There are ${nPost} periods after the intervention; at least ${leastPost} are needed.`;
  return outcome.every((value) => value === outcome[0]) ? 'The outcome is the same at all times, so no change can be told from it.' : null;
}

function regressionTable(fit: SeriesFit, names: readonly string[], confidenceLevel: number): Record<string, CoefficientRow> {
  const row = (estimate: number, standardError: number) => coefficientRow({ estimate, standardError, df: fit.df, confidenceLevel });
  const regression = names.map((name, k) => [name, row(fit.coefficients[k]!, Math.sqrt(fit.covariance[k * names.length + k]!))] as const);
  const process = Object.entries(fit.process).flatMap(([name, { estimate, standardError }]) =>
    standardError === null ? [] : [[name, row(estimate, standardError)] as const],
  );
  return Object.fromEntries([...regression, ...process]);
}

function gapWarning(nGaps: number): string[] {
  if (nGaps === 0) return [];
  return [
    `${nGaps} periods are missing between the first and the last; trend and season run on over them, the noise is taken as if they were not there.`,
  ];
}

/** Dickey and Fuller's test on the coefficient itself, 5% points of large samples. */
function noiseWarning(fit: SeriesFit, hasTrend: boolean, nPeriods: number): string[] {
  const ar1 = fit.process['ar1']?.estimate;
  const isCloseToWalk = ar1 !== undefined && nPeriods * (1 - ar1) < (hasTrend ? 21.8 : 14.1);
  return isCloseToWalk
    ? [
        'In so few periods the noise cannot be told from a random walk, after which a change of level would show little; the interval may be too narrow.',
      ]
    : [];
}

function sumOfSquares(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}

import { studentTQuantile } from '../numeric/student-t.ts';
import type { CounterfactualPicture } from './method-picture.ts';
import type { Series } from './read-series.ts';
import type { SeriesFit } from './series-fit.ts';

export type SeriesModel = {
  readonly fit: SeriesFit;
  readonly names: readonly string[];
  /** The regressors by time, not differenced. */
  readonly columns: readonly Float64Array[];
  readonly isDifferenced: boolean;
};

/** Terms that the intervention brought. */
const CHANGES = ['level_change', 'slope_change'];

export type Change = { readonly average: number; readonly standardError: number; readonly atStart: number };

/** The change that the intervention brought, averaged over the periods after it, and in the first of them. */
export function changeOf(model: SeriesModel, firstPost: number): Change {
  const n = model.columns[0]!.length;
  const contrast = model.columns.map((column, k) =>
    CHANGES.includes(model.names[k]!) ? column.subarray(firstPost).reduce((sum, value) => sum + value, 0) / (n - firstPost) : 0,
  );
  return {
    average: product(contrast, model.fit.coefficients),
    standardError: Math.sqrt(quadratic(model.fit, contrast)),
    atStart: product(changeAt(model, firstPost), model.fit.coefficients),
  };
}

/**
 * The series beside what it would have been. The counterfactual is the regression without the intervention's terms, and its
 * band holds an observation that follows it: uncertainty of the coefficients and noise. A differenced regression knows no
 * level; there the counterfactual is the observation less the estimated change, the band is the change's, and before the
 * intervention both are the one-step prediction.
 */
export function drawCounterfactual(series: Series, firstPost: number, model: SeriesModel, confidenceLevel: number): CounterfactualPicture {
  const { fit } = model;
  const n = series.outcome.length;
  const reach = studentTQuantile(0.5 + confidenceLevel / 2, fit.df);
  const fitted = new Float64Array(n);
  const counterfactual = new Float64Array(n);
  const spread = new Float64Array(n);
  const nLost = n - fit.innovations.length;
  for (let t = 0; t < n; t += 1) {
    const change = changeAt(model, t);
    if (model.isDifferenced) {
      fitted[t] = t < nLost ? series.outcome[t]! : series.outcome[t]! - fit.innovations[t - nLost]!;
      counterfactual[t] = t < firstPost ? fitted[t]! : series.outcome[t]! - product(change, fit.coefficients);
      spread[t] = t < firstPost ? Math.sqrt(fit.errorVariance) : Math.sqrt(quadratic(fit, change));
      continue;
    }
    const row = model.columns.map((column) => column[t]!);
    const without = row.map((value, k) => value - change[k]!);
    fitted[t] = product(row, fit.coefficients);
    counterfactual[t] = product(without, fit.coefficients);
    spread[t] = Math.sqrt(quadratic(fit, without) + fit.errorVariance);
  }
  return {
    kind: 'counterfactual',
    times: series.labels,
    intervention_index: firstPost,
    observed: Array.from(series.outcome),
    fitted: Array.from(fitted),
    counterfactual: Array.from(counterfactual),
    lower: Array.from(counterfactual, (value, t) => value - reach * spread[t]!),
    upper: Array.from(counterfactual, (value, t) => value + reach * spread[t]!),
  };
}

function changeAt(model: SeriesModel, t: number): number[] {
  return model.columns.map((column, k) => (CHANGES.includes(model.names[k]!) ? column[t]! : 0));
}

function product(row: readonly number[], coefficients: Float64Array): number {
  return row.reduce((sum, value, k) => sum + value * coefficients[k]!, 0);
}

/** row' V row */
function quadratic({ covariance }: SeriesFit, row: readonly number[]): number {
  const k = row.length;
  let sum = 0;
  for (let a = 0; a < k; a += 1) for (let b = 0; b < k; b += 1) sum += row[a]! * row[b]! * covariance[a * k + b]!;
  return Math.max(sum, 0);
}

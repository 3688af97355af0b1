import { leastSquares } from '../numeric/least-squares.ts';
import { columnMajor } from './model-matrix.ts';
import { fitPropensity } from './propensity.ts';

/** What the changes of treated and control units are compared by. */
export type AdjustedChanges = {
  readonly change: Float64Array;
  /** 1 treated, 0 control. */
  readonly treated: Uint8Array;
  readonly names: readonly string[];
  readonly covariates: readonly Float64Array[];
};

export type AdjustedContrast = {
  readonly estimate: number;
  /** Each unit's contribution to the error of the estimate: their squares sum to its variance. */
  readonly influence: Float64Array;
  /** Covariates, and the constant, that the control units' changes are regressed on. */
  readonly rank: number;
};

/** A control unit's odds of treatment stay below this, so that none stands for thousands. */
const HIGHEST_PROBABILITY = 1 - 1e-6;

/**
 * Effect on the treated from changes of the outcome, given covariates.
 *
 * outcome_regression: mean over the treated of change - x'b, b by least squares among the controls.
 * doubly_robust: the same minus the mean of the controls' residuals weighted by p(x) / (1 - p(x)), weights scaled to sum to one, p by
 * logistic regression; right where either model is. Influence functions include what estimating b and p adds.
 * Null where the controls do not span the covariates, or where p tells treated from controls without error.
 * Source: Sant'Anna and Zhao (2020, J. Econometrics 219, 101-122), equations 2.2, 2.7 and 3.1 with their influence functions.
 */
export function adjustedContrast(data: AdjustedChanges, method: 'outcome_regression' | 'doubly_robust'): AdjustedContrast | null {
  const { change, treated, covariates } = data;
  const n = change.length;
  const columns = [new Float64Array(n).fill(1), ...covariates];
  const controls = Int32Array.from(Array.from(treated.keys()).filter((i) => treated[i] === 0));
  const width = columns.length;
  const fit = leastSquares({
    design: columnMajor(
      columns.map((column) => take(column, controls)),
      controls.length,
    ),
    rows: controls.length,
    columns: width,
    outcome: take(change, controls),
  });
  const whole = leastSquares({ design: columnMajor(columns, n), rows: n, columns: width, outcome: change });
  if (fit.rank < whole.rank || controls.length <= fit.rank) return null;

  const residual = change.map((value, i) => value - columns.reduce((sum, column, k) => sum + column[i]! * fit.coefficients[k]!, 0));
  const asTreated = Float64Array.from(treated);
  const own = weightedPart(residual, asTreated);
  const fromRegression = (moment: Float64Array) => {
    const direction = timesMatrix(fit.unscaledCovariance, moment, width);
    return (i: number) => (treated[i] === 1 ? 0 : residual[i]! * rowDot(columns, i, direction));
  };
  const regressionError = fromRegression(momentOf(columns, asTreated));
  const influence = residual.map((_, i) => own.parts[i]! - regressionError(i) / own.total);
  if (method === 'outcome_regression') return { estimate: own.mean, influence, rank: fit.rank };

  const propensity = fitPropensity(treated, { names: data.names, columns: covariates });
  if (propensity.isSeparated) return null;
  const probability = propensity.probability.map((p) => Math.min(p, HIGHEST_PROBABILITY));
  const odds = probability.map((p, i) => (treated[i] === 1 ? 0 : p / (1 - p)));
  const weights = probability.map((p) => p * (1 - p));
  const information = leastSquares({ design: columnMajor(columns, n), rows: n, columns: width, outcome: change, weights, tolerance: 1e-9 });
  const rest = weightedPart(residual, odds);
  const direction = timesMatrix(
    information.unscaledCovariance,
    momentOf(
      columns,
      odds.map((weight, i) => weight * (residual[i]! - rest.mean)),
    ),
    width,
  );
  const controlError = fromRegression(momentOf(columns, odds));
  for (let i = 0; i < n; i += 1) {
    const fromPropensity = (treated[i]! - probability[i]!) * rowDot(columns, i, direction);
    influence[i] = influence[i]! - rest.parts[i]! - (fromPropensity - controlError(i)) / rest.total;
  }
  return { estimate: own.mean - rest.mean, influence, rank: fit.rank };
}

/** A weighted mean, and each row's contribution to its error. */
function weightedPart(values: Float64Array, weights: Float64Array) {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = values.reduce((sum, value, i) => sum + weights[i]! * value, 0) / total;
  return { total, mean, parts: values.map((value, i) => (weights[i]! * (value - mean)) / total) };
}

/** X'w. */
function momentOf(columns: readonly Float64Array[], weights: Float64Array): Float64Array {
  return Float64Array.from(columns, (column) => column.reduce((sum, value, i) => sum + value * weights[i]!, 0));
}

function timesMatrix(matrix: Float64Array, vector: Float64Array, size: number): Float64Array {
  return vector.map((_, r) => vector.reduce((sum, value, c) => sum + matrix[c * size + r]! * value, 0));
}

function rowDot(columns: readonly Float64Array[], row: number, vector: Float64Array): number {
  return columns.reduce((sum, column, k) => sum + column[row]! * vector[k]!, 0);
}

function take(values: Float64Array, rows: Int32Array): Float64Array {
  return Float64Array.from(rows, (row) => values[row]!);
}

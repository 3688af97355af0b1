import { leastSquares } from '../numeric/least-squares.ts';
import { columnMajor } from './model-matrix.ts';
import { fitPropensity } from './propensity.ts';

/** Treated and control units, and what their changes are compared given. */
export type AdjustedUnits = {
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

export type AdjustmentMethod = 'outcome_regression' | 'doubly_robust';

/** A control unit's odds of treatment stay below this, so that none stands for thousands. */
const HIGHEST_PROBABILITY = 1 - 1e-6;

/**
 * Effect on the treated from changes of the outcome, given covariates: a function of the changes, so that the same units can be
 * compared at many times.
 *
 * outcome_regression: mean over the treated of change - x'b, b by least squares among the controls.
 * doubly_robust: the same minus the mean of the controls' residuals weighted by p(x) / (1 - p(x)), weights scaled to sum to one, p by
 * logistic regression; right where either model is. Influence functions include what estimating b and p adds.
 * Null where the controls do not span the covariates, or where p tells treated from controls without error.
 * Source: Sant'Anna and Zhao (2020, J. Econometrics 219, 101-122), equations 2.2, 2.7 and 3.1 with their influence functions.
 */
export function adjustedContrast(units: AdjustedUnits, method: AdjustmentMethod): ((change: Float64Array) => AdjustedContrast) | null {
  const { treated, covariates } = units;
  const n = treated.length;
  const columns = [new Float64Array(n).fill(1), ...covariates];
  const width = columns.length;
  const asTreated = Float64Array.from(treated);
  const controls = Int32Array.from(Array.from(treated.keys()).filter((i) => treated[i] === 0));
  const design = columnMajor(
    columns.map((column) => take(column, controls)),
    controls.length,
  );
  const regress = (change: Float64Array) =>
    leastSquares({ design, rows: controls.length, columns: width, outcome: take(change, controls) });
  const { rank } = regress(asTreated);
  const whole = leastSquares({ design: columnMajor(columns, n), rows: n, columns: width, outcome: asTreated });
  if (rank < whole.rank || controls.length <= rank) return null;
  const odds = method === 'doubly_robust' ? oddsOfTreatment(units, columns) : null;
  if (method === 'doubly_robust' && odds === null) return null;

  return (change) => {
    const fit = regress(change);
    const residual = change.map((value, i) => value - rowDot(columns, i, fit.coefficients));
    const regressionError = (weights: Float64Array) => {
      const direction = timesMatrix(fit.unscaledCovariance, momentOf(columns, weights), width);
      return (i: number) => (treated[i] === 1 ? 0 : residual[i]! * rowDot(columns, i, direction));
    };
    const own = weightedPart(residual, asTreated);
    const ownError = regressionError(asTreated);
    const influence = residual.map((_, i) => own.parts[i]! - ownError(i) / own.total);
    if (odds === null) return { estimate: own.mean, influence, rank };

    const rest = weightedPart(residual, odds.weights);
    const restError = regressionError(odds.weights);
    const pull = odds.weights.map((weight, i) => weight * (residual[i]! - rest.mean));
    const direction = timesMatrix(odds.covariance, momentOf(columns, pull), width);
    for (let i = 0; i < n; i += 1) {
      const fromOdds = (treated[i]! - odds.probability[i]!) * rowDot(columns, i, direction);
      influence[i] = influence[i]! - rest.parts[i]! - (fromOdds - restError(i)) / rest.total;
    }
    return { estimate: own.mean - rest.mean, influence, rank };
  };
}

/** The controls' odds of treatment, and the covariance of the logistic coefficients behind them; null where the arms are separated. */
function oddsOfTreatment({ treated, names, covariates }: AdjustedUnits, columns: readonly Float64Array[]) {
  const propensity = fitPropensity(treated, { names, columns: covariates });
  if (propensity.isSeparated) return null;
  const n = treated.length;
  const probability = propensity.probability.map((p) => Math.min(p, HIGHEST_PROBABILITY));
  const information = leastSquares({
    design: columnMajor(columns, n),
    rows: n,
    columns: columns.length,
    outcome: probability,
    weights: probability.map((p) => p * (1 - p)),
    tolerance: 1e-9,
  });
  return {
    probability,
    weights: probability.map((p, i) => (treated[i] === 1 ? 0 : p / (1 - p))),
    covariance: information.unscaledCovariance,
  };
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
  let sum = 0;
  for (let k = 0; k < columns.length; k += 1) sum += columns[k]![row]! * vector[k]!;
  return sum;
}

function take(values: Float64Array, rows: Int32Array): Float64Array {
  return Float64Array.from(rows, (row) => values[row]!);
}

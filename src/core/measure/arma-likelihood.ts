import { log } from '../numeric/elementary.ts';
import { leastSquares } from '../numeric/least-squares.ts';
import { armaWhitener, partialsFromCoefficients, type Arma } from './arma.ts';

/** A regression whose errors are to be an ARMA process; `isRestricted` leaves the coefficients out of the likelihood. */
export type ArmaProblem = { readonly outcome: Float64Array; readonly columns: readonly Float64Array[]; readonly isRestricted: boolean };

export type Profile = {
  /** Minus the log likelihood with coefficients and variance at their best for this process, less its constant. */
  readonly loss: number;
  /** Whitened residual sum of squares, and the number it is divided by for the variance. */
  readonly squares: number;
  readonly divisor: number;
  readonly coefficients: Float64Array;
  /** (X' V^-1 X)^-1 */
  readonly unscaled: Float64Array;
};

/**
 * Generalised least squares for a given process. The restricted likelihood is that of the n - k combinations of outcomes that
 * are free of the coefficients (Patterson and Thompson 1971, Biometrika 58; Harville 1977, JASA 72).
 */
export function profileLikelihood({ outcome, columns, isRestricted }: ArmaProblem, arma: Arma): Profile {
  const n = outcome.length;
  if (partialsFromCoefficients(arma.phi) === null) return impossible(columns.length);
  const { whiten, logDeterminant } = armaWhitener(arma, n);
  const design = new Float64Array(n * columns.length);
  columns.forEach((column, k) => whiten(column, design.subarray(k * n, (k + 1) * n)));
  const fit = leastSquares({ design, rows: n, columns: columns.length, outcome: whiten(outcome), tolerance: 1e-14 });
  const squares = fit.residualSumOfSquares;
  const divisor = isRestricted ? n - columns.length : n;
  let loss = (divisor / 2) * log(squares / divisor) + logDeterminant / 2;
  if (isRestricted) for (let k = 0; k < fit.rank; k += 1) loss += log(Math.abs(fit.triangle[k * fit.rank + k]!));
  return { loss, squares, divisor, coefficients: fit.coefficients, unscaled: fit.unscaledCovariance };
}

/** The loss of the full likelihood, and the whitened score X'e, at given coefficients. */
export function likelihoodAt(
  { outcome, columns }: ArmaProblem,
  arma: Arma,
  coefficients: Float64Array,
): { loss: number; score: Float64Array } {
  const n = outcome.length;
  if (partialsFromCoefficients(arma.phi) === null) return { loss: Infinity, score: new Float64Array(columns.length) };
  const { whiten, logDeterminant } = armaWhitener(arma, n);
  const errors = whiten(regressionResiduals(outcome, columns, coefficients));
  const squares = errors.reduce((sum, value) => sum + value * value, 0);
  const score = Float64Array.from(columns, (column) => whiten(column).reduce((sum, value, t) => sum + value * errors[t]!, 0));
  return { loss: (n / 2) * log(squares / n) + logDeterminant / 2, score };
}

/** Rounding can put a process at the very edge outside of what is stationary; the search is to turn back there. */
function impossible(width: number): Profile {
  return {
    loss: Infinity,
    squares: Infinity,
    divisor: 1,
    coefficients: new Float64Array(width),
    unscaled: new Float64Array(width * width),
  };
}

export function regressionResiduals(outcome: Float64Array, columns: readonly Float64Array[], coefficients: Float64Array): Float64Array {
  const residuals = outcome.slice();
  columns.forEach((column, k) => {
    for (let t = 0; t < residuals.length; t += 1) residuals[t] = residuals[t]! - coefficients[k]! * column[t]!;
  });
  return residuals;
}

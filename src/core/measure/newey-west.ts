import { log, pow } from '../numeric/elementary.ts';
import { leastSquares } from '../numeric/least-squares.ts';

export type NeweyWestFit = {
  readonly coefficients: Float64Array;
  /** columns x columns */
  readonly covariance: Float64Array;
  readonly residuals: Float64Array;
  readonly residualSumOfSquares: number;
  readonly df: number;
  readonly logLikelihood: number;
};

/**
 * Least squares with standard errors that allow for heteroscedasticity and for correlation up to `lag` periods.
 *
 * (X'X)^-1 [G_0 + sum_l (1 - l / (lag + 1)) (G_l + G_l')] (X'X)^-1 with G_l = sum_t e_t e_(t-l) x_t x_(t-l)', times n / (n - k)
 * where `isCorrected`. Linearly independent columns.
 * Source: Newey and West (1987, Econometrica 55).
 */
export function neweyWest(outcome: Float64Array, columns: readonly Float64Array[], lag: number, isCorrected: boolean): NeweyWestFit {
  const n = outcome.length;
  const k = columns.length;
  const design = new Float64Array(n * k);
  columns.forEach((column, j) => design.set(column, j * n));
  const fit = leastSquares({ design, rows: n, columns: k, outcome, tolerance: 1e-14 });
  const bread = fit.unscaledCovariance;
  // Rows of (X'X)^-1 x_t e_t: their weighted cross products are the covariance, which skips the sandwich's small differences.
  const influence = Array.from({ length: k }, (_, a) =>
    Float64Array.from(
      { length: n },
      (_, t) => columns.reduce((sum, column, b) => sum + bread[a * k + b]! * column[t]!, 0) * fit.residuals[t]!,
    ),
  );
  const scale = isCorrected ? n / (n - k) : 1;
  const covariance = new Float64Array(k * k);
  for (let a = 0; a < k; a += 1) {
    for (let b = 0; b < k; b += 1) {
      let sum = 0;
      for (let l = -Math.min(lag, n - 1); l <= Math.min(lag, n - 1); l += 1) {
        const weight = 1 - Math.abs(l) / (lag + 1);
        for (let t = Math.max(0, l); t < Math.min(n, n + l); t += 1) sum += weight * influence[a]![t]! * influence[b]![t - l]!;
      }
      covariance[a * k + b] = scale * sum;
    }
  }
  return {
    coefficients: fit.coefficients,
    covariance,
    residuals: fit.residuals,
    residualSumOfSquares: fit.residualSumOfSquares,
    df: n - k,
    logLikelihood: (-n / 2) * (log((2 * Math.PI * fit.residualSumOfSquares) / n) + 1),
  };
}

/** The usual rule for the number of lags, 4 (n / 100)^(2/9) rounded down. */
export function automaticLag(n: number): number {
  return Math.floor(4 * pow(n / 100, 2 / 9));
}

import { exactDifference, exactProduct, exactQuotient, exactTimes, type ExactSum } from '../numeric/exact-sum.ts';
import type { Measured } from './diagnosand.ts';
import type { ReplicateTally } from './replicate-tally.ts';

/** Sum of n values and sum of their squares. */
export type PowerSums = { readonly n: number; readonly sum: ExactSum; readonly squares: ExactSum };

/** Sums of the errors, estimate minus truth. */
export function errors({ replications, sums }: ReplicateTally): PowerSums {
  return { n: replications, sum: sums.error, squares: sums.error_squared };
}

/** Sums of the squared standard errors; null where some replicate has none. */
export function reportedVariances({ replications, with_standard_error, sums }: ReplicateTally): PowerSums | null {
  return with_standard_error < replications ? null : { n: replications, sum: sums.variance, squares: sums.variance_squared };
}

/** Mean with its Monte Carlo standard error sqrt(sum (x - mean x)^2 / (n (n - 1))); null of fewer than two values. */
export function meanWithError({ n, sum, squares }: PowerSums): Measured | null {
  if (n < 2) return null;
  const count = BigInt(n);
  const error = exactQuotient(spread({ n, sum, squares }), count * count * (count - 1n));
  return { value: exactQuotient(sum, count), monte_carlo_se: Math.sqrt(error) };
}

/** Sample variance with divisor n - 1 of at least two values. Formed without rounding, so that nothing cancels. */
export function sampleVariance({ n, sum, squares }: PowerSums): number {
  const count = BigInt(n);
  return exactQuotient(spread({ n, sum, squares }), count * (count - 1n));
}

/** A share with its binomial Monte Carlo standard error sqrt(s (1 - s) / n); null of nothing. */
export function share(count: number, n: number): Measured | null {
  if (n === 0) return null;
  const value = count / n;
  return { value, monte_carlo_se: Math.sqrt((value * (1 - value)) / n) };
}

/** n sum x^2 - (sum x)^2, which is n times the sum of squared deviations. */
function spread({ n, sum, squares }: PowerSums): ExactSum {
  return exactDifference(exactTimes(squares, BigInt(n)), exactProduct(sum, sum));
}

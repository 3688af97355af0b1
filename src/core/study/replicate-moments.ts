import type { Replicate } from './diagnosand.ts';

/** Number, mean and sum of squared deviations of some values, in one fixed order. */
export type Moments = { readonly n: number; readonly mean: number; readonly squares: number };

/** Of the errors, estimate minus truth. */
export function errorMoments(replicates: readonly Replicate[]): Moments {
  return moments(replicates.map(({ estimate, truth }) => estimate - truth));
}

/** Of the squared standard errors; null where some replicate has none. */
export function varianceMoments(replicates: readonly Replicate[]): Moments | null {
  const variances: number[] = [];
  for (const { standard_error: se } of replicates) {
    if (se === null) return null;
    variances.push(se * se);
  }
  return moments(variances);
}

/** A share with its binomial Monte Carlo standard error; null of nothing. */
export function share(count: number, n: number): { readonly value: number; readonly monte_carlo_se: number } | null {
  if (n === 0) return null;
  const value = count / n;
  return { value, monte_carlo_se: Math.sqrt((value * (1 - value)) / n) };
}

function moments(values: readonly number[]): Moments {
  const n = values.length;
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / n;
  let squares = 0;
  for (const value of values) squares += (value - mean) * (value - mean);
  return { n, mean, squares };
}

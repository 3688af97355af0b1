import { normalDensity } from '../../numeric/normal.ts';

/**
 * What an estimate X ~ N(a, error^2) is expected to add to the promise of a portfolio above its truth, where it is funded if and
 * only if X > threshold: E[(X - a) 1{X > threshold}] = error phi((threshold - a) / error), phi being the normal density. Exact at the
 * true mean a; with X in the place of a it is Lee and Shen's estimator of it, to be summed over all initiatives, those passed
 * over included: too low, on average, for means near the threshold, too high for those some way off, and right where they are
 * spread evenly. In the unit of the estimate. 0 where there is no doubt, or where the threshold is out of reach (infinite).
 * Lee and Shen 2018, KDD: 491-499.
 */
export function selectionBias(mean: number, error: number, threshold: number): number {
  return error > 0 ? error * normalDensity((threshold - mean) / error) : 0;
}

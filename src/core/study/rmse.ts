import { exactQuotient } from '../numeric/exact-sum.ts';
import { sum } from '../numeric/moments.ts';
import { defineDiagnosand, type Replicate } from './diagnosand.ts';

/**
 * Square root of the mean squared error, over all replications; Monte Carlo SE by the jackknife over those kept, scaled by
 * sqrt(kept / n) where not all are: sqrt((k - 1) / k sum (r_i - mean r)^2) of the k roots r_i that leave one replicate out.
 */
export const rmse = defineDiagnosand({
  id: 'rmse',
  label: 'Root mean squared error',
  summary: 'How far off the estimate is, bias and noise together.',
  unit: 'outcome',
  about: 'all',
  measure({ tally: { replications: n, sums }, kept }) {
    if (n < 2) return null;
    const error = kept.length < 2 ? null : jackknife(kept) * Math.sqrt(kept.length / n);
    return { value: Math.sqrt(exactQuotient(sums.error_squared, BigInt(n))), monte_carlo_se: error };
  },
});

function jackknife(kept: readonly Replicate[]): number {
  const k = kept.length;
  const column = new Float64Array(k);
  kept.forEach(({ estimate, truth }, i) => (column[i] = (estimate - truth) * (estimate - truth)));
  const total = sum(column);
  // The compensated total can be below its only large term by a unit in the last place.
  for (let i = 0; i < k; i += 1) column[i] = Math.sqrt(Math.max(0, total - column[i]!) / (k - 1));
  const centre = sum(column) / k;
  for (let i = 0; i < k; i += 1) column[i] = (column[i]! - centre) * (column[i]! - centre);
  return Math.sqrt(((k - 1) / k) * sum(column));
}

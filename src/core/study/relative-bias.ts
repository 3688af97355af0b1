import { defineDiagnosand } from './diagnosand.ts';
import { meanWithError } from './replicate-moments.ts';

/**
 * Mean of (estimate - truth) / truth, a fraction of one: 0.1 is ten percent away from zero where the truth is positive or negative
 * alike. Monte Carlo SE as that of the bias, of the ratios. Not defined where some truth is 0.
 */
export const relativeBias = defineDiagnosand({
  id: 'relative_bias',
  label: 'Relative bias',
  summary: 'How far the estimate is off on average, as a share of the true effect.',
  unit: 'share',
  about: 'all',
  measure: ({ tally: { replications, truth_zero, sums } }) =>
    truth_zero > 0 ? null : meanWithError({ n: replications, sum: sums.relative_error, squares: sums.relative_error_squared }),
});

import { defineDiagnosand } from './diagnosand.ts';
import { meanWithError } from './replicate-moments.ts';

/**
 * Mean of (estimate - truth) / truth: 0.1 is a tenth too far from zero, -0.1 a tenth too near, whatever the sign of the truth.
 * Monte Carlo SE as that of the bias, of these ratios. Not defined where some truth is 0.
 */
export const relativeBias = defineDiagnosand({
  id: 'relative_bias',
  label: 'Relative bias',
  summary: 'How far the estimate is off on average, as a multiple of the true effect: 0.1 is a tenth of it too much.',
  unit: 'ratio',
  about: 'all',
  measure: ({ tally: { replications, truth_zero, sums } }) =>
    truth_zero > 0 ? null : meanWithError({ n: replications, sum: sums.relative_error, squares: sums.relative_error_squared }),
});

import { defineDiagnosand } from './diagnosand.ts';
import { share } from './replicate-moments.ts';

/**
 * Share of the replicates with p <= 0.05 whose estimate has the opposite sign of the truth; Monte Carlo SE sqrt(s (1 - s) / m) of m
 * such replicates. Not defined where some truth is 0, or no replicate rejects. Gelman and Carlin 2014.
 */
export const typeSError = defineDiagnosand({
  id: 'type_s_error',
  label: 'Type S error',
  summary: 'How often an estimate with a p value of at most 0.05 has the wrong sign.',
  unit: 'share',
  about: 'rejected',
  measure: ({ tally }) => (tally.truth_zero > 0 ? null : share(tally.wrong_sign, tally.rejected)),
});

import { defineDiagnosand } from './diagnosand.ts';
import { meanWithError } from './replicate-moments.ts';

/**
 * Mean of |estimate / truth| over the replicates with p <= 0.05, 1 where the size is right on average; Monte Carlo SE its standard
 * deviation over sqrt(m) of m such replicates. Not defined where some truth is 0, or fewer than two reject. Gelman and Carlin 2014.
 */
export const typeMError = defineDiagnosand({
  id: 'type_m_error',
  label: 'Type M error',
  summary: 'How many times too large an estimate with a p value of at most 0.05 is on average.',
  unit: 'ratio',
  about: 'rejected',
  measure: ({ tally: { truth_zero, rejected, sums } }) =>
    truth_zero > 0 ? null : meanWithError({ n: rejected, sum: sums.exaggeration, squares: sums.exaggeration_squared }),
});

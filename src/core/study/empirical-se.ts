import { defineDiagnosand } from './diagnosand.ts';
import { errorMoments } from './replicate-moments.ts';

/** Standard deviation of estimate minus truth; Monte Carlo SE value / sqrt(2 (n - 1)). Morris, White and Crowther 2019, table 6. */
export const empiricalSe = defineDiagnosand({
  id: 'empirical_se',
  label: 'Empirical SE',
  summary: 'How much the estimate really varies from one replication to the next.',
  measure(replicates) {
    const { n, squares } = errorMoments(replicates);
    if (n < 2) return null;
    const value = Math.sqrt(squares / (n - 1));
    return { value, monte_carlo_se: value / Math.sqrt(2 * (n - 1)) };
  },
});

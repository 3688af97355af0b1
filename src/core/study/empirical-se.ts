import { defineDiagnosand } from './diagnosand.ts';
import { errors, sampleVariance } from './replicate-moments.ts';

/**
 * Standard deviation of estimate minus truth, which is that of the estimate where all truths are the same; Monte Carlo SE
 * value / sqrt(2 (n - 1)). Morris, White and Crowther 2019, table 6.
 */
export const empiricalSe = defineDiagnosand({
  id: 'empirical_se',
  label: 'Empirical SE',
  summary: 'How much the estimate really varies from one replication to the next.',
  unit: 'outcome',
  about: 'all',
  measure({ tally }) {
    const n = tally.replications;
    if (n < 2) return null;
    const value = Math.sqrt(sampleVariance(errors(tally)));
    return { value, monte_carlo_se: value / Math.sqrt(2 * (n - 1)) };
  },
});

import { defineDiagnosand } from './diagnosand.ts';
import { share } from './replicate-moments.ts';

/** Share of intervals that hold the truth, ends included; Monte Carlo SE sqrt(c (1 - c) / n). Morris, White and Crowther 2019, table 6. */
export const coverage = defineDiagnosand({
  id: 'coverage',
  label: 'Coverage',
  summary: 'How often the interval holds the truth.',
  measure: (replicates) =>
    share(replicates.filter(({ ci_lower, ci_upper, truth }) => ci_lower <= truth && truth <= ci_upper).length, replicates.length),
});

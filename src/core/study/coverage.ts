import { defineDiagnosand } from './diagnosand.ts';
import { share } from './replicate-moments.ts';

/** Share of intervals that hold the truth, ends included; Monte Carlo SE sqrt(c (1 - c) / n). Morris, White and Crowther 2019, table 6. */
export const coverage = defineDiagnosand({
  id: 'coverage',
  label: 'Coverage',
  summary: 'How often the interval holds the truth.',
  unit: 'share',
  about: 'all',
  measure: ({ tally }) => share(tally.covered, tally.replications),
});

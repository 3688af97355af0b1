import { defineDiagnosand } from './diagnosand.ts';
import { share } from './replicate-moments.ts';

/** Share of p values of at most 0.05: the type I error where the truth is zero, the power elsewhere. Morris, White and Crowther 2019, table 6. */
export const rejectionRate = defineDiagnosand({
  id: 'rejection_rate',
  label: 'Rejection rate',
  summary: 'How often the p value is at most 0.05: a false alarm where there is no effect, power where there is one.',
  unit: 'share',
  about: 'all',
  measure: ({ tally }) => share(tally.rejected, tally.replications),
});

import { defineDiagnosand } from './diagnosand.ts';
import { errors, meanWithError } from './replicate-moments.ts';

/** Mean of estimate minus truth; Monte Carlo SE sqrt(sum (d - mean d)^2 / (n (n - 1))). Morris, White and Crowther 2019, table 6. */
export const bias = defineDiagnosand({
  id: 'bias',
  label: 'Bias',
  summary: 'How far the estimate is off on average.',
  unit: 'outcome',
  about: 'all',
  measure: ({ tally }) => meanWithError(errors(tally)),
});

import { defineDiagnosand } from './diagnosand.ts';
import { meanWithError } from './replicate-moments.ts';

/** Mean of upper minus lower end of the interval; Monte Carlo SE its standard deviation over sqrt(n). */
export const intervalWidth = defineDiagnosand({
  id: 'interval_width',
  label: 'Interval width',
  summary: 'How wide the interval is on average.',
  unit: 'outcome',
  about: 'all',
  measure: ({ tally: { replications, sums } }) => meanWithError({ n: replications, sum: sums.width, squares: sums.width_squared }),
});

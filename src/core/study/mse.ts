import { defineDiagnosand } from './diagnosand.ts';
import { meanWithError } from './replicate-moments.ts';

/** Mean of (estimate - truth)^2; Monte Carlo SE sqrt(sum (d^2 - MSE)^2 / (n (n - 1))). Morris, White and Crowther 2019, table 6. */
export const mse = defineDiagnosand({
  id: 'mse',
  label: 'Mean squared error',
  summary: 'How far off the estimate is, bias and noise together, squared.',
  unit: 'outcome_squared',
  about: 'all',
  measure: ({ tally: { replications, sums } }) => meanWithError({ n: replications, sum: sums.error_squared, squares: sums.error_fourth }),
});

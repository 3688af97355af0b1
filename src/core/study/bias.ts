import { defineDiagnosand } from './diagnosand.ts';
import { errorMoments } from './replicate-moments.ts';

/** Mean of estimate minus truth; Monte Carlo SE sqrt(sum (d - mean d)^2 / (n (n - 1))). Morris, White and Crowther 2019, table 6. */
export const bias = defineDiagnosand({
  id: 'bias',
  label: 'Bias',
  summary: 'How far the estimate is off on average.',
  measure(replicates) {
    const { n, mean, squares } = errorMoments(replicates);
    return n < 2 ? null : { value: mean, monte_carlo_se: Math.sqrt(squares / (n * (n - 1))) };
  },
});

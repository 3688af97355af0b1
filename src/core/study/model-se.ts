import { defineDiagnosand } from './diagnosand.ts';
import { varianceMoments } from './replicate-moments.ts';

/** Root mean square of the reported standard errors; Monte Carlo SE sqrt(var(se^2) / (4 n value^2)). Morris, White and Crowther 2019, table 6. */
export const modelSe = defineDiagnosand({
  id: 'model_se',
  label: 'Model SE',
  summary: 'How much the method says that its estimate varies.',
  measure(replicates) {
    const variances = varianceMoments(replicates);
    if (variances === null || variances.n < 2 || !(variances.mean > 0)) return null;
    const { n, mean, squares } = variances;
    return { value: Math.sqrt(mean), monte_carlo_se: Math.sqrt(squares / (n - 1) / (4 * n * mean)) };
  },
});

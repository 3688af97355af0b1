import { exactQuotient } from '../numeric/exact-sum.ts';
import { defineDiagnosand } from './diagnosand.ts';
import { reportedVariances, sampleVariance } from './replicate-moments.ts';

/**
 * Root mean square of the reported standard errors; Monte Carlo SE sqrt(var(se^2) / (4 n value^2)). Not defined where some replicate
 * has no standard error. Morris, White and Crowther 2019, table 6.
 */
export const modelSe = defineDiagnosand({
  id: 'model_se',
  label: 'Model SE',
  summary: 'How much the method says that its estimate varies.',
  unit: 'outcome',
  about: 'all',
  measure({ tally }) {
    const variances = reportedVariances(tally);
    if (variances === null || variances.n < 2) return null;
    const mean = exactQuotient(variances.sum, BigInt(variances.n));
    if (!(mean > 0)) return null;
    return { value: Math.sqrt(mean), monte_carlo_se: Math.sqrt(sampleVariance(variances) / (4 * variances.n * mean)) };
  },
});

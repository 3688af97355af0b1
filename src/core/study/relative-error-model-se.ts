import { exactQuotient } from '../numeric/exact-sum.ts';
import { defineDiagnosand } from './diagnosand.ts';
import { errors, reportedVariances, sampleVariance } from './replicate-moments.ts';

/**
 * 100 (ModSE / EmpSE - 1), in percent; Monte Carlo SE 100 (ModSE / EmpSE) sqrt(var(se^2) / (4 n ModSE^4) + 1 / (2 (n - 1))).
 * Not defined where some replicate has no standard error, or the estimates do not vary. Morris, White and Crowther 2019, table 6.
 */
export const relativeErrorModelSe = defineDiagnosand({
  id: 'relative_error_model_se',
  label: 'Relative error of the model SE',
  summary: 'Whether the reported standard error is too small (below 0) or too large (above 0).',
  unit: 'percent',
  about: 'all',
  measure({ tally }) {
    const variances = reportedVariances(tally);
    if (variances === null || variances.n < 2) return null;
    const { n, sum } = variances;
    const variance = sampleVariance(errors(tally));
    if (!(variance > 0)) return null;
    const mean = exactQuotient(sum, BigInt(n));
    const ratio = Math.sqrt(mean / variance);
    const modelPart = mean > 0 ? sampleVariance(variances) / (4 * n * mean * mean) : 0;
    return { value: 100 * (ratio - 1), monte_carlo_se: 100 * ratio * Math.sqrt(modelPart + 1 / (2 * (n - 1))) };
  },
});

import { defineDiagnosand } from './diagnosand.ts';
import { errorMoments, varianceMoments } from './replicate-moments.ts';

/**
 * Model SE over empirical SE, minus one; Monte Carlo SE (ModSE / EmpSE) sqrt(var(se^2) / (4 n ModSE^4) + 1 / (2 (n - 1))).
 * Morris, White and Crowther 2019, table 6, who state it in percent.
 */
export const relativeErrorModelSe = defineDiagnosand({
  id: 'relative_error_model_se',
  label: 'Relative error of the model SE',
  summary: 'Whether the reported standard error is too small (below 0) or too large (above 0).',
  measure(replicates) {
    const errors = errorMoments(replicates);
    const variances = varianceMoments(replicates);
    if (variances === null || errors.n < 2 || !(errors.squares > 0)) return null;
    const { n, mean, squares } = variances;
    const ratio = Math.sqrt(mean / (errors.squares / (n - 1)));
    const modelPart = mean > 0 ? squares / (n - 1) / (4 * n * mean * mean) : 0;
    return { value: ratio - 1, monte_carlo_se: ratio * Math.sqrt(modelPart + 1 / (2 * (n - 1))) };
  },
});

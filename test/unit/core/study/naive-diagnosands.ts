import type { Measured, Replicate } from '../../../../src/core/study/diagnosand.ts';
import type { DiagnosandId } from '../../../../src/core/study/index.ts';

/** Every diagnosand of at least two replicates straight from its formula, over plain arrays: what the tests compare with. */
export function naiveDiagnosands(replicates: readonly Replicate[]): Readonly<Record<DiagnosandId, Measured | null>> {
  const n = replicates.length;
  const errors = replicates.map(({ estimate, truth }) => estimate - truth);
  const squared = errors.map((error) => error ** 2);
  const variances = replicates.flatMap(({ standard_error: se }) => (se === null ? [] : [se ** 2]));
  const rejected = replicates.filter(({ p_value: p }) => p <= 0.05);
  const noZero = replicates.every(({ truth }) => truth !== 0);
  const empirical = Math.sqrt(variance(errors));
  const model = variances.length < n ? null : Math.sqrt(average(variances));
  const modelError = model === null ? NaN : Math.sqrt(variance(variances) / (4 * n * model ** 2));
  const ratio = (model ?? NaN) / empirical;
  const ratioError = ratio * Math.sqrt(modelError ** 2 / (model ?? NaN) ** 2 + 1 / (2 * (n - 1)));
  return {
    bias: averaged(errors),
    relative_bias: noZero ? averaged(replicates.map(({ truth }, i) => errors[i]! / truth)) : null,
    empirical_se: { value: empirical, monte_carlo_se: empirical / Math.sqrt(2 * (n - 1)) },
    model_se: model === null || model === 0 ? null : { value: model, monte_carlo_se: modelError },
    relative_error_model_se: model === null || empirical === 0 ? null : { value: 100 * (ratio - 1), monte_carlo_se: 100 * ratioError },
    mse: averaged(squared),
    rmse: { value: Math.sqrt(average(squared)), monte_carlo_se: jackknife(squared) },
    coverage: proportion(replicates.map(({ ci_lower, ci_upper, truth }) => ci_lower <= truth && truth <= ci_upper)),
    bias_eliminated_coverage: proportion(
      replicates.map(({ ci_lower, ci_upper, truth }) => {
        const centre = truth + average(errors);
        return ci_lower <= centre && centre <= ci_upper;
      }),
    ),
    rejection_rate: proportion(replicates.map(({ p_value: p }) => p <= 0.05)),
    interval_width: averaged(replicates.map(({ ci_lower, ci_upper }) => ci_upper - ci_lower)),
    type_s_error: noZero ? proportion(rejected.map(({ estimate, truth }) => estimate * truth < 0)) : null,
    type_m_error: noZero ? averaged(rejected.map(({ estimate, truth }) => Math.abs(estimate) / Math.abs(truth))) : null,
  };
}

/** Leaves one out at a time and takes the root mean square of the others anew. */
export function jackknife(squared: readonly number[]): number {
  const n = squared.length;
  const without = squared.map((_, left) => Math.sqrt(average(squared.filter((__, i) => i !== left))));
  return Math.sqrt(((n - 1) / n) * without.reduce((sum, value) => sum + (value - average(without)) ** 2, 0));
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function variance(values: readonly number[]): number {
  const centre = average(values);
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1);
}

function averaged(values: readonly number[]): Measured | null {
  return values.length < 2 ? null : { value: average(values), monte_carlo_se: Math.sqrt(variance(values) / values.length) };
}

function proportion(hits: readonly boolean[]): Measured | null {
  if (hits.length === 0) return null;
  const value = hits.filter(Boolean).length / hits.length;
  return { value, monte_carlo_se: Math.sqrt((value * (1 - value)) / hits.length) };
}

import { describe, expect, it } from 'vitest';
import type { DiscontinuityPicture } from '../../../../src/core/measure/method-picture.ts';
import { kernelConstant } from '../../../../src/core/measure/rd-bandwidth-ik.ts';
import { regressionDiscontinuity } from '../../../../src/core/measure/regression-discontinuity.ts';
import { readReference, readReferenceTable } from './reference-data.ts';
import { runFitted } from './toy-worlds.ts';

type Pair = { readonly conventional: number; readonly robust: number };
type Published = {
  readonly coef: Pair;
  readonly se: Pair;
  readonly p: Pair;
  readonly ci: readonly (readonly [number, number])[];
  readonly h: { readonly left: number };
  readonly b: { readonly left: number };
  readonly N: readonly [number, number];
  readonly N_h: readonly [number, number];
};
type Manual = { readonly n_left: number; readonly n_right: number; readonly coef: Record<string, number>; readonly tau: number } & Record<
  'se_HC0' | 'se_HC1' | 'se_HC2' | 'se_HC3',
  number
>;
const { reference } = readReference<{ reference: Record<string, Published> & Record<string, Manual> }>('rd');
const published = (name: string) => reference[name] as unknown as Published;
const manual = (name: string) => reference[name] as unknown as Manual;

type More = {
  readonly jumps: Record<
    string,
    { readonly conventional: number; readonly robust: number; readonly se: number; readonly se_robust: number }
  >;
  readonly mse: Record<string, { readonly h: number; readonly b: number }>;
  readonly ik: Record<string, { readonly constant: number; readonly h: number }>;
  readonly mccrary: Record<string, { readonly theta: number; readonly p: number }>;
};
const more = readReference<More>('rd_more');

const plain = readReferenceTable('rd');
const heaped = readReferenceTable('rd_more');
const names = { outcome_column: 'y', running_column: 'x', cutoff: 0 };
const fit = (given: Readonly<Record<string, unknown>> = {}, table = plain) =>
  runFitted(regressionDiscontinuity, table, { ...names, ...given });
const close = (actual: unknown, expected: number, relative = 1e-8) => {
  expect(Math.abs((actual as number) / expected - 1)).toBeLessThan(relative);
};

describe('agrees with rdrobust', () => {
  it.each([
    ['rdrobust_default', {}],
    ['rdrobust_uniform_cer', { kernel: 'uniform', bandwidth_rule: 'coverage_error' }],
    ['rdrobust_h05_b08_nn', { bandwidth: 0.5, bias_bandwidth: 0.8 }],
    ['rdrobust_h05_b08_hc0', { bandwidth: 0.5, bias_bandwidth: 0.8, standard_errors: 'HC0' }],
    ['rdrobust_h05_b08_hc1', { bandwidth: 0.5, bias_bandwidth: 0.8, standard_errors: 'HC1' }],
    ['rdrobust_h05_b08_hc2', { bandwidth: 0.5, bias_bandwidth: 0.8, standard_errors: 'HC2' }],
    ['rdrobust_h05_b08_hc3', { bandwidth: 0.5, bias_bandwidth: 0.8, standard_errors: 'HC3' }],
  ])('in %s: bandwidths, estimates, errors, p values, intervals', (name, given) => {
    const expected = published(name);
    const robust = fit(given);
    close(robust.diagnostics['bandwidth'], expected.h.left);
    close(robust.diagnostics['bias_bandwidth'], expected.b.left);
    close(robust.estimate, expected.coef.robust);
    close(robust.standard_error, expected.se.robust);
    close(robust.p_value, expected.p.robust);
    close(robust.ci_lower, expected.ci[2]![0]);
    close(robust.ci_upper, expected.ci[2]![1]);
    expect([robust.n_control, robust.n_treated]).toEqual(expected.N);
    expect([robust.diagnostics['effective_control'], robust.diagnostics['effective_treated']]).toEqual(expected.N_h);
    const conventional = fit({ ...given, inference: 'conventional' });
    close(conventional.estimate, expected.coef.conventional);
    close(conventional.standard_error, expected.se.conventional);
    close(conventional.p_value, expected.p.conventional);
    close(conventional.ci_lower, expected.ci[0]![0]);
    close(conventional.ci_upper, expected.ci[0]![1]);
  });
});

describe('agrees with weighted least squares by hand', () => {
  it.each(['triangular', 'uniform'] as const)('with a %s kernel', (kernel) => {
    const expected = manual(`manual_h05_${kernel}`);
    const given = { kernel, bandwidth: 0.5, inference: 'conventional' };
    const { n_left, n_right, coef } = expected;
    for (const type of ['HC0', 'HC2', 'HC3'] as const) {
      const result = fit({ ...given, standard_errors: type });
      close(result.estimate, expected.tau);
      close(result.standard_error, expected[`se_${type}`]);
    }
    const n = n_left + n_right;
    close(fit({ ...given, standard_errors: 'HC0' }).standard_error! * Math.sqrt(n / (n - 4)), expected.se_HC1);
    const { fit_left, fit_right } = fit(given).picture as DiscontinuityPicture;
    close(fit_left.at(-1)!.y, coef['(Intercept)']!);
    close(fit_right[0]!.y, coef['(Intercept)']! + coef['D']!);
    close((fit_left.at(-1)!.y - fit_left[0]!.y) / 0.5, coef['x']!);
    close((fit_right.at(-1)!.y - fit_right[0]!.y) / 0.5, coef['x']! + coef['D:x']!);
  });
});

describe('agrees with the matrix formulas of the papers', () => {
  it.each([
    ['sharp_triangular_nn', { bandwidth: 0.4, bias_bandwidth: 0.6 }],
    ['sharp_epanechnikov_hc2', { bandwidth: 0.4, bias_bandwidth: 0.6, kernel: 'epanechnikov', standard_errors: 'HC2' }],
    ['order2_uniform_hc1', { bandwidth: 0.6, polynomial_order: 2, kernel: 'uniform', standard_errors: 'HC1' }],
    ['fuzzy_nn', { bandwidth: 0.5, bias_bandwidth: 0.7, treatment_column: 'takes' }],
    ['fuzzy_hc3', { bandwidth: 0.5, bias_bandwidth: 0.7, treatment_column: 'takes', standard_errors: 'HC3' }],
    ['adjusted_nn', { bandwidth: 0.4, bias_bandwidth: 0.6, covariate_columns: ['z1', 'z2'], covariate_use: 'adjust' }],
    [
      'adjusted_fuzzy_hc0',
      {
        bandwidth: 0.5,
        bias_bandwidth: 0.7,
        treatment_column: 'takes',
        covariate_columns: ['z1', 'z2'],
        covariate_use: 'adjust',
        standard_errors: 'HC0',
      },
    ],
  ])('where many rows share a place: %s', (name, given) => {
    const expected = more.jumps[name]!;
    const { diagnostics } = fit(given, heaped);
    close(diagnostics['conventional_estimate'], expected.conventional);
    close(diagnostics['bias_corrected_estimate'], expected.robust);
    close(diagnostics['conventional_standard_error'], expected.se);
    close(diagnostics['robust_standard_error'], expected.se_robust);
  });

  it.each([
    ['triangular_nn', heaped, {}],
    ['epanechnikov_hc2', heaped, { kernel: 'epanechnikov', standard_errors: 'HC2' }],
    ['order2_nn', heaped, { polynomial_order: 2 }],
    ['plain_uniform_hc3', plain, { kernel: 'uniform', standard_errors: 'HC3' }],
    ['plain_order2_hc0', plain, { polynomial_order: 2, standard_errors: 'HC0' }],
  ])('in the bandwidths of least squared error: %s', (name, table, given) => {
    const { diagnostics } = fit(given, table);
    close(diagnostics['bandwidth'], more.mse[name]!.h);
    close(diagnostics['bias_bandwidth'], more.mse[name]!.b);
  });

  it.each(['triangular', 'epanechnikov', 'uniform'] as const)('in the bandwidth of Imbens and Kalyanaraman, %s', (kernel) => {
    close(kernelConstant(kernel), more.ik[kernel]!.constant);
    close(fit({ kernel, bandwidth_rule: 'imbens_kalyanaraman' }).diagnostics['bandwidth'], more.ik[kernel]!.h);
  });

  it.each([
    ['plain', plain],
    ['grid', heaped],
  ])("in McCrary's test: %s", (name, table) => {
    const { diagnostics, picture } = fit({ bandwidth: 0.5 }, table);
    close(diagnostics['density_log_jump'], more.mccrary[name]!.theta);
    close(diagnostics['density_p_value'], more.mccrary[name]!.p);
    expect((picture as DiscontinuityPicture).density_p_value).toBe(diagnostics['density_p_value']);
  });
});

it('has the constants that Imbens and Kalyanaraman print: 3.4375 for triangles, 5.40 for windows of half the width', () => {
  expect(kernelConstant('triangular')).toBeCloseTo(3.4375, 4);
  expect(2 * kernelConstant('uniform')).toBeCloseTo(5.4, 2);
});

import { describe, expect, it } from 'vitest';
import { INTERCEPT } from '../../../../src/core/measure/model-matrix.ts';
import { regression, type Regression } from '../../../../src/core/measure/regression.ts';
import { standardErrorTypes, type StandardErrorType } from '../../../../src/core/measure/robust-covariance.ts';
import { readReference } from './reference-data.ts';

type Table = Record<'estimate' | 'se' | 't' | 'p' | 'ci_lower' | 'ci_upper' | 'df_satt', Record<string, number>> & { df: number };
type Basic = {
  data: Record<string, number[]>;
  reference: Record<string, unknown> & { coef: Record<string, number>; hat: number[]; resid: number[] };
};

const basic = readReference<Basic>('ols_basic');
const variables = ['t', 'x1', 'x2', 'x3'];

describe('regression against R, sandwich and clubSandwich', () => {
  it.each(standardErrorTypes)('coefficients, errors, p values and intervals with %s', (type) => {
    const { coefficients } = fit(type);
    const expected = basic.reference[type] as Table;
    for (const [name, estimate] of Object.entries(basic.reference.coef)) {
      const row = coefficients.get(name);
      expectRelative(row?.estimate, estimate);
      expectRelative(row?.standard_error, expected.se[name]);
      expectRelative(row?.p_value, expected.p[name]);
      expectRelative(row?.df, type === 'CR2' ? expected.df_satt[name] : expected.df);
      if (type === 'CR2') continue;
      expectRelative(row?.statistic, expected.t[name]);
      expectRelative(row?.ci_lower, expected.ci_lower[name]);
      expectRelative(row?.ci_upper, expected.ci_upper[name]);
    }
  });

  it('fit statistics, R counting the variance as a parameter', () => {
    const { summary } = fit('classical');
    const { rsquared, rsquared_adj, sigma, fvalue, f_pvalue, llf, aic_R, bic_R, df_resid } = basic.reference;
    const own = [
      summary.r_squared,
      summary.adjusted_r_squared,
      summary.residual_sd,
      summary.f_statistic,
      summary.f_p_value,
      summary.log_likelihood,
      summary.aic,
      summary.bic,
    ];
    [rsquared, rsquared_adj, sigma, fvalue, f_pvalue, llf, aic_R, bic_R].forEach((value, i) => expectRelative(own[i], value));
    expect(summary.residual_df).toBe(df_resid);
  });

  it('residuals', () => {
    fit('HC2').fit.residuals.forEach((value, i) => expect(value).toBeCloseTo(basic.reference.resid[i] as number, 12));
  });

  it('weights', () => {
    const { data, reference } = readReference<{ data: Record<string, number[]>; reference: Record<string, unknown> }>('wls');
    for (const type of ['classical', 'HC0', 'HC1', 'HC2', 'HC3'] as const) {
      const own = fit(type, data, ['t', 'x1'], Float64Array.from(data.w as number[]));
      for (const [name, value] of Object.entries(reference.coef as Record<string, number>)) {
        expectRelative(own.coefficients.get(name)?.estimate, value);
        expectRelative(own.coefficients.get(name)?.standard_error, (reference[`se_${type}`] as Record<string, number>)[name]);
      }
      expectRelative(own.summary.r_squared, reference.rsquared);
      expectRelative(own.summary.residual_sd, reference.sigma);
    }
  });

  it('sets collinear columns aside as R does', () => {
    const { data, reference } = readReference<{
      data: Record<string, number[]>;
      reference: { coef: Record<string, number | null>; rank: number };
    }>('ols_collinear');
    const own = fit('HC2', data, ['t', 'x1', 'x1b']);
    expect(own.aliased).toEqual(['x1b']);
    expect(own.fit.rank).toBe(reference.rank);
    for (const [name, value] of Object.entries(reference.coef))
      if (value !== null) expectRelative(own.coefficients.get(name)?.estimate, value);
  });
});

type Clustered = Record<'CR0' | 'CR2', { readonly se: Record<string, number>; readonly df: Record<string, number> }> & {
  readonly coef: Record<string, number>;
};

describe('ten clusters of 1 to 30 rows, treated as wholes, against clubSandwich', () => {
  const { data, reference } = readReference<{ data: Record<string, number[]>; reference: Record<string, Clustered> }>('cr2');
  const clusters = Int32Array.from(data.g!, (g) => g - 1);

  it.each([
    ['plain', ['t', 'x']],
    ['difference', ['t']],
  ] as const)('%s', (name, terms) => {
    const expected = reference[name]!;
    for (const standardErrors of ['CR0', 'CR2'] as const) {
      const { coefficients } = regression({ ...model(data, terms), standardErrors, clusters, confidenceLevel: 0.95 });
      for (const term of terms) {
        expectRelative(coefficients.get(term)?.estimate, expected.coef[term]);
        expectRelative(coefficients.get(term)?.standard_error, expected[standardErrors].se[term]);
        if (standardErrors === 'CR2') expectRelative(coefficients.get(term)?.df, expected.CR2.df[term]);
      }
    }
  });
});

describe('regression by other ways', () => {
  it('without an intercept takes R2 about zero', () => {
    const x = Float64Array.from([1, 2, 3, 4]);
    const y = Float64Array.from([2.1, 3.9, 6.2, 7.8]);
    const { summary, coefficients } = regression({
      outcome: y,
      columns: [x],
      names: ['x'],
      intercept: false,
      standardErrors: 'classical',
      confidenceLevel: 0.9,
    });
    const slope = (2.1 + 7.8 + 18.6 + 31.2) / 30;
    const residual = y.reduce((sum, value, i) => sum + (value - slope * x[i]!) ** 2, 0);
    expect(coefficients.get('x')?.estimate).toBeCloseTo(slope, 14);
    expect(summary.r_squared).toBeCloseTo(1 - residual / y.reduce((sum, value) => sum + value * value, 0), 14);
    expect(summary.f_statistic).toBeCloseTo((coefficients.get('x')?.statistic ?? 0) ** 2, 6);
  });

  it('cluster-robust variance is the sum of outer products of cluster scores', () => {
    const clusters = Int32Array.from({ length: 80 }, (_, i) => i % 5);
    const own = regression({ ...model(basic.data, ['x1']), standardErrors: 'CR0', clusters, confidenceLevel: 0.95 });
    const x = basic.data.x1 as number[];
    const [s0, s1, s2] = [80, x.reduce((s, v) => s + v, 0), x.reduce((s, v) => s + v * v, 0)] as const;
    const determinant = s0 * s2 - s1 * s1;
    const bread = (score: readonly number[]): number => (-s1 * (score[0] ?? 0) + s0 * (score[1] ?? 0)) / determinant;
    let variance = 0;
    for (let g = 0; g < 5; g += 1) {
      const score = [0, 0];
      own.fit.residuals.forEach((e, i) => {
        if (i % 5 !== g) return;
        score[0]! += e;
        score[1]! += e * (x[i] ?? 0);
      });
      variance += bread(score) ** 2;
    }
    expectRelative(own.coefficients.get('x1')?.standard_error, Math.sqrt(variance));
    expect(own.coefficients.get('x1')?.df).toBe(4);
  });

  it('counts rows with a coefficient of their own', () => {
    const lone = Float64Array.from({ length: 80 }, (_, i) => (i === 3 ? 1 : 0));
    const { outcome, columns, names } = model(basic.data, ['x1']);
    const own = regression({
      outcome,
      columns: [...columns, lone],
      names: [...names, 'lone'],
      intercept: true,
      standardErrors: 'HC3',
      confidenceLevel: 0.95,
    });
    expect(own.unseen).toBe(1);
    expect([...own.coefficients.values()].every((row) => Number.isFinite(row.standard_error))).toBe(true);
  });
});

function model(data: Record<string, number[]>, names: readonly string[]) {
  const n = data.y?.length ?? 0;
  return {
    outcome: Float64Array.from(data.y as number[]),
    columns: [new Float64Array(n).fill(1), ...names.map((name) => Float64Array.from(data[name] as number[]))],
    names: [INTERCEPT, ...names],
    intercept: true,
  };
}

function fit(type: StandardErrorType, data = basic.data, names: readonly string[] = variables, weights?: Float64Array): Regression {
  const clusters = Int32Array.from(basic.data.cluster as number[]);
  return regression({
    ...model(data, names),
    standardErrors: type,
    clusters,
    confidenceLevel: 0.95,
    ...(weights === undefined ? {} : { weights }),
  });
}

function expectRelative(own: unknown, expected: unknown, tolerance = 1e-11): void {
  expect(typeof own).toBe('number');
  expect(typeof expected).toBe('number');
  expect(Math.abs(Number(own) - Number(expected)), `${String(own)} against ${String(expected)}`).toBeLessThanOrEqual(
    tolerance * Math.abs(Number(expected)),
  );
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../../../src/core/contracts/input-error.ts';
import { parseParameters } from '../../../../src/core/contracts/parameter.ts';
import type { Estimate, FittedEstimate } from '../../../../src/core/measure/estimator.ts';
import { experiment } from '../../../../src/core/measure/experiment.ts';
import { naiveDifference } from '../../../../src/core/measure/naive-difference.ts';
import { categoryColumn, numberColumn, type Column, type DataTable } from '../../../../src/core/numeric/columns.ts';
import { readReference } from './reference-data.ts';

fc.configureGlobal({ seed: 7 });

type Row = { coef: Record<string, number>; se: Record<string, number>; p: Record<string, number>; ci_lower: Record<string, number> };
type Trial = {
  data: Record<string, number[]>;
  reference: {
    difference_in_means: Record<'welch' | 'pooled', Record<'estimate' | 'se' | 'df' | 't' | 'p' | 'ci_lower' | 'ci_upper', number>>;
    lin2013_fully_interacted: { by_se: Record<string, Row> };
    ancova: { by_se: Record<string, Row> };
    cuped: { pooled_theta: Record<string, number> };
  };
};
const rct = readReference<Trial>('rct');
const trial = tableOf(rct.data);
const names = { outcome_column: 'y', treatment_column: 't' };
const covariates = { ...names, covariate_columns: ['xpre', 'x2'] };

describe('experiment against R', () => {
  it('without covariates is the Welch test', () => {
    const { welch } = rct.reference.difference_in_means;
    for (const given of [{ adjustment: 'none' }, {}, { adjustment: 'additive' }]) {
      const row = fitted(run(trial, { ...names, ...given }));
      expectRelative(
        [row.estimate, row.standard_error, row.df, row.statistic, row.p_value, row.ci_lower, row.ci_upper],
        [welch.estimate, welch.se, welch.df, welch.t, welch.p, welch.ci_lower, welch.ci_upper],
      );
      expect(row.estimand).toBe('ate');
      expect([row.n_observations, row.n_treated, row.n_control]).toEqual([120, 48, 72]);
    }
  });

  it('with classical errors is the pooled t test', () => {
    const { pooled } = rct.reference.difference_in_means;
    const row = fitted(run(trial, { ...names, standard_errors: 'classical' }));
    expectRelative(
      [row.estimate, row.standard_error, row.df, row.p_value, row.ci_upper],
      [pooled.estimate, pooled.se, pooled.df, pooled.p, pooled.ci_upper],
    );
  });

  it.each(['classical', 'HC0', 'HC1', 'HC2', 'HC3'])('adjusts as lm_lin and lm_robust do, with %s errors', (type) => {
    for (const [adjustment, table] of [
      ['lin', rct.reference.lin2013_fully_interacted],
      ['additive', rct.reference.ancova],
    ] as const) {
      const row = fitted(run(trial, { ...covariates, adjustment, standard_errors: type }));
      const expected = table.by_se[type] as Row;
      expect(Object.keys(row.coefficients ?? {})).toEqual(Object.keys(expected.coef));
      for (const [name, estimate] of Object.entries(expected.coef)) {
        const own = row.coefficients?.[name];
        expectRelative(
          [own?.estimate, own?.standard_error, own?.p_value, own?.ci_lower],
          [estimate, expected.se[name], expected.p[name], expected.ci_lower[name]],
        );
      }
      expectRelative([row.estimate, row.standard_error], [expected.coef.t, expected.se.t]);
    }
  });

  it('takes the predictable part of the pre-period mean out, as CUPED', () => {
    const row = fitted(run(trial, { ...names, adjustment: 'cuped', pre_column: 'xpre' }));
    const expected = rct.reference.cuped.pooled_theta;
    expectRelative(
      [
        row.estimate,
        row.standard_error,
        row.df,
        row.p_value,
        row.ci_lower,
        row.diagnostics.cuped_theta,
        row.diagnostics.cuped_variance_reduction,
      ],
      [expected.estimate, expected.se, expected.df, expected.p, expected.ci_lower, expected.theta, expected.var_reduction],
    );
  });

  it('averages differences within blocks', () => {
    const { data, reference } = readReference<{ data: Record<string, number[]>; reference: Record<string, number> }>('rct_blocked');
    const row = fitted(run(tableOf(data), { ...names, block_column: 'block' }));
    expectRelative(
      [row.estimate, row.standard_error, row.df, row.p_value, row.ci_lower],
      [reference.estimate, reference.se, reference.df, reference.p, reference.ci_lower],
    );
  });

  it('gives by formula what it gives by columns', () => {
    const byFormula = fitted(run(trial, { formula: 'y ~ t + xpre + x2', treatment_column: 't' }));
    const byColumns = fitted(run(trial, { ...covariates, adjustment: 'additive' }));
    expect(byFormula.estimate).toBe(byColumns.estimate);
    expect(byFormula.coefficients).toEqual(byColumns.coefficients);
    expect(byFormula.diagnostics).toMatchObject({
      r_squared: byColumns.diagnostics.r_squared,
      max_smd_before: byColumns.diagnostics.max_smd_before,
    });
  });

  it('reports the treatment that is named, wherever it stands in the formula', () => {
    const row = fitted(run(trial, { formula: 'y ~ xpre + x2 + t', treatment_column: 't' }));
    expectRelative([row.estimate], [rct.reference.ancova.by_se.HC2?.coef.t]);
  });

  it('gives Lin at the mean and the conditional effect by formula, and says so', () => {
    const lin = fitted(run(trial, { ...covariates, covariate_columns: ['xpre'] }));
    const conditional = fitted(run(trial, { formula: 'y ~ t * xpre', treatment_column: 't' }));
    const xpre = rct.data.xpre as number[];
    const mean = xpre.reduce((sum, value) => sum + value, 0) / xpre.length;
    const slope = conditional.coefficients?.['t:xpre']?.estimate ?? NaN;
    expectRelative([lin.estimate], [conditional.estimate + slope * mean], 1e-10);
    expect(conditional.warnings.join()).toContain('effect where xpre = 0');
    expect(lin.warnings).toEqual([]);
  });
});

describe('experiment on clusters', () => {
  const codes = Array.from({ length: 120 }, (_, i) => `c${(i * 7) % 10}`);
  const table = tableOf(rct.data, { cluster: categoryColumn(codes) });
  it('turns HC2 into CR2 and says so', () => {
    const row = fitted(run(table, { ...names, cluster_column: 'cluster' }));
    expect(row).toEqual({
      ...fitted(run(table, { ...names, cluster_column: 'cluster', standard_errors: 'CR2' })),
      warnings: [expect.stringContaining('CR2')],
    });
    expect(row.diagnostics.n_clusters).toBe(10);
  });
  it('CR2 with every row its own cluster is HC2', () => {
    const own = tableOf(rct.data, { row: numberColumn(Float64Array.from({ length: 120 }, (_, i) => i)) });
    const clustered = fitted(run(own, { ...covariates, cluster_column: 'row', standard_errors: 'CR2' }));
    const robust = fitted(run(own, covariates));
    expectRelative([clustered.estimate, clustered.standard_error], [robust.estimate, robust.standard_error], 1e-11);
  });
  it('is degenerate when an arm is one cluster', () => {
    const arms = tableOf(rct.data, { arm: numberColumn(Float64Array.from(rct.data.t as number[])) });
    expect(reason(run(arms, { ...names, cluster_column: 'arm' }))).toContain('one cluster');
  });
});

describe('invariances', () => {
  const base = fitted(run(trial, covariates));
  it('scaling the outcome scales estimate and error, and leaves the p value', () => {
    const scaled = fitted(run(tableOf({ ...rct.data, y: (rct.data.y as number[]).map((y) => 1000 * y) }), covariates));
    expectRelative(
      [scaled.estimate, scaled.standard_error, scaled.p_value],
      [1000 * base.estimate, 1000 * (base.standard_error ?? NaN), base.p_value],
      1e-10,
    );
  });
  it('shifting and scaling covariates changes nothing', () => {
    const moved = tableOf({
      ...rct.data,
      xpre: (rct.data.xpre as number[]).map((x) => 5 * x - 1e4),
      x2: (rct.data.x2 as number[]).map((x) => x / 300 + 7),
    });
    const row = fitted(run(moved, covariates));
    expectRelative([row.estimate, row.standard_error, row.df], [base.estimate, base.standard_error, base.df], 1e-9);
  });
  it('the order of the rows does not matter', () => {
    const order = Array.from({ length: 120 }, (_, i) => (i * 37) % 120);
    const shuffled = tableOf(
      Object.fromEntries(Object.entries(rct.data).map(([name, values]) => [name, order.map((i) => values[i] as number)])),
    );
    const row = fitted(run(shuffled, covariates));
    expectRelative([row.estimate, row.standard_error, row.p_value], [base.estimate, base.standard_error, base.p_value], 1e-11);
  });
  it('swapping the arms changes the sign only', () => {
    const swapped = fitted(run(tableOf({ ...rct.data, t: (rct.data.t as number[]).map((t) => 1 - t) }), covariates));
    expectRelative(
      [swapped.estimate, swapped.standard_error, swapped.ci_lower],
      [-base.estimate, base.standard_error, -base.ci_upper],
      1e-11,
    );
  });
});

describe('degenerate data are results', () => {
  const y = [1, 2, 3, 4, 5, 6, 7, 9];
  it.each([
    ['nobody is treated', { y, t: y.map(() => 0) }, 'No row is treated'],
    ['everybody is treated', { y, t: y.map(() => 1) }, 'Every row is treated'],
    ['three kinds of treatment', { y, t: [0, 1, 2, 0, 1, 2, 0, 1] }, 'takes 3 values (0, 1, 2)'],
    ['a constant outcome', { y: y.map(() => 4), t: [0, 1, 0, 1, 0, 1, 0, 1] }, 'same value in every row'],
    ['one treated row', { y, t: [0, 0, 0, 0, 0, 0, 0, 1] }, 'at least two rows'],
    ['nothing but missing values', { y: y.map(() => NaN), t: [0, 1, 0, 1, 0, 1, 0, 1] }, 'No row has a value'],
    ['no variation within arms', { y: [1, 2, 1, 2, 1, 2, 1, 2], t: [0, 1, 0, 1, 0, 1, 0, 1] }, 'no variation'],
    ['no rows', { y: [], t: [] }, 'No row has a value'],
  ])('%s', (_, data, words) => {
    const estimate = run(tableOf(data), names);
    expect(reason(estimate)).toContain(words);
    expectFinite(estimate);
  });

  it('more columns than rows', () => {
    const wide = tableOf({
      y,
      t: [0, 1, 0, 1, 0, 1, 0, 1],
      ...Object.fromEntries(Array.from({ length: 9 }, (_, k) => [`x${k}`, y.map((_v, i) => Math.sin(i * (k + 1)))])),
    });
    const columns = Array.from({ length: 9 }, (_, k) => `x${k}`);
    for (const adjustment of ['lin', 'additive'])
      expect(reason(run(wide, { ...names, covariate_columns: columns, adjustment }))).toContain('coefficients');
    expect(reason(run(wide, { formula: `y ~ t + ${columns.join(' + ')}`, treatment_column: 't' }))).toContain('cannot estimate');
  });

  it('a treatment that other columns already say', () => {
    const t = [0, 1, 0, 1, 0, 1, 0, 1];
    const table = tableOf({ y: [1, 2, 3, 5, 4, 7, 7, 9], t, twin: t.map((v) => 3 * v + 1) });
    expect(reason(run(table, { formula: 'y ~ twin + t', treatment_column: 't' }))).toContain('own effect cannot be told');
    const first = fitted(run(table, { formula: 'y ~ t + twin', treatment_column: 't' }));
    expect(first.warnings.join()).toContain('twin');
    expect(first.coefficients).not.toHaveProperty('twin');
  });

  it('huge numbers', () => {
    const table = tableOf({ y: [1e200, 2e200, -1e200, 3e200, 5e200, -4e200], t: [0, 1, 0, 1, 0, 1] });
    expectFinite(run(table, names));
    expectFinite(run(table, { ...names, standard_errors: 'HC3' }));
  });

  it('a control arm of zeros still has a Welch test', () => {
    const row = fitted(run(tableOf({ y: [0, 0, 0, 1, 2, 4], t: [0, 0, 0, 1, 1, 1] }), names));
    expect(row.df).toBeCloseTo(2, 12);
    expectFinite(row);
  });

  it('never throws and never returns NaN on any small table', () => {
    const value = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true }), fc.constant(NaN), fc.constant(Infinity));
    const rows = fc.array(fc.tuple(value, fc.constantFrom(0, 1, NaN, 2), value, value), { maxLength: 14 });
    const types = fc.constantFrom('classical', 'HC0', 'HC1', 'HC2', 'HC3');
    fc.assert(
      fc.property(rows, types, fc.constantFrom('none', 'lin', 'additive', 'cuped'), (all, type, adjustment) => {
        const table = tableOf({ y: all.map((r) => r[0]), t: all.map((r) => r[1]), x: all.map((r) => r[2]), pre: all.map((r) => r[3]) });
        expectFinite(run(table, { ...names, covariate_columns: ['x'], adjustment, standard_errors: type, pre_column: 'pre' }));
      }),
      { numRuns: 400 },
    );
  });
});

describe('warnings and diagnostics', () => {
  it('counts the rows that missing values cost, only in columns that are used', () => {
    const gaps = { ...rct.data, xpre: (rct.data.xpre as number[]).map((x, i) => (i < 5 ? NaN : x)) };
    const adjusted = fitted(run(tableOf(gaps), covariates));
    expect(adjusted.n_observations).toBe(115);
    expect(adjusted.diagnostics.n_missing).toBe(5);
    expect(adjusted.warnings.join()).toContain('5 of 120 rows');
    const plain = fitted(run(tableOf(gaps), { ...covariates, adjustment: 'none' }));
    expect(plain.n_observations).toBe(120);
    expect(plain.diagnostics['smd xpre']).toBeTypeOf('number');
  });

  it('tests the split against the share that was intended', () => {
    const fine = fitted(run(trial, { ...names, intended_share: 0.4 }));
    expect(fine.diagnostics.sample_ratio_p_value).toBe(1);
    const off = fitted(run(trial, { ...names, intended_share: 0.6 }));
    expect(off.diagnostics.sample_ratio_p_value).toBeCloseTo(7.744216431044e-6, 14);
    expect(off.warnings.join()).toContain('48 of 120');
  });

  it('leaves out blocks with one arm', () => {
    const data = { y: [1, 2, 4, 3, 6, 9, 20, 21], t: [0, 1, 0, 1, 0, 1, 1, 1], b: [1, 1, 1, 1, 1, 1, 2, 2] };
    const row = fitted(run(tableOf(data), { ...names, block_column: 'b' }));
    expect(row.n_observations).toBe(6);
    expect(row.warnings.join()).toContain('2 rows are in blocks');
  });

  it('takes the later of two odd values as treated', () => {
    const labels = (rct.data.t as number[]).map((t) => (t === 1 ? 'variant' : 'original'));
    const row = fitted(
      run(tableOf({ y: rct.data.y as number[] }, { arm: categoryColumn(labels) }), { outcome_column: 'y', treatment_column: 'arm' }),
    );
    expectRelative([row.estimate], [rct.reference.difference_in_means.welch.estimate]);
    expect(row.warnings.join()).toContain("'variant'");
  });

  it('reads yes and no, and codes categories against their first level', () => {
    const labels = (rct.data.t as number[]).map((t) => (t === 1 ? 'yes' : 'no'));
    const shop = (rct.data.x2 as number[]).map((x) => (x > 6 ? 'west' : x > 4 ? 'north' : 'east'));
    const table = tableOf({ y: rct.data.y as number[] }, { t: categoryColumn(labels), shop: categoryColumn(shop) });
    const row = fitted(run(table, { formula: 'y ~ t * shop', treatment_column: 't' }));
    expect(Object.keys(row.coefficients ?? {})).toEqual(['(Intercept)', 't', 'shopnorth', 'shopwest', 't:shopnorth', 't:shopwest']);
    expect(row.warnings.join()).toContain('shop = east');
    const east = fitted(run(tableOf(pick(rct.data, (i) => shop[i] === 'east')), names));
    expectRelative([row.estimate], [east.estimate], 1e-10);
  });
});

describe('input that does not fit', () => {
  it.each([
    [{ formula: 'y ~ xpre', treatment_column: 't' }, "no term 't'"],
    [{ formula: 'y ~ t + nonsense', treatment_column: 't' }, "no column 'nonsense'; the data has y, t, xpre, x2"],
    [{ formula: 'y ~ t +', treatment_column: 't' }, 'position 8'],
    [{ ...names, outcome_column: 'sales' }, "no column 'sales'"],
    [{ ...names, covariate_columns: ['t'] }, 'is the treatment'],
    [{ ...names, covariate_columns: ['y'] }, 'is the outcome'],
    [{ ...names, adjustment: 'cuped' }, 'pre-period mean'],
    [{ ...names, standard_errors: 'CR2' }, 'clusters'],
    [{ ...names, standard_errors: 'HC3', cluster_column: 'x2' }, 'ignores the clusters'],
    [{ formula: 'y ~ t', treatment_column: 't', block_column: 'x2' }, 'into it as a term'],
  ])('%j', (given, words) => {
    expect(() => run(trial, given)).toThrow(InputError);
    expect(() => run(trial, given)).toThrow(words);
  });
});

describe('naive difference', () => {
  const naive = (table: DataTable): Estimate => naiveDifference.estimate(table, { ...names, confidence_level: 0.95 });
  it('is the Welch comparison of the arms as they come', () => {
    const row = fitted(naive(trial));
    const { welch } = rct.reference.difference_in_means;
    expectRelative(
      [row.estimate, row.standard_error, row.df, row.p_value, row.ci_lower],
      [welch.estimate, welch.se, welch.df, welch.p, welch.ci_lower],
    );
    expect(row.diagnostics.r_squared).toBeGreaterThan(0);
    expect(row.picture).toMatchObject({
      kind: 'arms',
      arms: [
        { label: 'control', n: 72 },
        { label: 'treated', n: 48 },
      ],
    });
  });
  it('is degenerate on degenerate data', () => {
    expect(reason(naive(tableOf({ y: [1, 2, 3], t: [0, 0, 0] })))).toContain('No row is treated');
    expect(reason(naive(tableOf({ y: [1, 2, 3], t: [0, 0, 1] })))).toContain('two rows');
    expect(() => naive(tableOf({ y: [1, 2, 3] }))).toThrow(InputError);
  });
});

function run(table: DataTable, given: Record<string, unknown>): Estimate {
  const parsed = parseParameters(experiment.parameters, given, '');
  if (!parsed.ok) throw new InputError(parsed.issues);
  return experiment.estimate(table, parsed.value);
}

function fitted(estimate: Estimate): FittedEstimate {
  if (estimate.status === 'ok') return estimate;
  throw new Error(estimate.reason);
}

function reason(estimate: Estimate): string {
  return estimate.status === 'degenerate' ? estimate.reason : 'the estimate is fine';
}

function tableOf(data: Record<string, number[]>, more: Record<string, Column> = {}): DataTable {
  const columns = Object.entries(data).map(([name, values]) => [name, numberColumn(Float64Array.from(values))] as const);
  return { rowCount: data.y?.length ?? 0, columns: new Map<string, Column>([...columns, ...Object.entries(more)]) };
}

function pick(data: Record<string, number[]>, keep: (row: number) => boolean): Record<string, number[]> {
  return Object.fromEntries(Object.entries(data).map(([name, values]) => [name, values.filter((_, i) => keep(i))]));
}

function expectRelative(own: readonly unknown[], expected: readonly unknown[], tolerance = 1e-11): void {
  own.forEach((value, i) => {
    const target = Number(expected[i]);
    expect(target).not.toBeNaN();
    expect(Math.abs(Number(value) - target), `${String(value)} against ${target}`).toBeLessThanOrEqual(tolerance * Math.abs(target));
  });
}

function expectFinite(value: unknown): void {
  if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
  else if (typeof value === 'object' && value !== null) Object.values(value).forEach(expectFinite);
}

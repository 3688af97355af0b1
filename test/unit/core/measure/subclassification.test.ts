import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../../../src/core/contracts/input-error.ts';
import type { StrataPicture } from '../../../../src/core/measure/method-picture.ts';
import { subclassification } from '../../../../src/core/measure/subclassification.ts';
import { readReference, readReferenceTable } from './reference-data.ts';
import { isFiniteThroughout, mapColumn, performance, permuteRows, randomSource, reasonOf, run, runFitted, tableOf } from './toy-worlds.ts';

fc.configureGlobal({ seed: 7 });

type Strata = Record<'n1' | 'n0' | 'mean1' | 'mean0', readonly number[]>;
type Case = { readonly strata: Strata; readonly ate: number; readonly att: number; readonly se_ate: number; readonly se_att: number };
const { reference } = readReference<{ reference: Record<'ps_quintiles_of_all' | 'single_covariate_a_quintiles', Case> }>(
  'obs_subclassification',
);
const table = readReferenceTable('obs');
const columns = { outcome_column: 'y', treatment_column: 't' };
const byScore = { ...columns, covariate_columns: ['a', 'b', 'c'] };

const relative = (actual: number | null, wanted: number) => Math.abs((actual ?? NaN) - wanted) / Math.abs(wanted);

describe('agrees with R', () => {
  const cases = [
    ['propensity quintiles', reference.ps_quintiles_of_all, byScore],
    [
      'quintiles of one covariate',
      reference.single_covariate_a_quintiles,
      { ...columns, covariate_columns: ['a'], strata_on: 'covariates' },
    ],
  ] as const;
  it.each(cases)('on %s', (_, expected, parameters) => {
    for (const estimand of ['att', 'ate'] as const) {
      const result = runFitted(subclassification, table, { ...parameters, estimand });
      expect(relative(result.estimate, expected[estimand])).toBeLessThan(1e-8);
      expect(relative(result.standard_error, expected[`se_${estimand}`])).toBeLessThan(1e-8);
      expect(result.estimand).toBe(estimand);
    }
    const picture = runFitted(subclassification, table, parameters).picture as StrataPicture;
    expect(picture.rows.map((row) => row.n_treated)).toEqual(expected.strata.n1);
    expect(picture.rows.map((row) => row.n_control)).toEqual(expected.strata.n0);
    picture.rows.forEach((row, s) => {
      expect(relative(row.mean_treated, expected.strata.mean1[s]!)).toBeLessThan(1e-12);
      expect(relative(row.mean_control, expected.strata.mean0[s]!)).toBeLessThan(1e-12);
    });
  });

  it('takes the controls as they are for the ATC', () => {
    const att = runFitted(subclassification, table, { ...byScore, estimand: 'att' });
    const flipped = runFitted(
      subclassification,
      mapColumn(table, 't', (t) => 1 - t),
      { ...byScore, estimand: 'atc' },
    );
    expect(flipped.estimate).toBeCloseTo(-att.estimate, 10);
    expect(flipped.standard_error).toBeCloseTo(att.standard_error!, 10);
  });
});

describe('with one stratum', () => {
  it("is Welch's test", () => {
    const y = [3, 5, 4, 9, 2, 7, 8, 6, 10, 1];
    const t = [1, 1, 1, 1, 0, 0, 0, 0, 0, 0];
    const result = runFitted(subclassification, tableOf({ y, t, x: y.map(() => 1) }), {
      ...columns,
      covariate_columns: ['x'],
      strata_on: 'covariates',
    });
    const v1 = 20.75 / 3 / 4;
    const v0 = (4 + 49 + 64 + 36 + 100 + 1 - (34 * 34) / 6) / 5 / 6;
    expect(result.estimate).toBeCloseTo(5.25 - 34 / 6, 12);
    expect(result.standard_error).toBeCloseTo(Math.sqrt(v1 + v0), 12);
    expect(result.df).toBeCloseTo((v1 + v0) ** 2 / (v1 ** 2 / 3 + v0 ** 2 / 5), 10);
  });
});

describe('strata that lack an arm', () => {
  const y = [5, 6, 1, 2, 9, 8, 4, 3, 7, 7];
  const t = [1, 1, 0, 0, 1, 0, 1, 0, 0, 0];
  const shop = ['a', 'a', 'a', 'a', 'b', 'b', 'c', 'c', 'd', 'd'];

  it('are shown, counted and warned about', () => {
    const result = runFitted(subclassification, tableOf({ y, t, shop }), {
      ...columns,
      covariate_columns: ['shop'],
      strata_on: 'covariates',
    });
    const picture = result.picture as StrataPicture;
    expect(picture.rows.map((row) => [row.stratum, row.dropped, row.weight])).toEqual([
      ['shop a', null, 0.5],
      ['shop b', null, 0.25],
      ['shop c', null, 0.25],
      ['shop d', 'no treated unit', 0],
    ]);
    expect(result.diagnostics).toMatchObject({
      n_strata: 4,
      dropped_strata: 1,
      dropped_share: 0.2,
      dropped_treated_share: 0,
      dropped_control_share: 1 / 3,
    });
    expect(result.warnings.join(' ')).toMatch(/1 of 4 strata.*0 of 4 treated and 2 of 6 control/s);
    expect(result).toMatchObject({ n_observations: 8, n_treated: 4, n_control: 4 });
  });

  it('borrow the pooled variance where an arm has a single unit, and say so', () => {
    const result = runFitted(subclassification, tableOf({ y, t, shop }), {
      ...columns,
      covariate_columns: ['shop'],
      strata_on: 'covariates',
    });
    expect(result.warnings.join(' ')).toMatch(/In 4 cases a stratum holds a single unit/);
    expect(result.standard_error).toBeCloseTo(Math.sqrt(0.25 * (0.5 / 2 + 0.5 / 2) + 2 * 0.0625 * (0.5 + 0.5)), 12);
  });

  it('make the result degenerate, never 0, when there are no others', () => {
    const result = run(subclassification, tableOf({ y, t, shop: t.map((v) => (v ? 'x' : 'z')) }), {
      ...columns,
      covariate_columns: ['shop'],
      strata_on: 'covariates',
    });
    expect(reasonOf(result)).toMatch(/No stratum holds both/);
    expect(result.diagnostics).toMatchObject({ dropped_strata: 2, dropped_share: 1 });
  });

  it('make it degenerate when no stratum shows the spread of an arm', () => {
    const result = run(subclassification, tableOf({ y: [1, 2, 3, 4, 5], t: [1, 0, 0, 1, 0], shop: ['a', 'a', 'a', 'b', 'b'] }), {
      ...columns,
      covariate_columns: ['shop'],
      strata_on: 'covariates',
    });
    expect(reasonOf(result)).toMatch(/spread/);
  });
});

describe('degenerate data', () => {
  const x = Array.from({ length: 30 }, (_, i) => i);
  const noise = x.map((i) => (i * 7) % 11);
  it.each([
    ['nobody is treated', tableOf({ y: noise, t: x.map(() => 0), x }), /Nobody is treated/],
    ['everybody is treated', tableOf({ y: noise, t: x.map(() => 1), x }), /Everybody is treated/],
    ['the outcome is constant', tableOf({ y: x.map(() => 0.1), t: x.map((i) => i % 2), x }), /same in every row/],
    ['nothing is left', tableOf({ y: x.map(() => NaN), t: x.map((i) => i % 2), x }), /No row/],
    ['there are no rows', tableOf({ y: [], t: [], x: [] }), /No row/],
    ['the covariates settle treatment', tableOf({ y: noise, t: x.map((i) => (i > 14 ? 1 : 0)), x }), /without a single error/],
    [
      'the outcome follows from arm and stratum',
      tableOf({ y: x.map((i) => (i % 2) + (i > 14 ? 5 : 0)), t: x.map((i) => i % 2), x: x.map((i) => (i > 14 ? 1 : 0)) }),
      /no variation/,
    ],
  ])('is a result when %s', (_, data, reason) => {
    const result = run(subclassification, data, { ...columns, covariate_columns: ['x'] });
    expect(reasonOf(result)).toMatch(reason);
    expect(isFiniteThroughout(result)).toBe(true);
  });

  it('leaves out rows with missing values and says how many', () => {
    const holed = mapColumn(table, 'a', (value, row) => (row < 20 ? NaN : value));
    const result = runFitted(subclassification, holed, byScore);
    expect(result.warnings[0]).toMatch(/20 of 250 rows/);
    expect(result.n_observations).toBe(230);
  });

  it('asks for covariates', () => {
    expect(() => run(subclassification, table, columns)).toThrow(InputError);
    expect(() => run(subclassification, table, { ...byScore, covariate_columns: ['z'] })).toThrow(/covariate_columns.*no column 'z'/);
  });

  it('stays finite with numbers near the end of the range', () => {
    expect(
      isFiniteThroughout(
        run(
          subclassification,
          mapColumn(table, 'y', (y) => y * 1e200),
          byScore,
        ),
      ),
    ).toBe(true);
    expect(
      isFiniteThroughout(
        run(
          subclassification,
          mapColumn(table, 'a', (a) => a * 1e250),
          byScore,
        ),
      ),
    ).toBe(true);
    expect(
      isFiniteThroughout(
        run(
          subclassification,
          mapColumn(table, 'y', (y) => y * 1e-250),
          byScore,
        ),
      ),
    ).toBe(true);
  });
});

describe('invariance', () => {
  const base = runFitted(subclassification, table, byScore);

  it('does not depend on the order of the rows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const result = runFitted(subclassification, permuteRows(table, seed), byScore);
        expect(relative(result.estimate, base.estimate)).toBeLessThan(1e-10);
        expect(relative(result.standard_error, base.standard_error!)).toBeLessThan(1e-10);
      }),
      { numRuns: 20 },
    );
  });

  it('moves with the outcome and not with the level of a covariate', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1000, max: 1000 }), fc.constantFrom(-3, 0.01, 2, 500), (shift, scale) => {
        const moved = mapColumn(
          mapColumn(table, 'y', (y) => shift + scale * y),
          'b',
          (b) => b + shift,
        );
        const result = runFitted(subclassification, moved, byScore);
        expect(relative(result.estimate, scale * base.estimate)).toBeLessThan(1e-8);
        expect(relative(result.standard_error, Math.abs(scale) * base.standard_error!)).toBeLessThan(1e-8);
        expect(relative(result.p_value, base.p_value)).toBeLessThan(1e-5);
      }),
      { numRuns: 20 },
    );
  });

  it('gives the same bits twice and survives structured clone', () => {
    expect(runFitted(subclassification, table, byScore)).toEqual(base);
    expect(structuredClone(base)).toEqual(base);
    expect(isFiniteThroughout(base)).toBe(true);
    expect(base.ci_lower).toBeLessThan(base.estimate);
    expect(base.ci_upper).toBeGreaterThan(base.estimate);
  });
});

describe('in a world of discrete confounding', () => {
  it('is unbiased for each estimand and covers', { timeout: 60_000 }, () => {
    const replications = 400;
    for (const estimand of ['att', 'atc', 'ate'] as const) {
      const results = Array.from({ length: replications }, (_, r) => {
        const { uniform, normal } = randomSource(1000 + r);
        const group = Array.from({ length: 240 }, () => Math.floor(uniform() * 4));
        const t = group.map((g) => (uniform() < 0.2 + 0.2 * g ? 1 : 0));
        const effect = group.map((g) => 1 + g);
        const y = group.map((g, i) => 3 * g + t[i]! * effect[i]! + normal() * (1 + t[i]!));
        const chosen = effect.filter((_, i) => estimand === 'ate' || t[i] === (estimand === 'att' ? 1 : 0));
        const truth = chosen.reduce((sum, value) => sum + value, 0) / chosen.length;
        return {
          ...runFitted(subclassification, tableOf({ y, t, group }), {
            ...columns,
            covariate_columns: ['group'],
            strata_on: 'covariates',
            estimand,
          }),
          truth,
        };
      });
      const { bias, biasError, coverage } = performance(results);
      expect(Math.abs(bias)).toBeLessThan(4 * biasError);
      expect(Math.abs(coverage - 0.95)).toBeLessThan(4 * Math.sqrt((0.95 * 0.05) / replications));
    }
  });
});

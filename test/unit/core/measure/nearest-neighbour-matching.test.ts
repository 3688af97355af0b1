import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../../../src/core/contracts/input-error.ts';
import { matchWithReplacement } from '../../../../src/core/measure/match-units.ts';
import { caliperOf, matchingSpace, type Distance } from '../../../../src/core/measure/matching-space.ts';
import type { BalancePicture } from '../../../../src/core/measure/method-picture.ts';
import { nearestNeighbourMatching } from '../../../../src/core/measure/nearest-neighbour-matching.ts';
import { designColumns, readUnits } from '../../../../src/core/measure/read-table.ts';
import { readReference, readReferenceTable } from './reference-data.ts';
import { isFiniteThroughout, mapColumn, performance, permuteRows, randomSource, reasonOf, run, runFitted, tableOf } from './toy-worlds.ts';

fc.configureGlobal({ seed: 7 });

type Case = {
  readonly est: number;
  readonly est_noadj: number;
  readonly se_abadie_imbens: number;
  readonly n_pairs: number;
  readonly n_treated_matched: number;
  readonly index_treated: readonly number[];
  readonly index_control: readonly number[];
  readonly weights: readonly number[];
};
const { reference } = readReference<{ reference: Record<string, Case> }>('obs_matching');
const table = readReferenceTable('obs');
const columns = { outcome_column: 'y', treatment_column: 't', covariate_columns: ['a', 'b', 'c'] };
const plain = columns;

const relative = (actual: number | null, wanted: number) => Math.abs((actual ?? NaN) - wanted) / Math.abs(wanted);

describe("agrees with R's Matching", () => {
  const cases: readonly (readonly [string, Record<string, unknown>])[] = [
    ['att_ps_linear_predictor_M1', { ...plain, distance: 'propensity' }],
    ['att_ps_probability_M1', { ...plain, distance: 'propensity', propensity_scale: 'probability' }],
    ['att_mahalanobis_M1', plain],
    ['att_invvar_M1', { ...plain, distance: 'euclidean' }],
    ['att_mahalanobis_M3', { ...plain, ratio: 3 }],
    ['ate_mahalanobis_M1', { ...plain, estimand: 'ate' }],
    ['att_mahalanobis_M1_biasadj', { ...columns, bias_adjustment: true }],
    ['att_ps_M1_caliper02', { ...plain, distance: 'propensity', caliper: 0.2 }],
  ];

  it('on every entry of the reference', () => {
    expect(cases.map(([name]) => name)).toEqual(Object.keys(reference));
  });

  it.each(cases)('in the estimate and the matched rows: %s', (name, parameters) => {
    const expected = reference[name]!;
    const result = runFitted(nearestNeighbourMatching, table, parameters);
    expect(relative(result.estimate, expected.est)).toBeLessThan(1e-8);
    expect(result.diagnostics['n_pairs']).toBe(expected.n_pairs);
    expect(pairsFound(parameters)).toEqual(
      expected.index_treated
        .map((treated, k) => `${treated - 1} ${expected.index_control[k]! - 1} ${expected.weights[k]!.toFixed(12)}`)
        .sort(),
    );
  });

  it.each(cases.filter(([name]) => !name.includes('caliper')))('in the standard error: %s', (name, parameters) => {
    const result = runFitted(nearestNeighbourMatching, table, parameters);
    expect(relative(result.standard_error, reference[name]!.se_abadie_imbens)).toBeLessThan(1e-8);
  });

  // Matching divides by all treated units and counts those outside the caliper as known to have an effect of 0.
  it('in the standard error with a caliper, after its convention for dropped units is put in', () => {
    const expected = reference['att_ps_M1_caliper02']!;
    const result = runFitted(nearestNeighbourMatching, table, { ...plain, distance: 'propensity', caliper: 0.2 });
    const [all, matched] = [115, expected.n_treated_matched];
    expect(result.n_treated).toBe(matched);
    const theirs = Math.sqrt((result.standard_error! ** 2 * matched ** 2 + (all - matched) * result.estimate ** 2) / all ** 2);
    expect(relative(theirs, expected.se_abadie_imbens)).toBeLessThan(1e-8);
  });

  it('takes the controls as they are for the ATC', () => {
    const att = runFitted(nearestNeighbourMatching, table, columns);
    const flipped = runFitted(
      nearestNeighbourMatching,
      mapColumn(table, 't', (t) => 1 - t),
      { ...columns, estimand: 'atc' },
    );
    expect(flipped.estimate).toBeCloseTo(-att.estimate, 12);
    expect(flipped.standard_error).toBeCloseTo(att.standard_error!, 12);
  });
});

/** 'treated control weight' of every pair, as the estimator forms them. */
function pairsFound(given: Record<string, unknown>): string[] {
  const p = { distance: 'mahalanobis', propensity_scale: 'logit', ratio: 1, caliper: null, estimand: 'att', ...given };
  const units = readUnits(table, columns);
  const space = matchingSpace(units, designColumns(units.covariates), p.distance as Distance, p.propensity_scale as 'logit');
  const arm = (value: number) => Int32Array.from(units.treated.keys()).filter((i) => units.treated[i] === value);
  const find = (focal: Int32Array, donors: Int32Array) =>
    matchWithReplacement({ points: space.points, focal, donors, ratio: p.ratio, caliper: caliperOf(space, p.caliper) }, 1e-5).sets;
  const text = (treated: number, control: number, m: number) => `${treated} ${control} ${(1 / m).toFixed(12)}`;
  const byTreated = find(arm(1), arm(0)).flatMap(({ focal, partners }) =>
    Array.from(focal).flatMap((i) => Array.from(partners, (j) => text(i, j, partners.length))),
  );
  if (p.estimand !== 'ate') return byTreated.sort();
  const byControl = find(arm(0), arm(1)).flatMap(({ focal, partners }) =>
    Array.from(focal).flatMap((i) => Array.from(partners, (j) => text(j, i, partners.length))),
  );
  return [...byTreated, ...byControl].sort();
}

describe('on a few units, by hand', () => {
  const small = tableOf({ y: [10, 20, 1, 2, 4, 30], t: [1, 1, 0, 0, 0, 0], x: [0, 10, -1, 1, 8, 100] });
  const given = { outcome_column: 'y', treatment_column: 't', covariate_columns: ['x'], bias_adjustment: false };

  it('averages ties, counts reuse and draws it', () => {
    const result = runFitted(nearestNeighbourMatching, small, given);
    expect(result.estimate).toBeCloseTo((10 - 1.5 + (20 - 4)) / 2, 12);
    expect((result.picture as BalancePicture).control_reuse).toEqual([1, 1, 1]);
    expect(result).toMatchObject({ n_observations: 6, n_treated: 2, n_control: 3, df: null });
  });

  it('matches each control once without replacement, closest pair first', () => {
    const rivals = tableOf({ y: [5, 6, 1, 2], t: [1, 1, 0, 0], x: [0, 1, 1.2, 9] });
    const once = runFitted(nearestNeighbourMatching, rivals, { ...given, replace: false });
    expect(once.estimate).toBeCloseTo((6 - 1 + (5 - 2)) / 2, 12);
    expect(runFitted(nearestNeighbourMatching, rivals, given).estimate).toBeCloseTo((5 - 1 + (6 - 1)) / 2, 12);
    expect(once.diagnostics).toMatchObject({ max_reuse: 1, matched_share: 1 });
  });

  it('is the paired test without replacement, one match each', () => {
    const { uniform, normal } = randomSource(5);
    const x = Array.from({ length: 60 }, () => uniform());
    const t = x.map((_, i) => (i < 20 ? 1 : 0));
    const y = x.map((value, i) => value + t[i]! + normal());
    const result = runFitted(nearestNeighbourMatching, tableOf({ y, t, x }), { ...given, replace: false });
    const free = new Set(x.map((_, i) => i));
    const effects: number[] = [];
    while (effects.length < 20) {
      const pairs = [...free]
        .filter((i) => i < 20)
        .flatMap((i) => [...free].filter((j) => j >= 20).map((j) => ({ i, j, gap: Math.abs(x[i]! - x[j]!) })));
      const { i, j } = pairs.reduce((best, pair) => (pair.gap < best.gap ? pair : best));
      free.delete(i);
      free.delete(j);
      effects.push(y[i]! - y[j]!);
    }
    const mean = effects.reduce((sum, effect) => sum + effect, 0) / 20;
    expect(result.estimate).toBeCloseTo(mean, 12);
    expect(result.standard_error).toBeCloseTo(Math.sqrt(effects.reduce((sum, effect) => sum + (effect - mean) ** 2, 0)) / 20, 12);
    expect((result.estimate - result.ci_lower) / result.standard_error!).toBeCloseTo(1.959963984540054, 12);
  });

  it('takes the variance of an outcome from its neighbours in the same arm when asked', () => {
    const data = tableOf({ y: [1, 3, 0, 4, 10, 11], t: [1, 1, 0, 0, 0, 0], x: [0, 10, 0, 1, 10, 11] });
    const result = runFitted(nearestNeighbourMatching, data, { ...given, variance_neighbours: 1 });
    // Effects 1 - 0 and 3 - 10; both controls are used once, so that reuse adds nothing.
    expect(result.estimate).toBe(-3);
    expect(result.standard_error).toBeCloseTo(Math.sqrt((16 + 16) / 4), 12);
    const twice = runFitted(nearestNeighbourMatching, data, { ...given, variance_neighbours: 1, estimand: 'ate' });
    expect(isFiniteThroughout(twice)).toBe(true);
  });

  it('corrects exactly when the outcome is linear in the covariates', () => {
    const x = Array.from({ length: 40 }, (_, i) => (i * 17) % 41);
    const t = x.map((value, i) => (value > 20 ? (i % 4 === 0 ? 0 : 1) : i % 5 === 0 ? 1 : 0));
    const y = x.map((value, i) => 3 * value + 7 * t[i]! + (i % 2 === 0 ? 1e-3 : -1e-3));
    const result = runFitted(nearestNeighbourMatching, tableOf({ y, t, x }), { ...given, bias_adjustment: true });
    expect(result.estimate).toBeCloseTo(7, 2);
  });
});

describe('units without a match', () => {
  it('are dropped by the caliper, counted and warned about', () => {
    const result = runFitted(nearestNeighbourMatching, table, { ...columns, caliper: 0.3 });
    const { matched_share: share, dropped_by_caliper: dropped } = result.diagnostics;
    expect(result.n_treated).toBe(115 - (dropped as number));
    expect(share).toBeCloseTo(result.n_treated / 115, 12);
    expect(result.warnings.join(' ')).toMatch(/of 115 units lie outside the caliper/);
  });

  it('make the result degenerate when fewer than two are left', () => {
    expect(reasonOf(run(nearestNeighbourMatching, table, { ...columns, caliper: 0 }))).toMatch(/0 of 115 units found a match/);
  });

  it('are dropped without replacement when the other arm is used up', () => {
    const result = runFitted(nearestNeighbourMatching, table, { ...columns, estimand: 'atc', replace: false });
    expect(result.n_control).toBe(115);
    expect(result.warnings.join(' ')).toMatch(/20 of 135 units found no unused match/);
  });
});

describe('degenerate data', () => {
  const x = Array.from({ length: 30 }, (_, i) => i);
  const noise = x.map((i) => (i * 7) % 11);
  it.each([
    ['nobody is treated', tableOf({ y: noise, t: x.map(() => 0), x }), /Nobody is treated/],
    ['the outcome is constant', tableOf({ y: x.map(() => 0.1), t: x.map((i) => i % 2), x }), /same in every row/],
    ['there are no rows', tableOf({ y: [], t: [], x: [] }), /No row/],
    ['the covariates are constant', tableOf({ y: noise, t: x.map((i) => i % 2), x: x.map(() => 4) }), /do not vary/],
    ['one unit is treated', tableOf({ y: noise, t: x.map((i) => (i === 3 ? 1 : 0)), x }), /Only 1 of 1 units/],
    ['the outcome follows from the arm', tableOf({ y: x.map((i) => i % 2), t: x.map((i) => i % 2), x }), /no variation/],
  ])('is a result when %s', (_, data, reason) => {
    const result = run(nearestNeighbourMatching, data, { outcome_column: 'y', treatment_column: 't', covariate_columns: ['x'] });
    expect(reasonOf(result)).toMatch(reason);
    expect(isFiniteThroughout(result)).toBe(true);
  });

  it('sets aside covariates that repeat others, and says which', () => {
    const repeated = {
      rowCount: table.rowCount,
      columns: new Map([...table.columns, ['again', mapColumn(table, 'a', (a) => 2 * a + 1).columns.get('a')!]]),
    };
    const result = runFitted(nearestNeighbourMatching, repeated, { ...columns, covariate_columns: ['a', 'b', 'c', 'again'] });
    expect(result.warnings.join(' ')).toMatch(/Left out of the distance.*again/);
    expect(result.estimate).toBeCloseTo(runFitted(nearestNeighbourMatching, table, columns).estimate, 10);
  });

  it('asks for covariates', () => {
    expect(() => run(nearestNeighbourMatching, table, { ...columns, covariate_columns: [] })).toThrow(InputError);
  });

  it('stays finite with numbers near the end of the range', () => {
    for (const size of [1e200, 1e-250]) {
      expect(
        isFiniteThroughout(
          run(
            nearestNeighbourMatching,
            mapColumn(table, 'y', (y) => y * size),
            columns,
          ),
        ),
      ).toBe(true);
      expect(
        isFiniteThroughout(
          run(
            nearestNeighbourMatching,
            mapColumn(table, 'a', (a) => a * size),
            columns,
          ),
        ),
      ).toBe(true);
    }
  });

  it('copes with one binary covariate, where everything is tied', () => {
    const n = 3000;
    const { uniform, normal } = randomSource(3);
    const z = Array.from({ length: n }, () => (uniform() < 0.5 ? 1 : 0));
    const t = z.map((value) => (uniform() < 0.3 + 0.4 * value ? 1 : 0));
    const y = z.map((value, i) => 2 * value + t[i]! + normal());
    const result = runFitted(nearestNeighbourMatching, tableOf({ y, t, z }), {
      outcome_column: 'y',
      treatment_column: 't',
      covariate_columns: ['z'],
    });
    const cell = (arm: number, value: number) => {
      const list = y.filter((_, i) => t[i] === arm && z[i] === value);
      return { n: list.length, mean: list.reduce((sum, v) => sum + v, 0) / list.length };
    };
    const [high, low] = [1, 0].map((value) => ({ n: cell(1, value).n, difference: cell(1, value).mean - cell(0, value).mean }));
    expect(result.estimate).toBeCloseTo((high!.n * high!.difference + low!.n * low!.difference) / (high!.n + low!.n), 10);
  });
});

describe('invariance', () => {
  const variants: readonly Record<string, unknown>[] = [
    columns,
    { ...columns, estimand: 'ate', ratio: 2, variance_neighbours: 2 },
    { ...columns, distance: 'propensity', caliper: 0.5 },
    { ...columns, distance: 'euclidean', replace: false },
  ];

  it.each(variants)('does not depend on the order of the rows: %o', (parameters) => {
    const base = runFitted(nearestNeighbourMatching, table, parameters);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const result = runFitted(nearestNeighbourMatching, permuteRows(table, seed), parameters);
        expect(relative(result.estimate, base.estimate)).toBeLessThan(1e-9);
        expect(relative(result.standard_error, base.standard_error!)).toBeLessThan(1e-9);
      }),
      { numRuns: 10 },
    );
  });

  it.each(variants)('moves with the outcome and not with the level or unit of a covariate: %o', (parameters) => {
    const base = runFitted(nearestNeighbourMatching, table, parameters);
    fc.assert(
      fc.property(fc.integer({ min: -100, max: 100 }), fc.constantFrom(-3, 0.01, 2, 500), (shift, scale) => {
        const moved = mapColumn(
          mapColumn(table, 'y', (y) => shift + scale * y),
          'b',
          (b) => shift + Math.abs(scale) * b,
        );
        const result = runFitted(nearestNeighbourMatching, moved, parameters);
        expect(relative(result.estimate, scale * base.estimate)).toBeLessThan(1e-7);
        expect(relative(result.standard_error, Math.abs(scale) * base.standard_error!)).toBeLessThan(1e-7);
      }),
      { numRuns: 10 },
    );
  });

  it('gives the same bits twice and survives structured clone', () => {
    const base = runFitted(nearestNeighbourMatching, table, columns);
    expect(runFitted(nearestNeighbourMatching, table, columns)).toEqual(base);
    expect(structuredClone(base)).toEqual(base);
    expect(isFiniteThroughout(base)).toBe(true);
  });
});

describe('in a world of confounding by two covariates', () => {
  it('is unbiased for each estimand and covers', { timeout: 60_000 }, () => {
    const replications = 300;
    for (const estimand of ['att', 'ate'] as const) {
      const results = Array.from({ length: replications }, (_, r) => {
        const { uniform, normal } = randomSource(2000 + r);
        const a = Array.from({ length: 300 }, () => uniform());
        const b = a.map(() => uniform());
        const t = a.map((value, i) => (uniform() < 0.15 + 0.3 * value + 0.2 * b[i]! ? 1 : 0));
        const y = a.map((value, i) => 3 * value + 2 * b[i]! + 1.5 * t[i]! + normal());
        return {
          ...runFitted(nearestNeighbourMatching, tableOf({ y, t, a, b }), { ...columns, covariate_columns: ['a', 'b'], estimand }),
          truth: 1.5,
        };
      });
      const { bias, biasError, coverage } = performance(results);
      expect(Math.abs(bias)).toBeLessThan(4 * biasError);
      expect(Math.abs(coverage - 0.95)).toBeLessThan(4 * Math.sqrt((0.95 * 0.05) / replications));
    }
  });
});

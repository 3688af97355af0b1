import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../../../src/core/contracts/input-error.ts';
import { densityTest } from '../../../../src/core/measure/density-test.ts';
import type { FittedEstimate } from '../../../../src/core/measure/estimator.ts';
import type { CutoffSide } from '../../../../src/core/measure/local-linear.ts';
import type { DiscontinuityPicture } from '../../../../src/core/measure/method-picture.ts';
import { regressionDiscontinuity } from '../../../../src/core/measure/regression-discontinuity.ts';
import { numbersOf, readReferenceTable } from './reference-data.ts';
import { isFiniteThroughout, mapColumn, performance, permuteRows, randomSource, reasonOf, run, runFitted, tableOf } from './toy-worlds.ts';

fc.configureGlobal({ seed: 7 });

const names = { outcome_column: 'y', running_column: 'x', cutoff: 0 };
const plain = readReferenceTable('rd');
const heaped = readReferenceTable('rd_more');
const fit = (given: Readonly<Record<string, unknown>> = {}, table = plain) =>
  runFitted(regressionDiscontinuity, table, { ...names, ...given });
const answer = ({ estimate, standard_error, diagnostics }: FittedEstimate) => [
  estimate,
  standard_error!,
  diagnostics['bandwidth'] as number,
  diagnostics['bias_bandwidth'] as number,
];
const expectSame = (actual: FittedEstimate, expected: FittedEstimate, scales: readonly number[], digits: number) => {
  const wanted = answer(expected);
  answer(actual).forEach((value, k) => expect(value / (wanted[k]! * scales[k]!)).toBeCloseTo(1, digits));
};

function sideOf(places: readonly number[]): CutoffSide {
  const starts = places.flatMap((x, i) => (i === 0 || x !== places[i - 1] ? [i] : []));
  return { x: Float64Array.from(places), starts: Int32Array.from([...starts, places.length]) };
}

/** Running variable uniform on [-1, 1] (or on a grid of that many steps), outcomes curved on both sides, jump 1. */
function world(seed: number, n: number, { steps = 0, share = 1, spread = 0.5 } = {}) {
  const { uniform, normal } = randomSource(seed);
  const rows = Array.from({ length: n }, () => {
    const raw = 2 * uniform() - 1;
    const x = steps > 0 ? Math.round(raw * steps) / steps : raw;
    const takes = x >= 0 ? (uniform() < share ? 1 : 0) : uniform() < 1 - share ? 1 : 0;
    return { x, takes, w: normal() + x, y: 2 + x + 1.5 * x * x + (x >= 0 ? -x * x : 0) + takes + spread * normal() };
  });
  return tableOf({ x: rows.map((r) => r.x), y: rows.map((r) => r.y), takes: rows.map((r) => r.takes), w: rows.map((r) => r.w) });
}

describe('invariance', () => {
  const base = fit();

  it('does not depend on the order of the rows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        expectSame(fit({}, permuteRows(plain, seed)), base, [1, 1, 1, 1], 9);
      }),
      { numRuns: 5 },
    );
  });

  it('moves with the unit and the origin of the running variable', () => {
    for (const [shift, scale] of [
      [1e6, 1],
      [-3, 250],
      [0.1, 1e-6],
    ] as const) {
      for (const table of [plain, heaped]) {
        const here = fit({}, table);
        const moved = fit(
          { cutoff: shift },
          mapColumn(table, 'x', (x) => shift + scale * x),
        );
        expectSame(moved, here, [1, 1, scale, scale], 5);
        expect(moved.diagnostics['density_p_value']).toBeCloseTo(here.diagnostics['density_p_value'] as number, 5);
      }
    }
  });

  it('moves with the unit and the origin of the outcome, by every rule', () => {
    for (const bandwidth_rule of ['mse', 'coverage_error', 'imbens_kalyanaraman']) {
      for (const [shift, scale] of [
        [1e6, 1],
        [-7, 1000],
        [0, -0.001],
      ] as const) {
        const moved = mapColumn(plain, 'y', (y) => shift + scale * y);
        expectSame(fit({ bandwidth_rule }, moved), fit({ bandwidth_rule }), [scale, Math.abs(scale), 1, 1], 7);
      }
    }
  });

  it('is the same seen in a mirror', () => {
    for (const table of [plain, heaped]) {
      // Nobody lies exactly at the cutoff, whose units are treated on either side.
      const cutoff = 0.0013;
      const mirrored = mapColumn(table, 'x', (x) => -x);
      const upright = fit({ cutoff }, table);
      const turned = fit({ cutoff: -cutoff, treated_side: 'below' }, mirrored);
      expectSame(turned, upright, [1, 1, 1, 1], 8);
      expect(turned.diagnostics['density_p_value']).toBeCloseTo(upright.diagnostics['density_p_value'] as number, 8);
      const other = fit({ cutoff, treated_side: 'below' }, table);
      expect(other.estimate).toBeCloseTo(-upright.estimate, 10);
      expect(other.standard_error).toBeCloseTo(upright.standard_error!, 10);
      const [a, b] = [upright.picture as DiscontinuityPicture, turned.picture as DiscontinuityPicture];
      expect(b.bins.length).toBe(a.bins.length);
      expect(b.bins[0]!.mean).toBeCloseTo(a.bins.at(-1)!.mean, 8);
      expect(b.fit_left[0]!.y).toBeCloseTo(a.fit_right.at(-1)!.y, 8);
    }
  });

  it('is exact where the outcome is a line on either side, also far from the origin', () => {
    for (const offset of [0, 1e6]) {
      const x = Array.from({ length: 200 }, (_, i) => offset + ((i * 37) % 200) / 100 - 1 + 0.0003);
      const table = tableOf({ x, y: x.map((v) => 5 + 2 * (v - offset) + (v >= offset ? 3 - 7 * (v - offset) : 0)) });
      for (const inference of ['robust', 'conventional']) {
        for (const kernel of ['triangular', 'epanechnikov', 'uniform']) {
          expect(Math.abs(fit({ cutoff: offset, inference, kernel }, table).estimate - 3)).toBeLessThan(offset === 0 ? 1e-11 : 1e-7);
        }
      }
    }
  });

  it('takes a common curvature off only where it corrects for bias', () => {
    const x = Array.from({ length: 400 }, (_, i) => (i - 199.5) / 200);
    const table = tableOf({ x, y: x.map((v) => (v >= 0 ? 1 + 4 * v * v : 0)) });
    expect(fit({ bandwidth: 0.5 }, table).estimate).toBeCloseTo(1, 9);
    expect(Math.abs(fit({ bandwidth: 0.5, inference: 'conventional' }, table).estimate - 1)).toBeGreaterThan(0.05);
  });

  it('gives the same bits twice, all of them finite, and survives structured clone', () => {
    expect(fit()).toEqual(base);
    expect(structuredClone(base)).toEqual(base);
    expect(isFiniteThroughout(base.picture)).toBe(true);
  });
});

describe('units at the cutoff', () => {
  it('are treated whichever side is', () => {
    const x = Array.from({ length: 81 }, (_, i) => (i - 40) / 40);
    const above = tableOf({ x, y: x.map((v, i) => (v >= 0 ? 10 : 0) + (i % 3)) });
    const below = tableOf({ x, y: x.map((v, i) => (v <= 0 ? 10 : 0) + (i % 3)) });
    expect(fit({ bandwidth: 0.6 }, above)).toMatchObject({ n_treated: 41, n_control: 40 });
    expect(fit({ bandwidth: 0.6, treated_side: 'below' }, below)).toMatchObject({ n_treated: 41, n_control: 40 });
  });

  it('are left out in a donut', () => {
    const result = fit({ donut_radius: 0.1, bandwidth: 0.5 });
    const kept = numbersOf(plain, 'x').filter((x) => Math.abs(x) >= 0.1);
    expect(result.n_observations).toBe(kept.length);
    expect(result.warnings.join(' ')).toMatch(/units within 0.1 of the cutoff/);
  });
});

describe('where treatment does not follow the rule', () => {
  it('measures the effect on those who follow it, and says so', () => {
    const result = fit({ treatment_column: 'takes', bandwidth: 0.5 }, world(3, 2000, { share: 0.8 }));
    expect(result.warnings.join(' ')).toMatch(/does not follow the rule: 8\d(\.\d)?% .* (19|2\d)(\.\d)?% /);
    expect(Math.abs(result.estimate - 1)).toBeLessThan(4 * result.standard_error!);
    expect(result.diagnostics['treatment_jump']).toBeGreaterThan(0.4);
  });

  it('is the sharp estimate where it does', () => {
    const table = world(4, 500);
    expect(fit({ treatment_column: 'takes' }, table).estimate).toBe(fit({}, table).estimate);
    expect(fit({ treatment_column: 'takes' }, table).diagnostics['share_treated_past_cutoff']).toBe(1);
  });

  it('turns the sign where the other side is treated, and says so', () => {
    const table = world(4, 500);
    const turned = fit({ treatment_column: 'takes', bandwidth: 0.5, treated_side: 'below' }, table);
    expect(turned.estimate).toBeCloseTo(fit({ bandwidth: 0.5 }, table).estimate, 8);
    expect(turned.warnings.join(' ')).toMatch(/check which side is treated/);
  });

  it('warns where the treatment hardly changes', () => {
    const result = fit({ treatment_column: 'takes', bandwidth: 0.3 }, world(11, 300, { share: 0.52 }));
    expect(result.warnings.join(' ')).toMatch(/hardly changes at the cutoff/);
  });
});

describe('checks of the assumptions', () => {
  it('see sorting around the cutoff, and none where there is none', () => {
    const { uniform, normal } = randomSource(77);
    const sorted = Array.from({ length: 4000 }, () => {
      const x = normal();
      return x < 0 && x > -0.2 && uniform() < 0.6 ? -x : x;
    });
    const table = tableOf({ x: sorted, y: sorted.map((x) => x + normal()) });
    const result = fit({ bandwidth: 0.5 }, table);
    expect(result.diagnostics['density_p_value']).toBeLessThan(1e-6);
    expect(result.diagnostics['density_log_jump']).toBeGreaterThan(0);
    expect(result.warnings.join(' ')).toMatch(/sorted around it/);
  });

  it.each([
    ['a continuous variable', 0],
    ['a grid of 200 values', 100],
  ])('reject an even density no more often than they should, on %s', (_, steps) => {
    const replications = 300;
    let rejections = 0;
    for (let r = 0; r < replications; r += 1) {
      const { uniform } = randomSource(900 + r);
      const places = Array.from({ length: 300 }, () => 2 * uniform() - 1);
      const moved = places.map((x) => (steps > 0 ? Math.round(x * steps) / steps - 0.005 : x)).sort((a, b) => a - b);
      const [below, above] = [moved.filter((x) => x < 0), moved.filter((x) => x >= 0)];
      if (densityTest(sideOf(below), sideOf(above)).pValue! < 0.05) rejections += 1;
    }
    expect(Math.abs(rejections / replications - 0.05)).toBeLessThan(4 * Math.sqrt((0.05 * 0.95) / replications));
  });

  it('see a covariate that jumps', () => {
    const table = world(6, 800);
    const jumped = mapColumn(table, 'w', (w, row) => w + (numbersOf(table, 'x')[row]! >= 0 ? 3 : 0));
    const quiet = fit({ covariate_columns: ['w', 'x'] }, table);
    expect(quiet.diagnostics['covariate_jump_p_value']).toBeGreaterThan(0.05);
    const loud = fit({ covariate_columns: ['w'] }, jumped);
    expect(loud.diagnostics['covariate_jump_worst']).toBe('w');
    expect(loud.warnings.join(' ')).toMatch(/'w' jumps at the cutoff/);
    expect(loud.estimate).toBe(fit({}, jumped).estimate);
  });

  it('pass over holes in a covariate that is only tested, and leave them out where it adjusts', () => {
    const holed = mapColumn(world(5, 800), 'w', (w, row) => (row % 10 === 0 ? NaN : w));
    expect(fit({ covariate_columns: ['w'] }, holed).n_observations).toBe(800);
    const adjusted = fit({ covariate_columns: ['w'], covariate_use: 'adjust' }, holed);
    expect(adjusted.n_observations).toBe(720);
    expect(adjusted.warnings.join(' ')).toMatch(/80 of 800 rows/);
  });
});

describe('heaped running variables', () => {
  it('are told of, and keep at least ten distinct values in the pilot windows', () => {
    const result = fit({}, heaped);
    expect(result.warnings.join(' ')).toMatch(/share a value of 'x' \(\d+ distinct values in 500 rows\)/);
    expect(result.diagnostics['mass_point_share']).toBeGreaterThan(0.2);
  });

  it('are degenerate where a side has too few distinct values, and say what to do', () => {
    const few = world(8, 300, { steps: 4 });
    expect(reasonOf(run(regressionDiscontinuity, few, names))).toMatch(/fewer than 6 distinct values of 'x'.*give one/);
    expect(run(regressionDiscontinuity, few, { ...names, bandwidth: 1.1 }).status).toBe('ok');
    expect(reasonOf(run(regressionDiscontinuity, few, { ...names, bandwidth: 0.3 }))).toMatch(
      /too few distinct values of 'x' to fit a line/,
    );
  });
});

describe('degenerate data', () => {
  const x = Array.from({ length: 60 }, (_, i) => (i - 30) / 30);
  const noise = x.map((_, i) => (i * 7) % 5);
  it.each([
    ['no rows', tableOf({ x: [], y: [] }), {}, /No row has a value/],
    ['nobody past the cutoff', tableOf({ x, y: noise }), { cutoff: 5 }, /No unit lies above the cutoff of 5/],
    ['nobody short of it', tableOf({ x, y: noise }), { cutoff: -5 }, /No unit lies below the cutoff of -5/],
    ['a constant outcome', tableOf({ x, y: x.map(() => 4) }), {}, /same in every row/],
    ['nobody treated', tableOf({ x, y: noise, d: x.map(() => 0) }), { treatment_column: 'd' }, /Nobody is treated/],
    ['everybody treated', tableOf({ x, y: noise, d: x.map(() => 1) }), { treatment_column: 'd' }, /Everybody is treated/],
    ['one value of the running variable', tableOf({ x: x.map(() => 0), y: noise }), {}, /No unit lies below/],
  ])('with %s is a result', (_, table, given, reason) => {
    const result = run(regressionDiscontinuity, table, { ...names, ...given });
    expect(reasonOf(result)).toMatch(reason);
    expect(isFiniteThroughout(result.diagnostics)).toBe(true);
  });

  it('stays finite near the ends of the range, whatever the data', () => {
    for (const size of [1e-250, 1e-100, 1e100, 1e300]) {
      for (const column of ['x', 'y']) {
        const result = run(
          regressionDiscontinuity,
          mapColumn(plain, column, (v) => v * size),
          names,
        );
        expect(['ok', 'degenerate']).toContain(result.status);
        expect(isFiniteThroughout(result.status === 'ok' ? result.picture : result.reason.length)).toBe(true);
      }
    }
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: -8, max: 8 }), fc.integer({ min: -3, max: 3 })), { maxLength: 60 }), (rows) => {
        const table = tableOf({ x: rows.map((r) => r[0]), y: rows.map((r) => r[1]) });
        const result = run(regressionDiscontinuity, table, names);
        if (result.status === 'ok') {
          expect(isFiniteThroughout(result.picture) && isFiniteThroughout(result.estimate)).toBe(true);
          expect(result.standard_error).toBeGreaterThan(0);
        } else expect(result.reason.length).toBeGreaterThan(10);
      }),
      { numRuns: 150 },
    );
  });

  it('refuses what the parameters leave open', () => {
    expect(() => run(regressionDiscontinuity, plain, { outcome_column: 'y', cutoff: 0 })).toThrow(/running_column/);
    expect(() => run(regressionDiscontinuity, plain, { outcome_column: 'y', running_column: 'x' })).toThrow(/cutoff/);
    expect(() => run(regressionDiscontinuity, plain, { ...names, running_column: 'y' })).toThrow(/outcome too/);
    expect(() => run(regressionDiscontinuity, plain, { ...names, outcome_column: 'z' })).toThrow(InputError);
  });
});

describe('the picture', () => {
  const picture = fit().picture as DiscontinuityPicture;
  it('counts every row once in its bins and in its density', () => {
    expect(picture.bins.reduce((n, bin) => n + bin.n, 0)).toBe(400);
    expect(picture.density.reduce((n, bin) => n + bin.count, 0)).toBe(400);
    expect(picture.bins.every((bin, k) => k === 0 || bin.x > picture.bins[k - 1]!.x)).toBe(true);
    expect(picture.density.every((bin) => bin.to <= 0 + 1e-12 || bin.from >= 0 - 1e-12)).toBe(true);
    const total = numbersOf(plain, 'y').reduce((sum, y) => sum + y, 0);
    expect(picture.bins.reduce((sum, bin) => sum + bin.n * bin.mean, 0)).toBeCloseTo(total, 8);
  });

  it('ends its fits at the cutoff and at the bandwidth', () => {
    expect(picture.fit_left.at(-1)!.x).toBe(0);
    expect(picture.fit_right[0]!.x).toBe(0);
    expect(picture.fit_right.at(-1)!.x).toBeCloseTo(picture.bandwidth.right, 12);
    const conventional = fit({ inference: 'conventional' }).estimate;
    expect(picture.fit_right[0]!.y - picture.fit_left.at(-1)!.y).toBeCloseTo(conventional, 10);
  });
});

describe('in a world with a jump of 1', () => {
  it.each([
    ['robust intervals cover', 400, { steps: 0 }, {}],
    ['on a grid', 600, { steps: 100 }, {}],
    ['where treatment follows the rule for most', 800, { share: 0.85 }, { treatment_column: 'takes' }],
    ['adjusted for a covariate', 400, { steps: 0 }, { covariate_columns: ['w'], covariate_use: 'adjust' }],
  ])('%s and the estimate is unbiased', (_, n, options, given) => {
    const results = Array.from({ length: 150 }, (_unused, r) => ({ ...fit(given, world(4000 + r, n, options)), truth: 1 }));
    const { bias, biasError, coverage } = performance(results);
    expect(Math.abs(bias)).toBeLessThan(4 * biasError);
    expect(Math.abs(coverage - 0.95)).toBeLessThan(4 * Math.sqrt((0.95 * 0.05) / 150));
  });
});

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../../../src/core/contracts/input-error.ts';
import type { SyntheticPicture } from '../../../../src/core/measure/method-picture.ts';
import { syntheticControl } from '../../../../src/core/measure/synthetic-control.ts';
import { namedStream } from '../../../../src/core/random/stream.ts';
import { standardNormal } from '../../../../src/core/random/variates.ts';
import { readReference } from './reference-data.ts';
import { isFiniteThroughout, mapColumn, performance, permuteRows, randomSource, reasonOf, run, runFitted, tableOf } from './toy-worlds.ts';

fc.configureGlobal({ seed: 7 });

type Reference = {
  readonly weights: Record<string, number>;
  readonly pre_rmspe: number;
  readonly post_rmspe: number;
  readonly att_mean_post_gap: number;
  readonly gap: readonly number[];
  readonly placebo_names: readonly string[];
  readonly placebo_att: readonly number[];
  readonly placebo_ratio: readonly number[];
  readonly ratio_treated: number;
  readonly p_ratio_rank: number;
};
const { generated: expected } = readReference<{ generated: Reference }>('synthetic_control');
const names = { outcome_column: 'y', unit_column: 'unit', time_column: 'time' };
const given = { ...names, treated_unit: 'treated', treatment_time: '21' };

function longTable(series: Readonly<Record<string, readonly number[]>>, times?: readonly string[]) {
  const rows = Object.entries(series).flatMap(([unit, values]) => values.map((y, t) => ({ unit, time: times?.[t] ?? String(t + 1), y })));
  return tableOf({
    unit: rows.map((row) => row.unit),
    time: times === undefined ? rows.map((row) => Number(row.time)) : rows.map((row) => row.time),
    y: rows.map((row) => row.y),
  });
}

function wideReference() {
  const [head = '', ...lines] = readFileSync(new URL('../../../reference/data/synth_generated_wide.csv', import.meta.url), 'utf8')
    .trim()
    .split('\n');
  const values = lines.map((line) => line.split(',').map(Number));
  return Object.fromEntries(
    head
      .split(',')
      .slice(1)
      .map((name, j) => [name, values.map((row) => row[j + 1]!)]),
  );
}

const series = wideReference();
const table = longTable(series);

describe('agrees with the reference', () => {
  const result = runFitted(syntheticControl, table, given);
  const picture = result.picture as SyntheticPicture;

  it('in weights, gaps and fit', () => {
    for (const { unit, weight } of picture.weights) expect(Math.abs(weight - expected.weights[unit]!)).toBeLessThan(1e-9);
    picture.treated.forEach((value, t) => expect(Math.abs(value - picture.synthetic[t]! - expected.gap[t]!)).toBeLessThan(1e-9));
    expect(result.estimate).toBeCloseTo(expected.att_mean_post_gap, 10);
    expect(result.diagnostics['pre_rmspe']).toBeCloseTo(expected.pre_rmspe, 10);
    expect(result.diagnostics['post_rmspe']).toBeCloseTo(expected.post_rmspe, 10);
    expect(result.diagnostics['optimality_gap']).toBeLessThan(1e-14);
    expect(result.diagnostics['donors_with_weight']).toBe(5);
  });

  it('in placebos and p value', () => {
    expect(picture.placebos.map((placebo) => placebo.unit)).toEqual(expected.placebo_names);
    picture.placebos.forEach((placebo, j) => {
      expect(placebo.rmspe_ratio).toBeCloseTo(expected.placebo_ratio[j]!, 9);
      expect(placebo.gaps.slice(20).reduce((sum, gap) => sum + gap, 0) / 10).toBeCloseTo(expected.placebo_att[j]!, 9);
    });
    expect(result.statistic).toBeCloseTo(expected.ratio_treated, 9);
    expect(result.p_value).toBe(expected.p_ratio_rank);
    expect(result).toMatchObject({ n_observations: 480, n_treated: 1, n_control: 15, df: 15 });
    expect(result.warnings.join(' ')).toMatch(/With 15 donors.*takes 19/);
  });
});

describe('who and when', () => {
  const marked = (isTreated: (unit: string, t: number) => boolean) => {
    const { columns, rowCount } = table;
    const units = Object.keys(series).flatMap((unit) => series[unit]!.map((_, t) => (isTreated(unit, t) ? 1 : 0)));
    return { rowCount, columns: new Map([...columns, ...tableOf({ d: units }).columns]) };
  };
  const base = runFitted(syntheticControl, table, given).estimate;

  it('are read from a treatment column', () => {
    const result = runFitted(
      syntheticControl,
      marked((unit, t) => unit === 'treated' && t >= 20),
      { ...names, treatment_column: 'd' },
    );
    expect(result.estimate).toBe(base);
  });

  it('leave out other treated units', () => {
    const result = runFitted(
      syntheticControl,
      marked((unit, t) => (unit === 'treated' || unit === 'c02') && t >= 20),
      { ...given, treatment_column: 'd' },
    );
    expect(result.n_control).toBe(14);
    expect(result.warnings.join(' ')).toMatch(/1 other units are treated too/);
  });

  it('must be said where the data do not', () => {
    expect(() => run(syntheticControl, table, names)).toThrow(/treated_unit/);
    expect(() => run(syntheticControl, table, { ...names, treated_unit: 'treated' })).toThrow(/treatment_time/);
    expect(() => run(syntheticControl, table, { ...given, treated_unit: 'nobody' })).toThrow(/treated_unit.*no unit 'nobody'.*c01/);
    expect(() => run(syntheticControl, table, { ...given, treatment_time: 'soon' })).toThrow(/treatment_time/);
    expect(() =>
      run(
        syntheticControl,
        marked((unit) => unit !== 'c01'),
        { ...names, treatment_column: 'd' },
      ),
    ).toThrow(/15 units are treated/);
    expect(
      reasonOf(
        run(
          syntheticControl,
          marked(() => false),
          { ...given, treatment_column: 'd' },
        ),
      ),
    ).toMatch(/marks no unit/);
    expect(
      reasonOf(
        run(
          syntheticControl,
          marked((unit) => unit === 'c01'),
          { ...given, treatment_column: 'd' },
        ),
      ),
    ).toMatch(/marks c01 as treated, and not 'treated'/);
  });

  it('read dates in any row order', () => {
    const dates = Array.from({ length: 30 }, (_, t) => new Date(Date.UTC(2024, 0, 20 + t)).toISOString().slice(0, 10));
    const dated = permuteRows(longTable(series, dates), 11);
    const result = runFitted(syntheticControl, dated, { ...given, treatment_time: '2024-02-09' });
    expect(result.estimate).toBeCloseTo(base, 12);
    expect((result.picture as SyntheticPicture).times).toEqual(dates);
    expect((result.picture as SyntheticPicture).treatment_index).toBe(20);
  });
});

describe('panels with holes', () => {
  it('drop donors with a gap and times the treated unit was not seen at, and say so', () => {
    const holed = mapColumn(table, 'y', (y, row) => (row === 35 || row === 3 ? NaN : y));
    const result = runFitted(syntheticControl, holed, given);
    expect(result.n_control).toBe(14);
    expect((result.picture as SyntheticPicture).times).toHaveLength(29);
    expect(result.warnings.join(' ')).toMatch(/1 of 15 donors have gaps.*/);
    expect(result.warnings.join(' ')).toMatch(/no value at 1 of 30 times/);
  });

  it('refuse two rows for one unit and time', () => {
    expect(() => run(syntheticControl, tableOf({ unit: ['a', 'a'], time: [1, 1], y: [1, 2] }), { ...given, treated_unit: 'a' })).toThrow(
      /'a' has more than one row for 1/,
    );
  });
});

describe('very many donors', () => {
  it('all serve as donors, and some, evenly spaced, as placebos', { timeout: 60_000 }, () => {
    const many = Object.fromEntries(
      Array.from({ length: 260 }, (_, j) => [
        `d${String(j).padStart(3, '0')}`,
        Array.from({ length: 30 }, (__, t) => ((j * 37 + t * t * 11) % 29) + ((j * t) % 7)),
      ]),
    );
    const result = runFitted(syntheticControl, longTable({ treated: Array.from({ length: 30 }, (_, t) => 14 + (t % 3)), ...many }), {
      ...given,
      treatment_time: '26',
    });
    expect(result.n_control).toBe(260);
    expect((result.picture as SyntheticPicture).placebos).toHaveLength(200);
    expect(result.p_value).toBeGreaterThanOrEqual(1 / 201);
    expect(result.warnings.join(' ')).toMatch(/200 of the 260 donors/);
  });
});

describe('degenerate data', () => {
  const flat = (value: number) => Array.from({ length: 8 }, () => value);
  const wave = (shift: number) => Array.from({ length: 8 }, (_, t) => ((t + shift) * 5) % 7);
  it.each([
    ['there is no donor', longTable({ treated: wave(0) }), '5', /no donors/],
    ['there is one donor', longTable({ treated: wave(0), a: wave(1) }), '5', /one donor/],
    ['there is no time before', longTable({ treated: wave(0), a: wave(1), b: wave(2) }), '1', /no periods before/],
    ['there is one time before', longTable({ treated: wave(0), a: wave(1), b: wave(2) }), '2', /1 period before/],
    ['there is no time after', longTable({ treated: wave(0), a: wave(1), b: wave(2) }), '9', /no period after/],
    ['the outcome is constant', longTable({ treated: flat(3), a: flat(3), b: flat(3) }), '5', /same everywhere/],
    ['the donors are the same', longTable({ treated: wave(0), a: wave(2), b: wave(2) }), '5', /No donor differs/],
  ])('is a result when %s', (_, data, time, reason) => {
    const result = run(syntheticControl, data, { ...given, treatment_time: time });
    expect(reasonOf(result)).toMatch(reason);
    expect(isFiniteThroughout(result)).toBe(true);
  });

  it('names the columns there are', () => {
    expect(() => run(syntheticControl, table, { ...given, unit_column: 'shop' })).toThrow(InputError);
  });

  it('stays finite when donors fit without error and when numbers are near the end of the range', () => {
    const many = Object.fromEntries(
      Array.from({ length: 30 }, (_, j) => [`d${j}`, Array.from({ length: 8 }, (_, t) => ((j * 37 + t * 11) % 29) + ((j * t) % 7))]),
    );
    const inside = Array.from({ length: 8 }, (_, t) => (many['d3']![t]! + many['d7']![t]! + many['d12']![t]!) / 3 + (t > 2 ? 5 : 0));
    const perfect = run(syntheticControl, longTable({ treated: inside, ...many }), { ...given, treatment_time: '4' });
    expect(perfect.status).toBe('ok');
    expect(perfect.warnings.join(' ')).toMatch(/gaps are compared as they are.*Other weights.*without error/);
    const { ci_lower, ci_upper } = perfect as Extract<typeof perfect, { status: 'ok' }>;
    expect(ci_upper - ci_lower, 'of the size of what was measured').toBeLessThan(60);
    expect(isFiniteThroughout(perfect)).toBe(true);
    for (const size of [1e200, 1e-250, 1e15])
      expect(
        isFiniteThroughout(
          run(
            syntheticControl,
            mapColumn(table, 'y', (y) => y * size),
            given,
          ),
        ),
      ).toBe(true);
  });
});

describe('invariance', () => {
  const base = runFitted(syntheticControl, table, given);

  it('does not depend on the order of the rows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        expect(runFitted(syntheticControl, permuteRows(table, seed), given)).toEqual(base);
      }),
      { numRuns: 10 },
    );
  });

  it('moves with the outcome, and a common shock changes nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1000, max: 1000 }), fc.constantFrom(-2, 0.01, 3, 1000), (shift, scale) => {
        const result = runFitted(
          syntheticControl,
          mapColumn(table, 'y', (y) => shift + scale * y),
          given,
        );
        expect(result.estimate / (scale * base.estimate)).toBeCloseTo(1, 8);
        expect(result.standard_error! / (Math.abs(scale) * base.standard_error!)).toBeCloseTo(1, 7);
        expect(result.p_value).toBe(base.p_value);
        const shocked = runFitted(
          syntheticControl,
          mapColumn(table, 'y', (y, row) => y + Math.sin((row % 30) + shift)),
          given,
        );
        expect(shocked.estimate).toBeCloseTo(base.estimate, 8);
      }),
      { numRuns: 10 },
    );
  });

  it('adds a constant effect on the treated unit to the estimate and both ends', () => {
    const lifted = runFitted(
      syntheticControl,
      mapColumn(table, 'y', (y, row) => (row >= 20 && row < 30 ? y + 7 : y)),
      given,
    );
    expect(lifted.estimate).toBeCloseTo(base.estimate + 7, 10);
    expect(lifted.ci_lower).toBeCloseTo(base.ci_lower + 7, 10);
    expect(lifted.ci_upper).toBeCloseTo(base.ci_upper + 7, 10);
  });

  it('gives the same bits twice and survives structured clone', () => {
    expect(runFitted(syntheticControl, table, given)).toEqual(base);
    expect(structuredClone(base)).toEqual(base);
  });
});

describe('in a world where the treated unit is one of many alike', () => {
  it.each([8, 24])('is unbiased and covers with %i donors', { timeout: 60_000 }, (nDonors) => {
    const replications = 300;
    const results = Array.from({ length: replications }, (_, r) => {
      const { uniform, normal } = randomSource(5000 + r);
      const common = Array.from({ length: 30 }, () => [normal(), normal()] as const);
      const unit = () => {
        const [a, b] = [uniform(), uniform()];
        return common.map(([f, g]) => 20 + 3 * a * f + 3 * b * g + 0.5 * normal());
      };
      const treated = unit().map((y, t) => (t >= 20 ? y + 2 : y));
      const donors = Object.fromEntries(Array.from({ length: nDonors }, (_, j) => [`d${j}`, unit()]));
      return { ...runFitted(syntheticControl, longTable({ treated, ...donors }), given), truth: 2 };
    });
    const { bias, biasError, coverage } = performance(results);
    expect(Math.abs(bias)).toBeLessThan(4 * biasError);
    expect(Math.abs(coverage - 0.95)).toBeLessThan(4 * Math.sqrt((0.95 * 0.05) / replications));
  });
});

describe.each(['ridge_augmented', 'synthetic_did'])('the variant %s', (variant) => {
  const with_ = { ...given, variant };
  const base = runFitted(syntheticControl, table, with_);

  it('gives the same bits twice, whatever the order of the rows', () => {
    expect(runFitted(syntheticControl, permuteRows(table, 99), with_)).toEqual(base);
    expect(structuredClone(base)).toEqual(base);
    expect(isFiniteThroughout(base.picture)).toBe(true);
  });

  it('moves with the outcome, and adds a constant effect to the estimate and both ends', () => {
    const scaled = runFitted(
      syntheticControl,
      mapColumn(table, 'y', (y) => 1e4 - 30 * y),
      with_,
    );
    expect(scaled.estimate / (-30 * base.estimate)).toBeCloseTo(1, 7);
    expect(scaled.standard_error! / (30 * base.standard_error!)).toBeCloseTo(1, 6);
    const lifted = runFitted(
      syntheticControl,
      mapColumn(table, 'y', (y, row) => (row >= 20 && row < 30 ? y + 7 : y)),
      with_,
    );
    expect(lifted.estimate).toBeCloseTo(base.estimate + 7, 9);
    expect(lifted.ci_lower).toBeCloseTo(base.ci_lower + 7, 9);
    expect(lifted.ci_upper).toBeCloseTo(base.ci_upper + 7, 9);
  });

  it('draws what it measures', () => {
    const { treated, synthetic, treatment_index, weights, placebos } = base.picture as SyntheticPicture;
    const gaps = treated.map((value, t) => value - synthetic[t]!).slice(treatment_index);
    expect(gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length).toBeCloseTo(base.estimate, 10);
    expect(weights.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 10);
    expect(placebos).toHaveLength(15);
    expect(base.diagnostics['r_squared']).toBeGreaterThan(0.5);
  });

  it('is a result on degenerate data', () => {
    const wave = (shift: number) => Array.from({ length: 8 }, (_, t) => ((t + shift) * 5) % 7);
    const flat = Array.from({ length: 8 }, () => 3);
    for (const data of [
      longTable({ treated: wave(0), a: wave(1) }),
      longTable({ treated: flat, a: flat, b: flat }),
      longTable({ treated: wave(0), a: wave(2), b: wave(2) }),
      longTable({ treated: wave(0), a: wave(2), b: wave(2), c: wave(2) }),
    ]) {
      expect(reasonOf(run(syntheticControl, data, { ...with_, treatment_time: '5' })).length).toBeGreaterThan(20);
    }
    for (const size of [1e200, 1e-250, 1e15]) {
      const result = run(
        syntheticControl,
        mapColumn(table, 'y', (y) => y * size),
        with_,
      );
      expect(result.status === 'degenerate' || isFiniteThroughout(result)).toBe(true);
    }
    const few = run(syntheticControl, longTable({ treated: wave(0), a: wave(1), b: wave(4), c: flat }), { ...with_, treatment_time: '3' });
    expect(few.status === 'degenerate' || isFiniteThroughout(few)).toBe(true);
  });

  it('is unbiased and covers in a world of alike units', { timeout: 60_000 }, () => {
    const [nDonors, replications] = [9, 80];
    const results = Array.from({ length: replications }, (_, r) => {
      const stream = namedStream({ seed: 'synthetic', initiative: variant, stage: 'pilot', replication: r, purpose: String(nDonors) });
      const common = Array.from({ length: 16 }, () => [standardNormal(stream), standardNormal(stream)] as const);
      const unit = () => {
        const [a, b] = [stream.uniform(), stream.uniform()];
        return common.map(([f, g]) => 20 + 3 * a * f + 3 * b * g + 0.5 * standardNormal(stream));
      };
      const treated = unit().map((y, t) => (t >= 10 ? y + 2 : y));
      const donors = Object.fromEntries(Array.from({ length: nDonors }, (_unused, j) => [`d${j}`, unit()]));
      return { ...runFitted(syntheticControl, longTable({ treated, ...donors }), { ...with_, treatment_time: '11' }), truth: 2 };
    });
    const { bias, biasError, coverage } = performance(results);
    expect(Math.abs(bias)).toBeLessThan(4 * biasError);
    expect(Math.abs(coverage - 0.95)).toBeLessThan(4 * Math.sqrt((0.95 * 0.05) / replications));
  });
});

describe('which variant', () => {
  it('decides what is in the picture and the diagnostics', () => {
    const did = runFitted(syntheticControl, table, { ...given, variant: 'synthetic_did' });
    const weights = (did.picture as SyntheticPicture).time_weights!;
    expect(weights.map(({ time }) => time)).toEqual(Array.from({ length: 20 }, (_, t) => String(t + 1)));
    expect(weights.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 10);
    expect(did.df).toBe(14);
    expect(did.statistic).toBeCloseTo(did.estimate / did.standard_error!, 12);
    expect((runFitted(syntheticControl, table, given).picture as SyntheticPicture).time_weights).toBeUndefined();
  });

  it('is the simplex under a huge ridge penalty, judged by periods held out', () => {
    const ridge = runFitted(syntheticControl, table, { ...given, variant: 'ridge_augmented', ridge_penalty: 1e12 });
    expect(ridge.estimate).toBeCloseTo(runFitted(syntheticControl, table, given).estimate, 9);
    expect(ridge.diagnostics['holdout_rmspe']).toBeGreaterThan(ridge.diagnostics['pre_rmspe'] as number);
    expect(ridge.diagnostics['rmspe_ratio']).toBe(ridge.statistic);
  });

  it('is the spread of placebos, by hand, for synthetic difference in differences', () => {
    const did = runFitted(syntheticControl, table, { ...given, variant: 'synthetic_did' });
    const effects = (did.picture as SyntheticPicture).placebos.map(({ gaps }) => gaps.slice(20).reduce((sum, gap) => sum + gap, 0) / 10);
    const centre = effects.reduce((sum, value) => sum + value, 0) / 15;
    const variance = effects.reduce((sum, value) => sum + (value - centre) ** 2, 0) / 14;
    expect(did.standard_error).toBeCloseTo(Math.sqrt(variance * (1 + 1 / 15)), 12);
  });
});

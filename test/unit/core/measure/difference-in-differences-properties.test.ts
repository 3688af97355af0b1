import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../../../src/core/contracts/input-error.ts';
import { differenceInDifferences } from '../../../../src/core/measure/difference-in-differences.ts';
import type { Estimate, FittedEstimate } from '../../../../src/core/measure/estimator.ts';
import type { EventStudyPicture } from '../../../../src/core/measure/method-picture.ts';
import { readTreatedPanel } from '../../../../src/core/measure/panel-treatment.ts';
import { regression } from '../../../../src/core/measure/regression.ts';
import { twoWayComparisons, type TwoWayComparison } from '../../../../src/core/measure/two-way-comparisons.ts';
import { categoryColumn, numberColumn, type Column, type DataTable } from '../../../../src/core/numeric/columns.ts';
import { isFiniteThroughout, mapColumn, permuteRows, randomSource, reasonOf, run, runFitted, tableOf } from './toy-worlds.ts';

fc.configureGlobal({ seed: 7 });

const names = { outcome_column: 'y', unit_column: 'unit', time_column: 'time', treatment_column: 'd', n_bootstrap: 99 };
const pictureOf = ({ picture }: FittedEstimate) => picture as EventStudyPicture;

type World = {
  readonly starts: readonly number[];
  readonly nTimes: number;
  readonly seed: number;
  readonly effect?: (sinceStart: number) => number;
};

/** A row per unit and time; start 0 is never. Times count from 1. */
function rollOut({ starts, nTimes, seed, effect = () => 1 }: World) {
  const { normal } = randomSource(seed);
  const rows = starts.flatMap((start, u) => {
    const level = 10 + 2 * normal();
    return Array.from({ length: nTimes }, (_, t) => {
      const isTreated = start > 0 && t + 1 >= start;
      return {
        unit: u + 1,
        time: t + 1,
        start,
        d: isTreated ? 1 : 0,
        y: level + 0.3 * t + normal() + (isTreated ? effect(t + 1 - start) : 0),
      };
    });
  });
  return tableOf({
    unit: rows.map((row) => row.unit),
    time: rows.map((row) => row.time),
    d: rows.map((row) => row.d),
    y: rows.map((row) => row.y),
    start: rows.map((row) => row.start),
  });
}

const numbers = (table: DataTable, name: string) => {
  const column = table.columns.get(name);
  if (column?.kind !== 'number') throw new Error(name);
  return column.values;
};

/** Some outcomes taken away. */
const withGaps = (table: DataTable, seed: number) => {
  const { uniform } = randomSource(seed);
  return mapColumn(table, 'y', (value) => (uniform() < 0.15 ? NaN : value));
};

const common = rollOut({ starts: [0, 0, 0, 0, 0, 0, 0, 4, 4, 4, 4, 4], nTimes: 7, seed: 1 });
const staggered = rollOut({ starts: [0, 0, 0, 0, 4, 4, 4, 5, 5, 5, 5, 6, 6], nTimes: 8, seed: 2, effect: (e) => 1 + e });

describe('two-way fixed effects by dummy columns', () => {
  it.each([
    ['complete', common],
    ['several starts', staggered],
    ['with gaps', withGaps(staggered, 3)],
    ['two separate parts', separate()],
  ] as const)('%s', (_name, table) => {
    const rows = Array.from(numbers(table, 'y').keys()).filter((row) => !Number.isNaN(numbers(table, 'y')[row]));
    const take = (name: string) => Float64Array.from(rows, (row) => numbers(table, name)[row]!);
    const dummies = (name: string) => [...new Set(take(name))].map((value) => take(name).map((own) => (own === value ? 1 : 0)));
    const columns = [take('d'), ...dummies('unit'), ...dummies('time')];
    const model = (standardErrors: 'classical' | 'CR0' | 'CR1') =>
      regression({
        outcome: take('y'),
        columns,
        names: columns.map((_, k) => String(k)),
        intercept: true,
        standardErrors,
        clusters: Int32Array.from(take('unit'), (unit) => [...new Set(take('unit'))].indexOf(unit)),
        confidenceLevel: 0.95,
      });
    const result = runFitted(differenceInDifferences, table, {
      ...names,
      method: 'two_way_fixed_effects',
      standard_errors: 'CR1_all_dummies',
    });
    const expected = model('CR1').coefficients.get('0')!;
    expect(result.estimate).toBeCloseTo(expected.estimate, 10);
    expect(result.standard_error).toBeCloseTo(expected.standard_error, 10);
    expect(result.ci_lower).toBeCloseTo(expected.ci_lower, 9);
    expect(result.diagnostics['standard_error_if_independent']).toBeCloseTo(model('classical').coefficients.get('0')!.standard_error, 10);
    expect(result.diagnostics['r_squared']).toBeCloseTo(model('classical').summary.r_squared, 10);
  });

  /** Units seen early and units seen late, none of both: each part has a constant of its own. */
  function separate(): DataTable {
    const table = rollOut({ starts: [0, 0, 0, 3, 3, 3, 0, 0, 0, 7, 7, 7], nTimes: 8, seed: 5 });
    return mapColumn(table, 'y', (value, row) => {
      const isEarly = numbers(table, 'unit')[row]! <= 6;
      return isEarly === numbers(table, 'time')[row]! <= 4 ? value : NaN;
    });
  }
});

describe('the comparisons behind two-way fixed effects', () => {
  const panelOf = (table: DataTable) => {
    const columns = { outcome_column: 'y', unit_column: 'unit', time_column: 'time', treatment_column: 'd' };
    const panel = readTreatedPanel(table, {
      ...columns,
      treatment_time: null,
      cluster_column: null,
      adjustment_columns: [],
      anticipation: 0,
    });
    if ('reason' in panel) throw new Error(panel.reason);
    return panel;
  };

  it.each([
    ['one start', common, 0],
    ['several starts', staggered, 3],
    ['nobody never treated', rollOut({ starts: [3, 3, 3, 5, 5, 6, 6, 6, 6], nTimes: 8, seed: 21, effect: (e) => e * e }), 3],
  ])('average to it: %s', (_name, table, nForbidden) => {
    const comparisons = twoWayComparisons(panelOf(table))!;
    const twoWay = runFitted(differenceInDifferences, table, { ...names, method: 'two_way_fixed_effects' });
    const total = (value: (comparison: TwoWayComparison) => number) => comparisons.reduce((sum, comparison) => sum + value(comparison), 0);
    expect(total(({ weight }) => weight)).toBeCloseTo(1, 12);
    expect(total(({ weight, estimate }) => weight * estimate)).toBeCloseTo(twoWay.estimate, 10);
    expect(comparisons.filter(({ isForbidden }) => isForbidden)).toHaveLength(nForbidden);
    if (nForbidden > 0) {
      const share = total(({ weight, isForbidden }) => (isForbidden ? weight : 0));
      expect(twoWay.diagnostics['two_way_forbidden_share']).toBeCloseTo(share, 12);
    }
  });

  it('are not told for a panel with gaps', () => {
    expect(twoWayComparisons(panelOf(withGaps(staggered, 3)))).toBeNull();
  });
});

describe('methods that are the same', () => {
  it('in the example', () => {
    const unit = ['a', 'a', 'b', 'b', 'c', 'c', 'd', 'd'];
    const table = tableOf({
      unit,
      date: [1, 2, 1, 2, 1, 2, 1, 2],
      treated: [0, 1, 0, 1, 0, 0, 0, 0],
      revenue: [1, 4, 3, 6.5, 2, 3, 5, 6.2],
    });
    for (const method of ['auto', 'two_by_two', 'two_way_fixed_effects', 'group_time']) {
      expect(runFitted(differenceInDifferences, table, { method }).estimate).toBeCloseTo(2.15, 12);
    }
  });

  it('in two periods', () => {
    const table = rollOut({ starts: [0, 0, 0, 0, 2, 2, 2], nTimes: 2, seed: 9 });
    const [pair, twoWay, groupTime] = ['two_by_two', 'two_way_fixed_effects', 'group_time'].map((method) =>
      runFitted(differenceInDifferences, table, { ...names, method }),
    );
    const y = numbers(table, 'y');
    const change = (u: number) => y[2 * u + 1]! - y[2 * u]!;
    const byHand = (change(4) + change(5) + change(6)) / 3 - (change(0) + change(1) + change(2) + change(3)) / 4;
    for (const result of [pair!, twoWay!, groupTime!]) {
      expect(result.estimate).toBeCloseTo(byHand, 11);
      expect(result.standard_error).toBeCloseTo(pair!.standard_error!, 11);
    }
    expect(pictureOf(pair!).pre_trend).toBeNull();
    expect(pair!.warnings.join(' ')).toMatch(/too few periods before/);
  });

  it.each(['outcome_regression', 'doubly_robust'])('in two periods, given covariates by %s', (adjustment) => {
    const plain = rollOut({ starts: [0, 0, 0, 0, 0, 0, 0, 0, 2, 2, 2, 2, 2], nTimes: 2, seed: 9 });
    const x = numberColumn(numbers(plain, 'unit').map((unit, row) => ((unit * 7) % 5) + (row % 2)));
    const table = { ...plain, columns: new Map([...plain.columns, ['x', x]]) };
    const given = { ...names, adjustment_columns: ['x'], adjustment };
    const [pair, groupTime, auto] = ['two_by_two', 'group_time', 'auto'].map((method) =>
      runFitted(differenceInDifferences, table, { ...given, method }),
    );
    expect(pair!.estimate).toBeCloseTo(groupTime!.estimate, 12);
    expect(pair!.standard_error).toBeCloseTo(groupTime!.standard_error!, 12);
    expect(pair!.df).toBeCloseTo(groupTime!.df!, 9);
    expect(auto).toEqual(groupTime);
    expect(pair!.estimate).not.toBeCloseTo(runFitted(differenceInDifferences, table, names).estimate, 3);
  });

  it('where all start together and every unit is seen always', () => {
    const pair = runFitted(differenceInDifferences, common, { ...names, method: 'two_by_two' });
    const twoWay = runFitted(differenceInDifferences, common, { ...names, method: 'two_way_fixed_effects' });
    expect(twoWay.estimate).toBeCloseTo(pair.estimate, 11);
    expect(twoWay.standard_error).toBeCloseTo(pair.standard_error!, 11);
    expect(twoWay.df).toBeCloseTo(pair.df!, 9);
    expect(pictureOf(twoWay).rows).toEqual(pictureOf(pair).rows);
  });

  it('with the mean before as base: group-time effects are two by two where all start together', () => {
    const pair = runFitted(differenceInDifferences, common, { ...names, method: 'two_by_two' });
    const groupTime = runFitted(differenceInDifferences, common, { ...names, method: 'group_time', base_period: 'pre_mean' });
    expect(groupTime.estimate).toBeCloseTo(pair.estimate, 11);
    expect(groupTime.standard_error).toBeCloseTo(pair.standard_error!, 11);
    const { rows, pre_trend: test } = pictureOf(groupTime);
    expect(rows.slice(0, 3).reduce((sum, row) => sum + row.estimate, 0)).toBeCloseTo(0, 11);
    expect(rows.some((row) => row.is_reference)).toBe(false);
    const universal = pictureOf(runFitted(differenceInDifferences, common, { ...names, method: 'group_time', standard_errors: 'CR0' }));
    const quiet = pictureOf(
      runFitted(differenceInDifferences, common, { ...names, method: 'group_time', standard_errors: 'CR0', base_period: 'pre_mean' }),
    );
    expect(test!.df1).toBe(2);
    expect(quiet.pre_trend!.statistic).toBeCloseTo(universal.pre_trend!.statistic, 8);
  });

  it('each group-time effect, by hand', () => {
    const { groups } = pictureOf(runFitted(differenceInDifferences, staggered, names));
    const y = numbers(staggered, 'y');
    const start = numbers(staggered, 'start');
    const meanChange = (isIn: (start: number) => boolean, t: number, base: number) => {
      const units = Array.from({ length: 13 }, (_, u) => u).filter((u) => isIn(start[u * 8]!));
      return units.reduce((sum, u) => sum + y[u * 8 + t - 1]! - y[u * 8 + base - 1]!, 0) / units.length;
    };
    expect(groups).toHaveLength(21);
    for (const { group, time, estimate } of groups) {
      const [g, t] = [Number(group), Number(time)];
      const untreated = (s: number) => s !== g && (s === 0 || s > Math.max(t, g - 1));
      expect(estimate).toBeCloseTo(meanChange((s) => s === g, t, g - 1) - meanChange(untreated, t, g - 1), 11);
    }
  });

  it('pre-trend tests under both base periods', () => {
    const test = (base_period: string) =>
      pictureOf(runFitted(differenceInDifferences, common, { ...names, method: 'group_time', standard_errors: 'CR0', base_period }))
        .pre_trend!;
    expect(test('varying').statistic).toBeCloseTo(test('universal').statistic, 8);
    expect(test('varying').df1).toBe(2);
  });
});

describe('invariance', () => {
  const methods = ['two_by_two', 'two_way_fixed_effects', 'group_time'] as const;
  const key = ({ estimate, standard_error, ci_lower, ci_upper, p_value, df }: FittedEstimate) => [
    estimate,
    standard_error!,
    ci_lower,
    ci_upper,
    p_value,
    df!,
  ];

  it.each([
    ...methods.map((method) => ['common', method, common] as const),
    ['several starts', 'group_time', staggered] as const,
    ['gaps', 'two_way_fixed_effects', withGaps(staggered, 4)] as const,
    ['gaps', 'group_time', withGaps(staggered, 4)] as const,
  ])('to constants of units and times, and to the order of rows: %s, %s', (_name, method, table) => {
    const base = runFitted(differenceInDifferences, table, { ...names, method });
    const shifted = mapColumn(
      table,
      'y',
      (value, row) => value + 7 * ((numbers(table, 'unit')[row]! * 5) % 11) - 3 * ((numbers(table, 'time')[row]! * 3) % 7),
    );
    key(runFitted(differenceInDifferences, method === 'two_by_two' ? common : shifted, { ...names, method })).forEach((value, k) =>
      expect(value).toBeCloseTo(key(base)[k]!, 9),
    );
    expect(runFitted(differenceInDifferences, permuteRows(table, 3), { ...names, method })).toEqual(base);
  });

  it('two by two ignores unit constants, and time constants of both arms', () => {
    const shifted = mapColumn(common, 'y', (value, row) => value + 7 * numbers(common, 'unit')[row]! - 3 * numbers(common, 'time')[row]!);
    const [a, b] = [common, shifted].map((table) => runFitted(differenceInDifferences, table, { ...names, method: 'two_by_two' }));
    key(a!).forEach((value, k) => expect(key(b!)[k]).toBeCloseTo(value, 9));
  });

  it('scales with the outcome', () => {
    const a = runFitted(differenceInDifferences, staggered, names);
    const b = runFitted(
      differenceInDifferences,
      mapColumn(staggered, 'y', (value) => 1024 * value),
      names,
    );
    expect(b.estimate).toBe(1024 * a.estimate);
    expect(b.ci_upper).toBeCloseTo(1024 * a.ci_upper, 8);
    expect(b.p_value).toBeCloseTo(a.p_value, 12);
  });
});

describe('who, and from when', () => {
  const arms = {
    ...common,
    columns: new Map([...common.columns, ['arm', numberColumn(numbers(common, 'start').map((start) => (start > 0 ? 1 : 0)))]]),
  } as DataTable;

  it('can be said by an arm and a time', () => {
    const byColumn = runFitted(differenceInDifferences, common, names);
    expect(runFitted(differenceInDifferences, arms, { ...names, treatment_column: 'arm', treatment_time: '4' }).estimate).toBe(
      byColumn.estimate,
    );
    expect(runFitted(differenceInDifferences, common, { ...names, treatment_time: '2' })).toEqual(byColumn);
    expect(reasonOf(run(differenceInDifferences, arms, { ...names, treatment_column: 'arm' }))).toMatch(
      /No period|no period before|only one|Nobody|never/i,
    );
    expect(reasonOf(run(differenceInDifferences, arms, { ...names, treatment_column: 'arm', treatment_time: '1' }))).not.toBe('');
    expect(reasonOf(run(differenceInDifferences, arms, { ...names, treatment_column: 'arm', treatment_time: '50' }))).toMatch(
      /Nobody is treated/,
    );
    expect(() => run(differenceInDifferences, arms, { ...names, treatment_column: 'arm', treatment_time: 'soon' })).toThrow(
      /treatment_time/,
    );
  });

  it('leaves out units that are always treated, and those anticipating from the first period', () => {
    const table = rollOut({ starts: [0, 0, 0, 0, 1, 1, 3, 3, 3, 6, 6, 6], nTimes: 8, seed: 4 });
    const result = runFitted(differenceInDifferences, table, names);
    expect(result.warnings.join(' ')).toMatch(/2 units are treated whenever they were seen/);
    const without = mapColumn(table, 'y', (value, row) => (numbers(table, 'start')[row] === 1 ? NaN : value));
    expect(runFitted(differenceInDifferences, without, names).estimate).toBe(result.estimate);
    const careful = runFitted(differenceInDifferences, table, { ...names, anticipation: 2 });
    expect(careful.warnings.join(' ')).toMatch(/3 treated units were not seen before the anticipation/);
    expect(careful.n_treated).toBe(3);
    expect(pictureOf(careful).rows.filter((row) => row.is_reference)).toMatchObject([{ event_time: -3 }]);
  });

  it('takes starts after the last period for never', () => {
    const late = mapColumn(common, 'y', (value, row) => (numbers(common, 'time')[row]! >= 4 ? NaN : value));
    expect(reasonOf(run(differenceInDifferences, late, names))).toMatch(/Nobody is treated/);
  });

  it('anticipation takes its periods out of the comparison', () => {
    const early = mapColumn(
      common,
      'y',
      (value, row) => value + (numbers(common, 'start')[row]! > 0 && numbers(common, 'time')[row] === 3 ? 50 : 0),
    );
    for (const method of ['two_by_two', 'two_way_fixed_effects', 'group_time']) {
      const [a, b] = [common, early].map((table) => runFitted(differenceInDifferences, table, { ...names, method, anticipation: 1 }));
      expect(b!.estimate).toBeCloseTo(a!.estimate, 9);
      expect(runFitted(differenceInDifferences, early, { ...names, method }).estimate).toBeLessThan(-5);
    }
  });

  it('clusters that are the units change nothing', () => {
    expect(runFitted(differenceInDifferences, common, { ...names, cluster_column: 'unit' })).toEqual(
      runFitted(differenceInDifferences, common, names),
    );
  });

  it.each([
    ['method', staggered, { method: 'two_by_two' }],
    ['standard_errors', common, { standard_errors: 'welch', method: 'group_time' }],
    ['adjustment_columns', common, { adjustment_columns: ['start'], method: 'two_way_fixed_effects' }],
    ['adjustment_columns', common, { adjustment_columns: ['y'] }],
    ['adjustment_columns', common, { adjustment_columns: ['nowhere'] }],
    ['cluster_column', common, { cluster_column: 'time' }],
    ['treatment_column', common, { treatment_column: 'time' }],
    ['time_column', common, { time_column: 'd' }],
  ] as const)('refuses %s that does not fit', (path, table, given) => {
    expect(() => run(differenceInDifferences, table, { ...names, ...given })).toThrow(new RegExp(path));
  });
});

describe('no answer', () => {
  const reason = (table: DataTable, given: Record<string, unknown> = {}) =>
    reasonOf(run(differenceInDifferences, table, { ...names, ...given }));
  const world = (starts: readonly number[], nTimes = 6) => rollOut({ starts, nTimes, seed: 6 });

  it.each<[string, DataTable, RegExp, Record<string, unknown>?]>([
    ['nobody treated', world([0, 0, 0, 0]), /Nobody is treated/],
    ['no control', world([3, 3, 3, 3]), /Everybody is treated from the same time/],
    ['no period before', world([1, 1, 1, 1]), /Every unit is treated at all the times/],
    ['one treated unit', world([0, 0, 0, 0, 3]), /Only one treated unit.*Synthetic control/],
    ['one control', world([0, 3, 3, 3]), /Only one unit is never treated/],
    ['one period', world([0, 0, 1, 1], 1), /Nobody is treated among/],
    ['never treated wanted', world([3, 3, 4, 4, 5, 5]), /not_yet_treated/, { control_group: 'never_treated' }],
    ['one treated cluster', world([0, 0, 0, 0, 3, 3]), /Only one treated cluster/, { cluster_column: 'start' }],
    [
      'treated on and off',
      mapColumn(world([0, 0, 3, 3]), 'd', (value, row) => (row === 17 ? 0 : value)),
      /Unit '3' is treated from 3 and no longer at 6/,
    ],
    ['constant outcome', mapColumn(world([0, 0, 3, 3]), 'y', () => 4), /the same everywhere/],
    ['no noise', mapColumn(world([0, 0, 0, 3, 3]), 'y', (_, row) => row % 6), /no variation/],
    ['no outcomes', mapColumn(world([0, 0, 3, 3]), 'y', () => NaN), /No row has/],
    ['covariates that tell the arms apart', withArm(world([0, 0, 0, 0, 0, 3, 3, 3, 3])), /too well/, { adjustment_columns: ['arm'] }],
  ])('%s', (_name, table, expected, given = {}) => {
    expect(reason(table, given)).toMatch(expected);
  });

  function withArm(table: DataTable): DataTable {
    const arm = numberColumn(numbers(table, 'start').map((start, row) => start + 0.001 * (numbers(table, 'unit')[row]! % 3)));
    return { ...table, columns: new Map([...table.columns, ['arm', arm]]) };
  }

  it('everybody starting at some time is compared with those still to come', () => {
    const result = runFitted(differenceInDifferences, world([3, 3, 4, 4, 6, 6, 6]), names);
    expect(result.warnings.join(' ')).toMatch(/fewer than two units are left untreated/);
    expect(pictureOf(result).paths.control).toBeNull();
    expect(result.n_control).toBe(5);
  });

  it('cohorts of one unit enter the mean, without an interval of their own', () => {
    const result = runFitted(differenceInDifferences, world([0, 0, 0, 0, 3, 4, 5, 5]), names);
    expect(result.warnings.join(' ')).toMatch(/2 cohorts hold a single unit/);
    expect(new Set(pictureOf(result).groups.map((row) => row.group))).toEqual(new Set(['5']));
  });
});

describe('bands and tests before treatment', () => {
  const rows = pictureOf(runFitted(differenceInDifferences, staggered, { ...names, n_bootstrap: 999 })).rows.filter(
    (row) => !row.is_reference,
  );

  it('the band for all is wider than each interval, and the same every time', () => {
    for (const row of rows) {
      expect(row.simultaneous_lower).toBeLessThan(row.ci_lower);
      expect(row.simultaneous_upper).toBeGreaterThan(row.ci_upper);
      expect((row.simultaneous_lower + row.simultaneous_upper) / 2).toBeCloseTo(row.estimate, 12);
    }
    expect(
      pictureOf(runFitted(differenceInDifferences, staggered, { ...names, n_bootstrap: 999 })).rows.filter((row) => !row.is_reference),
    ).toEqual(rows);
  });

  it('the band lies between the interval and Bonferroni’s', () => {
    const many = rollOut({ starts: Array.from({ length: 120 }, (_, u) => (u % 2) * 5), nTimes: 8, seed: 12 });
    const picture = pictureOf(
      runFitted(differenceInDifferences, many, { ...names, standard_errors: 'CR0', method: 'group_time', n_bootstrap: 9999 }),
    );
    const ratios = picture.rows
      .filter((row) => !row.is_reference)
      .map((row) => (row.simultaneous_upper - row.estimate) / (row.ci_upper - row.estimate));
    // Seven estimates: Bonferroni takes the normal quantile at 1 - 0.05 / 14, 2.690, over 1.960; correlation makes less do.
    for (const ratio of ratios) expect(ratio).toBeCloseTo(ratios[0]!, 10);
    expect(ratios[0]).toBeGreaterThan(1.15);
    expect(ratios[0]).toBeLessThan(2.69 / 1.96);
  });

  it('many periods before few units are tested by blocks', () => {
    const table = rollOut({ starts: [0, 0, 0, 0, 0, 0, 0, 30, 30, 30, 30, 30, 30, 30], nTimes: 34, seed: 8 });
    const result = runFitted(differenceInDifferences, table, names);
    const test = pictureOf(result).pre_trend!;
    expect(result.diagnostics['pre_trend_periods']).toBe(28);
    expect(test.df1).toBe(3);
    expect(test.df2!).toBeGreaterThan(5);
  });

  it('finds a trend that was there before', () => {
    const drifting = mapColumn(
      common,
      'y',
      (value, row) => value + (numbers(common, 'start')[row]! > 0 ? 4 * numbers(common, 'time')[row]! : 0),
    );
    const result = runFitted(differenceInDifferences, drifting, names);
    expect(pictureOf(result).pre_trend!.p_value).toBeLessThan(0.01);
    expect(result.warnings.join(' ')).toMatch(/moved apart already before treatment/);
  });
});

describe('any panel at all', () => {
  const number = fc.oneof(
    { weight: 60, arbitrary: fc.double({ min: -100, max: 100, noNaN: true }) },
    { weight: 30, arbitrary: fc.integer({ min: 0, max: 3 }) },
    { weight: 1, arbitrary: fc.constantFrom(NaN, NaN, NaN, Infinity, 1e308, -1e308, 1e-308, 0) },
  );
  const panel = fc
    .record({ nUnits: fc.integer({ min: 1, max: 12 }), nTimes: fc.integer({ min: 1, max: 6 }) })
    .chain(({ nUnits, nTimes }) => {
      const n = nUnits * nTimes;
      return fc
        .record({
          starts: fc.oneof(
            fc.array(fc.constantFrom(-1, 2), { minLength: nUnits, maxLength: nUnits }),
            fc.array(fc.constantFrom(-1, -1, 0, 1, 2, 3, 3, 4), { minLength: nUnits, maxLength: nUnits }),
          ),
          y: fc.array(number, { minLength: n, maxLength: n }),
          x: fc.array(number, { minLength: n, maxLength: n }),
          flip: fc.constantFrom(-1, -1, -1, -1, -1, 5),
          drop: fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 4 }),
        })
        .map(({ starts, y, x, flip, drop }): DataTable => {
          const kept = Array.from({ length: n }, (_, row) => row).filter((row) => !drop.includes(row));
          const treated = kept.map((row) => {
            const start = starts[Math.floor(row / nTimes)]!;
            const value = start >= 0 && row % nTimes >= start ? 1 : 0;
            return row === flip ? 1 - value : value;
          });
          return {
            rowCount: kept.length,
            columns: new Map<string, Column>([
              ['unit', categoryColumn(kept.map((row) => `u${Math.floor(row / nTimes)}`))],
              ['time', numberColumn(Float64Array.from(kept, (row) => row % nTimes))],
              ['shop', categoryColumn(kept.map((row) => `s${Math.floor(row / nTimes / 2)}`))],
              ['d', numberColumn(Float64Array.from(treated))],
              ['y', numberColumn(Float64Array.from(kept, (row) => y[row]!))],
              ['x', numberColumn(Float64Array.from(kept, (row) => x[row]!))],
            ]),
          };
        });
    });
  const choice = fc.record({
    method: fc.constantFrom('auto', 'auto', 'two_by_two', 'two_way_fixed_effects', 'group_time'),
    control_group: fc.constantFrom('never_treated', 'not_yet_treated'),
    base_period: fc.constantFrom('universal', 'varying', 'pre_mean'),
    aggregation: fc.constantFrom('simple', 'dynamic', 'group', 'calendar'),
    standard_errors: fc.constantFrom('CR2', 'CR2', 'CR1', 'CR1_all_dummies', 'CR1_groups', 'CR0', 'welch'),
    adjustment: fc.constantFrom('doubly_robust', 'outcome_regression'),
    adjustment_columns: fc.constantFrom([], [], [], ['x'], ['shop']),
    anticipation: fc.constantFrom(0, 0, 1),
    cluster_column: fc.constantFrom(null, null, 'shop'),
    treatment_time: fc.constantFrom(null, '2'),
  });

  it('gives a whole result, a reason or a complaint about the input', () => {
    let fitted = 0;
    fc.assert(
      fc.property(panel, choice, (table, given) => {
        let result: Estimate;
        try {
          result = run(differenceInDifferences, table, { ...names, ...given });
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
          return;
        }
        expect(isFiniteThroughout(result)).toBe(true);
        expect(structuredClone(result)).toEqual(result);
        if (result.status === 'degenerate') {
          expect(result.reason.length).toBeGreaterThan(20);
          return;
        }
        fitted += 1;
        expect(result.ci_lower <= result.estimate && result.estimate <= result.ci_upper).toBe(true);
        expect(result.p_value).toBeGreaterThan(0);
        expect(result.p_value).toBeLessThanOrEqual(1);
        expect(typeof result.diagnostics['r_squared']).toBe('number');
      }),
      { numRuns: 600 },
    );
    expect(fitted).toBeGreaterThan(60);
  });
});

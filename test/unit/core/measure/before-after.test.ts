import { describe, expect, it } from 'vitest';
import { InputError } from '../../../../src/core/contracts/input-error.ts';
import { beforeAfter } from '../../../../src/core/measure/before-after.ts';
import type { CounterfactualPicture } from '../../../../src/core/measure/method-picture.ts';
import { numbersOf, readReference, readReferenceTable } from './reference-data.ts';
import { isFiniteThroughout, performance, permuteRows, randomSource, reasonOf, run, runFitted, tableOf } from './toy-worlds.ts';

type Test = Record<'estimate' | 'se' | 'df' | 'p_value' | 'ci_lower' | 'ci_upper', number>;
type NeweyWest = Record<'lag' | 'estimate' | 'se', number>;
const { reference } = readReference<{
  reference: { welch: Test; newey_west: readonly NeweyWest[]; band: readonly [number, number] };
}>('before_after');
const its = readReferenceTable('its');
const given = { outcome_column: 'y', time_column: 't' };
const firstPost = String(numbersOf(its, 't')[numbersOf(its, 'post').indexOf(1)]);
const onIts = (parameters: Readonly<Record<string, unknown>> = {}) =>
  runFitted(beforeAfter, its, { ...given, intervention_date: firstPost, ...parameters });

const relative = (actual: number | null | undefined, wanted: number) => Math.abs((actual ?? NaN) - wanted) / Math.abs(wanted);

describe('agrees with R', () => {
  it("on Welch's test of the periods", () => {
    const result = onIts();
    expect(relative(result.estimate, reference.welch.estimate)).toBeLessThan(1e-10);
    expect(relative(result.standard_error, reference.welch.se)).toBeLessThan(1e-10);
    expect(relative(result.df, reference.welch.df)).toBeLessThan(1e-10);
    expect(relative(result.p_value, reference.welch.p_value)).toBeLessThan(1e-8);
    expect(relative(result.ci_lower, reference.welch.ci_lower)).toBeLessThan(1e-10);
    expect(relative(result.ci_upper, reference.welch.ci_upper)).toBeLessThan(1e-10);
  });

  it.each(reference.newey_west)('on Newey-West standard errors with lag $lag', ({ lag, estimate, se }) => {
    const result = onIts({ standard_errors: 'newey_west', newey_west_lag: lag });
    expect(relative(result.estimate, estimate)).toBeLessThan(1e-10);
    expect(relative(result.standard_error, se)).toBeLessThan(1e-8);
    expect(result.diagnostics['newey_west_lag']).toBe(lag);
  });
});

describe('the picture', () => {
  it('carries the mean before forward, in a band that would hold one more period', () => {
    const picture = onIts().picture as CounterfactualPicture;
    const n = picture.observed.length;
    const before = picture.observed.slice(0, picture.intervention_index);
    const level = before.reduce((sum, value) => sum + value, 0) / before.length;
    for (const at of [0, picture.intervention_index, n - 1]) {
      expect(picture.counterfactual[at]).toBeCloseTo(level, 10);
      expect(relative(picture.lower[at], reference.band[0])).toBeLessThan(1e-10);
      expect(relative(picture.upper[at], reference.band[1])).toBeLessThan(1e-10);
    }
    expect(picture.fitted[n - 1]! - picture.counterfactual[n - 1]!).toBeCloseTo(onIts().estimate, 10);
    expect([picture.times.length, picture.fitted.length, picture.lower.length]).toEqual([n, n, n]);
  });
});

describe('the estimate', () => {
  it('does not mind the order of rows, and leaves out and counts those without an outcome', () => {
    const shuffled = runFitted(beforeAfter, permuteRows(its, 4), { ...given, intervention_date: firstPost });
    expect(shuffled).toEqual(onIts());
    const gap = tableOf({ t: [1, 2, 3, 4, 5, 6], y: [1, 3, NaN, 7, 9, 8] });
    const result = runFitted(beforeAfter, gap, { ...given, intervention_date: '4' });
    expect(result.estimate).toBeCloseTo(6, 12);
    expect(result).toMatchObject({ n_observations: 5, n_control: 2, n_treated: 3 });
    expect(result.warnings.join(' ')).toMatch(/1 of 6 rows/);
  });

  it('counts a trend as effect, with an interval that leaves the truth out: the lesson', () => {
    const { normal } = randomSource(3);
    const t = Array.from({ length: 60 }, (_, i) => i);
    const result = runFitted(beforeAfter, tableOf({ t, y: t.map((i) => 10 + 0.1 * i + normal()) }), { ...given, intervention_date: '40' });
    expect(result.estimate).toBeGreaterThan(2);
    expect(result.ci_lower).toBeGreaterThan(0);
  });
});

describe('data that leave nothing to compare', () => {
  const t = [1, 2, 3, 4, 5, 6];
  it('say so', () => {
    const y = [1, 2, 1, 3, 2, 4];
    const at = (intervention_date: string, values = y) =>
      reasonOf(run(beforeAfter, tableOf({ t, y: values }), { ...given, intervention_date }));
    expect(at('2')).toMatch(/1 periods before/);
    expect(at('6')).toMatch(/1 periods from the intervention on/);
    expect(at('3', [2, 2, 2, 2, 2, 2])).toMatch(/same at all times/);
    expect(at('3', [NaN, NaN, NaN, NaN, NaN, NaN])).toMatch(/No row has both/);
    expect(at('3', [1, 1, 5, 5, 5, 5])).toMatch(/no variation/);
    expect(at('3', [1e308, -1e308, 1e308, -1e308, 0, 1])).toMatch(/too large/);
    expect(at('4')).toBe('');
  });

  it('and an intervention without a date is refused', () => {
    expect(() => run(beforeAfter, tableOf({ t, y: t }), given)).toThrow(InputError);
    expect(() => run(beforeAfter, tableOf({ t, y: t }), { ...given, intervention_date: 'May' })).toThrow(/must be a number/);
  });
});

describe('over many series', () => {
  const replicate = (correlation: number, parameters: Readonly<Record<string, unknown>>, periods = 25) =>
    performance(
      Array.from({ length: 300 }, (_, seed) => {
        const { normal } = randomSource(seed + 1);
        let noise = normal();
        const y = Array.from({ length: 2 * periods }, (_, i) => {
          noise = correlation * noise + Math.sqrt(1 - correlation * correlation) * normal();
          return 5 + (i >= periods ? 1 : 0) + noise;
        });
        const data = tableOf({ t: y.map((_, i) => i), y });
        const { estimate, ci_lower, ci_upper } = runFitted(beforeAfter, data, {
          ...given,
          intervention_date: String(periods),
          ...parameters,
        });
        return { estimate, ci_lower, ci_upper, truth: 1 };
      }),
    );
  const threeErrors = 3 * Math.sqrt((0.95 * 0.05) / 300);

  it('covers 95% where periods are independent', () => {
    const result = replicate(0, {});
    expect(Math.abs(result.bias)).toBeLessThan(3 * result.biasError);
    expect(Math.abs(result.coverage - 0.95)).toBeLessThan(threeErrors);
  });

  it('covers far less where good periods follow good ones, and more again with Newey-West', () => {
    const narrow = replicate(0.6, {});
    const wider = replicate(0.6, { standard_errors: 'newey_west' });
    expect(narrow.coverage).toBeLessThan(0.8);
    expect(wider.coverage).toBeGreaterThan(narrow.coverage + 0.08);
  });

  it('warns of periods that depend on one another', () => {
    const { normal } = randomSource(2);
    let noise = 0;
    const y = Array.from({ length: 80 }, () => (noise = 0.8 * noise + normal()));
    const data = tableOf({ t: y.map((_, i) => i), y });
    const warningsOf = (parameters: object) =>
      runFitted(beforeAfter, data, { ...given, intervention_date: '40', ...parameters }).warnings.join(' ');
    expect(warningsOf({})).toMatch(/not independent/);
    expect(warningsOf({ standard_errors: 'newey_west' })).toBe('');
    expect(isFiniteThroughout(runFitted(beforeAfter, data, { ...given, intervention_date: '40' }))).toBe(true);
  });
});

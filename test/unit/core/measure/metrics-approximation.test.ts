import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../../../src/core/contracts/input-error.ts';
import type { ResponsePicture } from '../../../../src/core/measure/method-picture.ts';
import { metricsApproximation } from '../../../../src/core/measure/metrics-approximation.ts';
import { responseFunctions, type ResponseFunctionId } from '../../../../src/core/measure/response-functions/index.ts';
import type { DataTable } from '../../../../src/core/numeric/columns.ts';
import { readReference } from './reference-data.ts';
import { isFiniteThroughout, mapColumn, performance, permuteRows, randomSource, reasonOf, run, runFitted, tableOf } from './toy-worlds.ts';

fc.configureGlobal({ seed: 7 });

type Case = Record<'coefficient' | 'coefficient_se' | 'estimate' | 'se' | 'df' | 'p_value' | 'ci_lower' | 'ci_upper', number>;
type Reference = {
  readonly data: Record<'before' | 'after' | 'baseline', readonly number[]>;
  readonly scale: number;
  readonly reference: Record<ResponseFunctionId, Case>;
};
const { data, scale, reference } = readReference<Reference>('metrics_approximation');
const ids = Object.keys(responseFunctions) as ResponseFunctionId[];

/** Treated units as in the reference, and as many controls, which are to make no difference. */
function pilot(units: Reference['data'] = data): DataTable {
  const n = units.before.length;
  const twice = (values: readonly number[]) => [...values, ...values.map((value) => 2 * value)];
  return tableOf({
    treated: Array.from({ length: 2 * n }, (_, i) => (i < n ? 1 : 0)),
    quality_score: twice(units.before),
    quality_after: twice(units.after),
    pre_revenue: twice(units.baseline),
  });
}
const approximate = (parameters: Readonly<Record<string, unknown>> = {}, table = pilot()) =>
  runFitted(metricsApproximation, table, parameters);
const relative = (actual: number | null | undefined, wanted: number) => Math.abs((actual ?? NaN) - wanted) / Math.abs(wanted);

describe('agrees with R', () => {
  it.each(ids)('on a %s response', (response) => {
    const expected = reference[response];
    const result = approximate({
      response,
      coefficient: expected.coefficient,
      coefficient_standard_error: expected.coefficient_se,
      saturation_scale: scale,
    });
    expect(relative(result.estimate, expected.estimate)).toBeLessThan(1e-10);
    expect(relative(result.standard_error, expected.se)).toBeLessThan(1e-10);
    expect(relative(result.df, expected.df)).toBeLessThan(1e-8);
    expect(relative(result.p_value, expected.p_value)).toBeLessThan(1e-8);
    expect(relative(result.ci_lower, expected.ci_lower)).toBeLessThan(1e-9);
    expect(relative(result.ci_upper, expected.ci_upper)).toBeLessThan(1e-9);
    expect(result).toMatchObject({ n_observations: 40, n_treated: 40, n_control: 0, estimand: 'att' });
  });
});

describe('the approximation', () => {
  it('is baseline times coefficient times change where the response is linear', () => {
    const units = { before: [0.2, 0.6], after: [0.4, 0.7], baseline: [100, 50] };
    const result = approximate({ response: 'linear', coefficient: 0.5, coefficient_standard_error: 0.1 }, pilot(units));
    expect(result.estimate).toBeCloseTo((100 * 0.5 * 0.2 + 50 * 0.5 * 0.1) / 2, 12);
    const ofUnits = (10 - 2.5) ** 2 / 2 / 2;
    const ofCoefficient = ((20 + 5) / 2) ** 2 * 0.01;
    expect(result.standard_error).toBeCloseTo(Math.sqrt(ofUnits + ofCoefficient), 12);
    expect(result.diagnostics['coefficient_variance_share']).toBeCloseTo(ofCoefficient / (ofUnits + ofCoefficient), 12);
    expect(result.df).toBeCloseTo(((ofUnits + ofCoefficient) / ofUnits) ** 2, 10);
  });

  it('by default believes in the simulated funnel, with a fifth of doubt', () => {
    const result = approximate();
    const gains = data.before.map((before, i) => data.baseline[i]! * ((0.8 + 0.4 * data.after[i]!) / (0.8 + 0.4 * before) - 1));
    expect(result.estimate).toBeCloseTo(gains.reduce((sum, gain) => sum + gain, 0) / 40, 10);
    expect(result.diagnostics).toMatchObject({ response: 'proportional', coefficient: 0.5, coefficient_standard_error: 0.1 });
    const known = approximate({ coefficient_standard_error: 0 });
    expect(known.standard_error!).toBeLessThan(result.standard_error!);
    expect(known.warnings.join(' ')).toMatch(/exactly known/);
  });

  it('does not mind the order of rows or the controls, and moves with the currency', () => {
    const first = approximate();
    expect(approximate({}, permuteRows(pilot(), 2)).estimate).toBeCloseTo(first.estimate, 12);
    const controlsMoved = mapColumn(pilot(), 'quality_after', (value, row) => (row < 40 ? value : 0));
    expect(approximate({}, controlsMoved)).toEqual(first);
    const cents = approximate(
      {},
      mapColumn(pilot(), 'pre_revenue', (value) => 100 * value),
    );
    expect(cents.estimate).toBeCloseTo(100 * first.estimate, 8);
    expect(cents.standard_error).toBeCloseTo(100 * first.standard_error!, 8);
  });

  it('always has an interval with a width and a p value that is not 0, even where all units are alike', () => {
    const alike = { before: [0.5, 0.5, 0.5], after: [0.7, 0.7, 0.7], baseline: [10, 10, 10] };
    for (const interval of ['delta', 'bootstrap']) {
      const result = approximate({ interval }, pilot(alike));
      expect(result.ci_lower).toBeLessThan(result.estimate);
      expect(result.ci_upper).toBeGreaterThan(result.estimate);
      expect(result.p_value).toBeGreaterThan(0);
    }
    expect(reasonOf(run(metricsApproximation, pilot(alike), { coefficient_standard_error: 0 }))).toMatch(/no variation/);
  });

  it('says how much of the outcome it foretold, where there is one', () => {
    const foretold = data.before.map((before, i) => data.baseline[i]! * ((1 + 0.5 * data.after[i]!) / (1 + 0.5 * before)));
    const withOutcome = (shift: number) => {
      const table = pilot();
      const revenue = tableOf({ revenue: [...foretold.map((value) => value + shift), ...foretold] }).columns.get('revenue')!;
      return { ...table, columns: new Map([...table.columns, ['revenue', revenue]]) };
    };
    const share = (shift: number) => Number(approximate({ outcome_column: 'revenue' }, withOutcome(shift)).diagnostics['r_squared']);
    expect(share(0)).toBeCloseTo(1, 12);
    expect(share(3)).toBeLessThan(1);
    expect(approximate({ outcome_column: 'revenue' }, withOutcome(3)).estimate).toBe(approximate().estimate);
    expect(approximate().diagnostics['r_squared']).toBe(0);
  });
});

describe('the picture', () => {
  it('shows the assumed curve with the coefficient’s band, and every unit’s change', () => {
    const result = approximate({ response: 'linear' });
    const picture = result.picture as ResponsePicture;
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(picture.bins.reduce((sum, bin) => sum + bin.count, 0)).toBe(40);
    expect(picture.mean_change).toBeCloseTo(mean(data.after) - mean(data.before), 12);
    const last = picture.curve.at(-1)!;
    expect(last.y).toBeCloseTo(mean(data.baseline) * 0.4 * last.x, 10);
    expect((last.upper - last.lower) / 2).toBeCloseTo(1.959963984540054 * mean(data.baseline) * 0.08 * last.x, 8);
    expect(picture.curve[0]).toMatchObject({ x: 0, y: 0 });
    expect(isFiniteThroughout(result)).toBe(true);
  });
});

describe('the bootstrap', () => {
  it('agrees with the delta method where that is good, and gives the same bits every time', () => {
    const delta = approximate();
    const bootstrap = approximate({ interval: 'bootstrap', bootstrap_draws: 4000 });
    expect(bootstrap.estimate).toBe(delta.estimate);
    // The standard deviation of 4000 draws is itself uncertain by 1 part in sqrt(8000), and a percentile by about twice that.
    expect(relative(bootstrap.standard_error, delta.standard_error!)).toBeLessThan(4 / Math.sqrt(8000));
    expect(Math.abs(bootstrap.ci_lower - delta.ci_lower)).toBeLessThan(0.15 * delta.standard_error!);
    expect(Math.abs(bootstrap.ci_upper - delta.ci_upper)).toBeLessThan(0.15 * delta.standard_error!);
    expect(approximate({ interval: 'bootstrap', bootstrap_draws: 4000 })).toEqual(bootstrap);
    expect(bootstrap.diagnostics['bootstrap_draws']).toBe(4000);
  });

  it('is left for the delta method where there are too many units to draw again and again', () => {
    const before = Float64Array.from({ length: 50_001 }, (_, i) => 0.2 + (i % 50) / 100);
    const columns = { treated: before.map(() => 1), quality_score: before, quality_after: before.map((x) => x + 0.1), pre_revenue: before };
    const [delta, bootstrap] = ['delta', 'bootstrap'].map((interval) => approximate({ interval }, tableOf(columns)));
    expect(bootstrap?.warnings.join(' ')).toMatch(/50001 treated units are too many/);
    expect(bootstrap?.ci_lower).toBe(delta?.ci_lower);
  });

  it('tells a p value from the draws on either side of 0', () => {
    const doubtful = approximate({ interval: 'bootstrap', coefficient: 0.1, coefficient_standard_error: 0.1, response: 'linear' });
    expect(doubtful.p_value).toBeGreaterThan(0.2);
    expect(doubtful.p_value).toBeLessThan(0.45);
    expect(approximate({ interval: 'bootstrap', coefficient_standard_error: 0.01 }).p_value).toBeCloseTo(2 / 1001, 12);
  });

  it('leaves out draws that mean nothing, and gives up where many do', () => {
    const wild = { interval: 'bootstrap', coefficient: 0.5, coefficient_standard_error: 1.3 };
    expect(approximate(wild).warnings.join(' ')).toMatch(/draws of the coefficient, for which the response has no meaning/);
    const wilder = { ...wild, coefficient_standard_error: 5 };
    expect(reasonOf(run(metricsApproximation, pilot(), wilder))).toMatch(/make its standard error smaller/);
  });
});

describe('data that leave nothing to approximate', () => {
  const reason = (units: Reference['data'], parameters = {}) => reasonOf(run(metricsApproximation, pilot(units), parameters));

  it('say so', () => {
    const before = [0.3, 0.4, 0.5];
    const after = [0.5, 0.6, 0.7];
    const baseline = [1, 2, 3];
    expect(reason({ before, after: before, baseline })).toMatch(/did not change/);
    expect(reason({ before, after, baseline: [0, 0, 0] })).toMatch(/baseline is 0/);
    expect(reason({ before, after, baseline: [NaN, NaN, NaN] })).toMatch(/No treated unit/);
    expect(reason({ before: [0.3], after: [0.5], baseline: [2] })).toMatch(/single treated unit/);
    expect(reason({ before, after, baseline: [1e308, 1e308, 1e308] })).toMatch(/too large/);
    const nobody = mapColumn(pilot(), 'treated', () => 0);
    expect(reasonOf(run(metricsApproximation, nobody, {}))).toMatch(/No treated unit/);
  });

  it('leave out and count units without a metric, or with one the response knows nothing of', () => {
    const gaps = pilot({ before: [0.3, 0.4, NaN, 0.5], after: [0.5, 0.6, 0.7, 0.8], baseline: [1, 2, 3, 4] });
    expect(approximate({}, gaps).warnings.join(' ')).toMatch(/1 of 4 treated rows/);
    const zero = pilot({ before: [0, 0.4, 0.5], after: [0.5, 0.6, 0.8], baseline: [1, 2, 4] });
    const result = approximate({ response: 'constant_elasticity' }, zero);
    expect(result.n_treated).toBe(2);
    expect(result.warnings.join(' ')).toMatch(/1 of 3 treated units/);
  });

  it('refuse columns that are not there', () => {
    expect(() => approximate({ metric_after_column: 'quality' })).toThrow(InputError);
    expect(() => approximate({ baseline_column: 'revenue' })).toThrow(/pre_revenue/);
  });
});

describe('over many pilots', () => {
  /** The world answers in proportion to 0.8 + 0.4 quality; believed is a coefficient that an earlier study got about right. */
  const replicate = (parameters: Readonly<Record<string, unknown>>) =>
    performance(
      Array.from({ length: 400 }, (_, seed) => {
        const { uniform, normal } = randomSource(seed + 1);
        const before = Array.from({ length: 60 }, () => 0.2 + 0.5 * uniform());
        const after = before.map((value) => value + 0.2);
        const baseline = before.map((value) => 50 * (0.8 + 0.4 * value) * (1 + 0.3 * normal()));
        const believed = { coefficient: 0.5 + 0.1 * normal(), coefficient_standard_error: 0.1 };
        const { estimate, ci_lower, ci_upper } = approximate({ ...believed, ...parameters }, pilot({ before, after, baseline }));
        return { estimate, ci_lower, ci_upper, truth: 50 * 0.4 * 0.2 };
      }),
    );
  const threeErrors = 3 * Math.sqrt((0.95 * 0.05) / 400);

  it('covers 95% where the response is right and the coefficient as uncertain as it is said to be', () => {
    const result = replicate({});
    expect(Math.abs(result.bias)).toBeLessThan(0.03 * 4 + 3 * result.biasError);
    expect(Math.abs(result.coverage - 0.95)).toBeLessThan(threeErrors);
  });

  it('is wrong, and does not know it, where the belief is', () => {
    expect(replicate({ coefficient: 1.5 }).coverage).toBeLessThan(0.2);
  });
});

describe('every response', () => {
  const metric = fc.integer({ min: 5, max: 100 }).map((percent) => percent / 100);

  it.each(ids)('%s: nothing for no change, more for more, and a slope that small differences confirm', (id) => {
    const { change, slope, defaultCoefficient } = responseFunctions[id];
    fc.assert(
      fc.property(metric, metric, fc.integer({ min: 5, max: 15 }), (before, after, tenths) => {
        const c = (tenths / 10) * defaultCoefficient;
        expect(change(before, before, c, scale)).toBeCloseTo(0, 15);
        expect(Math.sign(change(before, after, c, scale))).toBe(Math.sign(after - before));
        const step = 1e-5;
        const difference = (change(before, after, c + step, scale) - change(before, after, c - step, scale)) / (2 * step);
        expect(slope(before, after, c, scale)).toBeCloseTo(difference, 5);
      }),
    );
  });

  it('is worth about the same near the middle of the quality score, with its default coefficient', () => {
    for (const id of ids) {
      const { change, defaultCoefficient } = responseFunctions[id];
      expect(change(0.5, 0.6, defaultCoefficient, 0.5)).toBeCloseTo(0.04, 2);
    }
  });

  it('that saturates is worth less the higher it begins', () => {
    for (const id of ['michaelis_menten', 'exponential_saturation'] as const) {
      const { change, defaultCoefficient } = responseFunctions[id];
      const gains = [0.1, 0.3, 0.5, 0.7, 5].map((before) => change(before, before + 0.1, defaultCoefficient, 0.5));
      gains.slice(1).forEach((gain, k) => expect(gain).toBeLessThan(gains[k]!));
    }
  });

  it('has no meaning where its level is not positive', () => {
    expect(responseFunctions.proportional.change(0.5, 0.6, -3, 1)).toBeNaN();
    expect(responseFunctions.constant_elasticity.change(0, 0.6, 0.2, 1)).toBeNaN();
    expect(responseFunctions.michaelis_menten.change(-0.1, 0.6, 1, 1)).toBeNaN();
  });
});

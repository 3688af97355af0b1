import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../../../src/core/contracts/input-error.ts';
import { doublyRobust } from '../../../../src/core/measure/doubly-robust.ts';
import { experiment } from '../../../../src/core/measure/experiment.ts';
import { inverseProbabilityWeighting } from '../../../../src/core/measure/inverse-probability-weighting.ts';
import type { OverlapPicture } from '../../../../src/core/measure/method-picture.ts';
import { numberColumn, type DataTable } from '../../../../src/core/numeric/columns.ts';
import { logistic } from '../../../../src/core/numeric/elementary.ts';
import { readReference, readReferenceTable } from './reference-data.ts';
import { isFiniteThroughout, mapColumn, performance, permuteRows, randomSource, reasonOf, run, runFitted, tableOf } from './toy-worlds.ts';

fc.configureGlobal({ seed: 7 });

type Groups<T> = Record<'ate' | 'att' | 'atc', T>;
type Aipw = Record<'estimate' | 'se_ddof1' | 'se_ddof0' | 'se_corrected' | 'df', number>;
type Trimmed = { readonly low: number; readonly high: number; readonly n: number; readonly aipw: Aipw };
type Reference = {
  readonly aipw: Groups<Aipw>;
  readonly outcome_only: Groups<Record<'estimate' | 'se' | 'se_corrected' | 'df', number>>;
  readonly trimmed_bounds: Trimmed;
  readonly trimmed_crump: Trimmed;
};
const { reference } = readReference<{ reference: Reference }>('weighting');
type Older = { readonly aipw: Record<string, number>; readonly gcomputation_ate: number };
const { aipw: older, gcomputation_ate: gComputation } = readReference<{ reference: Older }>('obs_propensity_ipw_aipw').reference;
const table = readReferenceTable('obs');
const given = { outcome_column: 'y', treatment_column: 't', covariate_columns: ['a', 'b', 'c'] };
const aipw = (parameters: Readonly<Record<string, unknown>> = {}, data: DataTable = table) =>
  runFitted(doublyRobust, data, { ...given, ...parameters });

const relative = (actual: number | null, wanted: number | undefined) =>
  Math.abs((actual ?? NaN) - (wanted ?? NaN)) / Math.abs(wanted ?? NaN);
const groups = ['ate', 'att', 'atc'] as const;
const corrections = { small_sample_correction: true };

describe('agrees with R', () => {
  it.each(groups)('on the augmented estimate of the %s', (estimand) => {
    const result = aipw({ estimand });
    const corrected = aipw({ estimand, ...corrections });
    const expected = reference.aipw[estimand];
    expect(relative(result.estimate, expected.estimate)).toBeLessThan(1e-8);
    expect(relative(result.standard_error, expected.se_ddof1)).toBeLessThan(1e-8);
    expect(corrected.estimate).toBe(result.estimate);
    expect(relative(corrected.standard_error, expected.se_corrected)).toBeLessThan(1e-8);
    expect(relative(corrected.df, expected.df)).toBeLessThan(1e-8);
    expect(result.estimand).toBe(estimand);
  });

  it('on the figures of another hand, interval included', () => {
    const result = aipw();
    expect(relative(result.estimate, older['ate'])).toBeLessThan(1e-8);
    expect(relative(result.standard_error, older['se_if_ddof1'])).toBeLessThan(1e-8);
    expect(relative(result.ci_lower, older['ci_lower'])).toBeLessThan(1e-8);
    expect(relative(result.ci_upper, older['ci_upper'])).toBeLessThan(1e-8);
    const att = aipw({ estimand: 'att' });
    expect(relative(att.estimate, older['att'])).toBeLessThan(1e-8);
    expect(relative(att.standard_error! * Math.sqrt(249 / 250), older['att_se_if'])).toBeLessThan(1e-8);
  });

  it.each(groups)('on the regressions alone for the %s', (estimand) => {
    const result = aipw({ estimand, models: 'outcome_only' });
    const corrected = aipw({ estimand, models: 'outcome_only', ...corrections });
    const expected = reference.outcome_only[estimand];
    expect(relative(result.estimate, expected.estimate)).toBeLessThan(1e-8);
    expect(relative(result.standard_error, expected.se)).toBeLessThan(1e-8);
    expect(relative(corrected.standard_error, expected.se_corrected)).toBeLessThan(1e-8);
    expect(relative(corrected.df, expected.df)).toBeLessThan(1e-8);
    if (estimand === 'ate') expect(relative(result.estimate, gComputation)).toBeLessThan(1e-8);
  });

  it.each([
    ['bounds', reference.trimmed_bounds],
    ['crump', reference.trimmed_crump],
  ] as const)('after trimming by %s', (trimming, { low, high, n, aipw: expected }) => {
    const result = aipw({ trimming, trim_lower: low, trim_upper: high });
    expect(result.n_observations).toBe(n);
    expect(relative(result.estimate, expected.estimate)).toBeLessThan(1e-8);
    expect(relative(result.standard_error, expected.se_ddof1)).toBeLessThan(1e-8);
  });
});

describe('what it has in common with other methods', () => {
  it('the regressions alone are the experiment with covariates interacted with the treatment', () => {
    const lin = runFitted(experiment, table, { ...given, adjustment: 'lin' });
    expect(aipw({ models: 'outcome_only' }).estimate).toBeCloseTo(lin.estimate, 10);
  });

  it('with covariates that are categories all ways agree, for there every model is right', () => {
    const shop = ['u', 'u', 'u', 'u', 'u', 'v', 'v', 'v', 'v', 'v'];
    const data = tableOf({ y: [5, 2, 3, 1, 8, 7, 9, 8, 4, 5], t: [1, 0, 0, 0, 1, 1, 1, 1, 0, 0], shop });
    for (const estimand of groups) {
      const parameters = { covariate_columns: ['shop'], estimand };
      const weighted = runFitted(inverseProbabilityWeighting, data, { ...given, ...parameters }).estimate;
      expect(aipw(parameters, data).estimate).toBeCloseTo(weighted, 10);
      expect(aipw({ ...parameters, models: 'outcome_only' }, data).estimate).toBeCloseTo(weighted, 10);
    }
  });

  it('an outcome that is exactly linear is told without error, whatever the weights', () => {
    const exact = mapColumn(table, 'y', (_, row) => {
      const [t, a, b] = ['t', 'a', 'b'].map((name) => {
        const column = table.columns.get(name);
        return column?.kind === 'number' ? column.values[row]! : NaN;
      });
      return 1 + 2 * a! - b! + t! * (3 + a!);
    });
    const column = table.columns.get('a');
    const meanA = column?.kind === 'number' ? column.values.reduce((sum, value) => sum + value, 0) / 250 : NaN;
    expect(aipw({}, exact).estimate).toBeCloseTo(3 + meanA, 10);
    expect(aipw({ cross_fitting_folds: 5 }, exact).estimate).toBeCloseTo(3 + meanA, 10);
  });
});

describe('the estimate', () => {
  it('does not mind rows in another order, other scales, or arms that change names', () => {
    for (const models of ['both', 'outcome_only']) {
      const first = aipw({ estimand: 'att', models });
      const moved = mapColumn(
        mapColumn(permuteRows(table, 3), 'a', (value) => 1e6 - 250 * value),
        'y',
        (y) => 5 + 10 * y,
      );
      const again = aipw({ estimand: 'att', models }, moved);
      expect(again.estimate).toBeCloseTo(10 * first.estimate, 8);
      expect(again.standard_error).toBeCloseTo(10 * first.standard_error!, 8);
      const flipped = aipw(
        { estimand: 'atc', models },
        mapColumn(table, 't', (t) => 1 - t),
      );
      expect(flipped.estimate).toBeCloseTo(-first.estimate, 9);
      expect(flipped.standard_error).toBeCloseTo(first.standard_error!, 9);
    }
  });

  it('comes with overlap and balance as the weights leave them', () => {
    const result = aipw();
    const picture = result.picture as OverlapPicture;
    expect(picture.kind).toBe('overlap');
    expect(picture.bins.reduce((sum, bin) => sum + bin.treated + bin.control, 0)).toBe(250);
    expect(Number(result.diagnostics['max_smd_after'])).toBeLessThan(Number(result.diagnostics['max_smd_before']));
    expect(result.diagnostics['r_squared']).toBeGreaterThan(0.5);
    expect(isFiniteThroughout(result)).toBe(true);
  });
});

describe('cross-fitting', () => {
  it('changes estimate and interval a little, and gives the same bits every time', () => {
    const plain = aipw();
    const crossed = aipw({ cross_fitting_folds: 5 });
    expect(crossed.estimate).not.toBe(plain.estimate);
    expect(Math.abs(crossed.estimate - plain.estimate)).toBeLessThan(plain.standard_error!);
    expect(aipw({ cross_fitting_folds: 5 })).toEqual(crossed);
    expect(crossed.diagnostics['cross_fitting_folds']).toBe(5);
    expect(Number(crossed.diagnostics['r_squared'])).toBeLessThan(Number(plain.diagnostics['r_squared']));
  });

  it('is refused where it means nothing, and asks for enough units', () => {
    expect(() => aipw({ cross_fitting_folds: 5, models: 'outcome_only' })).toThrow(InputError);
    const few = tableOf({ y: [1, 2, 4, 3, 5, 7, 6, 9], t: [0, 1, 0, 1, 0, 1, 0, 1], a: [1, 2, 3, 4, 5, 3, 2, 6] });
    expect(reasonOf(run(doublyRobust, few, { ...given, covariate_columns: ['a'], cross_fitting_folds: 3 }))).toMatch(
      /at least 6 units in each arm/,
    );
  });
});

describe('data on which the models fail', () => {
  const line = Array.from({ length: 40 }, (_, i) => i);
  const noise = line.map((i) => (i * 7) % 11);
  const apart = tableOf({ y: noise, t: line.map((i) => (i < 20 ? 0 : 1)), a: line });

  it('have no answer when the arms share nothing; the regressions alone extrapolate, and say so', () => {
    const parameters = { ...given, covariate_columns: ['a'] };
    expect(reasonOf(run(doublyRobust, apart, parameters))).toMatch(/no unit has a counterpart/);
    const extrapolated = runFitted(doublyRobust, apart, { ...parameters, models: 'outcome_only' });
    expect(extrapolated.warnings.join(' ')).toMatch(/no counterpart in the other arm/);
  });

  it('have no answer when an arm has no more units than terms', () => {
    const few = tableOf({
      y: noise.slice(0, 10),
      t: [1, 1, 0, 0, 0, 1, 0, 0, 0, 0],
      a: [3, 1, 4, 1, 5, 9, 2, 6, 5, 3],
      b: [2, 7, 1, 8, 2, 8, 1, 8, 2, 8],
    });
    expect(reasonOf(run(doublyRobust, few, { ...given, covariate_columns: ['a', 'b'], models: 'outcome_only' }))).toMatch(
      /use fewer covariates/,
    );
  });

  it('are warned about when an arm knows nothing of a covariate', () => {
    const b = line.map((i) => (i % 2 === 1 || i % 4 === 0 ? 0 : 1));
    const result = aipw(
      { covariate_columns: ['a', 'b'], models: 'outcome_only' },
      tableOf({ y: noise, t: line.map((i) => i % 2), a: noise.map((v) => v * v), b }),
    );
    expect(result.warnings.join(' ')).toMatch(/outcome regression.*: b\./);
  });

  it('are warned about when a unit is alone of its kind in its arm', () => {
    const shop = line.map((i) => (i === 7 || i % 8 === 0 ? 'far' : 'near'));
    const result = aipw({ covariate_columns: ['shop'] }, tableOf({ y: noise, t: line.map((i) => i % 2), shop }));
    expect(result.warnings.join(' ')).toMatch(/fitted exactly by the regression of their arm: 1\./);
  });

  it('are refused without covariates', () => {
    expect(() => aipw({ covariate_columns: [] })).toThrow(/at least one covariate/);
  });
});

describe('over many samples', () => {
  /** Effect 2 on everyone. Where a model is wrong, the square of a belongs in it and is not there. */
  function world(seed: number, isScoreWrong: boolean, isOutcomeWrong: boolean): DataTable {
    const { uniform, normal } = randomSource(seed);
    const n = 200;
    const a = Float64Array.from({ length: n }, () => 4 * uniform() - 2);
    const t = a.map((x) => (uniform() < logistic(isScoreWrong ? x * x - 1.2 : 0.6 * x) ? 1 : 0));
    const y = a.map((x, i) => 1 + x + (isOutcomeWrong ? 1.5 * x * x : 0) + 2 * t[i]! + normal());
    return { rowCount: n, columns: new Map(Object.entries({ y, t, a }).map(([name, values]) => [name, numberColumn(values)])) };
  }
  const replicate = (
    isScoreWrong: boolean,
    isOutcomeWrong: boolean,
    parameters: Readonly<Record<string, unknown>> = {},
    replications = 120,
  ) =>
    performance(
      Array.from({ length: replications }, (_, seed) => {
        const data = world(seed + 1, isScoreWrong, isOutcomeWrong);
        const { estimate, ci_lower, ci_upper } = aipw({ covariate_columns: ['a'], ...parameters }, data);
        return { estimate, ci_lower, ci_upper, truth: 2 };
      }),
    );
  const threeErrors = 3 * Math.sqrt((0.95 * 0.05) / 200);

  it.each([
    ['both models are right', false, false],
    ['only the treatment model is right', false, true],
    ['only the outcome models are right', true, false],
  ] as const)('is unbiased when %s', (_, isScoreWrong, isOutcomeWrong) => {
    const isBothRight = !isScoreWrong && !isOutcomeWrong;
    const result = replicate(isScoreWrong, isOutcomeWrong, {}, isBothRight ? 200 : 120);
    expect(Math.abs(result.bias)).toBeLessThan(3 * result.biasError);
    if (isBothRight) expect(Math.abs(result.coverage - 0.95)).toBeLessThan(threeErrors);
  });

  it('is biased when both are wrong', () => {
    const result = replicate(true, true);
    expect(result.bias).toBeGreaterThan(0.5);
    expect(result.coverage).toBeLessThan(0.5);
  });

  it('leans on the outcome models alone without weights, and is then only as good as they are', () => {
    const right = replicate(true, false, { models: 'outcome_only' }, 200);
    expect(Math.abs(right.bias)).toBeLessThan(3 * right.biasError);
    expect(Math.abs(right.coverage - 0.95)).toBeLessThan(threeErrors);
    expect(replicate(true, true, { models: 'outcome_only' }).bias).toBeGreaterThan(0.5);
  });

  it('covers with cross-fitting too', () => {
    const result = replicate(false, false, { cross_fitting_folds: 2 }, 200);
    expect(Math.abs(result.bias)).toBeLessThan(3 * result.biasError);
    expect(Math.abs(result.coverage - 0.95)).toBeLessThan(threeErrors);
  });
});

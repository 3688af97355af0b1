import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../../../src/core/contracts/input-error.ts';
import { inverseProbabilityWeighting } from '../../../../src/core/measure/inverse-probability-weighting.ts';
import type { OverlapPicture } from '../../../../src/core/measure/method-picture.ts';
import { numberColumn } from '../../../../src/core/numeric/columns.ts';
import { logistic } from '../../../../src/core/numeric/elementary.ts';
import { readReference, readReferenceTable } from './reference-data.ts';
import { isFiniteThroughout, mapColumn, performance, permuteRows, randomSource, reasonOf, run, runFitted, tableOf } from './toy-worlds.ts';

fc.configureGlobal({ seed: 7 });

type Ipw = Record<'estimate' | 'mu1' | 'mu0' | 'se' | 'se_known' | 'se_corrected' | 'df' | 'ess1' | 'ess0', number>;
type Trimmed = { readonly low: number; readonly high: number; readonly n: number; readonly n_treated: number; readonly ipw: Ipw };
type Weighting = {
  readonly hajek: Record<'ate' | 'att' | 'atc' | 'overlap', Ipw>;
  readonly horvitz_thompson: Record<'ate' | 'att' | 'atc', Ipw>;
  readonly trimmed_bounds: Trimmed;
  readonly trimmed_crump: Trimmed;
  readonly c_statistic: number;
};
const { reference } = readReference<{ reference: Weighting }>('weighting');
const { ipw: survey } = readReference<{ reference: { ipw: Record<string, number> } }>('obs_propensity_ipw_aipw').reference;
const table = readReferenceTable('obs');
const given = { outcome_column: 'y', treatment_column: 't', covariate_columns: ['a', 'b', 'c'] };
const ipw = (parameters: Readonly<Record<string, unknown>> = {}, data = table) =>
  runFitted(inverseProbabilityWeighting, data, { ...given, ...parameters });

const relative = (actual: unknown, wanted: number | undefined) => Math.abs(Number(actual) - (wanted ?? NaN)) / Math.abs(wanted ?? NaN);

function expectAgreement(parameters: Readonly<Record<string, unknown>>, expected: Ipw): void {
  const corrected = ipw({ ...parameters, small_sample_correction: true });
  const result = ipw({ ...parameters });
  const known = ipw({ ...parameters, standard_errors: 'known_propensity' });
  expect(relative(result.estimate, expected.estimate)).toBeLessThan(1e-8);
  expect(relative(result.standard_error, expected.se)).toBeLessThan(1e-8);
  expect(relative(known.standard_error, expected.se_known)).toBeLessThan(1e-8);
  expect([corrected.estimate, known.estimate]).toEqual([result.estimate, result.estimate]);
  expect(relative(corrected.standard_error, expected.se_corrected)).toBeLessThan(1e-8);
  expect(relative(corrected.df, expected.df)).toBeLessThan(1e-8);
  expect(result.df).toBeNull();
  expect(relative(result.diagnostics['weighted_mean_treated'], expected.mu1)).toBeLessThan(1e-8);
  expect(relative(result.diagnostics['weighted_mean_control'], expected.mu0)).toBeLessThan(1e-8);
  expect(relative(result.diagnostics['effective_treated'], expected.ess1)).toBeLessThan(1e-8);
  expect(relative(result.diagnostics['effective_control'], expected.ess0)).toBeLessThan(1e-8);
}

describe('agrees with R', () => {
  it.each(['ate', 'att', 'atc'] as const)('on normalised weights for the %s', (estimand) => {
    expectAgreement({ estimand }, reference.hajek[estimand]);
    expect(ipw({ estimand }).estimand).toBe(estimand);
  });

  it.each(['ate', 'att', 'atc'] as const)('on Horvitz-Thompson weights for the %s', (estimand) => {
    expectAgreement({ estimand, weighting: 'horvitz_thompson' }, reference.horvitz_thompson[estimand]);
  });

  it('on overlap weights, which balance every covariate exactly', () => {
    expectAgreement({ weighting: 'overlap' }, reference.hajek.overlap);
    const result = ipw({ weighting: 'overlap' });
    expect(Number(result.diagnostics['max_smd_after'])).toBeLessThan(1e-12);
    expect(result.warnings.join(' ')).toMatch(/could well have been in either arm/);
  });

  it('on the survey package and the stacked equations of another hand', () => {
    const [ate, att, unweighted] = [ipw(), ipw({ estimand: 'att' }), ipw({ weighting: 'horvitz_thompson' })];
    expect(relative(ate.estimate, survey['hajek_ate'])).toBeLessThan(1e-8);
    expect(relative(att.estimate, survey['hajek_att'])).toBeLessThan(1e-8);
    expect(relative(unweighted.estimate, survey['horvitz_thompson_ate'])).toBeLessThan(1e-8);
    expect(relative(ate.diagnostics['weighted_mean_treated'], survey['mu1'])).toBeLessThan(1e-8);
    expect(relative(ate.diagnostics['weighted_mean_control'], survey['mu0'])).toBeLessThan(1e-8);
    expect(relative(ate.standard_error, survey['se_stacked_m_estimation'])).toBeLessThan(1e-8);
    expect(relative(ate.diagnostics['effective_treated'], survey['ess_treated'])).toBeLessThan(1e-8);
    expect(relative(ate.diagnostics['effective_control'], survey['ess_control'])).toBeLessThan(1e-8);
    const known = ipw({ standard_errors: 'known_propensity' }).standard_error!;
    expect(relative(known, survey['se_weights_treated_as_known_HC0'])).toBeLessThan(1e-8);
    expect(relative(known * Math.sqrt(250 / 249), survey['se_svyglm'])).toBeLessThan(1e-8);
  });

  it.each([
    ['bounds', reference.trimmed_bounds],
    ['crump', reference.trimmed_crump],
  ] as const)('after trimming by %s', (trimming, expected) => {
    const parameters = { trimming, trim_lower: expected.low, trim_upper: expected.high };
    expectAgreement(parameters, expected.ipw);
    const result = ipw(parameters);
    const picture = result.picture as OverlapPicture;
    expect(result).toMatchObject({ n_observations: expected.n, n_treated: expected.n_treated, n_control: expected.n - expected.n_treated });
    expect(picture.kept_range?.[0]).toBeCloseTo(expected.low, 10);
    expect(picture.kept_range?.[1]).toBeCloseTo(expected.high, 10);
    expect(result.diagnostics['trimmed_share']).toBeCloseTo(1 - expected.n / 250, 12);
    expect(result.warnings.join(' ')).toMatch(/were trimmed: the estimate is for the rest/);
  });

  it('on how well the score tells the arms apart', () => {
    expect(ipw().diagnostics['c_statistic']).toBeCloseTo(reference.c_statistic, 12);
  });
});

describe('weights', () => {
  it('give back the difference in means, with its standard error, where treatment owes nothing to the covariates', () => {
    const y = [3, 5, 4, 9, 2, 7, 8, 6];
    const t = [1, 1, 1, 1, 0, 0, 0, 0];
    const x = [1, 2, 3, 4, 4, 3, 2, 1];
    const known = { covariate_columns: ['a'], standard_errors: 'known_propensity' };
    const result = ipw(known, tableOf({ y, t, a: x }));
    expect(result.estimate).toBeCloseTo(5.25 - 5.75, 10);
    expect(result.standard_error).toBeCloseTo(Math.sqrt(20.75 / 16 + 20.75 / 16), 10);
    // Corrected, it is what leaving each unit out in turn does: with equal weights the residuals over 1 - 1/4.
    const corrected = ipw({ ...known, small_sample_correction: true }, tableOf({ y, t, a: x }));
    expect(corrected.standard_error).toBeCloseTo((Math.sqrt(20.75 / 16 + 20.75 / 16) * 4) / 3, 10);
    expect(corrected.df).toBeCloseTo(6, 8);
  });

  it('are those of cells where covariates are categories: the estimate is the average of cell differences', () => {
    const shop = ['u', 'u', 'u', 'u', 'u', 'v', 'v', 'v', 'v', 'v'];
    const t = [1, 0, 0, 0, 1, 1, 1, 1, 0, 0];
    const y = [5, 2, 3, 1, 8, 7, 9, 8, 4, 5];
    const data = tableOf({ y, t, shop });
    const differences = { u: 6.5 - 2, v: 8 - 4.5 };
    const cells = (share: number) => share * differences.u + (1 - share) * differences.v;
    expect(ipw({ covariate_columns: ['shop'], estimand: 'ate' }, data).estimate).toBeCloseTo(cells(1 / 2), 10);
    expect(ipw({ covariate_columns: ['shop'], estimand: 'att' }, data).estimate).toBeCloseTo(cells(2 / 5), 10);
    expect(ipw({ covariate_columns: ['shop'], estimand: 'atc' }, data).estimate).toBeCloseTo(cells(3 / 5), 10);
  });

  it('do not mind rows in another order, covariates on another scale, or arms that change names', () => {
    const first = ipw({ estimand: 'att' });
    const scaled = mapColumn(permuteRows(table, 3), 'a', (value) => 1e6 - 250 * value);
    const again = ipw({ estimand: 'att' }, scaled);
    expect(again.estimate).toBeCloseTo(first.estimate, 9);
    expect(again.standard_error).toBeCloseTo(first.standard_error!, 9);
    const flipped = ipw(
      { estimand: 'atc' },
      mapColumn(table, 't', (t) => 1 - t),
    );
    expect(flipped.estimate).toBeCloseTo(-first.estimate, 9);
    expect(flipped.standard_error).toBeCloseTo(first.standard_error!, 9);
  });

  it('that are normalised do not mind where the outcome’s zero is; the others do', () => {
    const moved = mapColumn(table, 'y', (y) => y + 1000);
    expect(ipw({}, moved).estimate).toBeCloseTo(ipw().estimate, 8);
    expect(
      Math.abs(ipw({ weighting: 'horvitz_thompson' }, moved).estimate - ipw({ weighting: 'horvitz_thompson' }).estimate),
    ).toBeGreaterThan(1);
  });

  it('bring covariates into balance, and the picture shows it', () => {
    const result = ipw();
    expect(Number(result.diagnostics['max_smd_before'])).toBeGreaterThan(0.5);
    expect(Number(result.diagnostics['max_smd_after'])).toBeLessThan(0.1);
    const picture = result.picture as OverlapPicture;
    expect(picture.bins.reduce((sum, bin) => sum + bin.treated, 0)).toBe(115);
    expect(picture.bins.reduce((sum, bin) => sum + bin.control, 0)).toBe(135);
    expect(picture.kept_range).toBeNull();
    expect(picture.balance.map((row) => row.covariate)).toEqual(['a', 'b', 'c']);
    expect(isFiniteThroughout(result)).toBe(true);
  });
});

describe('data on which weights fail', () => {
  const line = Array.from({ length: 40 }, (_, i) => i);
  const noise = line.map((i) => (i * 7) % 11);

  it('have no answer when the covariates separate the arms', () => {
    const apart = tableOf({ y: noise, t: line.map((i) => (i < 20 ? 0 : 1)), a: line });
    for (const weighting of ['hajek', 'horvitz_thompson', 'overlap'])
      expect(reasonOf(run(inverseProbabilityWeighting, apart, { ...given, covariate_columns: ['a'], weighting }))).toMatch(
        /no unit has a counterpart/,
      );
  });

  it('have no answer when trimming leaves no arm, and say which scores were kept', () => {
    const estimate = run(inverseProbabilityWeighting, table, { ...given, trimming: 'bounds', trim_lower: 0, trim_upper: 0.03 });
    expect(reasonOf(estimate)).toMatch(/scores from 0\.000 to 0\.030/);
    expect(() => ipw({ trimming: 'bounds', trim_lower: 0.6, trim_upper: 0.4 })).toThrow(InputError);
  });

  it('have no answer when one unit stands for its whole arm', () => {
    const t = line.map((i) => (i === 3 || i >= 38 ? 1 : 0));
    const x = line.map((i) => (i >= 38 ? 10 + i : i === 3 ? 0 : (i % 5) / 10));
    const estimate = run(inverseProbabilityWeighting, tableOf({ y: noise, t, a: x }), { ...given, covariate_columns: ['a'] });
    expect(reasonOf(estimate)).toMatch(/nearly all weight lies on one/);
  });

  it('are warned about when some units have no counterpart, or carry the estimate', () => {
    const t = line.map((i) => (i >= 30 ? 1 : i % 2));
    const partly = ipw({ covariate_columns: ['a'] }, tableOf({ y: noise, t, a: line.map((i) => (i >= 30 ? 1 : 0)) }));
    expect(partly.warnings.join(' ')).toMatch(/settle who is treated/);
    const { uniform, normal } = randomSource(5);
    const a = Array.from({ length: 400 }, normal);
    const steep = tableOf({ y: a.map(() => normal()), t: a.map((value) => (uniform() < logistic(3 * value) ? 1 : 0)), a });
    const heavy = ipw({ covariate_columns: ['a'] }, steep);
    expect(heavy.warnings.join(' ')).toMatch(/carries \d+% of the weight|weights are so unequal/);
    expect(ipw({ covariate_columns: ['a'], trimming: 'crump' }, steep).warnings.join(' ')).not.toMatch(/carries|unequal/);
  });

  it('are refused without covariates', () => {
    expect(() => ipw({ covariate_columns: [] })).toThrow(/at least one covariate/);
  });
});

describe('over many samples', () => {
  /** Treatment and outcome both depend on x and z; the effect is 2 + x. */
  function world(seed: number, n: number) {
    const { uniform, normal } = randomSource(seed);
    const a = Float64Array.from({ length: n }, normal);
    const b = Float64Array.from({ length: n }, () => (uniform() < 0.4 ? 1 : 0));
    const score = a.map((value, i) => logistic(-0.3 + 0.7 * value - 0.8 * b[i]!));
    const t = score.map((e) => (uniform() < e ? 1 : 0));
    const y = a.map((value, i) => 1 + 2 * value - b[i]! + t[i]! * (2 + value) + normal());
    const columns = { y, t, a, b };
    return { rowCount: n, columns: new Map(Object.entries(columns).map(([name, values]) => [name, numberColumn(values)])) };
  }

  const replicate = (parameters: Readonly<Record<string, unknown>>, replications: number) =>
    performance(
      Array.from({ length: replications }, (_, seed) => {
        const { estimate, ci_lower, ci_upper } = ipw({ covariate_columns: ['a', 'b'], ...parameters }, world(seed + 1, 250));
        return { estimate, ci_lower, ci_upper, truth: 2 };
      }),
    );

  it('is unbiased and covers 95%, whereas taking the score as known covers too often', () => {
    const result = replicate({}, 300);
    expect(Math.abs(result.bias)).toBeLessThan(3 * result.biasError);
    expect(Math.abs(result.coverage - 0.95)).toBeLessThan(3 * Math.sqrt((0.95 * 0.05) / 300));
    expect(replicate({ standard_errors: 'known_propensity' }, 150).coverage).toBeGreaterThan(0.98);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../../../src/core/contracts/input-error.ts';
import { interruptedTimeSeries } from '../../../../src/core/measure/interrupted-time-series.ts';
import type { CounterfactualPicture } from '../../../../src/core/measure/method-picture.ts';
import { numbersOf, readReference, readReferenceTable } from './reference-data.ts';
import { isFiniteThroughout, mapColumn, performance, permuteRows, randomSource, reasonOf, run, runFitted, tableOf } from './toy-worlds.ts';

fc.configureGlobal({ seed: 7 });

type Fit = {
  readonly coef: Record<string, number>;
  readonly se: Record<string, number>;
  readonly loglik: number;
  readonly aic: number;
  readonly sigma2: number;
};
const { reference } = readReference<{ reference: Record<string, Fit & Record<string, Record<string, number>>> }>('its');
const table = readReferenceTable('its');
const given = { outcome_column: 'y', time_column: 't', intervention_date: '49' };
const sloped = { ...given, slope_change: true };

const relative = (actual: number | null | undefined, wanted: number) => Math.abs((actual ?? NaN) - wanted) / Math.abs(wanted);

describe('agrees with the reference', () => {
  it('on segmented regression with AR(1) noise', () => {
    const expected = reference['arima100_xreg_ML']!;
    const { coefficients, diagnostics } = runFitted(interruptedTimeSeries, table, sloped);
    const terms = { intercept: 'intercept', trend: 't', level_change: 'post', slope_change: 'tpost' } as const;
    for (const [name, theirs] of Object.entries(terms)) {
      expect(relative(coefficients?.[name]?.estimate, expected.coef[theirs]!)).toBeLessThan(1e-6);
      expect(relative(coefficients?.[name]?.standard_error, expected.se[theirs]!)).toBeLessThan(1e-5);
    }
    expect(relative(diagnostics['log_likelihood'] as number, expected.loglik)).toBeLessThan(1e-10);
    expect(relative(diagnostics['aic'] as number, expected.aic)).toBeLessThan(1e-10);
    expect(relative(diagnostics['sigma2'] as number, expected.sigma2)).toBeLessThan(1e-6);
    expect(relative(diagnostics['ar1'] as number, expected.coef['ar1']!)).toBeLessThan(1e-5);
  });

  it('with a yearly wave', () => {
    const expected = reference['arima100_xreg_fourier_ML']!;
    const { coefficients } = runFitted(interruptedTimeSeries, table, { ...sloped, seasonality: 'fourier', period: 12, harmonics: 1 });
    for (const [name, theirs] of [
      ['level_change', 'post'],
      ['sine_1', 's'],
      ['cosine_1', 'c'],
    ] as const) {
      expect(relative(coefficients?.[name]?.estimate, expected.coef[theirs]!)).toBeLessThan(1e-6);
      expect(relative(coefficients?.[name]?.standard_error, expected.se[theirs]!)).toBeLessThan(1e-5);
    }
  });

  it('with Newey-West standard errors', () => {
    const expected = reference['segmented_ols']!;
    for (const [correction, name] of [
      [true, 'NW_lag6_adj'],
      [false, 'NW_lag6_noadj'],
    ] as const) {
      const result = runFitted(interruptedTimeSeries, table, {
        ...sloped,
        standard_errors: 'newey_west',
        newey_west_lag: 6,
        small_sample_correction: correction,
      });
      expect(relative(result.coefficients?.['level_change']?.estimate, expected.coef['post']!)).toBeLessThan(1e-8);
      expect(relative(result.coefficients?.['level_change']?.standard_error, expected[name]!['post']!)).toBeLessThan(1e-8);
      expect(result.df).toBe(68);
    }
    expect(runFitted(interruptedTimeSeries, table, { ...given, standard_errors: 'newey_west' }).diagnostics['newey_west_lag']).toBe(3);
  });

  it('always keeps a constant, without which the effect would be the mean afterwards', () => {
    const lifted = mapColumn(table, 'y', (y) => y + 20_000);
    expect(runFitted(interruptedTimeSeries, lifted, given).estimate).toBeCloseTo(
      runFitted(interruptedTimeSeries, table, given).estimate,
      6,
    );
  });
});

describe('the effect', () => {
  it('is the level change without a change of slope, and the average of both with it', () => {
    const level = runFitted(interruptedTimeSeries, table, given);
    expect(level.estimate).toBe(level.coefficients?.['level_change']?.estimate);
    expect(level.standard_error).toBeCloseTo(level.coefficients!['level_change']!.standard_error, 12);
    const both = runFitted(interruptedTimeSeries, table, sloped);
    const { level_change: post, slope_change: tpost } = both.coefficients!;
    expect(both.estimate).toBeCloseTo(post!.estimate + 12.5 * tpost!.estimate, 10);
    expect(both.diagnostics['level_change_at_start']).toBeCloseTo(post!.estimate + tpost!.estimate, 10);
  });

  it('has the standard error of the same model written another way', () => {
    // With tpost centred on its mean after the intervention, the average effect is itself a coefficient.
    const centred = (t: number) => (t >= 49 ? t - 48 - 12.5 : 0);
    const both = runFitted(interruptedTimeSeries, table, {
      ...sloped,
      standard_errors: 'newey_west',
      newey_west_lag: 0,
      small_sample_correction: false,
    });
    const x = Array.from({ length: 72 }, (_, i) => [1, i + 1, i >= 48 ? 1 : 0, centred(i + 1)]);
    const y = numbersOf(table, 'y');
    const gram = x[0]!.map((_, a) => x[0]!.map((__, b) => x.reduce((sum, row) => sum + row[a]! * row[b]!, 0)));
    const inverse = invert(gram);
    const beta = inverse.map((row) =>
      row.reduce((sum, value, b) => sum + value * x.reduce((total, line, i) => total + line[b]! * y[i]!, 0), 0),
    );
    const meat = x.map(
      (row, i) =>
        inverse[2]!.reduce((sum, value, b) => sum + value * row[b]!, 0) *
        (y[i]! - row.reduce((sum, value, b) => sum + value * beta[b]!, 0)),
    );
    expect(both.estimate).toBeCloseTo(beta[2]!, 8);
    expect(both.standard_error).toBeCloseTo(Math.sqrt(meat.reduce((sum, value) => sum + value * value, 0)), 8);
  });

  it('is told from a shock by differences, where the noise is a random walk', () => {
    const { normal } = randomSource(8);
    let level = 50;
    const y = Array.from({ length: 120 }, (_, t) => (level += normal()) + (t >= 80 ? 10 : 0));
    const series = tableOf({ y, t: y.map((_, t) => t) });
    const differenced = runFitted(interruptedTimeSeries, series, { ...given, intervention_date: '80', order: [0, 1, 0], trend: false });
    // A random walk shows the level change in one step.
    expect(differenced.estimate).toBeCloseTo(y[80]! - y[79]!, 8);
    expect(isFiniteThroughout(differenced)).toBe(true);
    const undifferenced = runFitted(interruptedTimeSeries, series, { ...given, intervention_date: '80', trend: false });
    expect(undifferenced.warnings.join(' ')).toMatch(/cannot be told from a random walk/);
  });
});

describe('the counterfactual', () => {
  it('is the fit before, and the fit less the change after; the band widens away from the data', () => {
    const result = runFitted(interruptedTimeSeries, table, sloped);
    const picture = result.picture as CounterfactualPicture;
    const { level_change: post, slope_change: tpost } = result.coefficients!;
    expect(picture.intervention_index).toBe(48);
    expect(picture.times[0]).toBe('1');
    picture.fitted.forEach((value, t) => {
      const change = t < 48 ? 0 : post!.estimate + (t - 47) * tpost!.estimate;
      expect(picture.counterfactual[t]).toBeCloseTo(value - change, 10);
      expect(picture.lower[t]! < picture.counterfactual[t]! && picture.counterfactual[t]! < picture.upper[t]!).toBe(true);
    });
    const width = (t: number) => picture.upper[t]! - picture.lower[t]!;
    expect(width(71)).toBeGreaterThan(width(48));
    expect(width(48)).toBeGreaterThan(width(24));
    const missed = picture.observed.slice(48).map((value, t) => value - picture.counterfactual[48 + t]!);
    expect(missed.reduce((sum, value) => sum + value, 0) / 24).toBeCloseTo(result.estimate, 0);
  });

  it('is the observation less the change when the series is differenced', () => {
    const result = runFitted(interruptedTimeSeries, table, { ...given, order: [0, 1, 1] });
    const picture = result.picture as CounterfactualPicture;
    picture.observed.slice(48).forEach((value, t) => expect(picture.counterfactual[48 + t]).toBeCloseTo(value - result.estimate, 10));
    expect(picture.upper[60]! - picture.counterfactual[60]!).toBeCloseTo(result.ci_upper - result.estimate, 8);
    expect(picture.fitted).toHaveLength(72);
  });
});

describe('reading the series', () => {
  it('takes dependent_variable for the outcome, and asks for one of them', () => {
    const { outcome_column: _, ...rest } = given;
    const expected = runFitted(interruptedTimeSeries, table, given).estimate;
    expect(runFitted(interruptedTimeSeries, table, { ...rest, dependent_variable: 'y' }).estimate).toBe(expected);
    expect(runFitted(interruptedTimeSeries, table, { ...given, outcome_column: 't', dependent_variable: 'y' }).estimate).toBe(expected);
    expect(() => run(interruptedTimeSeries, table, rest)).toThrow(/outcome_column.*dependent_variable/);
    expect(() => run(interruptedTimeSeries, table, { ...rest, dependent_variable: 'z' })).toThrow(/dependent_variable.*no column 'z'/);
    expect(() => run(interruptedTimeSeries, table, { ...given, intervention_date: null })).toThrow(InputError);
  });

  it('refuses two rows for one time', () => {
    expect(() => run(interruptedTimeSeries, tableOf({ y: [1, 2], t: [3, 3] }), given)).toThrow(/more than one row for 3/);
  });

  it('warns of missing rows and of gaps between dates', () => {
    const dates = Array.from({ length: 72 }, (_, t) => new Date(Date.UTC(2024, 0, 1 + t + (t > 30 ? 2 : 0))).toISOString().slice(0, 10));
    const columns = new Map([...mapColumn(table, 'y', (y, row) => (row === 5 ? NaN : y)).columns, ...tableOf({ date: dates }).columns]);
    const result = runFitted(
      interruptedTimeSeries,
      { rowCount: 72, columns },
      { ...given, time_column: 'date', intervention_date: '2024-02-20', seasonality: 'weekday' },
    );
    expect(result.warnings.join(' ')).toMatch(/1 of 72 rows.*3 periods are missing/);
    expect(result.coefficients).toHaveProperty('Sunday');
    expect(result.n_control).toBe(47);
  });

  it('counts months written as dates one by one', () => {
    const dates = Array.from({ length: 72 }, (_, t) => `${2018 + Math.floor(t / 12)}-${String((t % 12) + 1).padStart(2, '0')}-01`);
    const dated = { rowCount: 72, columns: new Map([...table.columns, ...tableOf({ date: dates }).columns]) };
    const result = runFitted(interruptedTimeSeries, dated, { ...sloped, time_column: 'date', intervention_date: '2022-01-01' });
    expect(result.estimate).toBe(runFitted(interruptedTimeSeries, table, sloped).estimate);
    expect(result.warnings.join(' ')).not.toMatch(/missing/);
  });
});

describe('degenerate data', () => {
  const line = Array.from({ length: 40 }, (_, t) => t);
  const noisy = line.map((t) => ((t * 7) % 11) + ((t * t) % 5));
  it.each([
    ['there are few periods before', tableOf({ y: noisy, t: line }), { intervention_date: '5' }, /5 periods before/],
    ['there are few periods after', tableOf({ y: noisy, t: line }), { intervention_date: '39' }, /1 periods after/],
    ['the intervention never came', tableOf({ y: noisy, t: line }), { intervention_date: '100' }, /0 periods after/],
    ['the outcome is constant', tableOf({ y: line.map(() => 0.1), t: line }), { intervention_date: '20' }, /same at all times/],
    ['there are no rows', tableOf({ y: [], t: [] }), { intervention_date: '20' }, /No row/],
    ['the outcome is a straight line', tableOf({ y: line.map((t) => 3 * t + 1), t: line }), { intervention_date: '20' }, /without error/],
    [
      'there are too many parameters',
      tableOf({ y: noisy.slice(0, 12), t: line.slice(0, 12) }),
      { intervention_date: '9', order: [5, 0, 2] },
      /too few for 10 parameters/,
    ],
  ])('is a result when %s', (_, data, parameters, reason) => {
    const result = run(interruptedTimeSeries, data, { ...given, ...parameters });
    expect(reasonOf(result)).toMatch(reason);
    expect(isFiniteThroughout(result)).toBe(true);
  });

  it('stays finite on hard series and numbers near the end of the range', () => {
    const { normal } = randomSource(9);
    let level = 0;
    const walk = line.map(() => (level += normal()));
    const alternating = line.map((t) => (t % 2 === 0 ? 1 : -1) + 1e-6 * normal());
    const step = line.map((t) => (t >= 20 ? 5 : 1) + 1e-9 * normal());
    const spike = line.map((t) => (t === 25 ? 1000 : 0));
    for (const y of [walk, alternating, step, spike]) {
      for (const order of [
        [1, 0, 0],
        [2, 0, 1],
        [0, 1, 1],
      ]) {
        for (const standard_errors of ['maximum_likelihood', 'newey_west']) {
          expect(
            isFiniteThroughout(
              run(interruptedTimeSeries, tableOf({ y, t: line }), { ...given, intervention_date: '20', order, standard_errors }),
            ),
          ).toBe(true);
        }
      }
    }
    for (const size of [1e200, 1e-200, 1e12])
      expect(
        isFiniteThroughout(
          run(
            interruptedTimeSeries,
            mapColumn(table, 'y', (y) => y * size),
            given,
          ),
        ),
      ).toBe(true);
  });
});

describe('invariance', () => {
  it('does not depend on the order of the rows', () => {
    const base = runFitted(interruptedTimeSeries, table, sloped);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        expect(runFitted(interruptedTimeSeries, permuteRows(table, seed), sloped)).toEqual(base);
      }),
      { numRuns: 5 },
    );
  });

  it('moves with the outcome; a line or a level added before and after changes nothing', () => {
    const base = runFitted(interruptedTimeSeries, table, sloped);
    fc.assert(
      fc.property(fc.integer({ min: -1000, max: 1000 }), fc.constantFrom(-3, 0.01, 200), (shift, scale) => {
        const result = runFitted(
          interruptedTimeSeries,
          mapColumn(table, 'y', (y, row) => scale * y + shift + 0.01 * shift * row),
          sloped,
        );
        expect(relative(result.estimate, scale * base.estimate)).toBeLessThan(1e-5);
        expect(relative(result.standard_error, Math.abs(scale) * base.standard_error!)).toBeLessThan(1e-5);
      }),
      { numRuns: 20 },
    );
  });

  it('gives the same bits twice and survives structured clone', () => {
    const base = runFitted(interruptedTimeSeries, table, { ...sloped, order: [1, 0, 1] });
    expect(runFitted(interruptedTimeSeries, table, { ...sloped, order: [1, 0, 1] })).toEqual(base);
    expect(structuredClone(base)).toEqual(base);
    expect(isFiniteThroughout(base)).toBe(true);
  });
});

describe('in a world with correlated noise', () => {
  const cases = [
    [0, 120, 60, 'maximum_likelihood'],
    [0.5, 120, 60, 'maximum_likelihood'],
    [0.4, 40, 20, 'restricted_likelihood'],
    [0, 40, 20, 'newey_west'],
  ] as const;
  it.each(cases)('is unbiased and covers: ar1 %d, %i periods and %i, %s', { timeout: 60_000 }, (phi, nPre, nPost, standardErrors) => {
    const replications = 200;
    const results = Array.from({ length: replications }, (_, r) => {
      const { normal } = randomSource(3000 + r);
      let noise = normal() / Math.sqrt(1 - phi * phi);
      const y = Array.from({ length: nPre + nPost }, (__, t) => {
        if (t > 0) noise = phi * noise + normal();
        return 100 + 0.05 * t + noise + (t >= nPre ? 2 : 0);
      });
      const parameters = { ...given, intervention_date: String(nPre), standard_errors: standardErrors };
      return { ...runFitted(interruptedTimeSeries, tableOf({ y, t: y.map((_value, t) => t) }), parameters), truth: 2 };
    });
    const { bias, biasError, coverage } = performance(results);
    expect(Math.abs(bias)).toBeLessThan(4 * biasError);
    expect(Math.abs(coverage - 0.95)).toBeLessThan(4 * Math.sqrt((0.95 * 0.05) / replications));
  });
});

function invert(matrix: readonly (readonly number[])[]): number[][] {
  const n = matrix.length;
  const work = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  for (let c = 0; c < n; c += 1) {
    const pivot = work[c]![c]!;
    work[c] = work[c]!.map((value) => value / pivot);
    for (let r = 0; r < n; r += 1) {
      const factor = work[r]![c]!;
      if (r !== c) work[r] = work[r]!.map((value, j) => value - factor * work[c]![j]!);
    }
  }
  return work.map((row) => row.slice(n));
}

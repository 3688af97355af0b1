import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../../../src/core/contracts/input-error.ts';
import type { Estimate } from '../../../../src/core/measure/estimator.ts';
import { beforeAfter } from '../../../../src/core/measure/before-after.ts';
import { doublyRobust } from '../../../../src/core/measure/doubly-robust.ts';
import { inverseProbabilityWeighting } from '../../../../src/core/measure/inverse-probability-weighting.ts';
import { metricsApproximation } from '../../../../src/core/measure/metrics-approximation.ts';
import { categoryColumn, numberColumn, type DataTable } from '../../../../src/core/numeric/columns.ts';
import { isFiniteThroughout, run } from './toy-worlds.ts';

fc.configureGlobal({ seed: 7 });

/** Ordinary numbers, counts with many ties, missing values, and now and then the ends of the range. */
const number = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: -100, max: 100, noNaN: true }) },
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 3 }) },
  { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, 1e308, -1e308, 1e-308, 0) },
);
const label = fc.constantFrom('a', 'b', 'c', null);

const table = fc.integer({ min: 0, max: 40 }).chain((n) => {
  const numbers = fc.array(number, { minLength: n, maxLength: n }).map((values) => numberColumn(Float64Array.from(values)));
  const arms = fc
    .array(fc.constantFrom(0, 0, 1, 1, NaN), { minLength: n, maxLength: n })
    .map((values) => numberColumn(Float64Array.from(values)));
  const labels = fc.array(label, { minLength: n, maxLength: n }).map(categoryColumn);
  return fc.record({ y: numbers, t: arms, x: numbers, z: numbers, shop: labels }).map((columns): DataTable => ({
    rowCount: n,
    columns: new Map([
      ...Object.entries(columns),
      ['time', numberColumn(Float64Array.from({ length: n }, (_, i) => i))],
      ['unit', categoryColumn(Array.from({ length: n }, (_, i) => `u${i % 5}`))],
      ['period', numberColumn(Float64Array.from({ length: n }, (_, i) => Math.floor(i / 5)))],
    ]),
  }));
});

/** A whole result, or a complaint about the input; never an exception of another kind, never a number that is not one. */
function expectSound(estimate: () => Estimate): void {
  let result: Estimate;
  try {
    result = estimate();
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return;
  }
  expect(isFiniteThroughout(result)).toBe(true);
  expect(structuredClone(result)).toEqual(result);
  expect(estimate()).toEqual(result);
  if (result.status === 'degenerate') {
    expect(result.reason.length).toBeGreaterThan(20);
    return;
  }
  expect(result.ci_lower <= result.estimate && result.estimate <= result.ci_upper).toBe(true);
  expect(result.p_value).toBeGreaterThan(0);
  expect(result.p_value).toBeLessThanOrEqual(1);
  expect(typeof result.diagnostics['r_squared']).toBe('number');
}

describe('any data at all', () => {
  const columns = { outcome_column: 'y', treatment_column: 't' };
  const overlap = {
    covariate_columns: fc.constantFrom(['x'], ['x', 'z'], ['shop'], ['x', 'z', 'shop']),
    estimand: fc.constantFrom('att', 'atc', 'ate'),
    trimming: fc.constantFrom('none', 'none', 'bounds', 'crump'),
    small_sample_correction: fc.boolean(),
  };

  it('inverse probability weighting', () => {
    const choice = fc.record({
      ...overlap,
      weighting: fc.constantFrom('hajek', 'horvitz_thompson', 'overlap'),
      standard_errors: fc.constantFrom('estimated_propensity', 'known_propensity'),
    });
    fc.assert(
      fc.property(table, choice, (data, given) => expectSound(() => run(inverseProbabilityWeighting, data, { ...columns, ...given }))),
      { numRuns: 80 },
    );
  });

  it('doubly robust', () => {
    const choice = fc.record({
      ...overlap,
      models: fc.constantFrom('both', 'outcome_only'),
      cross_fitting_folds: fc.constantFrom(1, 1, 2, 5),
    });
    fc.assert(
      fc.property(table, choice, (data, given) => expectSound(() => run(doublyRobust, data, { ...columns, ...given }))),
      { numRuns: 80 },
    );
  });

  it('before and after', () => {
    const choice = fc.record({
      intervention_date: fc.constantFrom('0', '1', '12', '20', '35', 'May'),
      standard_errors: fc.constantFrom('welch', 'newey_west'),
      newey_west_lag: fc.constantFrom(null, 0, 5, 1000),
    });
    const series = { outcome_column: 'y', time_column: 'time' };
    fc.assert(
      fc.property(table, choice, (data, given) => expectSound(() => run(beforeAfter, data, { ...series, ...given }))),
      { numRuns: 80 },
    );
  });

  it('metrics approximation', () => {
    const choice = fc.record({
      response: fc.constantFrom('proportional', 'linear', 'michaelis_menten', 'exponential_saturation', 'constant_elasticity'),
      coefficient: fc.constantFrom(null, 0, -2, 0.3, 1e6),
      coefficient_standard_error: fc.constantFrom(null, 0, 0.1, 1e6),
      interval: fc.constantFrom('delta', 'delta', 'bootstrap'),
      outcome_column: fc.constantFrom(null, 'y'),
    });
    const names = {
      treatment_column: 't',
      metric_before_column: 'x',
      metric_after_column: 'z',
      baseline_column: 'y',
      bootstrap_draws: 200,
    };
    fc.assert(
      fc.property(table, choice, (data, given) => expectSound(() => run(metricsApproximation, data, { ...names, ...given }))),
      { numRuns: 80 },
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../../../src/core/contracts/input-error.ts';
import type { Estimate } from '../../../../src/core/measure/estimator.ts';
import { interruptedTimeSeries } from '../../../../src/core/measure/interrupted-time-series.ts';
import { nearestNeighbourMatching } from '../../../../src/core/measure/nearest-neighbour-matching.ts';
import { subclassification } from '../../../../src/core/measure/subclassification.ts';
import { syntheticControl } from '../../../../src/core/measure/synthetic-control.ts';
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

  it('subclassification', () => {
    const choice = fc.record({
      covariate_columns: fc.constantFrom(['x'], ['x', 'z'], ['shop'], ['x', 'z', 'shop']),
      strata_on: fc.constantFrom('propensity', 'covariates'),
      estimand: fc.constantFrom('att', 'atc', 'ate'),
      n_strata: fc.integer({ min: 2, max: 6 }),
    });
    fc.assert(
      fc.property(table, choice, (data, given) => expectSound(() => run(subclassification, data, { ...columns, ...given }))),
      { numRuns: 300 },
    );
  });

  it('matching', () => {
    const choice = fc.record({
      covariate_columns: fc.constantFrom(['x'], ['x', 'z'], ['shop'], ['x', 'z', 'shop']),
      distance: fc.constantFrom('mahalanobis', 'euclidean', 'propensity'),
      estimand: fc.constantFrom('att', 'atc', 'ate'),
      ratio: fc.integer({ min: 1, max: 4 }),
      replace: fc.boolean(),
      caliper: fc.constantFrom(null, 0, 0.5, 2),
      bias_adjustment: fc.boolean(),
      variance_neighbours: fc.integer({ min: 0, max: 3 }),
    });
    fc.assert(
      fc.property(table, choice, (data, given) => expectSound(() => run(nearestNeighbourMatching, data, { ...columns, ...given }))),
      { numRuns: 400 },
    );
  });

  it('synthetic control', () => {
    const choice = fc.record({
      treated_unit: fc.constantFrom('u0', 'u3', null),
      treatment_time: fc.constantFrom('3', '0', '100', null),
      treatment_column: fc.constantFrom('t', null),
    });
    const panel = { outcome_column: 'y', unit_column: 'unit', time_column: 'period' };
    fc.assert(
      fc.property(table, choice, (data, given) => expectSound(() => run(syntheticControl, data, { ...panel, ...given }))),
      { numRuns: 300 },
    );
  });

  it('interrupted time series', { timeout: 120_000 }, () => {
    const choice = fc.record({
      intervention_date: fc.constantFrom('0', '12', '20', '35'),
      order: fc.constantFrom([1, 0, 0], [0, 0, 0], [2, 0, 0], [0, 1, 1], [1, 0, 1]),
      trend: fc.boolean(),
      slope_change: fc.boolean(),
      seasonality: fc.constantFrom('none', 'fourier', 'weekday'),
      standard_errors: fc.constantFrom('maximum_likelihood', 'restricted_likelihood', 'newey_west'),
    });
    const series = { outcome_column: 'y', time_column: 'time' };
    fc.assert(
      fc.property(table, choice, (data, given) => expectSound(() => run(interruptedTimeSeries, data, { ...series, ...given }))),
      { numRuns: 150 },
    );
  });
});

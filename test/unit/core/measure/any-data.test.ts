import fc from 'fast-check';
import { describe, it } from 'vitest';
import { interruptedTimeSeries } from '../../../../src/core/measure/interrupted-time-series.ts';
import { nearestNeighbourMatching } from '../../../../src/core/measure/nearest-neighbour-matching.ts';
import { subclassification } from '../../../../src/core/measure/subclassification.ts';
import { syntheticControl } from '../../../../src/core/measure/synthetic-control.ts';
import { anyTable as table, expectSound } from './any-table.ts';
import { run } from './toy-worlds.ts';

fc.configureGlobal({ seed: 7 });

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

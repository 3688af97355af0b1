import fc from 'fast-check';
import { describe, it } from 'vitest';
import { beforeAfter } from '../../../../src/core/measure/before-after.ts';
import { doublyRobust } from '../../../../src/core/measure/doubly-robust.ts';
import { inverseProbabilityWeighting } from '../../../../src/core/measure/inverse-probability-weighting.ts';
import { metricsApproximation } from '../../../../src/core/measure/metrics-approximation.ts';
import { anyTable as table, expectSound } from './any-table.ts';
import { run } from './toy-worlds.ts';

fc.configureGlobal({ seed: 7 });

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

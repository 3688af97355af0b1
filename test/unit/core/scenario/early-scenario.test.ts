import { expect, it } from 'vitest';
import { requireScenario } from '../../../../src/core/scenario/parse-scenario.ts';
import early from '../../../reference/early-scenario.json' with { type: 'json' };

/** A scenario from before the fields named here were there means the same as one that leaves them at what did not exist then. */
it('a scenario from before later fields were there still says what it said', () => {
  const scenario = requireScenario(early);
  expect(scenario).toMatchObject({
    seed: '42',
    budget: 100_000,
    scale_sample_size: 5000,
    confidence_level: 0.95,
    min_confidence_threshold: 0,
    min_portfolio_worst_return: null,
    decision_rule: { id: 'minimax_regret' },
    return_correction: { id: 'none' },
    benchmark: 'budget-only',
    constraints: { required: [], excluded: [], exclusive: [], prerequisites: [], at_most: null, category_caps: [] },
    what_if: [],
    currency: 'USD',
  });
  const [simulated, stated] = scenario.initiatives;
  expect(simulated).toMatchObject({
    ...early.initiatives[0],
    category: '',
    divisible: false,
    effect_at_scale: 1,
    catalog: { granularity: 'day' },
    demand: { product_variation: 0, shock_deviation: 0, unit_variation: 0, one_off_size: 0, appeal_variation: 0 },
    flaws: [],
    comparisons: [],
  });
  expect(stated).toMatchObject({ ...early.initiatives[1], description: '', category: '', divisible: false });
});

it('a scenario of a later version, or with a field that nobody knows, is refused by name', () => {
  expect(() => requireScenario({ ...early, version: 2 })).toThrow(/version: must be 1, the version this page reads/);
  expect(() => requireScenario({ ...early, transport: 1 })).toThrow(/transport: is not a known name/);
});

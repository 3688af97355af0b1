import { describe, expect, it } from 'vitest';
import type { Measurement } from '../../../../src/core/contracts/run.ts';
import { measureInitiative } from '../../../../src/core/measure-initiative.ts';
import { parseScenario } from '../../../../src/core/scenario/parse-scenario.ts';
import { findPreset, presets } from '../../../../src/core/scenario/presets/index.ts';
import { definePreset } from '../../../../src/core/scenario/presets/preset.ts';
import type { Choice, SimulatedInitiative } from '../../../../src/core/scenario/scenario.ts';
import { replicate } from '../../../../src/core/study/replicate.ts';
import { defaultSettings } from '../../../../src/core/study/study-plan.ts';
import { simulatePilot } from '../../../../src/core/simulate/simulate.ts';
import { summarise } from '../simulate/toy-world.ts';

function initiativeOf(preset: string, id: string): SimulatedInitiative {
  const initiative = findPreset(preset)?.scenario.initiatives.find(({ initiative_id }) => initiative_id === id);
  if (initiative?.source !== 'simulated') throw new Error(`no simulated initiative ${id} in ${preset}`);
  return initiative;
}

const measured = new Map<string, Measurement>();

function measure(preset: string, id: string, replication: number, method: Choice = initiativeOf(preset, id).method): Measurement {
  const key = JSON.stringify([preset, id, replication, method]);
  const known = measured.get(key) ?? measureAnew(preset, id, replication, method);
  measured.set(key, known);
  return known;
}

function measureAnew(preset: string, id: string, replication: number, method: Choice): Measurement {
  const { scenario } = findPreset(preset)!;
  const world = initiativeOf(preset, id);
  const { seed, confidence_level } = scenario;
  return measureInitiative({
    stage: 'pilot',
    seed,
    replication,
    confidence_level,
    n_products: world.catalog.n_products,
    world: { ...world, method },
  });
}

/** Over replications of a pilot: the method's answer, the naive one and what was true of the products drawn. */
function answers(preset: string, id: string, replications: number): Answers {
  return compared(preset, id, replications, [initiativeOf(preset, id).method])[0]!;
}

/** The same for several methods, each on the same pilots. */
function compared(preset: string, id: string, replications: number, methods: readonly Choice[]): Answers[] {
  const rows = methods.map(() => [] as Row[]);
  for (let replication = 0; replication < replications; replication += 1) {
    methods.forEach((method, k) => {
      const { result, naive, truth } = measure(preset, id, replication, method);
      if (result.status !== 'ok') throw new Error(result.reason);
      rows[k]!.push({
        estimate: result.effect_estimate,
        p: result.p_value,
        naive: naive?.estimate ?? NaN,
        width: result.ci_upper - result.ci_lower,
        expected: truth.population[result.estimand]!,
        actual: truth.sample[result.estimand] ?? truth.population[result.estimand]!,
      });
    });
  }
  return rows.map((of) => {
    const mean = (value: (row: Row) => number) => summarise(of.map(value));
    return {
      rows: of,
      expected: of[0]!.expected,
      estimate: mean((row) => row.estimate),
      error: mean((row) => row.estimate - row.actual),
      naive: mean((row) => row.naive),
      naiveError: mean((row) => row.naive - row.actual),
      width: mean((row) => row.width),
    };
  });
}

type Row = Readonly<Record<'estimate' | 'p' | 'naive' | 'width' | 'expected' | 'actual', number>>;
type Answers = Readonly<Record<'estimate' | 'error' | 'naive' | 'naiveError' | 'width', Mean>> & {
  readonly rows: readonly Row[];
  readonly expected: number;
};
type Mean = ReturnType<typeof summarise>;
const z = ({ mean, standardError }: Mean) => mean / standardError;
const isRight = (error: Mean) => expect(Math.abs(z(error))).toBeLessThan(4);

describe('presets', () => {
  it.each(presets.map((preset) => [preset.id, preset] as const))(
    '%s is a scenario that can be opened, and says what it is about',
    (id, preset) => {
      expect(parseScenario(preset.scenario)).toEqual({ ok: true, value: preset.scenario });
      expect(preset.scenario).toBe(preset.scenario);
      expect(preset.scenario.title).toBe(preset.title);
      expect(preset.summary).toMatch(/^[A-Z].{80,400}\.$/);
      expect(findPreset(id)).toBe(preset);
      expect(presets.filter((other) => other.id === id || other.title === preset.title)).toEqual([preset]);
    },
  );

  it.each(presets.slice(3).map((preset) => [preset.id, preset] as const))(
    '%s is small, lays methods side by side, and each of them has an answer',
    (id, { scenario }) => {
      expect(scenario.initiatives.length).toBeLessThanOrEqual(3);
      let productDays = 0;
      for (const initiative of scenario.initiatives) {
        if (initiative.source !== 'simulated') throw new Error('a lesson knows its truth');
        const { n_products, pre_periods, post_periods, granularity } = initiative.catalog;
        productDays += Math.max(n_products, scenario.scale_sample_size) * (pre_periods + post_periods) * (granularity === 'week' ? 7 : 1);
        expect(initiative.comparisons.length).toBeGreaterThan(0);
        for (const method of [initiative.method, ...initiative.comparisons])
          expect([id, method.id, measure(id, initiative.initiative_id, 0, method).result.status]).toEqual([id, method.id, 'ok']);
      }
      expect(productDays).toBeLessThan(400_000);
    },
  );

  it('are checked when they are opened, and not before', () => {
    const broken = definePreset({ id: 'broken', title: 'Broken', summary: '', scenario: { seed: '1', budget: -1, initiatives: [] } });
    expect(broken.title).toBe('Broken');
    expect(() => broken.scenario).toThrow(/budget/);
  });
});

describe('winners-curse', () => {
  it('promises more than it keeps, most of all where two comparisons flatter themselves, and a penalty on doubt pays', () => {
    const { scenario } = findPreset('winners-curse')!;
    const plan = { scenario, settings: { ...defaultSettings, extent: 'decision' as const }, replications: 40 };
    const decisions = Array.from({ length: 40 }, (_, replication) => replicate(plan, replication, { solver: null }).decisions);
    const of = (arm: string) => decisions.map((arms) => arms.find(({ arm: id }) => id === arm)!);
    expect(z(summarise(of('own').map(({ predicted_return, true_return }) => predicted_return - true_return!)))).toBeGreaterThan(4);
    const saved = of('penalty:none').map(({ realised_regret }, i) => realised_regret! - of('own')[i]!.realised_regret!);
    expect(z(summarise(saved))).toBeGreaterThan(2);
  });
});

describe('clean-randomised', () => {
  it('has a naive difference that is right, and a method that is right with a narrower interval', () => {
    const { method, comparisons } = initiativeOf('clean-randomised', 'new-descriptions');
    const [adjusted, naive] = compared('clean-randomised', 'new-descriptions', 8, [method, ...comparisons]);
    isRight(adjusted!.error);
    isRight(naive!.error);
    expect(adjusted!.width.mean).toBeLessThan(0.9 * naive!.width.mean);
  });
});

describe('a-a-test', () => {
  it('has no effect to find, and p values that wander evenly between 0 and 1', () => {
    const { rows, expected, error } = answers('a-a-test', 'same-page-by-lot', 40);
    expect(expected).toBe(0);
    isRight(error);
    const deviation = Math.sqrt(1 / 12 / rows.length);
    expect(Math.abs(summarise(rows.map(({ p }) => p)).mean - 0.5)).toBeLessThan(4 * deviation);
    expect(rows.filter(({ p }) => p < 0.05).length).toBeLessThan(40 * 0.05 + 4 * Math.sqrt(40 * 0.05 * 0.95));
  });
});

describe('tiny-sample', () => {
  it('has two experiments that are right on average, of which the small one often gets the sign wrong', () => {
    const small = answers('tiny-sample', 'reviews-on-forty', 30);
    const large = answers('tiny-sample', 'reviews-on-two-thousand', 6);
    isRight(small.error);
    isRight(large.error);
    expect(small.expected).toBe(large.expected);
    expect(small.rows.filter(({ estimate }) => estimate < 0).length).toBeGreaterThanOrEqual(6);
    expect(large.rows.filter(({ estimate }) => estimate < 0).length).toBe(0);
    expect(small.width.mean).toBeGreaterThan(5 * large.width.mean);
  });
});

describe('lowest-quality-first', () => {
  it('has a naive difference of the wrong sign, which the comparison over time puts right', () => {
    const { method, comparisons } = initiativeOf('lowest-quality-first', 'mend-weak-listings');
    const [overTime, naive, believed] = compared('lowest-quality-first', 'mend-weak-listings', 6, [method, ...comparisons]);
    expect(overTime!.expected).toBeGreaterThan(0);
    expect(z(naive!.estimate)).toBeLessThan(-4);
    for (const { error, estimate } of [overTime!, believed!]) {
      isRight(error);
      expect(estimate.mean).toBeGreaterThan(0);
    }
  });
});

describe('unobserved-confounder', () => {
  it('promises several times its cost after all adjustment, and does not earn it back; over time the answer is near', () => {
    const { cost_to_scale: cost, units_at_scale: units } = initiativeOf('unobserved-confounder', 'featured-products');
    const { method, comparisons } = initiativeOf('unobserved-confounder', 'featured-products');
    const [adjusted, naive, weighted, overTime] = compared('unobserved-confounder', 'featured-products', 6, [method, ...comparisons]);
    expect(adjusted!.expected * units).toBeLessThan(cost);
    expect((adjusted!.estimate.mean - 4 * adjusted!.estimate.standardError) * units).toBeGreaterThan(3 * cost);
    for (const { error } of [naive!, weighted!]) expect(z(error)).toBeGreaterThan(4);
    isRight(overTime!.error);
  });
});

describe('threshold-rule', () => {
  it('has a naive difference that is too low, and a jump at the line that is right', () => {
    const { error, naiveError } = answers('threshold-rule', 'rewrite-below-line', 6);
    expect(z(naiveError)).toBeLessThan(-4);
    isRight(error);
  });
});

describe('coincident-shock', () => {
  it('fools whoever compares with before, and not who compares with the other half', () => {
    const forAll = answers('coincident-shock', 'basket-page-for-all', 6);
    expect(forAll.expected).toBe(0);
    expect(z(forAll.estimate)).toBeGreaterThan(4);
    const { method, comparisons } = initiativeOf('coincident-shock', 'basket-page-for-half');
    const [forHalf, naive, beforeAfter] = compared('coincident-shock', 'basket-page-for-half', 8, [method, ...comparisons]);
    expect(z(beforeAfter!.estimate)).toBeGreaterThan(4);
    isRight(forHalf!.error);
    isRight(naive!.error);
  });
});

describe('differential-attrition', () => {
  it('turns nothing into a gain where treated products get lost, also after adjustment, and not where all are followed', () => {
    const { method, comparisons } = initiativeOf('differential-attrition', 'size-guide-with-losses');
    for (const losing of compared('differential-attrition', 'size-guide-with-losses', 8, [method, ...comparisons])) {
      expect(losing.expected).toBe(0);
      expect(z(losing.estimate)).toBeGreaterThan(4);
    }
    isRight(answers('differential-attrition', 'size-guide-followed-up', 8).error);
  });
});

describe('spillover', () => {
  it('makes the effect look more than twice as large product by product, and not by whole store fronts', () => {
    const byProduct = answers('spillover', 'badges-by-product', 8);
    expect(byProduct.estimate.mean - 4 * byProduct.estimate.standardError).toBeGreaterThan(1.6 * byProduct.expected);
    expect(byProduct.estimate.mean).toBeGreaterThan(2 * byProduct.expected);
    isRight(answers('spillover', 'badges-by-store-front', 8).error);
  });
});

describe('staggered-rollout', () => {
  it('has two-way fixed effects of the wrong sign, and effects by cohort and time that are right', () => {
    const { method, comparisons } = initiativeOf('staggered-rollout', 'loyalty-scheme');
    const [byCohort, twoWay] = compared('staggered-rollout', 'loyalty-scheme', 5, [method, ...comparisons]);
    expect(byCohort!.expected).toBeGreaterThan(0);
    isRight(byCohort!.error);
    for (const { estimate } of byCohort!.rows) expect(estimate).toBeGreaterThan(0);
    expect(z(twoWay!.estimate)).toBeLessThan(-4);
    expect(z(twoWay!.error)).toBeLessThan(-4);
  });
});

describe('truncated-boosts', () => {
  it('loses nearly all of a boost of 20% to rounding down, and nothing of it to rounding at random', () => {
    const truth = (id: string) => measure('truncated-boosts', id, 0).truth;
    const [down, fair] = [truth('bundles-rounded-down'), truth('bundles-rounded-at-random')];
    expect([down.nominal_effect, fair.nominal_effect]).toEqual([0.2, 0.2]);
    expect(down.population.ate).toBeGreaterThan(0);
    expect(down.population.ate).toBeLessThan(0.05 * fair.population.ate!);
    expect(fair.realised_effect).toBeGreaterThan(0.17);
    const initiative = initiativeOf('truncated-boosts', 'bundles-rounded-down');
    const { untreated } = simulatePilot({ seed: '111', replication: 0, stage: 'pilot', initiative }).potentialOutcomes;
    const orders = untreated.orderedUnits.filter((units) => units > 0);
    expect(orders.filter((units) => units <= 2).length / orders.length).toBeGreaterThan(0.6);
  });
});

import { describe, expect, it } from 'vitest';
import { estimands } from '../../../../src/core/contracts/shared-types.ts';
import { namedStream } from '../../../../src/core/random/stream.ts';
import { uniformInteger } from '../../../../src/core/random/variates.ts';
import type { SimulatedWorld } from '../../../../src/core/simulate/world.ts';
import { livelyDemand, plainDemand, simulateToy, summarise, toyWorld } from './toy-world.ts';

const designs = [
  { id: 'complete_randomisation', parameters: { treated_share: 0.5 } },
  { id: 'cluster_randomisation', parameters: { n_units: 6 } },
  { id: 'selection_on_observables', parameters: { quality_weight: -1.5, price_weight: 1 } },
  { id: 'selection_on_unobservable', parameters: { appeal_weight: 2 } },
  { id: 'lowest_quality_first', parameters: {} },
  { id: 'staggered_rollout', parameters: { n_cohorts: 3, spacing: 2 } },
  { id: 'threshold_rule', parameters: { running_variable: 'price', cutoff: 40 } },
  { id: 'everyone_from_date', parameters: {} },
] as const;

const effects = [
  { id: 'quantity_boost', parameters: { size: 0.8 } },
  { id: 'quantity_boost', parameters: { size: 0.7, rounding: 'truncate' } },
  { id: 'quantity_boost', parameters: { size: -0.6, rounding: 'truncate' } },
  { id: 'probability_boost', parameters: { size: 0.9 } },
  { id: 'product_detail_boost', parameters: { quality_boost: 0.3 } },
  { id: 'price_change', parameters: { size: -0.3, elasticity: -2 } },
  { id: 'price_change', parameters: { size: 0.3, elasticity: -2.5, acts_on: 'activity' } },
  { id: 'impressions_boost', parameters: { size: 0.83 } },
  { id: 'impressions_boost', parameters: { size: -0.45 } },
];

/** Worlds whose parts are drawn from a fixed seed, so that every effect meets many profiles, designs and demands. */
function drawnWorld(index: number): SimulatedWorld {
  const stream = namedStream({ seed: 'any world', initiative: '', stage: 'pilot', replication: index, purpose: 'test' });
  const pick = <T>(values: readonly T[]): T => values[uniformInteger(stream, values.length)]!;
  const effect = effects[index % effects.length]!;
  const profile = {
    start_delay: pick([0, 0, 1]),
    ramp_periods: pick([0, 0, 3]),
    half_life: pick([null, null, 2.5]),
    quality_heterogeneity: pick([0, -2, 1.5]),
    category_spread: pick([0, 0.8]),
  };
  const granularity = pick(['day', 'day', 'week'] as const);
  return toyWorld({
    n_products: 48,
    granularity,
    pre_periods: granularity === 'week' ? 1 : 3,
    post_periods: granularity === 'week' ? 5 : 7,
    categories: pick([['Books'], ['Books', 'Clothing'], ['Food & Beverage', 'Toys & Games', 'Health & Beauty']]),
    demand: {
      ...pick([plainDemand, livelyDemand]),
      appeal_variation: pick([0, 0.7]),
      sale_probability: pick([0.4, 0.9]),
      one_off_size: index % 3 === 0 ? 0.8 : 0,
      one_off_period: 4,
      one_off_length: 2,
    },
    design: designs[Math.floor(index / effects.length + index) % designs.length]!,
    effect: { id: effect.id, parameters: { ...effect.parameters, ...profile } },
  });
}

describe('population effects are the mean of sample effects in any world', () => {
  const worlds = Array.from({ length: 36 }, (_, index) => drawnWorld(index));
  const title = ({ catalog, demand, effect, design }: SimulatedWorld) => {
    const isLively = demand.trend !== 0;
    return `${effect.id} ${JSON.stringify(effect.parameters)}, ${design.id}, ${catalog.granularity}${isLively ? ', lively' : ''}${demand.appeal_variation > 0 ? ', appeal' : ''}`;
  };

  it.each(worlds.map((world) => [title(world), world] as const))('%s', (_title, world) => {
    const truths = Array.from({ length: 120 }, (_, replication) => simulateToy(world, { replication, seed: 'any world' }).truth);
    const { population, population_standard_error: populationError } = truths[0]!;
    let compared = 0;
    for (const estimand of estimands) {
      const samples = truths.map((truth) => truth.sample[estimand]).filter((effect) => effect !== null);
      if (population[estimand] === null || estimand === 'at_cutoff') continue;
      compared += 1;
      expect(samples.length).toBeGreaterThan(110);
      const { mean, standardError } = summarise(samples);
      expect(Math.abs(mean - population[estimand]), estimand).toBeLessThan(4 * Math.sqrt(standardError ** 2 + populationError ** 2));
    }
    expect(compared).toBeGreaterThan(0);
  });
});

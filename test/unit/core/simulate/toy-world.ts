import type { Choice, DemandDeclaration } from '../../../../src/core/scenario/scenario.ts';
import { simulatePilot, type SimulationTask } from '../../../../src/core/simulate/simulate.ts';
import type { SimulatedWorld } from '../../../../src/core/simulate/world.ts';

/** The rule with every extension off. */
export const plainDemand: DemandDeclaration = {
  sale_probability: 0.7,
  impression_to_visit: 0.15,
  visit_to_cart: 0.25,
  cart_to_order: 0.8,
  product_variation: 0,
  weekday_amplitude: 0,
  trend: 0,
  shock_deviation: 0,
  shock_autocorrelation: 0,
  unit_variation: 0,
  one_off_size: 0,
  one_off_period: 0,
  one_off_length: 7,
  appeal_variation: 0,
};

/** Every extension on, so strongly that the cap on the probability binds often. */
export const livelyDemand: DemandDeclaration = {
  ...plainDemand,
  product_variation: 0.5,
  weekday_amplitude: 0.3,
  trend: 0.6,
  shock_deviation: 0.2,
  shock_autocorrelation: 0.6,
  unit_variation: 0.3,
};

type Changes = Partial<SimulatedWorld['catalog']> & {
  readonly demand?: Partial<DemandDeclaration>;
  readonly effect?: Choice;
  readonly design?: Choice;
  readonly flaws?: readonly Choice[];
};

export function toyWorld({ demand, effect, design, flaws, ...catalog }: Changes = {}): SimulatedWorld {
  return {
    initiative_id: 'toy',
    catalog: {
      n_products: 60,
      categories: ['Books', 'Clothing', 'Electronics'],
      start_date: '2026-01-05',
      granularity: 'day',
      pre_periods: 14,
      post_periods: 7,
      ...catalog,
    },
    demand: { ...plainDemand, ...demand },
    effect: effect ?? { id: 'quantity_boost', parameters: { size: 0.3 } },
    design: design ?? { id: 'complete_randomisation', parameters: {} },
    flaws: flaws ?? [],
  };
}

export function simulateToy(world: SimulatedWorld, changes: Partial<SimulationTask> = {}) {
  return simulatePilot({ seed: 'toy', replication: 0, stage: 'pilot', initiative: world, ...changes });
}

/** Mean with its standard error. */
export function summarise(values: ArrayLike<number>): { readonly mean: number; readonly standardError: number } {
  const n = values.length;
  let mean = 0;
  for (let i = 0; i < n; i += 1) mean += values[i]! / n;
  let squares = 0;
  for (let i = 0; i < n; i += 1) squares += (values[i]! - mean) ** 2;
  return { mean, standardError: Math.sqrt(squares / (n * (n - 1))) };
}

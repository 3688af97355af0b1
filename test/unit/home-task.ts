import type { EstimatorDefinition } from '../../src/core/measure/estimator.ts';
import type { MeasureTask } from '../../src/core/measure-initiative.ts';
import { defaultDemand } from '../../src/core/scenario/defaults.ts';

/** Effects and design parameters of methods that need other ones than the usual. */
const effectOf: Readonly<Record<string, MeasureTask['world']['effect']>> = {
  metrics_approximation: { id: 'product_detail_boost', parameters: {} },
};

/** A small pilot of the design a method is at home in. */
export function homeTask({ id, designs: [design] }: Pick<EstimatorDefinition, 'id' | 'designs'>, seed = 'at home'): MeasureTask {
  return {
    stage: 'pilot',
    seed,
    replication: 0,
    confidence_level: 0.9,
    n_products: 120,
    world: {
      initiative_id: 'toy',
      catalog: {
        n_products: 120,
        categories: ['Books', 'Toys & Games'],
        start_date: '2026-01-05',
        granularity: 'day',
        pre_periods: 16,
        post_periods: 16,
      },
      demand: { ...defaultDemand, product_variation: 0.2 },
      effect: effectOf[id] ?? { id: 'quantity_boost', parameters: { size: 0.3 } },
      design: { id: design, parameters: {} },
      flaws: [],
      method: { id, parameters: {} },
    },
  };
}

import { onlineRetailFive } from '../../src/core/scenario/presets/online-retail-five.ts';
import { requireScenario } from '../../src/core/scenario/parse-scenario.ts';
import type { Scenario } from '../../src/core/scenario/scenario.ts';

/** The preset the page opens with, five initiatives with five methods, at so many products in pilots and at scale. */
export function smallLoop(products: number): Scenario {
  const { scenario } = onlineRetailFive;
  return requireScenario({
    ...scenario,
    scale_sample_size: products,
    initiatives: scenario.initiatives.map((initiative) =>
      initiative.source === 'simulated' ? { ...initiative, catalog: { ...initiative.catalog, n_products: products } } : initiative,
    ),
  });
}

import { onlineRetailFive } from '../../src/core/scenario/presets/online-retail-five.ts';
import type { SimulatedInitiative } from '../../src/core/scenario/scenario.ts';
import { uniformsPerProductPeriod } from '../../src/core/simulate/demand-funnel.ts';
import { simulatePilot } from '../../src/core/simulate/simulate.ts';
import type { BenchRow, BenchSubject } from './bench.ts';
import { draws } from './draws.ts';

/** Both potential outcomes of a catalog, with assignment, observation and truth. */
export const simulateBench: BenchSubject = { id: 'simulate', rows: () => [row(5_000, 215), row(20_000, 1_500)] };

const periods = 90;

// 43 s is what the Python simulator takes for 5,000 products, effects included; the target is 200 times faster.
function row(products: number, milliseconds: number): BenchRow {
  const initiative = onlineRetailFive.scenario.initiatives.find((each): each is SimulatedInitiative => each.source === 'simulated');
  if (initiative === undefined) throw new Error('The preset has no simulated initiative.');
  const catalog = { ...initiative.catalog, n_products: products, pre_periods: periods / 2, post_periods: periods / 2 };
  return {
    name: `simulate ${products.toLocaleString('en')} x ${periods}`,
    work: () => simulatePilot({ seed: 'bench', replication: 0, stage: 'pilot', initiative: { ...initiative, catalog } }),
    peer: draws(products * periods * uniformsPerProductPeriod),
    target: { milliseconds, timesPeer: 6 },
  };
}

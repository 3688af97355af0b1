import type { World } from '../measure-initiative.ts';
import { estimatorDescriptions, type EstimatorId } from '../measure/descriptions.ts';
import type { DataShape } from '../measure/estimator.ts';
import { defaultDemand } from '../scenario/defaults.ts';

type Home = Pick<World, 'catalog' | 'demand' | 'effect'> & { readonly designParameters: World['design']['parameters'] };

const catalog = {
  n_products: 240,
  categories: ['Food & Beverage'],
  start_date: '2026-01-05',
  granularity: 'day',
  pre_periods: 14,
  post_periods: 14,
} as const;
const demand = { ...defaultDemand, product_variation: 0.3 };
const effect = { id: 'quantity_boost', parameters: { size: 0.3 } };

/** By shape of the data, a world small enough to be drawn a thousand times. */
const byShape: Readonly<Record<DataShape, Home>> = {
  cross_section: { catalog, demand, effect, designParameters: {} },
  panel: { catalog, demand, effect, designParameters: {} },
  series: { catalog: { ...catalog, pre_periods: 84, post_periods: 28 }, demand, effect, designParameters: {} },
};

/** Where a method asks for something of its own. */
const own: Partial<Record<string, Partial<Home>>> = {
  difference_in_differences: { designParameters: { n_cohorts: 3, spacing: 4 } },
  synthetic_control: {
    catalog: { ...catalog, n_products: 400, pre_periods: 42 },
    demand: { ...demand, shock_deviation: 0.1, shock_autocorrelation: 0.6, unit_variation: 0.1 },
    designParameters: { n_units: 20 },
  },
  interrupted_time_series: { demand: { ...demand, shock_deviation: 0.05, shock_autocorrelation: 0.5 } },
  regression_discontinuity: { catalog: { ...catalog, n_products: 1000 } },
  // The response it believes in by default is exactly the funnel's where no product is so popular that it is always active.
  metrics_approximation: {
    demand: { ...demand, product_variation: 0 },
    effect: { id: 'product_detail_boost', parameters: { quality_boost: 0.2 } },
  },
};

/** The world in which a method's assumptions hold: its first design, with an effect of about a fifth. */
export function homeWorlds(id: EstimatorId): World {
  const { shape, designs } = estimatorDescriptions[id];
  const { designParameters, ...home } = { ...byShape[shape], ...own[id] };
  return {
    initiative_id: 'calibration',
    ...home,
    design: { id: designs[0], parameters: designParameters },
    flaws: [],
    method: { id, parameters: {} },
  };
}

import { definePreset } from './preset.ts';

const world = {
  source: 'simulated',
  cost_to_scale: 20_000,
  units_at_scale: 12_000,
  catalog: { n_products: 1000, categories: ['Home & Garden'], start_date: '2026-02-02', pre_periods: 14, post_periods: 28 },
  demand: { sale_probability: 0.5, product_variation: 0.2 },
  design: { id: 'complete_randomisation', parameters: { treated_share: 0.5 } },
  method: { id: 'experiment', parameters: { covariate_columns: ['price', 'pre_revenue'], adjustment: 'lin' } },
  comparisons: [{ id: 'naive_difference', parameters: {} }],
};

export const truncatedBoosts = definePreset({
  id: 'truncated-boosts',
  title: 'The boost that was rounded away',
  summary:
    'The same 20% more units per order, twice. Rounded down, as the Python simulator does it, most orders are of one or two units and stay what they were; rounded at random, the boost arrives in full. Compare the nominal with the realised effect in the truth panel.',
  scenario: {
    seed: '111',
    budget: 30_000,
    scale_sample_size: 2000,
    initiatives: [
      {
        ...world,
        initiative_id: 'bundles-rounded-down',
        description: 'Bundles that raise orders by 20%, rounded down to whole units.',
        effect: { id: 'quantity_boost', parameters: { size: 0.2, rounding: 'truncate' } },
      },
      {
        ...world,
        initiative_id: 'bundles-rounded-at-random',
        description: 'Bundles that raise orders by 20%, rounded up or down so that the mean is met.',
        effect: { id: 'quantity_boost', parameters: { size: 0.2, rounding: 'stochastic' } },
      },
    ],
  },
});

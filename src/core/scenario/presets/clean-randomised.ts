import { definePreset } from './preset.ts';

export const cleanRandomised = definePreset({
  id: 'clean-randomised',
  title: 'A clean experiment',
  summary:
    'Half of the products, drawn at random, get new descriptions. Compare the methods under MEASURE: the naive difference is right on average here, and adjusting for earlier sales makes the interval narrower at no cost.',
  scenario: {
    seed: '101',
    budget: 60_000,
    scale_sample_size: 2000,
    initiatives: [
      {
        source: 'simulated',
        initiative_id: 'new-descriptions',
        description: 'Rewrite product descriptions; half of the products, drawn at random, go first.',
        cost_to_scale: 50_000,
        units_at_scale: 12_000,
        catalog: { n_products: 1000, categories: ['Home & Garden'], start_date: '2026-02-02', pre_periods: 28, post_periods: 28 },
        demand: {
          sale_probability: 0.5,
          product_variation: 0.4,
          weekday_amplitude: 0.15,
          shock_deviation: 0.04,
          shock_autocorrelation: 0.5,
        },
        effect: { id: 'quantity_boost', parameters: { size: 0.2 } },
        design: { id: 'complete_randomisation', parameters: { treated_share: 0.5 } },
        method: { id: 'experiment', parameters: { covariate_columns: ['price', 'pre_revenue'], adjustment: 'lin' } },
        comparisons: [{ id: 'naive_difference', parameters: {} }],
      },
    ],
  },
});

import { definePreset } from './preset.ts';

const world = {
  source: 'simulated',
  cost_to_scale: 20_000,
  units_at_scale: 4_000,
  demand: {
    sale_probability: 0.5,
    impression_to_visit: 0.3,
    visit_to_cart: 0.3,
    product_variation: 0.3,
    weekday_amplitude: 0.15,
    shock_deviation: 0.04,
    shock_autocorrelation: 0.5,
  },
  effect: { id: 'quantity_boost', parameters: { size: 0.1 } },
  design: { id: 'complete_randomisation', parameters: { treated_share: 0.5 } },
  method: { id: 'experiment', parameters: { adjustment: 'none' } },
  comparisons: [{ id: 'experiment', parameters: { covariate_columns: ['price', 'pre_revenue'], adjustment: 'additive' } }],
};

export const tinySample = definePreset({
  id: 'tiny-sample',
  title: 'Forty products',
  summary:
    'Two flawless experiments with the same small gain: one on forty products, one on two thousand. Run again a few times: the small one keeps changing its mind, sign and all, and only its wide interval says so.',
  scenario: {
    seed: '109',
    budget: 30_000,
    scale_sample_size: 2000,
    initiatives: [
      {
        ...world,
        initiative_id: 'reviews-on-forty',
        description: 'Show reviews, tried on twenty products beside twenty others.',
        catalog: { n_products: 40, categories: ['Home & Garden'], start_date: '2026-06-01', pre_periods: 14, post_periods: 14 },
      },
      {
        ...world,
        initiative_id: 'reviews-on-two-thousand',
        description: 'Show reviews, tried on half of two thousand products.',
        catalog: { n_products: 2000, categories: ['Home & Garden'], start_date: '2026-06-01', pre_periods: 14, post_periods: 14 },
      },
    ],
  },
});

import { definePreset } from './preset.ts';

const world = {
  source: 'simulated',
  cost_to_scale: 15_000,
  units_at_scale: 40_000,
  demand: { sale_probability: 0.4, product_variation: 0.3, weekday_amplitude: 0.15, shock_deviation: 0.04, shock_autocorrelation: 0.4 },
  effect: { id: 'quantity_boost', parameters: { size: 0 } },
  flaws: [{ id: 'coincident_shock', parameters: { severity: 0.2, direction: 'up', hits: 'everyone' } }],
};

export const coincidentShockLesson = definePreset({
  id: 'coincident-shock',
  title: 'The holiday that looked like an effect',
  summary:
    'A new basket page does nothing, but it goes live on the day a season of more demand begins. Switched on for everyone, before and after tell a confident story; tried on half of the products, the other half had the season too, and the effect is gone.',
  scenario: {
    seed: '104',
    budget: 20_000,
    scale_sample_size: 1000,
    initiatives: [
      {
        ...world,
        initiative_id: 'basket-page-for-all',
        description: 'The new basket page, switched on for everyone on one day.',
        catalog: {
          n_products: 600,
          categories: ['Food & Beverage', 'Health & Beauty'],
          start_date: '2026-09-07',
          pre_periods: 84,
          post_periods: 42,
        },
        design: { id: 'everyone_from_date', parameters: {} },
        method: { id: 'interrupted_time_series', parameters: { seasonality: 'weekday' } },
        comparisons: [{ id: 'before_after', parameters: {} }],
      },
      {
        ...world,
        initiative_id: 'basket-page-for-half',
        description: 'The same page on the same day, for half of the products, drawn at random.',
        catalog: {
          n_products: 1000,
          categories: ['Food & Beverage', 'Health & Beauty'],
          start_date: '2026-11-02',
          pre_periods: 28,
          post_periods: 42,
        },
        design: { id: 'complete_randomisation', parameters: { treated_share: 0.5 } },
        method: { id: 'experiment', parameters: { covariate_columns: ['price', 'pre_revenue'], adjustment: 'lin' } },
        comparisons: [
          { id: 'naive_difference', parameters: {} },
          { id: 'before_after', parameters: {} },
        ],
      },
    ],
  },
});

import { definePreset } from './preset.ts';

export const lowestQualityFirstLesson = definePreset({
  id: 'lowest-quality-first',
  title: 'The weakest go first',
  summary:
    'The products with the weakest listings are improved first, and they sell more for it. The naive difference says that they sell less: it compares them with products that were stronger from the start. The change of each product over time puts the sign right; so does a belief about what quality is worth, if it is a good one.',
  scenario: {
    seed: '102',
    budget: 40_000,
    scale_sample_size: 1200,
    initiatives: [
      {
        source: 'simulated',
        initiative_id: 'mend-weak-listings',
        description: 'Rewrite the listings with the lowest quality score; better listings sell on more days.',
        cost_to_scale: 30_000,
        units_at_scale: 8_000,
        catalog: {
          n_products: 1200,
          categories: ['Books'],
          start_date: '2026-03-02',
          granularity: 'week',
          pre_periods: 8,
          post_periods: 8,
        },
        demand: { sale_probability: 0.5, impression_to_visit: 0.4, visit_to_cart: 0.4, shock_deviation: 0.04, shock_autocorrelation: 0.5 },
        effect: { id: 'product_detail_boost', parameters: { quality_boost: 0.12 } },
        design: { id: 'lowest_quality_first', parameters: { treated_share: 0.25 } },
        method: { id: 'difference_in_differences', parameters: {} },
        comparisons: [
          { id: 'naive_difference', parameters: {} },
          { id: 'metrics_approximation', parameters: {} },
        ],
      },
    ],
  },
});

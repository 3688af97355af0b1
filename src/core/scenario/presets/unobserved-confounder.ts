import { definePreset } from './preset.ts';

export const unobservedConfounder = definePreset({
  id: 'unobserved-confounder',
  title: 'What nobody wrote down',
  summary:
    'The category managers feature what they know to be popular, and that is on no record. Adjusted for all that is on record, the programme promises several times its cost, with a narrow interval; in truth it does not earn its cost back. Comparing each product with its own past comes near the truth.',
  scenario: {
    seed: '103',
    budget: 40_000,
    scale_sample_size: 1500,
    initiatives: [
      {
        source: 'simulated',
        initiative_id: 'featured-products',
        description: 'Feature products on the front page, chosen by the category managers.',
        cost_to_scale: 20_000,
        units_at_scale: 6_000,
        catalog: {
          n_products: 1000,
          categories: ['Health & Beauty', 'Toys & Games'],
          start_date: '2026-03-02',
          granularity: 'week',
          pre_periods: 8,
          post_periods: 8,
        },
        demand: { sale_probability: 0.4, appeal_variation: 0.5, shock_deviation: 0.04, shock_autocorrelation: 0.5 },
        effect: { id: 'probability_boost', parameters: { size: 0.05 } },
        design: { id: 'selection_on_unobservable', parameters: { treated_share: 0.4, appeal_weight: 1.5 } },
        method: { id: 'doubly_robust', parameters: { covariate_columns: ['price', 'quality_score'] } },
        comparisons: [
          { id: 'naive_difference', parameters: {} },
          { id: 'inverse_probability_weighting', parameters: { covariate_columns: ['price', 'quality_score'] } },
          { id: 'difference_in_differences', parameters: {} },
        ],
      },
    ],
  },
});

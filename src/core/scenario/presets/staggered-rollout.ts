import { definePreset } from './preset.ts';

export const staggeredRolloutLesson = definePreset({
  id: 'staggered-rollout',
  title: 'A roll-out that grows on people',
  summary:
    'A loyalty scheme starts in cohorts, and its effect grows week by week until nobody is left without it. Two-way fixed effects use the early cohorts, still growing, as controls for the late ones, and find a loss; effects by cohort and time find the gain.',
  scenario: {
    seed: '107',
    budget: 40_000,
    scale_sample_size: 450,
    initiatives: [
      {
        source: 'simulated',
        initiative_id: 'loyalty-scheme',
        description: 'A loyalty scheme, rolled out to one cohort of products after the other.',
        cost_to_scale: 30_000,
        units_at_scale: 3_000,
        catalog: {
          n_products: 450,
          categories: ['Food & Beverage', 'Health & Beauty'],
          start_date: '2026-01-05',
          granularity: 'week',
          pre_periods: 3,
          post_periods: 24,
        },
        demand: {
          sale_probability: 0.5,
          impression_to_visit: 0.4,
          visit_to_cart: 0.4,
          product_variation: 0.2,
          shock_deviation: 0.04,
          shock_autocorrelation: 0.5,
        },
        effect: { id: 'quantity_boost', parameters: { size: 0.4, start_delay: 12 } },
        design: { id: 'staggered_rollout', parameters: { n_cohorts: 3, spacing: 6, never_treated_share: 0.2 } },
        method: { id: 'difference_in_differences', parameters: { method: 'group_time' } },
        comparisons: [{ id: 'difference_in_differences', parameters: { method: 'two_way_fixed_effects' } }],
      },
    ],
  },
});

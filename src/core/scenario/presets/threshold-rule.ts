import { definePreset } from './preset.ts';

export const thresholdRuleLesson = definePreset({
  id: 'threshold-rule',
  title: 'A line in the sand',
  summary:
    'Every listing with a quality score of 0.7 or less is rewritten. Treated and controls differ in quality by rule, so the naive difference is too low; products a hair’s breadth either side of the line are alike, and the jump between them is the effect there.',
  scenario: {
    seed: '108',
    budget: 40_000,
    scale_sample_size: 2500,
    initiatives: [
      {
        source: 'simulated',
        initiative_id: 'rewrite-below-line',
        description: 'Rewrite every listing whose quality score is 0.7 or less.',
        cost_to_scale: 25_000,
        units_at_scale: 10_000,
        catalog: { n_products: 2500, categories: ['Books'], start_date: '2026-03-02', pre_periods: 14, post_periods: 35 },
        demand: { sale_probability: 0.5, impression_to_visit: 0.4, visit_to_cart: 0.4 },
        effect: { id: 'quantity_boost', parameters: { size: 0.2 } },
        design: { id: 'threshold_rule', parameters: { running_variable: 'quality_score', cutoff: 0.7, treated_side: 'below' } },
        method: { id: 'regression_discontinuity', parameters: { covariate_columns: ['price'], covariate_use: 'adjust' } },
        comparisons: [{ id: 'naive_difference', parameters: {} }],
      },
    ],
  },
});

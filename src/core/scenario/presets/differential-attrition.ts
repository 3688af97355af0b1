import { definePreset } from './preset.ts';

const world = {
  source: 'simulated',
  cost_to_scale: 18_000,
  units_at_scale: 20_000,
  catalog: { n_products: 800, categories: ['Clothing', 'Sports & Outdoors'], start_date: '2026-04-06', pre_periods: 28, post_periods: 28 },
  demand: { sale_probability: 0.4, product_variation: 0.5, weekday_amplitude: 0.15, shock_deviation: 0.04, shock_autocorrelation: 0.5 },
  effect: { id: 'quantity_boost', parameters: { size: 0 } },
  design: { id: 'complete_randomisation', parameters: { treated_share: 0.5 } },
  method: { id: 'experiment', parameters: { adjustment: 'none' } },
};

export const differentialAttritionLesson = definePreset({
  id: 'differential-attrition',
  title: 'The ones that got away',
  summary:
    'Two experiments with a change that does nothing. In the first, treated products that sell little are taken off the shop and out of the data: those who are left seem to gain, random assignment or not. In the second everyone is followed to the end.',
  scenario: {
    seed: '105',
    budget: 25_000,
    scale_sample_size: 2000,
    initiatives: [
      {
        ...world,
        initiative_id: 'size-guide-with-losses',
        description: 'A size guide on half of the products; treated products that do badly are delisted and drop out.',
        flaws: [{ id: 'differential_attrition', parameters: { severity: 0.8, group: 'treated' } }],
        comparisons: [
          { id: 'naive_difference', parameters: {} },
          { id: 'experiment', parameters: { covariate_columns: ['price', 'pre_revenue'], adjustment: 'lin' } },
        ],
      },
      {
        ...world,
        initiative_id: 'size-guide-followed-up',
        description: 'The same size guide, and every product stays in the data whatever becomes of it.',
        comparisons: [
          { id: 'naive_difference', parameters: {} },
          { id: 'experiment', parameters: { covariate_columns: ['price', 'pre_revenue'], adjustment: 'lin' } },
        ],
      },
    ],
  },
});

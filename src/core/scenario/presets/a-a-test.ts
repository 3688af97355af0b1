import { definePreset } from './preset.ts';

const world = {
  source: 'simulated',
  cost_to_scale: 10_000,
  units_at_scale: 10_000,
  catalog: { n_products: 500, categories: ['Clothing', 'Toys & Games'], start_date: '2026-02-02', pre_periods: 14, post_periods: 14 },
  demand: { sale_probability: 0.5, product_variation: 0.3, weekday_amplitude: 0.15, shock_deviation: 0.04, shock_autocorrelation: 0.5 },
  effect: { id: 'quantity_boost', parameters: { size: 0 } },
};

export const aATest = definePreset({
  id: 'a-a-test',
  title: 'Nothing against nothing',
  summary:
    'Three experiments in which the treatment does nothing at all. A sound method still finds an effect in one of twenty, for that is what a level of 95% promises; run again and watch the p values wander. The best portfolio is to keep the money.',
  scenario: {
    seed: '110',
    budget: 20_000,
    scale_sample_size: 1000,
    initiatives: [
      {
        ...world,
        initiative_id: 'same-page-by-lot',
        description: 'The same page twice, half of the products drawn at random.',
        design: { id: 'complete_randomisation', parameters: { treated_share: 0.5 } },
        method: { id: 'experiment', parameters: { adjustment: 'none' } },
        comparisons: [{ id: 'naive_difference', parameters: {} }],
      },
      {
        ...world,
        initiative_id: 'same-page-by-block',
        description: 'The same page twice, drawn within blocks of like products.',
        design: {
          id: 'stratified_randomisation',
          parameters: { treated_share: 0.5, blocks_by: 'category_and_quality', quality_strata: 4 },
        },
        method: { id: 'experiment', parameters: { adjustment: 'none' } },
        comparisons: [{ id: 'naive_difference', parameters: {} }],
      },
      {
        ...world,
        initiative_id: 'same-page-by-coin',
        description: 'The same page twice, a coin for each product.',
        design: { id: 'bernoulli_randomisation', parameters: { treated_share: 0.5 } },
        method: { id: 'experiment', parameters: { covariate_columns: ['price', 'pre_revenue'], adjustment: 'lin' } },
        comparisons: [{ id: 'naive_difference', parameters: {} }],
      },
    ],
  },
});

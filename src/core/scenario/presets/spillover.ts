import { definePreset } from './preset.ts';

const world = {
  source: 'simulated',
  cost_to_scale: 30_000,
  units_at_scale: 10_000,
  catalog: { n_products: 1600, categories: ['Home & Garden'], start_date: '2026-05-04', pre_periods: 28, post_periods: 28 },
  demand: { sale_probability: 0.4, product_variation: 0.2, weekday_amplitude: 0.15, shock_deviation: 0.04, shock_autocorrelation: 0.5 },
  effect: { id: 'quantity_boost', parameters: { size: 0.1 } },
  flaws: [{ id: 'spillover', parameters: { severity: 0.3, direction: 'cannibalisation', reach: 'unit' } }],
};

export const spilloverLesson = definePreset({
  id: 'spillover',
  title: 'Taking from the neighbour',
  summary:
    'Badges make buyers choose one product over the one beside it in the same store front. Drawn product by product, the controls pay for the gain of the treated and the effect looks more than twice as large; drawn by whole store fronts, nobody beside a control is treated.',
  scenario: {
    seed: '106',
    budget: 40_000,
    scale_sample_size: 3200,
    initiatives: [
      {
        ...world,
        initiative_id: 'badges-by-product',
        description: 'Badges on half of the products of every store front, drawn at random.',
        design: { id: 'complete_randomisation', parameters: { treated_share: 0.5 } },
        method: { id: 'experiment', parameters: { covariate_columns: ['price', 'pre_revenue'], adjustment: 'lin' } },
        comparisons: [{ id: 'naive_difference', parameters: {} }],
      },
      {
        ...world,
        initiative_id: 'badges-by-store-front',
        description: 'Badges on all products of half of the store fronts, drawn at random.',
        design: { id: 'cluster_randomisation', parameters: { n_units: 40, treated_share: 0.5 } },
        method: { id: 'experiment', parameters: { covariate_columns: ['price', 'pre_revenue'], adjustment: 'additive' } },
        comparisons: [{ id: 'naive_difference', parameters: {} }],
      },
    ],
  },
});

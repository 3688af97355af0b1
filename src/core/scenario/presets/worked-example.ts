import type { ModelType } from '../../contracts/shared-types.ts';
import { definePreset } from './preset.ts';

type Row = readonly [id: string, cost: number, best: number, med: number, worst: number, confidence: number, modelType: ModelType];

const rows: readonly Row[] = [
  ['TitlesAI', 4, 15, 10, 2, 0.9, 'experiment'],
  ['ImageEnhancer', 2, 12, 8, 1, 0.6, 'quasi-experiment'],
  ['PriceOptimizer', 2, 9, 6, 2, 0.8, 'quasi-experiment'],
  ['SearchRanker', 2, 7, 5, 3, 0.4, 'time-series'],
  ['BundleEngine', 4, 18, 9, 0, 0.5, 'time-series'],
];

export const workedExample = definePreset({
  id: 'worked-example',
  title: 'Worked example (Eisenhauer 2025)',
  summary: 'Five initiatives with stated returns and a budget of 10: small enough to check every regret by hand.',
  scenario: {
    seed: '2025',
    budget: 10,
    min_confidence_threshold: 0.5,
    min_portfolio_worst_return: 3,
    initiatives: rows.map(([initiative_id, cost_to_scale, R_best, R_med, R_worst, confidence, model_type]) => ({
      source: 'stated',
      initiative_id,
      cost_to_scale,
      R_best,
      R_med,
      R_worst,
      confidence,
      model_type,
    })),
  },
});

import type { AllocationProblem } from '../../../../../src/core/allocate/decision-rule.ts';

const rows = [
  ['TitlesAI', 4, 15, 10, 2, 0.9],
  ['ImageEnhancer', 2, 12, 8, 1, 0.6],
  ['PriceOptimizer', 2, 9, 6, 2, 0.8],
  ['SearchRanker', 2, 7, 5, 3, 0.4],
  ['BundleEngine', 4, 18, 9, 0, 0.5],
] as const;

/** Eisenhauer 2025, Table 1. */
export const workedExample: AllocationProblem = {
  candidates: rows.map(([id, cost, R_best, R_med, R_worst, confidence]) => ({ id, cost, R_best, R_med, R_worst, confidence })),
  budget: 10,
  min_confidence_threshold: 0.5,
  min_portfolio_worst_return: 3,
  rule: 'minimax_regret',
  rule_parameters: {},
};

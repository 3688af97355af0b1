import type { Allocation, AllocationProblem, Portfolio } from '../../../../src/core/allocate/decision-rule.ts';
import { allocate } from '../../../../src/core/allocate/index.ts';
import type { JudgedPortfolio } from '../../../../src/core/allocate/judge-portfolio.ts';
import { moneyOf } from '../../../../src/views/shared/money.ts';

/** Eisenhauer 2025, Table 1. */
export const workedProblem: AllocationProblem = {
  candidates: [
    { id: 'TitlesAI', cost: 4, R_best: 15, R_med: 10, R_worst: 2, confidence: 0.9 },
    { id: 'ImageEnhancer', cost: 2, R_best: 12, R_med: 8, R_worst: 1, confidence: 0.6 },
    { id: 'PriceOptimizer', cost: 2, R_best: 9, R_med: 6, R_worst: 2, confidence: 0.8 },
    { id: 'SearchRanker', cost: 2, R_best: 7, R_med: 5, R_worst: 3, confidence: 0.4 },
    { id: 'BundleEngine', cost: 4, R_best: 18, R_med: 9, R_worst: 0, confidence: 0.5 },
  ],
  budget: 10,
  min_confidence_threshold: 0.5,
  min_portfolio_worst_return: 3,
  rule: 'minimax_regret',
  rule_parameters: {},
};

export const workedAllocation: Allocation = allocate(workedProblem, null);

export const money = moneyOf({ currency: 'USD', budget: 10, initiatives: [] });

/** TitlesAI and ImageEnhancer, as someone might have ticked them. */
const own: Portfolio = {
  ids: ['TitlesAI', 'ImageEnhancer'],
  cost: 6,
  returns: { best: 21.3, med: 14.4, worst: 3 },
  regrets: { best: 9, med: 5.2, worst: 2 },
  max_regret: 9,
  worst_return: 3,
  objective_value: 9,
};
export const mine: JudgedPortfolio = { portfolio: own, feasible: true, breaches: [] };

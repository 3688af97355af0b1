import { describe, expect, it } from 'vitest';
import type { AllocationProblem, Candidate } from '../../../../src/core/allocate/decision-rule.ts';
import { decisionRuleDescriptions } from '../../../../src/core/allocate/descriptions.ts';
import { allocate } from '../../../../src/core/allocate/index.ts';
import { judgePortfolio, portfolioOf } from '../../../../src/core/allocate/judge-portfolio.ts';

const row = (id: string, cost: number, R_best: number, R_med: number, R_worst: number, confidence: number, category = ''): Candidate => ({ id, cost, R_best, R_med, R_worst, confidence, category });
const worked: AllocationProblem = {
  candidates: [
    row('TitlesAI', 4, 15, 10, 2, 0.9, 'content'),
    row('ImageEnhancer', 2, 12, 8, 1, 0.6, 'content'),
    row('PriceOptimizer', 2, 9, 6, 2, 0.8),
    row('SearchRanker', 2, 7, 5, 3, 0.4),
    row('BundleEngine', 4, 18, 9, 0, 0.5),
  ],
  budget: 10,
  min_confidence_threshold: 0.5,
  min_portfolio_worst_return: 3,
  rule: 'minimax_regret',
  rule_parameters: {},
};
const breaches = (ids: readonly string[], change: Partial<AllocationProblem> = {}, shares = {}) => portfolioOf({ ...worked, ...change }, ids, shares).breaches;

describe('a portfolio of one\u2019s own', () => {
  it('is judged as the table judges it, under every rule', () => {
    for (const rule of Object.keys(decisionRuleDescriptions)) {
      const problem = { ...worked, rule, rule_parameters: rule === 'bayesian' ? { weights: { best: 1 / 3, med: 1 / 3, worst: 1 / 3 } } : {} };
      const allocation = allocate(problem, null);
      for (const portfolio of allocation.portfolios) expect(judgePortfolio(problem, portfolio.ids, allocation).portfolio).toEqual(portfolio);
      expect(judgePortfolio(problem, allocation.selected_initiatives, allocation)).toEqual(portfolioOf(problem, [...allocation.selected_initiatives].reverse()));
      expect(judgePortfolio(problem, ['TitlesAI', 'PriceOptimizer', 'BundleEngine'], allocation)).toMatchObject({ feasible: true, breaches: [] });
    }
  });

  it('may be empty', () => {
    expect(portfolioOf({ ...worked, min_portfolio_worst_return: null }, [])).toMatchObject({ feasible: true, portfolio: { ids: [], cost: 0, max_regret: 30.3, regrets: { best: 30.3, med: 19.6, worst: 5 } } });
    expect(breaches([])).toEqual(['Its worst returns add up to 0, which is 3 below the floor of 3.']);
  });

  it('is told what it breaks, to the last cent', () => {
    expect(breaches(['TitlesAI', 'ImageEnhancer', 'PriceOptimizer', 'BundleEngine'])).toEqual(['It costs 12, which is 2 over the budget of 10.']);
    expect(breaches(['TitlesAI', 'SearchRanker'])).toEqual(['SearchRanker is not eligible: its confidence of 0.4 is below the threshold of 0.5.']);
    const cents = { candidates: [row('a', 0.1, 3, 2, 1, 1), row('b', 0.2, 3, 2, 1, 1)], min_portfolio_worst_return: null };
    expect(breaches(['a', 'b'], { ...cents, budget: 0.3 })).toEqual([]);
    expect(breaches(['a', 'b'], { ...cents, budget: 0.29 })).toEqual(['It costs 0.3, which is 0.01 over the budget of 0.29.']);
  });

  it('is held to every side constraint', () => {
    const constraints = {
      required: ['PriceOptimizer'],
      excluded: ['BundleEngine'],
      exclusive: [['TitlesAI', 'ImageEnhancer', 'BundleEngine']],
      prerequisites: [{ id: 'ImageEnhancer', requires: 'PriceOptimizer' }],
      at_most: 1,
      category_caps: [{ category: 'content', max_initiatives: 1, max_cost: 5.5 }],
    };
    expect(breaches(['TitlesAI', 'ImageEnhancer', 'BundleEngine'], { constraints })).toEqual([
      'PriceOptimizer is required, but not in it.',
      'BundleEngine is excluded.',
      'TitlesAI, ImageEnhancer and BundleEngine exclude each other: only one of them may be funded.',
      'ImageEnhancer needs PriceOptimizer, which is not in it.',
      'It holds 3 initiatives, 2 more than the 1 that may be funded.',
      'In the category content it holds 2 initiatives, 1 more than the 1 that may be funded.',
      'In the category content it costs 6, which is 0.5 over the cap of 5.5.',
    ]);
    expect(breaches(['PriceOptimizer'], { constraints, min_portfolio_worst_return: null })).toEqual([]);
  });

  it('can still be judged where the problem has no answer', () => {
    const judged = portfolioOf({ ...worked, min_portfolio_worst_return: 100 }, ['TitlesAI']);
    expect(judged).toMatchObject({ feasible: false, portfolio: { regrets: { best: 30.3 - 13.7, worst: 3 } } });
    expect(judged.breaches).toEqual(['Its worst returns add up to 2, which is 98 below the floor of 100.']);
  });

  it('may hold shares of what is divisible', () => {
    const divisible = { ...worked, candidates: worked.candidates.map((candidate) => ({ ...candidate, divisible: candidate.id === 'BundleEngine' })) };
    const allocation = allocate(worked, null);
    const { portfolio, breaches: broken } = judgePortfolio(divisible, ['TitlesAI', 'BundleEngine'], allocation, { BundleEngine: 0.5 });
    expect(broken).toEqual(['Its worst returns add up to 2, which is 1 below the floor of 3.']);
    expect(portfolio).toMatchObject({ cost: 6, returns: { best: 18.2, med: 11.45, worst: 2 }, regrets: { best: 12.1, med: 8.15, worst: 3 }, objective_value: 12.1, shares: { TitlesAI: 1, BundleEngine: 0.5 } });
    expect(judgePortfolio(divisible, ['TitlesAI'], allocation, { TitlesAI: 0.25 }).breaches).toContain('TitlesAI can be funded only whole, not to a share of 0.25.');
    expect(() => judgePortfolio(divisible, ['TitlesAI'], allocation, { TitlesAI: 0 })).toThrow(/shares\.TitlesAI: must be more than 0/);
  });

  it('cannot hold what is not there', () => {
    expect(() => portfolioOf(worked, ['TitlesAI', 'Titles'])).toThrow(/^ids\.1: 'Titles' is not the id of an initiative$/);
  });
});

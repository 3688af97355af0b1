import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { AllocationProblem, Candidate } from '../../../../src/core/allocate/decision-rule.ts';
import { allocate } from '../../../../src/core/allocate/index.ts';

type IntervalInstance = { readonly name: string; readonly budget: number; readonly initiatives: readonly Candidate[]; readonly objective: number; readonly optimal_portfolios: readonly (readonly string[])[] };
const file = new URL('../../../reference/interval_knapsack.json', import.meta.url);
const intervalInstances = JSON.parse(readFileSync(file, 'utf8')) as readonly IntervalInstance[];

describe('interval knapsacks of the usual classes', () => {
  it.each(intervalInstances)('$name: the value and the portfolios of an exhaustive search elsewhere', ({ budget, initiatives, objective, optimal_portfolios: optimal }) => {
    const found = allocate(problem(initiatives, budget, 'interval_minimax_regret'), null);
    expect(found.status).toBe('optimal');
    expect(found.objective_value).toBe(objective);
    expect([found.selected_initiatives, ...found.ties]).toEqual(optimal);
  });
});

/**
 * Payoff tables with a good and a poor state: each option takes the whole budget, and the median is the poor state once more,
 * which changes no regret. Doing nothing is the empty portfolio.
 */
const tables = [
  {
    // Anderson, Sweeney and Williams, An Introduction to Management Science: Pittsburgh Development Corporation.
    name: 'a condominium complex in three sizes',
    options: { small: [8, 7], medium: [14, 5], large: [20, -9] },
    weights: [0.8, 0.2],
    answers: { maximax: ['large', 20], maximin: ['small', 7], minimax_regret: ['medium', 6], bayesian: ['large', 14.2] },
  },
  {
    // Taylor, Introduction to Management Science: the real estate investment.
    name: 'apartments, offices or a warehouse',
    options: { apartments: [50_000, 30_000], offices: [100_000, -40_000], warehouse: [30_000, 10_000] },
    weights: [0.5, 0.5],
    alpha: 0.4,
    answers: { maximax: ['offices', 100_000], maximin: ['apartments', 30_000], minimax_regret: ['apartments', 50_000], bayesian: ['apartments', 40_000], hurwicz: ['apartments', 38_000] },
  },
  {
    // Render, Stair and Hanna, Quantitative Analysis for Management: Thompson Lumber.
    name: 'a large plant, a small one or none',
    options: { large: [200_000, -180_000], small: [100_000, -20_000] },
    weights: [0.5, 0.5],
    alpha: 0.8,
    answers: { maximax: ['large', 200_000], maximin: ['', 0], minimax_regret: ['small', 100_000], bayesian: ['small', 40_000], hurwicz: ['large', 124_000] },
  },
] as const;

describe.each(tables)('the textbook table of $name', (table) => {
  const options = Object.entries(table.options).map(([id, [good, poor]]): Candidate => ({ id, cost: 10, R_best: good, R_med: poor, R_worst: poor, confidence: 1 }));
  const parameters: Record<string, Record<string, unknown>> = {
    bayesian: { weights: { best: table.weights[0], med: 0, worst: table.weights[1] } },
    hurwicz: 'alpha' in table ? { alpha: table.alpha } : {},
  };
  it.each(Object.entries(table.answers))('has its answer under %s', (rule, [option, value]) => {
    const found = allocate({ ...problem(options, 10, rule), rule_parameters: parameters[rule] ?? {} }, null);
    expect([found.selected_initiatives, found.objective_value]).toEqual([option === '' ? [] : [option], value]);
  });
});

function problem(candidates: readonly Candidate[], budget: number, rule: string): AllocationProblem {
  return { candidates, budget, min_confidence_threshold: 0, min_portfolio_worst_return: null, rule, rule_parameters: {} };
}

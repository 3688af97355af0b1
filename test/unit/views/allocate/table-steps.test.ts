import { describe, expect, it } from 'vitest';
import type { AllocationProblem } from '../../../../src/core/allocate/decision-rule.ts';
import { allocate } from '../../../../src/core/allocate/index.ts';
import { optionRows } from '../../../../src/views/allocate/portfolio-rows.ts';
import { difference, everything, inNeutralOrder, tableSteps } from '../../../../src/views/allocate/table-steps.ts';
import { ruleOf } from '../../../../src/views/shared/catalogue.ts';
import { moneyOf } from '../../../../src/views/shared/money.ts';
import { mine, money, workedProblem } from './worked-example.ts';

function stepsFor(change: Partial<AllocationProblem> = {}, own: typeof mine | null = mine) {
  const problem = { ...workedProblem, ...change };
  const allocation = allocate(problem, null);
  const rule = ruleOf(problem.rule)!;
  const rows = inNeutralOrder(optionRows({ allocation, problem, mine: own, all: false, sense: rule.objective.sense }));
  return { rows, steps: tableSteps({ allocation, rows, money, budget: problem.budget, rule }) };
}

describe('the tables step by step', () => {
  const { rows, steps } = stepsFor();

  it('go from the options over payoffs, V* and regrets to the choice, a column at a time', () => {
    expect(steps.map(({ title }) => title)).toEqual([
      'The options',
      'Payoffs, best state',
      'Payoffs, median state',
      'Payoffs, worst state',
      'V*, the best of each column',
      'Regrets, best state',
      'Regrets, median state',
      'Regrets, worst state',
      'The largest regret of each row',
      'The choice',
    ]);
    const revealed = steps.map((step) => step.revealed);
    expect(revealed.map(({ payoffs }) => payoffs)).toEqual([0, 1, 2, 3, 3, 3, 3, 3, 3, 3]);
    expect(revealed.map(({ regrets }) => regrets)).toEqual([0, 0, 0, 0, 0, 1, 2, 3, 3, 3]);
    expect(revealed.findIndex(({ vStar }) => vStar)).toBe(4);
    expect(revealed.findIndex(({ largest }) => largest)).toBe(8);
    expect(revealed.findIndex(({ choice }) => choice)).toBe(9);
    expect(revealed.at(-1)).toEqual(everything);
  });

  it('are told with the numbers at hand', () => {
    expect(steps.map(({ sentence }) => sentence)).toEqual([
      'Each row is a portfolio and what it costs; the budget is $10.0. Of the 15 that fit, six are listed.',
      'If all turn out best, each row adds up its initiatives: for TitlesAI + ImageEnhancer, $13.7 + $7.6 = $21.3.',
      'If all turn out median, each row adds up its initiatives: for TitlesAI + ImageEnhancer, $9.2 + $5.2 = $14.4.',
      'If all turn out worst, each row adds up its initiatives: for TitlesAI + ImageEnhancer, $2.0 + $1.0 = $3.0.',
      'V* is the most the budget could have returned, had you known the state: $30.3 if all turn out best (TitlesAI + ImageEnhancer + BundleEngine); ' +
        '$19.6 if all turn out median (TitlesAI + ImageEnhancer + PriceOptimizer); $5.0 if all turn out worst (TitlesAI + ImageEnhancer + PriceOptimizer).',
      'Regret in the best state is V* minus the entry: for TitlesAI + ImageEnhancer, $30.3 \u2212 $21.3 = $9.0.',
      'Regret in the median state is V* minus the entry: for TitlesAI + ImageEnhancer, $19.6 \u2212 $14.4 = $5.2.',
      'Regret in the worst state is V* minus the entry: for TitlesAI + ImageEnhancer, $5.0 \u2212 $3.0 = $2.0.',
      'Look along each row for its largest regret: for TitlesAI + ImageEnhancer it is $9.0, if all turn out best.',
      'The smallest of these is $1.0: minimax regret funds TitlesAI + PriceOptimizer + BundleEngine.',
    ]);
  });

  it('list the options in an order that gives nothing away', () => {
    const costs = rows.map(({ portfolio }) => portfolio.cost);
    expect(costs).toEqual(costs.toSorted((a, b) => a - b));
    expect(rows[0]?.chosen).toBe(false);
  });

  it('have a step for the objective of another rule, before its choice', () => {
    const { steps: maximin } = stepsFor({ rule: 'maximin' }, null);
    expect(maximin.slice(-2).map(({ title }) => title)).toEqual(['Return in the worst state', 'The choice']);
    expect(maximin.slice(-2).map(({ sentence }) => sentence)).toEqual([
      'This rule looks not at regret but at the return in the worst state: for ImageEnhancer + PriceOptimizer, $3.0.',
      'The largest of these is $5.0: the rule funds TitlesAI + ImageEnhancer + PriceOptimizer. Its largest regret is $1.4, where another row has $1.0.',
    ]);
    expect(maximin.at(-3)?.revealed).toMatchObject({ largest: true, objective: false, choice: false });
    const { steps: maximax } = stepsFor({ rule: 'maximax' }, null);
    expect(maximax.at(-1)?.sentence).toContain('One other listed is equally good; this one costs least, then comes first by name.');
    const { steps: greedy } = stepsFor({ rule: 'greedy_roi' }, null);
    expect(greedy.at(-1)?.sentence).toContain('A rule of thumb proves nothing.');
  });

  it('end with why nothing may be chosen', () => {
    const { steps: infeasible } = stepsFor({ min_portfolio_worst_return: 6 }, null);
    expect(infeasible.at(-1)?.sentence).toContain('reaches the floor of 6');
  });
});

describe('a difference in print', () => {
  it('is marked as about where rounding would make it look wrong', () => {
    const programme = moneyOf({ currency: 'USD', budget: 100_000, initiatives: [] });
    expect(difference(money, 30.3, 21.3)).toBe('$30.3 \u2212 $21.3 = $9.0');
    expect(difference(money, 1, -2)).toBe('$1.0 \u2212 (\u2212$2.0) = $3.0');
    expect(difference(programme, 18_249.6, 9_121.4)).toBe('$18,250 \u2212 $9,121 \u2248 $9,128');
    expect(difference(programme, 18_249.6, 9_120.9)).toBe('$18,250 \u2212 $9,121 = $9,129');
  });
});

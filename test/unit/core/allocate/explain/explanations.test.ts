import { describe, expect, it } from 'vitest';
import type { AllocationProblem, Candidate } from '../../../../../src/core/allocate/decision-rule.ts';
import { cellArithmetic } from '../../../../../src/core/allocate/explain/cell-arithmetic.ts';
import { compareRules } from '../../../../../src/core/allocate/explain/compare-rules.ts';
import { confidenceSwitches } from '../../../../../src/core/allocate/explain/confidence-switches.ts';
import { dominatedInitiatives, dominatedPortfolios } from '../../../../../src/core/allocate/explain/dominated.ts';
import { forcedChoices } from '../../../../../src/core/allocate/explain/forced-choices.ts';
import { frontier } from '../../../../../src/core/allocate/explain/frontier.ts';
import { menuChange } from '../../../../../src/core/allocate/explain/menu-change.ts';
import { menuExample } from '../../../../../src/core/allocate/explain/menu-example.ts';
import { nearOptimal } from '../../../../../src/core/allocate/explain/near-optimal.ts';
import { allocate } from '../../../../../src/core/allocate/index.ts';
import { workedExample } from './worked-example.ts';

const [titles, image, price, , bundle] = ['TitlesAI', 'ImageEnhancer', 'PriceOptimizer', 'SearchRanker', 'BundleEngine'] as const;
const choice = [titles, price, bundle];
const cautious = [titles, image, price];

describe('the rules side by side on the worked example', () => {
  const answers = new Map(compareRules(workedExample).map((answer) => [answer.key, answer]));

  it('has every rule once, and Laplace', () => {
    expect([...answers.keys()].sort()).toEqual(['bayesian', 'greedy_roi', 'hurwicz', 'interval_minimax_regret', 'laplace', 'maximax', 'maximin', 'minimax_regret']);
    expect([...answers.values()].filter(({ is_own }) => is_own).map(({ key }) => key)).toEqual(['minimax_regret']);
  });

  it('picks what a table of the affordable portfolios gives by hand', () => {
    const picked = Object.fromEntries([...answers].map(([key, { allocation }]) => [key, [allocation.selected_initiatives, allocation.objective_value]]));
    expect(picked).toEqual({
      minimax_regret: [choice, 1],
      bayesian: [cautious, 18.275],
      laplace: [cautious, 53.5 / 3],
      maximin: [cautious, 5],
      maximax: [[titles, image, bundle], 30.3],
      hurwicz: [choice, 17.15],
      interval_minimax_regret: [[titles, image, bundle], 7.6],
      greedy_roi: [cautious, 19.6],
    });
  });

  it('says what maximin guards and what it gives up', () => {
    expect(answers.get('maximin')?.because).toEqual({
      kind: 'differs',
      added: [image],
      dropped: [bundle],
      objective: { own: 5, reference: 4 },
      returns: { best: { own: 28.9, reference: 30.3, difference: -1.4 }, med: { own: 19.6, reference: 18.9, difference: 0.7 }, worst: { own: 5, reference: 4, difference: 1 } },
      gains_most_in: 'worst',
      gives_up_most_in: 'best',
      extra_regret: 0.4,
      reference_is_as_good: false,
      extra_independent_regret: 0.4,
    });
    expect(answers.get('hurwicz')?.because).toEqual({ kind: 'same' });
    expect(answers.get('maximax')?.because).toMatchObject({ kind: 'differs', objective: { own: 30.3, reference: 30.3 }, reference_is_as_good: true });
  });

  it('keeps the parameters of the rule that was asked, and asks the others with their defaults', () => {
    const asked = compareRules({ ...workedExample, rule: 'hurwicz', rule_parameters: { alpha: 0 } });
    expect(asked.find(({ key }) => key === 'hurwicz')).toMatchObject({ is_own: true, parameters: { alpha: 0 }, allocation: { selected_initiatives: cautious } });
    expect(asked.find(({ key }) => key === 'minimax_regret')?.because).toEqual({ kind: 'reference' });
  });

  it('has no choice to compare where the floor is out of reach, and asks the interval rule of whole initiatives', () => {
    const answersTo = (problem: AllocationProblem) => new Map(compareRules(problem).map((answer) => [answer.key, answer]));
    expect(answersTo({ ...workedExample, min_portfolio_worst_return: 100 }).get('maximin')?.because).toEqual({ kind: 'no_choice' });
    const divisible = { ...workedExample, candidates: workedExample.candidates.map((candidate) => ({ ...candidate, divisible: candidate.id === bundle })) };
    expect(answersTo(divisible).get('interval_minimax_regret')).toMatchObject({ asked_whole: true, allocation: { objective_value: 7.6 } });
  });
});

describe('the worked example explained', () => {
  it('costs this much to force an initiative in or out', () => {
    expect(forcedChoices(workedExample).map(({ id, held, regret_in, regret_out }) => [id, held, regret_in, regret_out])).toEqual([
      [titles, true, 1, 6.1],
      [image, false, 1.4, 1],
      [price, true, 1, 2],
      [bundle, true, 1, 1.4],
    ]);
  });

  it('tells why an initiative cannot be forced in or out', () => {
    const problem = { ...workedExample, min_portfolio_worst_return: 5, constraints: { exclusive: [[titles, bundle]], required: [titles] } };
    const forced = new Map(forcedChoices(problem).map((entry) => [entry.id, entry]));
    expect(forced.get(bundle)?.reason_in).toMatch(/BundleEngine/);
    expect(forced.get(titles)).toMatchObject({ regret_out: null, portfolio_out: null });
    expect(forced.get(image)?.reason_out).toMatch(/floor/);
  });

  it('takes in ImageEnhancer from a confidence of 0.7, and drops PriceOptimizer below 18/35', () => {
    const switches = new Map(confidenceSwitches(workedExample).map((entry) => [entry.id, entry]));
    // Held at 0.7: regrets of Titles + Image + Price in the best state and of the choice in the worst are 1 both.
    expect(switches.get(image)).toMatchObject({ standing: 'switches', held: false, enters_at: 0.7, sure_from: 0.7, precision: 0 });
    expect(switches.get(price)?.enters_at).toBeCloseTo(18 / 35, 15);
    expect(switches.get('SearchRanker')).toMatchObject({ enters_at: 0.5, at_threshold: true });
    expect(confidenceSwitches({ ...workedExample, rule: 'greedy_roi' })[0]).toMatchObject({ standing: 'unavailable', enters_at: null });
  });

  it('regrets 1 between budgets of 10 and 12 and nothing elsewhere, once the floor can be met', () => {
    const { steps, exact } = frontier(workedExample);
    expect(exact).toBe(true);
    expect(steps.map(({ from, to, objective_value }) => [from, to, objective_value])).toEqual([
      [0, 2, null],
      [2, 4, null],
      [4, 6, 0],
      [6, 8, 0],
      [8, 10, 0],
      [10, 12, 1],
      [12, null, 0],
    ]);
    expect(steps[5]).toMatchObject({ selected_initiatives: choice, v_star: { best: 30.3, med: 19.6, worst: 5 }, returns: { best: 30.3, med: 18.9, worst: 4 } });
  });

  it('has three portfolios within 5% of the most one could have, all with TitlesAI', () => {
    const near = nearOptimal(workedExample, 0.05);
    expect(near).toMatchObject({ base: 30.3, best: 1, count: 3, capped: false });
    expect(near.holdings.map(({ id, count, standing }) => [id, count, standing])).toEqual([
      [titles, 3, 'core'],
      [image, 2, 'borderline'],
      [price, 2, 'borderline'],
      [bundle, 2, 'borderline'],
    ]);
    expect(nearOptimal(workedExample, 0)).toMatchObject({ count: 1, limit: 1 });
  });

  it('lets an option that nobody picks change the winner', () => {
    const example = menuExample(workedExample);
    expect(example).toMatchObject({ source: 'constructed', raises: 'med', before: { selected_initiatives: choice }, after: { selected_initiatives: cautious } });
    if (example === null) return;
    expect(menuChange(workedExample, { add: example.option })).toMatchObject({ before: choice, after: cautious, winner_changed: true, option_picked: false, is_violation: true });
    // An option that is picked explains the change itself.
    expect(menuChange(workedExample, { remove: price })).toMatchObject({ winner_changed: true, option_picked: true, is_violation: false });
    expect(menuChange(workedExample, { remove: 'SearchRanker' })).toMatchObject({ winner_changed: false, is_violation: false });
  });

  it('adds up a cell of the payoff table term by term', () => {
    const allocation = allocate(workedExample, null);
    const cell = cellArithmetic(workedExample, allocation, { ids: choice }, 'best');
    expect(cell.terms.map(({ id, gamma, R_state, R_worst, effective }) => [id, gamma.decimal, R_state.decimal, R_worst.decimal, effective.decimal])).toEqual([
      [titles, '0.1', '15', '2', '13.7'],
      [price, '0.2', '9', '2', '7.6'],
      [bundle, '0.5', '18', '0', '9'],
    ]);
    expect([cell.sum.decimal, cell.v_star.decimal, cell.regret.decimal]).toEqual(['30.3', '30.3', '0']);
    expect(cellArithmetic(workedExample, allocation, { ids: choice }, 'worst').regret).toEqual({ value: 1, decimal: '1' });
    expect(cellArithmetic(workedExample, allocation, { ids: [bundle], shares: { [bundle]: 0.125 } }, 'med').sum.decimal).toBe('0.5625');
  });
});

describe('dominance', () => {
  const candidate = (id: string, cost: number, best: number, med: number, worst: number): Candidate => ({ id, cost, R_best: best, R_med: med, R_worst: worst, confidence: 1 });

  it('is between initiatives: no dearer, no worse in any state, and cheaper or better in one', () => {
    const candidates = [candidate('a', 2, 5, 3, 1), candidate('b', 2, 5, 3, 1), candidate('c', 3, 5, 3, 0), candidate('d', 3, 6, 3, 1), candidate('e', 1, 1, 1, 1)];
    const problem = { ...workedExample, candidates, min_confidence_threshold: 0 };
    expect(dominatedInitiatives(problem)).toEqual([{ id: 'c', by: ['a', 'b', 'd'] }]);
    // Effective returns count: an untrusted initiative is worth its worst return.
    const doubted = { ...problem, candidates: candidates.map((entry) => (entry.id === 'd' ? { ...entry, confidence: 0 } : entry)) };
    expect(dominatedInitiatives(doubted).map(({ id, by }) => [id, by])).toEqual([['c', ['a', 'b']], ['d', ['a', 'b', 'e']]]);
  });

  it('is between rows of the payoff table', () => {
    const { portfolios } = allocate(workedExample, null);
    const dominated = dominatedPortfolios(portfolios);
    const row = (ids: readonly string[]) => portfolios.findIndex((portfolio) => portfolio.ids.join() === ids.join());
    expect(dominated.find(({ index }) => index === row([titles, image, bundle]))?.by).toContain(row(choice));
    expect(dominated.map(({ index }) => index)).not.toContain(row(choice));
  });
});

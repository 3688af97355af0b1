import { describe, expect, it } from 'vitest';
import type { Allocation, AllocationProblem } from '../../../../src/core/allocate/decision-rule.ts';
import { allocate } from '../../../../src/core/allocate/index.ts';
import type { Run } from '../../../../src/core/contracts/run.ts';
import { plainText } from '../../../../src/ui/phrase.ts';
import {
  allocateHeading,
  allocateReading,
  guessHeading,
  proofLine,
  tiesLine,
  type Decided,
} from '../../../../src/views/allocate/allocate-words.ts';
import { adversary, adversaryReading, boundsReading } from '../../../../src/views/allocate/bounds-words.ts';
import { ruleLabel } from '../../../../src/views/shared/catalogue.ts';
import { money, workedAllocation, workedProblem } from './worked-example.ts';

function decided(allocation: Allocation, parameters: Readonly<Record<string, unknown>> = {}, floor: number | null = 3): Decided {
  const scenario = { budget: 10, min_portfolio_worst_return: floor, decision_rule: { id: allocation.rule, parameters } };
  return { allocation, scenario: scenario as unknown as Run['scenario'], evaluate_results: [{}] as unknown as Run['evaluate_results'] };
}
const by = (rule: string, rule_parameters: AllocationProblem['rule_parameters'] = {}) =>
  allocate({ ...workedProblem, rule, rule_parameters }, null);
const heading = (allocation: Allocation, parameters = {}) => allocateHeading(decided(allocation, parameters), money);
const reading = (allocation: Allocation, parameters = {}) =>
  plainText(allocateReading(decided(allocation, parameters), money, ruleLabel(allocation.rule)));
const bounds = (allocation: Allocation) => plainText(boundsReading(allocation, money));

const together = 'if all initiatives turn out best, median or worst together.';
const hides = 'Moving all initiatives together hides the risk that those you fund turn out badly while those you pass over turn out well.';

describe('minimax regret on the worked example', () => {
  it('is told in a heading and a paragraph that holds both bounds', () => {
    expect(heading(workedAllocation)).toBe('Fund three initiatives for $10.0: at most $1.0 to regret.');
    expect(reading(workedAllocation)).toBe(
      'Minimax regret funds TitlesAI, PriceOptimizer and BundleEngine and spends the whole budget. ' +
        'Its largest regret, $1.0, comes in the worst state if all turn out alike; if each goes its own way, it can lose $7.6.',
    );
  });

  it('says what theta leaves out, and why', () => {
    expect(bounds(workedAllocation)).toBe(
      `$1.0 is the most you can regret ${together} If each can go its own way, the same portfolio can lose $7.6: ` +
        `one would then have wanted TitlesAI + ImageEnhancer + PriceOptimizer. ${hides}`,
    );
  });

  it('names the scenario that hurts most, and what would then have been better', () => {
    const scenario = adversary(workedAllocation)!;
    expect(scenario.rows.map(({ id, turnsOut, effective }) => [id, turnsOut, effective])).toEqual([
      ['TitlesAI', 'worst', 2],
      ['ImageEnhancer', 'best', 7.6],
      ['PriceOptimizer', 'worst', 2],
      ['BundleEngine', 'worst', 0],
    ]);
    const wanted = scenario.rows.filter((row) => row.wanted).reduce((sum, { effective }) => sum + effective, 0);
    expect(wanted - scenario.ours).toBeCloseTo(scenario.regret, 12);
    expect(plainText(adversaryReading(scenario, money))).toBe(
      'TitlesAI, PriceOptimizer and BundleEngine turn out worst; ImageEnhancer turns out best. ' +
        'This portfolio then returns $4.0 and TitlesAI + ImageEnhancer + PriceOptimizer $11.6: $7.6 to regret.',
    );
  });

  it('asks first where the answer is to be guessed', () => {
    expect(guessHeading(decided(workedAllocation), money)).toBe('Pick a portfolio for $10.0. Then see what you would regret.');
  });
});

describe('the other rules on the worked example', () => {
  it.each([
    ['maximin', {}, 'Fund three initiatives for $8.0, which guarantees at least $5.0 if all turn out worst.'],
    ['maximax', {}, 'Fund three initiatives for $10.0, for $30.3 if all turn out best.'],
    ['bayesian', {}, 'Fund three initiatives for $8.0: $18.3 expected.'],
    ['hurwicz', { alpha: 0 }, 'Fund three initiatives for $8.0: $5.0 at an optimism of 0.00.'],
    ['hurwicz', { alpha: 1 }, 'Fund three initiatives for $10.0: $30.3 at an optimism of 1.00.'],
    ['greedy_roi', {}, 'Fund three initiatives for $8.0, by a rule of thumb that proves nothing.'],
  ])('%s %j: %s', (rule, parameters, expected) => {
    expect(heading(by(rule, parameters), parameters)).toBe(expected);
  });

  it('say why they take what they take, and both bounds on its regret', () => {
    const tail = 'Its largest regret, $1.4, comes in the best state if all turn out alike; if each goes its own way, it can lose $8.0.';
    const funded = 'funds TitlesAI, ImageEnhancer and PriceOptimizer and leaves $2.0 of the budget.';
    expect(reading(by('maximin'))).toBe(`Maximin ${funded} If all turn out worst it returns $5.0: no portfolio guarantees more. ${tail}`);
    expect(reading(by('bayesian'))).toBe(
      `Expected return ${funded} With weights of 0.25 on the best state, 0.50 on the median state and 0.25 on the worst state it returns $18.3 on average: no portfolio returns more. ${tail}`,
    );
    const laplace = { weights: { best: 1 / 3, med: 1 / 3, worst: 1 / 3 } };
    expect(reading(by('bayesian', laplace), laplace)).toContain('With weights of a third on each state it returns');
    expect(reading(by('hurwicz', { alpha: 0.25 }), { alpha: 0.25 })).toContain(
      'Weighing its best state by 0.25 and its worst by the rest, it is worth $',
    );
    expect(reading(by('greedy_roi'))).toBe(
      `Greedy by return on cost ${funded} It takes what returns most per cost in the median state, while money is left. ` +
        `A rule of thumb: nothing is proved about this choice. ${tail}`,
    );
    expect(bounds(by('maximin'))).toBe(
      `$1.4 is the most you can regret ${together} If each can go its own way, the same portfolio can lose $8.0: ` +
        `one would then have wanted TitlesAI + PriceOptimizer + BundleEngine. ${hides}`,
    );
  });

  it('say so where a rule of thumb misses the floor', () => {
    const missed = allocate({ ...workedProblem, rule: 'greedy_roi', min_portfolio_worst_return: 6 }, null);
    expect(reading(missed)).toContain('below the floor of 6, which this rule does not look at.');
  });

  it('promise little where the worst is a loss', () => {
    const loss: Allocation = { ...by('maximin'), objective_value: -3 };
    expect(heading(loss)).toBe('Fund three initiatives for $8.0, which loses at most $3.0 if all turn out worst.');
  });

  it('the interval rule promises however each one turns out', () => {
    const interval = by('interval_minimax_regret');
    expect(heading(interval)).toBe('Fund three initiatives for $10.0: at most $7.6 to regret however each one turns out.');
    expect(reading(interval)).toBe(
      'Interval minimax regret funds TitlesAI, ImageEnhancer and BundleEngine and spends the whole budget. ' +
        'However each initiative turns out, it can be regretted by $7.6 at most: no portfolio can promise less. ' +
        'Its largest regret, $2.0, comes in the worst state if all turn out alike.',
    );
    expect(bounds(interval)).toContain('$2.0 is the most you can regret');
    expect(bounds(interval)).toContain('can lose $7.6');
  });
});

describe('answers that are not plain', () => {
  const stopped: Allocation = {
    ...workedAllocation,
    status: 'node_limit',
    reason: 'The search stopped at its node limit: the proof gives the bound and the gap.',
    proof: { ...workedAllocation.proof!, method: 'branch_and_bound', portfolios_enumerated: null, bound: 0.975, gap: 0.025 },
  };

  it('say how far from the best an unproved one can be, rounded up', () => {
    expect(heading(stopped)).toBe('Fund three initiatives for $10.0: at most $1.0 to regret, at most 2.6% from the best.');
    expect(reading(stopped)).toContain('The search stopped at its limit: at most 2.6% from the best.');
    expect(proofLine(stopped, money)).toBe(
      'Not proved: the search stopped at its limit. No portfolio has a largest regret below $0.975, so the gap is $0.025 at most.',
    );
    const at = (bound: number, gap: number) => heading({ ...stopped, proof: { ...stopped.proof!, bound, gap } });
    expect(at(100, 3)).toContain(', at most 3% from the best.');
    expect(at(100, 12.3)).toContain(', at most 13% from the best.');
    expect(at(100, 0.001)).toContain(', at most 0.01% from the best.');
    expect(at(0, 1)).toContain(', at most $1.0 from the best.');
    const expected: Allocation = { ...by('maximin'), status: 'node_limit', proof: { ...stopped.proof!, bound: 5.15, gap: 0.15 } };
    expect(heading(expected)).toBe(
      'Fund three initiatives for $8.0, which guarantees at least $5.0 if all turn out worst, at most 3% from the best.',
    );
    expect(reading(expected)).toContain('If all turn out worst it returns $5.0: at most 3% from the best.');
    expect(proofLine(expected, money)).toContain('No portfolio has a return in the worst state above $5.15, so the gap is $0.15 at most');
  });

  it('say why nothing may be chosen, and how far the floor would have to come down', () => {
    const infeasible = allocate({ ...workedProblem, min_portfolio_worst_return: 6 }, null);
    expect(heading(infeasible)).toBe('No affordable portfolio meets the floor.');
    expect(reading(infeasible)).toContain('the largest that one can have is 5.');
    expect(bounds(infeasible)).toBe('');
    expect(adversary(infeasible)).toBeNull();
    const rivals = allocate({ ...workedProblem, budget: 7, constraints: { required: ['TitlesAI', 'BundleEngine'] } }, null);
    expect(heading(rivals)).toBe('No portfolio meets the constraints.');
    expect(reading(rivals)).toBe('What must be funded (TitlesAI and BundleEngine) costs 8, above the budget of 7.');
    expect(proofLine(rivals, money)).toBe('It is proved that no portfolio may be chosen.');
  });

  it('say why nothing is chosen', () => {
    const poor = allocate({ ...workedProblem, budget: 1, min_portfolio_worst_return: null }, null);
    expect(heading(poor)).toBe('Fund nothing, with nothing to regret in any state.');
    expect(reading(poor)).toBe('Minimax regret chooses nothing. Every eligible initiative costs more than the budget.');
    expect(heading(allocate({ ...workedProblem, budget: 1, min_portfolio_worst_return: null, rule: 'maximin' }, null))).toBe(
      'Fund nothing.',
    );
    expect(allocateHeading({ ...decided(poor), evaluate_results: [] }, money)).toBe('There is nothing to choose from.');
  });

  it('count what is funded in part by its share', () => {
    const shared: Allocation = { ...workedAllocation, shares: { TitlesAI: 1, PriceOptimizer: 1, BundleEngine: 0.4 } };
    expect(heading(shared)).toBe('Fund two initiatives and 40% of BundleEngine for $10.0: at most $1.0 to regret.');
    expect(reading(shared)).toContain('funds TitlesAI, PriceOptimizer and 40% of BundleEngine and spends the whole budget.');
    expect(adversary(shared)).toBeNull();
    expect(bounds(shared)).toContain('one would then have wanted shares of TitlesAI, ImageEnhancer and PriceOptimizer.');
  });

  it('do not pretend that what one would have wanted is whole where it is not', () => {
    const candidates = workedProblem.candidates.map((one) => ({ ...one, divisible: one.id === 'TitlesAI' || one.id === 'BundleEngine' }));
    const maximin = allocate({ ...workedProblem, candidates, budget: 9, rule: 'maximin' }, null);
    const scenario = adversary(maximin)!;
    expect(scenario.inPart).toBe(true);
    expect(plainText(adversaryReading(scenario, money))).toContain(
      'This portfolio then returns $5.0 and shares of TitlesAI, PriceOptimizer and BundleEngine $12.5: $7.5 to regret.',
    );
  });

  it('agree where no initiative can be regretted on its own', () => {
    expect(bounds({ ...workedAllocation, independent_regret: { value: 1, best_reply: [] } })).toBe(
      `$1.0 is the most you can regret ${together} If each can go its own way it is no more: the two bounds agree here.`,
    );
    const nothing: Allocation = { ...workedAllocation, objective_value: 0, regrets: { best: 0, med: 0, worst: 0 } };
    expect(reading(nothing)).toContain(
      'It is the best there is in every state: nothing to regret as long as all turn out alike; if each goes its own way, it can lose $7.6.',
    );
    expect(heading(nothing)).toBe('Fund three initiatives for $10.0, with nothing to regret in any state.');
  });
});

describe('how it was proved', () => {
  const solver = { name: 'HiGHS', selected_initiatives: ['TitlesAI'], objective_value: 2, agrees: true };
  const proved = (change: Partial<NonNullable<Allocation['proof']>>) =>
    proofLine({ ...workedAllocation, proof: { ...workedAllocation.proof!, ...change } }, money);

  it('is a line for every method', () => {
    expect(proved({ solver })).toBe('Proved by enumerating 15 portfolios; HiGHS agrees.');
    expect(proved({ solver: { ...solver, agrees: false } })).toBe(
      'Proved by enumerating 15 portfolios; HiGHS answered TitlesAI at $2.0, which is worse, and was overruled.',
    );
    expect(proved({ method: 'branch_and_bound' })).toBe('Proved by branch and bound: bound $1.0, gap $0.0.');
    expect(proved({ method: 'adversary_cuts' })).toBe(
      'Proved by a search against every scenario an adversary could choose: bound $1.0, gap $0.0.',
    );
    expect(proved({ method: 'linear_relaxation' })).toBe('Proved by a linear program in exact fractions: bound $1.0, gap $0.0.');
    expect(proofLine(by('greedy_roi'), money)).toBe('A rule of thumb takes what it meets first: nothing is proved about its choice.');
  });

  it('lists ties, not all of hundreds', () => {
    expect(tiesLine(workedAllocation)).toBe('');
    expect(tiesLine({ ...workedAllocation, ties: [['a', 'b']] })).toBe(
      'Equally good: a + b. The one shown costs least, then comes first by name.',
    );
    const many = Array.from({ length: 200 }, (_, i) => [`t${i}`]);
    expect(tiesLine({ ...workedAllocation, ties: many, ties_capped: true })).toContain('t9; and 190 or more others. The one shown');
  });
});

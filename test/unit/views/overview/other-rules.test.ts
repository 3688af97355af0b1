import { describe, expect, it } from 'vitest';
import type { Allocation } from '../../../../src/core/allocate/decision-rule.ts';
import type { Run } from '../../../../src/core/contracts/run.ts';
import { outcomeMarkdown } from '../../../../src/interchange/outcome-markdown.ts';
import { plainText } from '../../../../src/ui/phrase.ts';
import { stepResults } from '../../../../src/views/frame/step-results.ts';
import { finding } from '../../../../src/views/overview/finding.ts';
import { reading } from '../../../../src/views/overview/reading.ts';
import { boundsSentence, regretFacts } from '../../../../src/views/overview/regret-facts.ts';
import { moneyOf } from '../../../../src/views/shared/money.ts';
import { runFixture } from '../../../ui/run-fixture.ts';

const run = runFixture({
  initiatives: [
    { id: 'a', cost: 4, truth: 0, pilot: 'stated' },
    { id: 'b', cost: 4, truth: 0, pilot: 'stated' },
  ],
  funded: ['a'],
  oracle: [],
  budget: 10,
});
const money = moneyOf(run.scenario);
const decidedBy = (change: Partial<Allocation>, floor: number | null = null): Run => ({
  ...run,
  scenario: { ...run.scenario, min_portfolio_worst_return: floor },
  allocation: { ...run.allocation, ...change },
});
const maximin = decidedBy({
  rule: 'maximin',
  objective_value: 5,
  regrets: { best: 1.4, med: 0, worst: 0 },
  independent_regret: { value: 8, best_reply: ['b'] },
});

describe('what is said of the decision outside its own place', () => {
  it('is the regret of the choice, whatever the rule looks at, with both bounds', () => {
    expect(finding(maximin, money)).toBe('One of two initiatives was funded; $1.4 is the most there is to regret if they turn out alike.');
    expect(regretFacts(maximin, money)).toEqual([
      { label: 'largest regret, all turning out alike', value: '$1.4' },
      { label: 'exact, independent intervals', value: '$8.0' },
    ]);
    expect(regretFacts(run, money)[0]).toEqual({ label: '\u03b8*, promised at most', value: '$1.0' });
    expect(plainText(boundsSentence(maximin, money))).toBe(
      '$1.4 is the most there is to regret if all initiatives turn out best, median or worst together. If each can go its own way, the same portfolio can lose $8.0: ' +
        'moving all together hides the risk that those you fund turn out badly while those you pass over turn out well.',
    );
    const report = outcomeMarkdown(maximin);
    expect(report).toContain('- Largest regret promised (best, med and worst together): USD 1.40');
    expect(report).toContain('- Largest regret when each initiative goes its own way: USD 8.00');
  });

  it('names shares', () => {
    const shared = decidedBy({ shares: { a: 0.4 } });
    expect(plainText(reading(shared, money, 'Minimax regret'))).toContain('funded 40% of a for');
  });

  it('tells a floor from constraints, and both from a search that was stopped', () => {
    const none = { objective_value: null, status: 'infeasible' } as const;
    const floor = decidedBy({ ...none, attainable_worst_return: 2 }, 3);
    const constraints = decidedBy({ ...none, attainable_worst_return: null, reason: 'a is required, but it costs 40.' });
    const stopped = decidedBy({ objective_value: null, status: 'node_limit' });
    expect([floor, constraints, stopped].map((one) => finding(one, money))).toEqual([
      'No portfolio meets the floor.',
      'No portfolio meets the constraints.',
      'No portfolio that may be chosen was found.',
    ]);
    expect([floor, constraints, stopped].map((one) => stepResults(one, money).allocate)).toEqual([
      'floor too high',
      'none allowed',
      'none found',
    ]);
    expect(plainText(reading(constraints, money, 'Maximin'))).toContain('a is required, but it costs 40.');
    expect([floor, constraints, stopped].map((one) => regretFacts(one, money))).toEqual([[], [], []]);
    expect(outcomeMarkdown(floor)).not.toContain('Largest regret');
  });
});

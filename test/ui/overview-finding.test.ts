import { describe, expect, it } from 'vitest';
import { plainText } from '../../src/ui/phrase.ts';
import { finding } from '../../src/views/overview/finding.ts';
import { reading } from '../../src/views/overview/reading.ts';
import { moneyOf } from '../../src/views/shared/money.ts';
import { runFixture, type FixtureInitiative, type FixtureOptions } from './run-fixture.ts';

const caught = (id: string, truth = 300): FixtureInitiative => ({
  id,
  cost: 30_000,
  truth,
  pilot: [truth - 50, truth + 10, truth + 50],
  scale: [truth - 5, truth, truth + 5],
});
const missed = (id: string, truth = 300): FixtureInitiative => ({ id, cost: 30_000, truth, pilot: [truth + 50, truth + 100, truth + 150] });
const short = (id: string): FixtureInitiative => ({ id, cost: 30_000, truth: 100, pilot: [20, 40, 80] });
const degenerate = (id: string): FixtureInitiative => ({ id, cost: 30_000, truth: 100, pilot: 'degenerate' });
const stated = (id: string): FixtureInitiative => ({ id, cost: 4, truth: 0, pilot: 'stated' });

const headline = (options: FixtureOptions) => {
  const run = runFixture(options);
  return finding(run, moneyOf(run.scenario));
};
const paragraph = (options: FixtureOptions) => {
  const run = runFixture(options);
  return plainText(reading(run, moneyOf(run.scenario), 'Minimax regret'));
};

describe('the finding', () => {
  it.each<[string, FixtureOptions]>([
    [
      'All three pilots caught the truth; the portfolio left nothing on the table.',
      { initiatives: [caught('a'), caught('b'), caught('c')], funded: ['a'], oracle: ['a'] },
    ],
    [
      'Two of three pilots caught the truth; the portfolio left $20,000 on the table.',
      { initiatives: [caught('a'), caught('b', 500), missed('c')], funded: ['a'], oracle: ['b'] },
    ],
    [
      'One of three pilots caught the truth; the portfolio left nothing on the table.',
      { initiatives: [caught('a'), missed('b'), missed('c')], funded: ['a'], oracle: ['a'] },
    ],
    [
      'None of three pilots caught the truth; nothing was funded, which left $30,000 on the table.',
      { initiatives: [missed('a'), missed('b'), missed('c')], funded: [], oracle: ['a'] },
    ],
    [
      'Both pilots caught the truth; rightly, nothing was funded.',
      { initiatives: [caught('a', -1), caught('b', -1)], funded: [], oracle: [] },
    ],
    ['Neither pilot caught the truth; rightly, nothing was funded.', { initiatives: [missed('a'), missed('b')], funded: [], oracle: [] }],
    [
      'The one pilot caught the truth; the portfolio left nothing on the table.',
      { initiatives: [caught('a')], funded: ['a'], oracle: ['a'] },
    ],
    [
      'The one pilot missed the truth; the portfolio left nothing on the table.',
      { initiatives: [missed('a')], funded: ['a'], oracle: ['a'] },
    ],
    [
      'The one measured pilot caught the truth; the portfolio left nothing on the table.',
      { initiatives: [caught('a'), degenerate('b')], funded: ['a'], oracle: ['a'] },
    ],
    [
      'Two of three measured pilots caught the truth; the portfolio left nothing on the table.',
      { initiatives: [caught('a'), caught('b'), missed('c'), degenerate('d')], funded: ['a'], oracle: ['a'] },
    ],
    [
      'No pilot could be measured; rightly, nothing was funded.',
      { initiatives: [degenerate('a'), degenerate('b')], funded: [], oracle: [] },
    ],
    [
      'The pilot could not be measured; nothing was funded, which left $10,000 on the table.',
      { initiatives: [degenerate('a')], funded: [], oracle: ['a'] },
    ],
    [
      'The one pilot caught the truth; one of two initiatives was funded.',
      { initiatives: [caught('a'), stated('b')], funded: ['a'], oracle: [] },
    ],
    [
      'Two of three initiatives were funded; $1.00 is the most there is to regret if they turn out alike.',
      { initiatives: [stated('a'), stated('b'), stated('c')], funded: ['a', 'b'], oracle: [], budget: 1 },
    ],
    ['No portfolio meets the floor.', { initiatives: [stated('a')], funded: [], oracle: [], status: 'infeasible' }],
    ['There is nothing to decide yet.', { initiatives: [], funded: [], oracle: [] }],
  ])('%s', (expected, options) => {
    expect(headline(options)).toBe(expected);
  });
});

describe('the reading', () => {
  it('says on which side of the truth each interval lies and what the portfolio lost', () => {
    expect(paragraph({ initiatives: [caught('a'), missed('b', 500), short('c')], funded: ['a'], oracle: ['b'] })).toBe(
      'The pilot interval for b lies above the truth: the promise is too high. The pilot interval for c lies below the truth: the promise is too low. ' +
        'Minimax regret funded a for $30,000 of a budget of $100,000. Its pilot estimates promised $31,000; measured again at scale, $30,000. ' +
        'Under the true effects it returns $30,000, against $50,000 for an oracle that knew them: a realised regret of $20,000, 40% of what was possible.',
    );
  });

  it('says so where the oracle would have done the same', () => {
    const text = paragraph({ initiatives: [caught('a'), caught('b')], funded: ['a', 'b'], oracle: ['a', 'b'] });
    expect(text).toContain('Every pilot interval holds its true effect.');
    expect(text).toContain('an oracle that knew them would have funded the same.');
  });

  it('explains an empty selection, a pilot without an answer and stated returns', () => {
    expect(paragraph({ initiatives: [degenerate('a')], funded: [], oracle: [], reason: 'No initiative is eligible.' })).toBe(
      'a could not be measured and was kept out of the decision. Minimax regret funded nothing with a budget of $100,000. No initiative is eligible. ' +
        'An oracle that knew every true effect would have funded nothing either.',
    );
    expect(paragraph({ initiatives: [stated('a')], funded: ['a'], oracle: [], budget: 10 })).toContain('no truth to compare with');
  });
});

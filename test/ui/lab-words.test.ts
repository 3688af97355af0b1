import { describe, expect, it } from 'vitest';
import { allocate } from '../../src/core/allocate/index.ts';
import { compareRules } from '../../src/core/allocate/explain/compare-rules.ts';
import { judgePortfolio } from '../../src/core/allocate/judge-portfolio.ts';
import type { AllocationProblem } from '../../src/core/allocate/decision-rule.ts';
import { workedExample } from '../../src/core/scenario/presets/worked-example.ts';
import { plainText } from '../../src/ui/phrase.ts';
import { switchWords } from '../../src/views/allocate/each-words.ts';
import { guessedWords, handWords, judgedWords } from '../../src/views/allocate/lab-words.ts';
import { leastPossible } from '../../src/views/allocate/least-possible.ts';
import { agreementWords, breakable, disagreements, fundedByAny, isDisputed } from '../../src/views/allocate/rules-words.ts';
import { moneyOf } from '../../src/views/shared/money.ts';

const money = moneyOf(workedExample.scenario);
const problem: AllocationProblem = {
  candidates: workedExample.scenario.initiatives.flatMap((initiative) =>
    initiative.source === 'stated'
      ? [
          {
            id: initiative.initiative_id,
            cost: initiative.cost_to_scale,
            R_best: initiative.R_best,
            R_med: initiative.R_med,
            R_worst: initiative.R_worst,
            confidence: initiative.confidence,
          },
        ]
      : [],
  ),
  budget: 10,
  min_confidence_threshold: 0.5,
  min_portfolio_worst_return: 3,
  rule: 'minimax_regret',
  rule_parameters: {},
};
const allocation = allocate(problem, null);
const judged = (ids: readonly string[], independentRegret: number) => ({ ...judgePortfolio(problem, ids, allocation), independentRegret });

describe('one\u2019s own portfolio in words', () => {
  it('says what it could lose, alike and each its own way, and how far from the best it is', () => {
    expect(plainText(judgedWords(judged(['TitlesAI', 'ImageEnhancer'], 15.6), allocation, money))).toBe(
      'You could regret $9.0 in the best state if all turn out alike; if each goes its own way, $15.6. ' +
        'By this rule that is $8.0 more than the best, TitlesAI + PriceOptimizer + BundleEngine, at $1.0.',
    );
  });

  it('says how far from the best it is while that is hidden, and not which it is', () => {
    const guessed = (ids: readonly string[], independentRegret: number, least = leastPossible(allocation, null)) =>
      plainText(guessedWords(judged(ids, independentRegret), allocation, least, money));
    expect(guessed(['TitlesAI', 'ImageEnhancer'], 15.6)).toBe(
      'You could regret $9.0 in the best state if all turn out alike; if each goes its own way, $15.6. ' +
        'The largest regret is $8.0 more than the least possible: there is a better portfolio.',
    );
    expect(guessed(['TitlesAI', 'PriceOptimizer', 'BundleEngine'], 7.6)).toBe(
      'You could regret $1.0 in the worst state if all turn out alike; if each goes its own way, $7.6. ' +
        'The largest regret is the least possible: no portfolio does better.',
    );
    expect(guessed(['TitlesAI', 'ImageEnhancer'], 15.6, { value: 1, proved: false })).toContain('$8.0 more than the least that was found');
    expect(guessed(['TitlesAI', 'ImageEnhancer'], 15.6, { value: 8.999, proved: true })).toContain('is less than $0.1 more than');
    expect(guessed(['TitlesAI', 'ImageEnhancer'], 15.6, null)).toContain('is being worked out');
  });

  it('knows the least possible under another rule once the rules stand side by side', () => {
    const maximin = allocate({ ...problem, rule: 'maximin' }, null);
    expect(leastPossible(maximin, null)).toBeNull();
    expect(leastPossible(maximin, compareRules({ ...problem, rule: 'maximin' }))).toEqual({ value: 1, proved: true });
    expect(leastPossible({ ...allocation, status: 'node_limit' }, null)).toEqual({ value: 1, proved: false });
    expect(leastPossible(allocate({ ...problem, min_portfolio_worst_return: 100 }, null), null)).toBeNull();
  });

  it('says all that stands against one that cannot be chosen, hidden or not', () => {
    const words = plainText(
      guessedWords(judged(['TitlesAI', 'BundleEngine', 'SearchRanker', 'ImageEnhancer'], 20), allocation, null, money),
    );
    expect(words).toMatch(/^It cannot be chosen\. /);
    expect(words).toMatch(/over the budget/i);
    expect(words).toMatch(/SearchRanker/);
  });

  it('knows the best one when it is the same', () => {
    const words = plainText(judgedWords(judged(['TitlesAI', 'PriceOptimizer', 'BundleEngine'], 7.6), allocation, money));
    expect(words).toBe(
      'You could regret $1.0 in the worst state if all turn out alike; if each goes its own way, $7.6. No portfolio does better by this rule.',
    );
  });
});

describe('the rules side by side in words', () => {
  const answers = compareRules(problem);

  it('have a column for whatever any of them funds, and mark those they differ about', () => {
    const ids = fundedByAny(
      answers,
      problem.candidates.map(({ id }) => id),
    );
    expect(ids).toEqual(['TitlesAI', 'ImageEnhancer', 'PriceOptimizer', 'BundleEngine']);
    expect(ids.filter((id) => isDisputed(answers, id))).toEqual(['ImageEnhancer', 'PriceOptimizer', 'BundleEngine']);
    expect(agreementWords(answers)).toMatch(/^8 answers, three portfolios\./);
  });

  it('tell once what those that choose alike exchange, with what each looks at', () => {
    const [maximin] = disagreements(answers, money).filter(({ words }) => plainText(words).includes('Maximin'));
    const text = plainText(maximin?.words ?? []);
    expect(text).toContain(
      'ImageEnhancer instead of BundleEngine: that gains $1.0 in the worst state and gives up $1.4 in the best state.',
    );
    expect(text).toContain('$0.4 more to regret');
    expect(text).toContain('return in the worst state $5.0 instead of $4.0');
    expect(text).toContain('Laplace');
  });

  it('say nothing of rules that agree', () => {
    const alone = { ...problem, candidates: problem.candidates.slice(0, 1), min_portfolio_worst_return: null };
    const agreeing = compareRules(alone);
    expect(disagreements(agreeing, money)).toEqual([]);
    expect(agreementWords(agreeing)).toMatch(/^All rules agree/);
  });

  it('say once that there is nothing to choose', () => {
    const nothing = compareRules({ ...problem, min_portfolio_worst_return: 100 });
    expect(agreementWords(nothing)).toBe('Only Greedy by return on cost chooses something.');
    const [why, heuristic, ...others] = disagreements(nothing, money);
    expect(others).toEqual([]);
    expect(plainText(heuristic?.words ?? [])).toMatch(
      /^Greedy by return on cost has a choice where minimax regret has none\. A rule of thumb/,
    );
    expect(plainText(why?.words ?? [])).toMatch(/have no choice here: no affordable portfolio/);
  });
});

it('breaks long names where they may be broken', () => {
  expect(breakable('ImageEnhancer')).toEqual(['Image', 'Enhancer']);
  expect(breakable('product-desc_enhancement')).toEqual(['product-', 'desc_', 'enhancement']);
  expect(breakable('x')).toEqual(['x']);
});

it('names whose numbers are set by hand', () => {
  expect(plainText(handWords(['a', 'b']))).toBe('The choice rests on numbers set by hand for a and b.');
  expect(handWords([])).toEqual([]);
});

it('words every standing of a confidence', () => {
  const base = {
    id: 'a',
    confidence: 0.5,
    held: true,
    enters_at: 0.45,
    sure_from: 0.45,
    at_threshold: false,
    precision: 0,
    reason: null,
  } as const;
  expect(switchWords({ ...base, standing: 'switches' })).toEqual({ text: '0.45', detail: 'leaves below' });
  expect(switchWords({ ...base, standing: 'switches', precision: 0.001, held: false }).text).toBe('\u2248 0.45');
  expect(switchWords({ ...base, standing: 'switches', at_threshold: true }).detail).toBe('the threshold');
  expect(switchWords({ ...base, standing: 'switches', sure_from: 0.6 }).detail).toBe('leaves below; others are as good up to 0.60');
  expect(switchWords({ ...base, standing: 'switches', sure_from: null }).detail).toBe('leaves below; others are as good throughout');
  expect(switchWords({ ...base, standing: 'always' }).text).toBe('always in');
  expect(switchWords({ ...base, standing: 'never' }).text).toBe('never');
  expect(switchWords({ ...base, standing: 'unavailable', reason: 'it costs more than the budget' }).detail).toBe(
    'it costs more than the budget',
  );
});

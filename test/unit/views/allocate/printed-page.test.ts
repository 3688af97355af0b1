import { describe, expect, it } from 'vitest';
import type { AllocationProblem } from '../../../../src/core/allocate/decision-rule.ts';
import { allocate } from '../../../../src/core/allocate/index.ts';
import { plainText } from '../../../../src/ui/phrase.ts';
import { boundsReading } from '../../../../src/views/allocate/bounds-words.ts';
import { optionRows } from '../../../../src/views/allocate/portfolio-rows.ts';
import { printedLink, printedPlan } from '../../../../src/views/allocate/printed-page.ts';
import { mine, money, workedAllocation, workedProblem } from './worked-example.ts';

const planOf = (problem: AllocationProblem, isGuess = false) => {
  const allocation = problem === workedProblem ? workedAllocation : allocate(problem, null);
  const options = optionRows({ allocation, problem, mine: problem === workedProblem ? mine : null, all: false, sense: 'minimise' });
  return printedPlan(problem, allocation, options, [], isGuess);
};

/** n initiatives of one cost, their returns spread so that every one has a part to play. */
function many(n: number, name: (i: number) => string): AllocationProblem {
  const candidates = Array.from({ length: n }, (_, i) => ({
    id: name(i + 1),
    cost: 1 + (i % 3),
    R_best: 4 + ((i * 7) % 11),
    R_med: 2 + ((i * 5) % 3),
    R_worst: ((i * 3) % 5) - 2,
    confidence: 0.6 + (i % 4) / 10,
  }));
  return { ...workedProblem, candidates, budget: n, min_portfolio_worst_return: null, rule: 'greedy_roi' };
}

describe('the printed page', () => {
  it('holds all of a small example by name', () => {
    const plan = planOf(workedProblem);
    expect(plan).toMatchObject({ columns: 1, density: 'roomy', left: 0, numbered: false });
    expect(plan.rows[0]?.chosen).toBe(true);
    expect(plan.rows.some((row) => row.mine)).toBe(true);
    expect(plan.initiatives.map(({ funded }) => funded)).toEqual([1, 0, 1, 0, 1]);
    expect(plan.name(['TitlesAI', 'BundleEngine'], { BundleEngine: 0.4 })).toBe('TitlesAI + 40% of BundleEngine');
    expect(planOf(workedProblem, true).initiatives.every(({ funded }) => funded === 0)).toBe(true);
  });

  it('writes long portfolios by the numbers of their initiatives, in tables and sentences alike', () => {
    const plan = planOf(many(16, (i) => `an-initiative-with-a-rather-long-name-${i}`));
    expect(plan).toMatchObject({ columns: 2, numbered: true, left: 0 });
    expect(plan.name(plan.rows[0]!.portfolio.ids)).toMatch(/^#\d+( #\d+)+$/);
    expect(plan.name(['an-initiative-with-a-rather-long-name-2'], { 'an-initiative-with-a-rather-long-name-2': 0.5 })).toBe('50% of #2');
    expect(plainText(boundsReading(plan.told, money))).not.toContain('an-initiative');
    expect(plan.initiatives[15]).toMatchObject({ number: 16, label: 'an-initiative-wit\u2026er-long-name-16' });
  });

  it('keeps to what the portfolios hold where there are too many, and says how many are left', () => {
    const problem = many(60, (i) => `x${i}`);
    const plan = planOf({ ...problem, budget: 12 });
    expect(plan.initiatives.length).toBeLessThanOrEqual(40);
    expect(plan.left).toBe(60 - plan.initiatives.length);
    const printed = new Set(plan.initiatives.map(({ id }) => id));
    expect(plan.rows.flatMap(({ portfolio }) => portfolio.ids).filter((id) => !printed.has(id))).toEqual([]);
    expect(plan.rows.length).toBeLessThanOrEqual(8);
  });

  it('prints a link a person might type', () => {
    expect(printedLink('https://example.org/#/allocate?p=worked-example')).toBe('https://example.org/#/allocate?p=worked-example');
    expect(printedLink('x'.repeat(2000))).toBe('');
  });
});

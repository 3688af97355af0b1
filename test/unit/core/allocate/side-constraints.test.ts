import { describe, expect, it } from 'vitest';
import type { AllocationProblem, Candidate, SideConstraints } from '../../../../src/core/allocate/decision-rule.ts';
import { checkProblem } from '../../../../src/core/allocate/check-problem.ts';
import { allocate } from '../../../../src/core/allocate/index.ts';
import { rowConstraints } from '../../../../src/core/allocate/side-constraints.ts';

const row = (id: string, cost: number, category = '', confidence = 1): Candidate => ({ id, cost, R_best: 30 * cost, R_med: 20 * cost, R_worst: 10 * cost, confidence, category });
const candidates = [row('a', 4, 'x'), row('b', 0.1, 'y'), row('c', 0.2, 'y'), row('d', 5, 'x'), row('dear', 50), row('doubtful', 1, '', 0.1)];
const problem = (constraints: Partial<SideConstraints>, change: Partial<AllocationProblem> = {}): AllocationProblem => ({
  candidates,
  budget: 10,
  min_confidence_threshold: 0.5,
  min_portfolio_worst_return: null,
  rule: 'minimax_regret',
  rule_parameters: {},
  constraints,
  ...change,
});
const ids = ['a', 'b', 'c', 'd'];
const resolved = (constraints: Partial<SideConstraints>) => {
  const found = rowConstraints(problem(constraints), ids);
  if (found === null) throw new Error('nothing is constrained');
  const named = (mask: Uint8Array) => ids.filter((_, i) => mask[i] === 1);
  const allows = (...chosen: string[]) => found.allows(Uint8Array.from(ids, (id) => (chosen.includes(id) ? 1 : 0)));
  return { ...found, forced: named(found.forced), barred: named(found.barred), allows };
};

describe('side constraints on the rows in play', () => {
  it('are nothing where there are none', () => {
    expect(rowConstraints(problem({}), ids)).toBeNull();
    expect(rowConstraints(problem({ required: [], at_most: null, category_caps: [] }), ids)).toBeNull();
  });

  it('carry a requirement on to what it needs, and bar what it excludes', () => {
    const { forced, barred, conflicts } = resolved({ required: ['a'], prerequisites: [{ id: 'a', requires: 'b' }, { id: 'd', requires: 'c' }], exclusive: [['b', 'c']] });
    expect({ forced, barred, conflicts }).toEqual({ forced: ['a', 'b'], barred: ['c', 'd'], conflicts: [] });
  });

  it('bar whatever needs, however indirectly, what is excluded, ineligible or too dear', () => {
    expect(resolved({ excluded: ['c'], prerequisites: [{ id: 'a', requires: 'b' }, { id: 'b', requires: 'c' }] }).barred).toEqual(['a', 'b', 'c']);
    expect(resolved({ prerequisites: [{ id: 'a', requires: 'dear' }] }).barred).toEqual(['a']);
    expect(resolved({ prerequisites: [{ id: 'a', requires: 'doubtful' }] }).barred).toEqual(['a']);
  });

  it('let two that need each other in together only', () => {
    const { allows } = resolved({ prerequisites: [{ id: 'a', requires: 'b' }, { id: 'b', requires: 'a' }] });
    expect([allows(), allows('a'), allows('b'), allows('a', 'b')]).toEqual([true, false, false, true]);
  });

  it('count money in decimals: 0.1 + 0.2 fits a cap of 0.3', () => {
    const cap = (max_cost: number) => resolved({ category_caps: [{ category: 'y', max_initiatives: null, max_cost }] }).allows('b', 'c');
    expect(cap(0.3)).toBe(true);
    expect(cap(0.29999999999999993)).toBe(false);
  });

  it('compare caps exactly where no common unit fits a double', () => {
    const long = [row('a', 1e15, 'z'), row('b', 1e-15, 'z'), row('c', 1, '')].map((candidate) => ({ ...candidate, R_best: 3, R_med: 2, R_worst: 1 }));
    const allows = (max_cost: number) =>
      rowConstraints({ ...problem({ category_caps: [{ category: 'z', max_initiatives: null, max_cost }] }), candidates: long, budget: 1e16 }, ['a', 'b', 'c'])?.allows(Uint8Array.from([1, 1, 0]));
    expect(allows(1e15)).toBe(false);
    expect(allows(1.5e15)).toBe(true);
    const result = allocate({ ...problem({ category_caps: [{ category: 'z', max_initiatives: null, max_cost: 1e15 }] }), candidates: long, budget: 1e16 }, null);
    expect([result.selected_initiatives, result.ties]).toEqual([['b', 'c'], [['a', 'c']]]);
  });

  it('cap number and cost of all and of a category', () => {
    expect(resolved({ at_most: 1 }).allows('a', 'b')).toBe(false);
    expect(resolved({ category_caps: [{ category: 'x', max_initiatives: 1, max_cost: null }] }).allows('a', 'd')).toBe(false);
    expect(resolved({ category_caps: [{ category: 'x', max_initiatives: 1, max_cost: null }] }).allows('a', 'b')).toBe(true);
    expect(resolved({ category_caps: [{ category: 'x', max_initiatives: 0, max_cost: null }] }).barred).toEqual(['a', 'd']);
    expect(resolved({ category_caps: [{ category: 'x', max_initiatives: null, max_cost: 4.5 }] }).barred).toEqual(['d']);
  });

  it.each<readonly [Partial<SideConstraints>, RegExp]>([
    [{ required: ['dear'] }, /^dear is required, but it costs 50, above the budget of 10\.$/],
    [{ required: ['a'], prerequisites: [{ id: 'a', requires: 'b' }, { id: 'b', requires: 'doubtful' }] }, /^a is required, but it needs b, which needs doubtful, which has a confidence of 0\.1, below the threshold of 0\.5\.$/],
    [{ required: ['a'], prerequisites: [{ id: 'a', requires: 'd' }], exclusive: [['a', 'd']] }, /^a and d must all be funded, but at most one of them may be\.$/],
    [{ required: ['a', 'd', 'b', 'c'], at_most: 3 }, /^4 must be funded \(a, d, b and c\), but at most 3 may be\.$/],
    [{ required: ['a', 'd'], category_caps: [{ category: 'x', max_initiatives: null, max_cost: 8 }] }, /^In the category x, 2 must be funded \(a and d\) at a cost of 9, but at most 8 may be spent\.$/],
  ])('say which of them conflict: %j', (constraints, sentence) => {
    const { conflicts, allows } = resolved(constraints);
    expect(conflicts.join(' ')).toMatch(sentence);
    expect(allows(...ids)).toBe(false);
  });

  it('know of initiatives that are not among the candidates', () => {
    const gone = { unavailable: [{ id: 'gone', reason: 'has no estimate', category: 'z' }] };
    const task = problem({ required: ['a'], prerequisites: [{ id: 'a', requires: 'gone' }], category_caps: [{ category: 'z', max_initiatives: 1, max_cost: null }] }, gone);
    expect(() => checkProblem(task)).not.toThrow();
    expect(allocate(task, null)).toMatchObject({ status: 'infeasible', reason: 'a is required, but it needs gone, which has no estimate.' });
  });
});

describe('the check of side constraints', () => {
  const check = (constraints: unknown, change: Record<string, unknown> = {}) => () => checkProblem({ ...problem({}), constraints: constraints as SideConstraints, ...change });
  it.each<readonly [unknown, RegExp]>([
    [{ required: ['A'] }, /^constraints\.required\.0: 'A' is not the id of an initiative; did you mean a\?/],
    [{ excluded: ['nothing-like-it'] }, /^constraints\.excluded\.0: 'nothing-like-it' is not the id of an initiative$/],
    [{ required: ['a'], excluded: ['a'] }, /^constraints\.required\.0: 'a' is both required and excluded$/],
    [{ required: ['a', 'b'], exclusive: [['c', 'd'], ['a', 'b']] }, /^constraints\.exclusive\.1: a and b are both required but exclude each other$/],
    [{ prerequisites: [{ id: 'a', requires: 'a' }] }, /^constraints\.prerequisites\.0: 'a' cannot be its own prerequisite$/],
    [{ prerequisites: [{ id: 'a' }] }, /^constraints\.prerequisites\.0\.requires: must be the id of an initiative$/],
    [{ prerequisites: [null] }, /^constraints\.prerequisites\.0: must be an object/],
    [{ at_most: -1 }, /^constraints\.at_most: must be a whole number of at least 0, or null for no limit \(found -1\)$/],
    [{ at_most: 1.5 }, /^constraints\.at_most: must be a whole number/],
    [{ category_caps: [{ category: 'X', max_initiatives: 1, max_cost: null }] }, /^constraints\.category_caps\.0\.category: 'X' is the category of no initiative; did you mean x\?$/],
    [{ category_caps: [{ category: 'x', max_initiatives: null, max_cost: Number.NaN }] }, /^constraints\.category_caps\.0\.max_cost: must be a number of at least 0/],
    [{ category_caps: [{ category: 'x', max_initiatives: -2, max_cost: null }] }, /^constraints\.category_caps\.0\.max_initiatives: must be a whole number/],
    [{ required: 'a' }, /^constraints\.required: must be a list$/],
    [{ exclusive: ['a'] }, /^constraints\.exclusive\.0: must be a list$/],
    [{ exclusive: [{}] }, /^constraints\.exclusive\.0: must be a list$/],
    [{ requires: ['a'] }, /^constraints\.requires: is not a known name; did you mean required\?$/],
    [[], /^constraints: must be an object of constraints$/],
    [null, /^constraints: must be an object of constraints$/],
  ])('refuses %j, saying where and why', (constraints, message) => {
    expect(check(constraints)).toThrow(message);
  });

  it('refuses an unknown benchmark, shares that are not yes or no, categories that are not text, and a list that is none', () => {
    expect(check({}, { benchmark: 'budget' })).toThrow(/^benchmark: 'budget' is not a known name/);
    expect(check({}, { candidates: [{ ...row('a', 1), divisible: 'yes' }] })).toThrow(/^initiatives\.0\.divisible: must be true or false$/);
    expect(check({}, { candidates: [{ ...row('a', 1), category: 3 }] })).toThrow(/^initiatives\.0\.category: must be text$/);
    expect(check({}, { candidates: {} })).toThrow(/^initiatives: must be a list$/);
  });

  it('accepts what is in order, empty groups and repeated names included', () => {
    expect(check({ required: ['a', 'a'], exclusive: [[], ['b', 'b']], at_most: 0, category_caps: [{ category: 'x' }] })).not.toThrow();
    expect(check(undefined)).not.toThrow();
  });
});

describe('a floor that side constraints keep out of reach', () => {
  // Worst returns are ten times the cost: 92 is what a, b, c and d come to, within a budget of 10.
  const reason = (constraints: Partial<SideConstraints>, floor: number) => allocate(problem(constraints, { min_portfolio_worst_return: floor }), null);

  it('is told apart from one that the budget does', () => {
    expect(reason({ at_most: 1 }, 60)).toMatchObject({ status: 'infeasible', attainable_worst_return: 50 });
    expect(reason({ at_most: 1 }, 60).reason).toMatch(/the largest that one can have is 50\. Without the cap on the number of initiatives it could be 93\.$/);
    expect(reason({ at_most: 3 }, 100).reason).toMatch(/the largest that one can have is 92\.$/);
    expect(reason({}, 100).reason).toMatch(/^No affordable portfolio reaches the floor of 100 on worst returns; the largest that one can have is 93\.$/);
  });

  it('names each constraint that alone would do, or all together', () => {
    expect(reason({ excluded: ['d'], exclusive: [['a', 'd']] }, 60).reason).toMatch(/is 43\. Without any side constraints it could be 93\.$/);
    expect(reason({ excluded: ['d'], at_most: 3 }, 92).reason).toMatch(/is 43\. Without what is excluded it could be 92\.$/);
  });
});

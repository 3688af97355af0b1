import { beforeAll, describe, expect, it } from 'vitest';
import type { AllocationProblem, Candidate } from '../../../../src/core/allocate/decision-rule.ts';
import { allocate } from '../../../../src/core/allocate/index.ts';
import { isFeasible, dot } from '../../../../src/core/allocate/search/minimax-program.ts';
import type { Solver } from '../../../../src/core/allocate/solver.ts';
import { stakesOf } from '../../../../src/core/allocate/stakes.ts';
import { states } from '../../../../src/core/contracts/shared-types.ts';
import { loadHighsSolver } from '../../../../workers/highs-solver.ts';
import instances from '../../../reference/minimax.json' with { type: 'json' };
import upstreamAnswers from '../../../reference/minimax_bayesian.json' with { type: 'json' };

let solver: Solver;
beforeAll(async () => {
  solver = await loadHighsSolver();
});

const row = (id: string, cost: number, R_best: number, R_med: number, R_worst: number, confidence = 1): Candidate => ({ id, cost, R_best, R_med, R_worst, confidence });
const problem = (rule: string, candidates: readonly Candidate[], budget: number, change: Partial<AllocationProblem> = {}): AllocationProblem => ({
  candidates,
  budget,
  min_confidence_threshold: 0,
  min_portfolio_worst_return: null,
  rule,
  rule_parameters: {},
  ...change,
});
const worked = [row('TitlesAI', 4, 15, 10, 2, 0.9), row('ImageEnhancer', 2, 12, 8, 1, 0.6), row('PriceOptimizer', 2, 9, 6, 2, 0.8), row('SearchRanker', 2, 7, 5, 3, 0.4), row('BundleEngine', 4, 18, 9, 0, 0.5)];
const answer = (rule: string, change: Partial<AllocationProblem> = {}) => allocate(problem(rule, worked, 10, { min_confidence_threshold: 0.5, ...change }), null);

describe('expected return on the reference instances', () => {
  it.each(instances.map((instance) => [instance.name, instance] as const))('%s is what the Python package found, or better', (name, instance) => {
    const task = problem('bayesian', instance.initiatives, instance.budget, { min_portfolio_worst_return: instance.min_portfolio_worst_return });
    const upstream = (upstreamAnswers as Readonly<Record<string, { status: string; selected_initiatives: string[]; objective_value: number | null }>>)[name];
    const result = allocate(task, solver);
    expect(result.proof?.solver?.agrees ?? true).toBe(true);
    if (upstream?.status !== 'Optimal') return expect(result.status).toBe('infeasible');
    const [ours, theirs] = [result.objective_value as number, upstream.objective_value as number];
    expect(result).toMatchObject({ status: 'optimal', proof: { gap: 0 } });
    expect(Math.abs(ours - theirs)).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(theirs)));
    // What it chose is feasible here too, and worth no more than ours to the last digit.
    const stakes = stakesOf(task);
    const x = Uint8Array.from(stakes.ids, (id) => (upstream.selected_initiatives.includes(id) ? 1 : 0));
    expect(isFeasible({ ...stakes, limits: [] }, x)).toBe(true);
    const weighted = (chosen: Uint8Array) => [1, 2, 1].reduce((sum, weight, j) => sum + weight * dot(stakes.returns[j] as Float64Array, chosen), 0);
    expect(weighted(Uint8Array.from(stakes.ids, (id) => (result.selected_initiatives.includes(id) ? 1 : 0)))).toBeGreaterThanOrEqual(weighted(x));
  });
});

describe('the rules on the worked example', () => {
  it.each<readonly [string, AllocationProblem['rule_parameters'], readonly string[], number]>([
    // By hand, from effective returns T (13.7, 9.2, 2), I (7.6, 5.2, 1), P (7.6, 5.2, 2), B (9, 4.5, 0).
    ['maximin', {}, ['TitlesAI', 'ImageEnhancer', 'PriceOptimizer'], 5],
    ['maximax', {}, ['TitlesAI', 'ImageEnhancer', 'BundleEngine'], 30.3],
    ['hurwicz', { alpha: 0 }, ['TitlesAI', 'ImageEnhancer', 'PriceOptimizer'], 5],
    ['hurwicz', { alpha: 1 }, ['TitlesAI', 'ImageEnhancer', 'BundleEngine'], 30.3],
    ['hurwicz', {}, ['TitlesAI', 'PriceOptimizer', 'BundleEngine'], 17.15],
    ['bayesian', {}, ['TitlesAI', 'ImageEnhancer', 'PriceOptimizer'], 18.275],
    ['greedy_roi', {}, ['TitlesAI', 'ImageEnhancer', 'PriceOptimizer'], 19.6],
  ])('%s %j', (rule, rule_parameters, chosen, value) => {
    const result = answer(rule, { rule_parameters });
    expect(result.selected_initiatives).toEqual(chosen);
    expect(result.objective_value).toBe(value);
    expect(result.v_star).toEqual({ best: 30.3, med: 19.6, worst: 5 });
  });

  it('give the regrets and the interval regret of what they choose', () => {
    expect(answer('maximin')).toMatchObject({ regrets: { best: 1.4, med: 0, worst: 0 }, binding_states: ['best'], independent_regret: { value: 8 } });
  });

  it('hold to the floor', () => {
    const result = answer('maximax', { min_portfolio_worst_return: 4 });
    expect(result).toMatchObject({ selected_initiatives: ['TitlesAI', 'PriceOptimizer', 'BundleEngine'], objective_value: 30.3, ties: [] });
  });
});

describe('weights', () => {
  // One third each: a and b tie; whatever differs in the last digit would tell them apart.
  const even = [row('a', 1, 3, 2, 1), row('b', 1, 4, 2, 0), row('c', 1, 2.9, 2, 1)];
  const thirds = { weights: { best: 1 / 3, med: 1 / 3, worst: 1 / 3 } };

  it('of a third each are equal, to the last digit', () => {
    const result = allocate(problem('bayesian', even, 1, { rule_parameters: thirds }), null);
    expect(result).toMatchObject({ selected_initiatives: ['a'], ties: [['b']], objective_value: 2, proof: { bound: 2, gap: 0 } });
    expect(allocate(problem('bayesian', [row('a', 1, 5, 2, 1)], 1, { rule_parameters: thirds }), null).objective_value).toBe(8 / 3);
  });

  it('add up to 1 before anything is multiplied by them', () => {
    const off = { weights: { best: 0.2000001, med: 0.4, worst: 0.4 } };
    const value = allocate(problem('bayesian', [row('a', 1, 3, 3, 3)], 1, { rule_parameters: off }), null).objective_value;
    expect(value).toBe(3);
  });

  it('may rest on one state', () => {
    const onBest = allocate(problem('bayesian', even, 1, { rule_parameters: { weights: { best: 1, med: 0, worst: 0 } } }), null);
    expect(onBest).toMatchObject({ selected_initiatives: ['b'], objective_value: 4 });
  });

  it('are refused where they do not add up', () => {
    expect(() => allocate(problem('bayesian', even, 1, { rule_parameters: { weights: { best: 1, med: 1, worst: 0 } } }), null)).toThrow(/weights: must add up to 1/);
    expect(() => allocate(problem('hurwicz', even, 1, { rule_parameters: { alpha: 1.5 } }), null)).toThrow(/alpha: must lie between 0 and 1/);
  });
});

describe('greedy by return on cost', () => {
  const greedy = (candidates: readonly Candidate[], budget: number, change: Partial<AllocationProblem> = {}) => allocate(problem('greedy_roi', candidates, budget, change), null);

  it('can be far from best, and says that it proves nothing', () => {
    const trap = [row('small', 1, 3, 2, 1), row('large', 10, 20, 19, 18)];
    expect(greedy(trap, 10)).toMatchObject({ selected_initiatives: ['small'], status: 'heuristic', proof: null, reason: expect.stringMatching(/nothing is proved/) as string, regrets: { med: 17 } });
  });

  it('compares ratios without rounding; ties go to the cheaper, then to the first by id', () => {
    const thirds = [row('b', 3, 1, 1, 1), row('a', 6, 2, 2, 2), row('c', 3, 1, 1, 1)];
    expect(greedy(thirds, 3).selected_initiatives).toEqual(['b']);
    expect(greedy(thirds, 9).selected_initiatives).toEqual(['b', 'c']);
    // In doubles 0.3 / 0.9 is less than 0.4 / 1.2.
    expect(greedy([row('a', 1.2, 0.4, 0.4, 0.4), row('b', 0.9, 0.3, 0.3, 0.3)], 1.2).selected_initiatives).toEqual(['b']);
  });

  it('takes nothing with a median return of nothing or less, unless it must', () => {
    const poor = [row('a', 1, 5, 0, -1), row('b', 1, 5, -1, -2), row('c', 1, 3, 1, 0)];
    expect(greedy(poor, 9).selected_initiatives).toEqual(['c']);
    expect(greedy(poor, 9, { constraints: { required: ['b'] } }).selected_initiatives).toEqual(['b', 'c']);
  });

  it('comes back to what had to wait for its prerequisite', () => {
    const chain = [row('a', 1, 9, 9, 9), row('b', 1, 3, 3, 3), row('c', 1, 2, 2, 2)];
    const result = greedy(chain, 2, { constraints: { prerequisites: [{ id: 'a', requires: 'b' }] } });
    expect(result.selected_initiatives).toEqual(['a', 'b']);
  });

  it('says by how much it misses the floor', () => {
    const result = greedy([row('a', 1, 9, 5, 0.1), row('b', 2, 8, 4, 3)], 2, { min_portfolio_worst_return: 3 });
    expect(result.selected_initiatives).toEqual(['a']);
    expect(result.reason).toMatch(/add up to 0\.1, 2\.9 below the floor of 3/);
  });
});

describe('the proof of a rule that wants much', () => {
  it('has a bound above the objective where the search stops', () => {
    const candidates = Array.from({ length: 60 }, (_, i) => row(`i${i}`, 900 + ((i * 7919) % 501), 1400 + ((i * 6007) % 701), 950 + ((i * 4001) % 401), 300 + ((i * 2003) % 607), 0.9));
    const constraints = { at_most: 11, exclusive: [['i0', 'i1', 'i2']] };
    const task = (max_nodes: number) => problem('bayesian', candidates, 11_111, { constraints, rule_parameters: { max_nodes } });
    const [stopped, proved] = [allocate(task(1), null), allocate(task(20_000_000), null)];
    expect(proved).toMatchObject({ status: 'optimal', proof: { gap: 0, method: 'branch_and_bound' } });
    const [bound, value] = [stopped.proof?.bound as number, stopped.objective_value as number];
    expect(stopped.status).toBe('node_limit');
    expect(bound).toBeGreaterThanOrEqual(proved.objective_value as number);
    expect(value).toBeLessThanOrEqual(proved.objective_value as number);
    expect(stopped.proof?.gap).toBeCloseTo(bound - value, 9);
  });

  it.each(['bayesian', 'maximin', 'maximax', 'hurwicz', 'minimax_regret'])('of %s is confirmed by the solver, constraints and all', (rule) => {
    const candidates = Array.from({ length: 26 }, (_, i) => ({ ...row(`i${i}`, 900 + ((i * 7919) % 501), 1400 + ((i * 6007) % 701), 950 + ((i * 4001) % 401), -100 + ((i * 2003) % 607), 0.5 + (i % 5) / 10), category: 'xyz'[i % 3] as string }));
    const constraints = { required: ['i3'], excluded: ['i5'], at_most: 7, exclusive: [['i0', 'i1', 'i2']], prerequisites: [{ id: 'i8', requires: 'i9' }], category_caps: [{ category: 'x', max_initiatives: 2, max_cost: 2500 }] };
    for (const benchmark of ['budget-only', 'same-feasible-set'] as const) {
      const result = allocate(problem(rule, candidates, 9_000, { constraints, benchmark, min_portfolio_worst_return: 500 }), solver);
      expect(result).toMatchObject({ status: 'optimal', proof: { gap: 0, method: 'branch_and_bound', solver: { agrees: true, objective_value: result.objective_value } } });
      expect(result.selected_initiatives).toContain('i3');
      for (const state of states) expect(benchmark === 'budget-only' || result.regrets[state] >= 0).toBe(true);
    }
  });
});

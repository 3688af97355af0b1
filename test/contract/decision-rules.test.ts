import { describe, expect, it } from 'vitest';
import type { Allocation, AllocationProblem, Candidate, SideConstraints } from '../../src/core/allocate/decision-rule.ts';
import { decisionRuleDescriptions } from '../../src/core/allocate/descriptions.ts';
import { allocate } from '../../src/core/allocate/index.ts';
import { judgePortfolio } from '../../src/core/allocate/judge-portfolio.ts';
import { states } from '../../src/core/contracts/shared-types.ts';
import { namedStream } from '../../src/core/random/stream.ts';
import { exhaustive, type Instance } from './exhaustive.ts';

const rules = Object.values(decisionRuleDescriptions).map(({ id, objective }) => [id, objective.sense] as const);
const exactRules = rules.filter(([id]) => id !== 'greedy_roi');

const row = (id: string, cost: number, R_best: number, R_med: number, R_worst: number, confidence = 1): Candidate => ({ id, cost, R_best, R_med, R_worst, confidence });
const ordinary = [row('a', 4, 15, 10, 2, 0.9), row('b', 2, 12, 8, 1, 0.6), row('c', 2, 9, 6, 2, 0.8), row('d', 2, 7, 5, 3, 0.4), row('e', 4, 18, 9, 0, 0.5)];

const problem = (rule: string, candidates: readonly Candidate[], budget: number, change: Partial<AllocationProblem> = {}): AllocationProblem => ({
  candidates,
  budget,
  min_confidence_threshold: 0,
  min_portfolio_worst_return: null,
  rule,
  rule_parameters: {},
  ...change,
});

/** Every number anywhere in the answer. */
function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}

describe.each(rules)('%s', (rule, sense) => {
  const answer = (candidates: readonly Candidate[], budget: number, change: Partial<AllocationProblem> = {}) => allocate(problem(rule, candidates, budget, change), null);

  it('is finite and consistent on ordinary data', () => {
    const result = answer(ordinary, 10, { min_confidence_threshold: 0.5 });
    expect(['optimal', 'heuristic']).toContain(result.status);
    expect(result.selected_initiatives.length).toBeGreaterThan(0);
    expect(result.rule).toBe(rule);
    for (const number of numbersIn(result)) expect(Number.isFinite(number)).toBe(true);
    for (const state of states) {
      expect(result.regrets[state]).toBeCloseTo(result.v_star[state] - result.total_actual_returns[state], 12);
      expect(result.regrets[state]).toBeGreaterThanOrEqual(0);
    }
    const largest = Math.max(...states.map((state) => result.regrets[state]));
    expect(result.binding_states).toEqual(states.filter((state) => result.regrets[state] === largest));
    expect(result.portfolios[0]).toMatchObject({ ids: result.selected_initiatives, cost: result.total_cost, objective_value: result.objective_value });
    expect(result.independent_regret?.value).toBeGreaterThanOrEqual(largest);
    expect(result.ineligible.map(({ id }) => id)).toEqual(['d']);
  });

  it('is as good as the bound it proves, in the direction of its objective', () => {
    const { proof, objective_value: value } = answer(ordinary, 10);
    if (proof === null) return expect(answer(ordinary, 10).status).toBe('heuristic');
    expect(proof.gap).toBe(0);
    expect(proof.bound).toBe(value);
    for (const other of answer(ordinary, 10).portfolios) expect(sense === 'minimise' ? other.objective_value >= (value as number) : other.objective_value <= (value as number)).toBe(true);
  });

  it('has an answer and a reason for no initiatives, no money and nothing but losses', () => {
    const losing = [row('a', 10, -1, -2, -3, 0.9), row('b', 10, -1, -2, -3, 0.5)];
    for (const result of [answer([], 10), answer(ordinary, 0), answer(losing, 20)]) {
      expect(result).toMatchObject({ selected_initiatives: [], objective_value: 0, total_cost: 0 });
      expect(result.reason).toMatch(/\.$/);
      expect(['optimal', 'heuristic']).toContain(result.status);
    }
  });

  it('takes returns of nothing, of a hundred-millionth and of trillions as they are', () => {
    expect(answer([row('a', 10, 0, 0, 0), row('b', 10, 3e-8, 2e-8, 1e-8)], 10)).toMatchObject({ selected_initiatives: ['b'] });
    const huge = answer([row('a', 1e9, 3e12, 2e12, 1e12), row('b', 1e9, 3e12 + 1, 2e12 + 1, 1e12 + 1)], 1e9);
    expect(huge).toMatchObject({ selected_initiatives: ['b'], total_actual_returns: { best: 3e12 + 1, worst: 1e12 + 1 } });
  });

  it('keeps ids apart that differ in punctuation only', () => {
    const result = answer([row('product-desc', 5, 3, 2, 1), row('product_desc', 5, 30, 20, 10), row('product desc', 5, 4, 3, 2)], 5);
    expect(result.selected_initiatives).toEqual(['product_desc']);
    expect(Object.keys(result.effective_returns)).toHaveLength(3);
  });

  it('chooses the cheaper and then the first of duplicates, and lists the others as ties', () => {
    const twins = [row('c', 10, 30, 20, 10), row('a', 10, 30, 20, 10), row('b', 10, 30, 20, 10)];
    const result = answer(twins, 20);
    expect([...result.selected_initiatives].sort()).toEqual(['a', 'b']);
    if (result.status !== 'heuristic') expect(result.ties.map((tie) => [...tie].sort())).toEqual([['a', 'c'], ['b', 'c']]);
    expect(answer([row('a', 3, 2, 1, 1), row('b', 2, 2, 1, 1)], 4).selected_initiatives).toEqual(['b']);
  });

  it('counts money in decimals, whatever the budget', () => {
    expect(answer([row('a', 0.1, 2, 1, 1), row('b', 0.2, 2, 1, 1)], 0.3)).toMatchObject({ selected_initiatives: ['a', 'b'], total_cost: 0.3 });
    expect(answer([row('a', 0.1, 2, 1, 1), row('b', 0.2, 2, 1, 1)], 0.29999999999999993).selected_initiatives).toHaveLength(1);
    // The fifth adds nothing in the worst state.
    expect(answer(ordinary, 1e15).selected_initiatives).toHaveLength(rule === 'maximin' ? 4 : 5);
    expect(answer([row('a', 1e15, 2, 1, 1), row('b', 1, 2, 1, 1)], 1e15).selected_initiatives).toEqual(['b']);
  });

  it('never passes off a floor that cannot be met', () => {
    const result = answer(ordinary, 10, { min_portfolio_worst_return: 1000 });
    if (result.status === 'heuristic') return expect(result.reason).toMatch(/below the floor of 1000/);
    expect(result).toMatchObject({ status: 'infeasible', selected_initiatives: [], objective_value: null, attainable_worst_return: 8, proof: null });
    expect(result.reason).toMatch(/1000.* 8\./);
  });

  it('names the constraints that cannot all be kept', () => {
    const infeasible = (constraints: Partial<SideConstraints>, change: Partial<AllocationProblem> = {}) => answer(ordinary, 10, { ...change, constraints });
    const impossible: readonly (readonly [Allocation, RegExp])[] = [
      [infeasible({ required: ['d'] }, { min_confidence_threshold: 0.5 }), /d is required, but it has a confidence of 0\.4, below the threshold of 0\.5/],
      [infeasible({ required: ['a', 'b', 'c', 'e'] }), /costs 12, above the budget of 10/],
      [infeasible({ required: ['a', 'b'], at_most: 1 }), /2 must be funded \(a and b\), but at most 1/],
      [infeasible({ required: ['a'], excluded: ['b'], prerequisites: [{ id: 'a', requires: 'b' }] }), /a is required, but it needs b, which is excluded/],
    ];
    for (const [result, reason] of impossible) {
      expect(result).toMatchObject({ status: 'infeasible', selected_initiatives: [], objective_value: null, attainable_worst_return: null });
      expect(result.reason).toMatch(reason);
    }
  });

  it('gives the same bits again, in any order of the initiatives, and survives structuredClone', () => {
    const change: Partial<AllocationProblem> = { constraints: { at_most: 3, prerequisites: [{ id: 'e', requires: 'b' }] }, benchmark: 'same-feasible-set' };
    const one = answer(ordinary, 10, change);
    expect(answer(ordinary, 10, change)).toStrictEqual(one);
    expect(structuredClone(one)).toStrictEqual(one);
    const other = answer([...ordinary].reverse(), 10, change);
    expect({ ...other, selected_initiatives: [...other.selected_initiatives].sort() }).toMatchObject({
      selected_initiatives: [...one.selected_initiatives].sort(),
      objective_value: one.objective_value,
      v_star: one.v_star,
      regrets: one.regrets,
    });
    expect(JSON.parse(JSON.stringify(one))).toStrictEqual(one);
  });

  it('respects every constraint', () => {
    const draw = drawing(`respect ${rule}`);
    for (let turn = 0; turn < 60; turn += 1) {
      const instance = randomInstance(draw, rule);
      const result = allocate(instance, null);
      const { feasible } = exhaustive(instance);
      if (feasible.length === 0 || result.status === 'heuristic') continue;
      expect(feasible.map((ids) => ids.join())).toContain([...result.selected_initiatives].sort().join());
    }
  });
});

describe.each(rules.filter(([id]) => id !== 'interval_minimax_regret'))('%s with shares', (rule, sense) => {
  it('keeps every constraint and, where it proves anything, does no worse than with whole initiatives', () => {
    const draw = drawing(`shares ${rule}`);
    let inPart = 0;
    for (let turn = 0; turn < 50; turn += 1) {
      const any = randomInstance(draw, rule);
      const instance: Instance = { ...any, benchmark: 'budget-only', budget: any.budget / 4 };
      const divisible = { ...instance, candidates: instance.candidates.map((candidate, i) => ({ ...candidate, divisible: (i + turn) % 3 > 0 })) };
      const [shared, whole] = [allocate(divisible, null), allocate(instance, null)];
      if (shared.status === 'infeasible') {
        expect(['infeasible', 'heuristic']).toContain(whole.status);
        continue;
      }
      inPart += shared.shares === undefined ? 0 : 1;
      const { portfolio, breaches } = judgePortfolio(divisible, shared.selected_initiatives, shared, shared.shares);
      expect(breaches.filter((breach) => shared.status !== 'heuristic' || !breach.includes('floor'))).toEqual([]);
      expect(portfolio.objective_value).toBeCloseTo(shared.objective_value as number, 8);
      for (const state of states) expect(shared.v_star[state]).toBeGreaterThanOrEqual(whole.v_star[state] - 1e-9);
      if (sense === 'maximise' && shared.status === 'optimal' && whole.status === 'optimal') expect(shared.objective_value).toBeGreaterThanOrEqual((whole.objective_value as number) - 1e-9);
    }
    expect(inPart).toBeGreaterThan(3);
  });
});

describe.each(exactRules)('%s against looking at every portfolio', (rule, sense) => {
  it('has the same objective, choice, ties, benchmarks, regrets and reasons to refuse', () => {
    const draw = drawing(`oracle ${rule}`);
    let refused = 0;
    let tied = 0;
    for (let turn = 0; turn < 250; turn += 1) {
      const instance = randomInstance(draw, rule);
      const result = allocate(instance, null);
      const truth = exhaustive(instance);
      expect(result.v_star).toEqual(truth.vStar);
      if (truth.feasible.length === 0) {
        expect(result).toMatchObject({ status: 'infeasible', objective_value: null, attainable_worst_return: truth.attainable });
        refused += 1;
        continue;
      }
      expect(result.status).toBe('optimal');
      expect(result.objective_value).toBe(truth.objective);
      const listed = [result.selected_initiatives, ...result.ties].map((ids) => [...ids].sort());
      expect(listed).toEqual(truth.optimal.slice(0, 201));
      tied += truth.optimal.length > 1 ? 1 : 0;
      expect(result.independent_regret?.value).toBe(truth.independentRegret(listed[0] as string[]));
      for (const portfolio of result.portfolios) expect(portfolio.objective_value).toBe(truth.objectiveOf([...portfolio.ids].sort()));
      const best = sense === 'minimise' ? Math.min : Math.max;
      expect(best(...result.portfolios.filter(({ ids }) => truth.feasible.some((list) => list.join() === [...ids].sort().join())).map((p) => p.objective_value))).toBe(result.objective_value);
    }
    expect(refused).toBeGreaterThan(5);
    expect(tied).toBeGreaterThan(2);
  });
});

function drawing(purpose: string) {
  const { uniform } = namedStream({ seed: 'decision rules', initiative: '', stage: 'pilot', replication: 0, purpose });
  return (low: number, high: number) => low + Math.floor((high - low + 1) * uniform());
}

const names = ['a', 'b', 'c-1', 'c_1', 'D', 'e', 'f', 'g9', 'H'] as const;

/** Fractions that doubles hold. */
function randomParameters(draw: (low: number, high: number) => number, rule: string): AllocationProblem['rule_parameters'] {
  if (rule === 'hurwicz') return { alpha: draw(0, 4) / 4 };
  const [best, med] = [draw(0, 4) / 8, draw(0, 4) / 8];
  return rule === 'bayesian' ? { weights: { best, med, worst: 1 - best - med } } : {};
}

/** Whole numbers in money and confidence in quarters, so that the search beside is exact in plain integers. */
function randomInstance(draw: (low: number, high: number) => number, rule: string): Instance {
  const n = draw(1, names.length);
  const ids = names.slice(0, n);
  const span = draw(0, 1) === 0 ? 3 : 200;
  const some = () => ids[draw(0, n - 1)] as string;
  const maybe = <T>(outOf: number, value: () => T, otherwise: T): T => (draw(1, outOf) === 1 ? value() : otherwise);
  const candidates = ids.map((id, i) => {
    const [R_worst, R_med, R_best] = [draw(-span, 2 * span), draw(-span, 2 * span), draw(-span, 2 * span)].sort((x, y) => x - y) as [number, number, number];
    return { id, cost: draw(1, span), R_best, R_med, R_worst, confidence: draw(0, 4) / 4, category: i === 0 || draw(0, 1) === 0 ? 'x' : 'y' };
  });
  const required = maybe(4, () => [some()], []);
  const constraints: Partial<SideConstraints> = {
    required,
    excluded: maybe(3, () => [some()], []).filter((id) => !required.includes(id)),
    exclusive: maybe(3, () => [[...new Set([some(), some(), some()])]], []).filter((group) => group.filter((id) => required.includes(id)).length < 2),
    prerequisites: maybe(2, () => [[some(), some()], [some(), some()]], []).flatMap(([id, requires]) => (id === undefined || requires === undefined || id === requires ? [] : [{ id, requires }])),
    at_most: maybe(3, () => draw(0, 5), null),
    category_caps: maybe(3, () => [{ category: 'x', max_initiatives: maybe(2, () => draw(0, 2), null), max_cost: maybe(2, () => draw(0, 3 * span), null) }], []),
  };
  return {
    ...problem(rule, candidates, draw(0, 4 * span)),
    min_confidence_threshold: maybe(4, () => 0.25, 0),
    min_portfolio_worst_return: maybe(3, () => draw(-span, 2 * span), null),
    benchmark: draw(0, 1) === 0 ? 'budget-only' : 'same-feasible-set',
    constraints,
    rule_parameters: randomParameters(draw, rule),
  };
}

import { beforeAll, describe, expect, it } from 'vitest';
import type { Allocation, AllocationProblem, Candidate } from '../../../../src/core/allocate/decision-rule.ts';
import { allocate } from '../../../../src/core/allocate/index.ts';
import type { Solver, SolverSolution } from '../../../../src/core/allocate/solver.ts';
import { InputError } from '../../../../src/core/contracts/input-error.ts';
import { states } from '../../../../src/core/contracts/shared-types.ts';
import { loadHighsSolver } from '../../../../workers/highs-solver.ts';
import instances from '../../../reference/minimax.json' with { type: 'json' };
import edgeCases from '../../../reference/minimax_edge.json' with { type: 'json' };

let solver: Solver;
beforeAll(async () => {
  solver = await loadHighsSolver();
});

const problem = (candidates: readonly Candidate[], budget: number, change: Partial<AllocationProblem> = {}): AllocationProblem => ({
  candidates,
  budget,
  min_confidence_threshold: 0,
  min_portfolio_worst_return: null,
  rule: 'minimax_regret',
  rule_parameters: {},
  ...change,
});

const row = (id: string, cost: number, R_best: number, R_med: number, R_worst: number, confidence: number): Candidate => ({ id, cost, R_best, R_med, R_worst, confidence });
const worked = [
  row('TitlesAI', 4, 15, 10, 2, 0.9),
  row('ImageEnhancer', 2, 12, 8, 1, 0.6),
  row('PriceOptimizer', 2, 9, 6, 2, 0.8),
  row('SearchRanker', 2, 7, 5, 3, 0.4),
  row('BundleEngine', 4, 18, 9, 0, 0.5),
];
const workedProblem = problem(worked, 10, { min_confidence_threshold: 0.5, min_portfolio_worst_return: 3 });

describe('minimax regret on the worked example (Eisenhauer 2025, Table 1)', () => {
  it('is as published, exactly', () => {
    const result = allocate(workedProblem, solver);
    expect(result).toMatchObject({
      status: 'optimal',
      selected_initiatives: ['TitlesAI', 'PriceOptimizer', 'BundleEngine'],
      total_cost: 10,
      objective_value: 1,
      v_star: { best: 30.3, med: 19.6, worst: 5 },
      total_actual_returns: { best: 30.3, med: 18.9, worst: 4 },
      regrets: { best: 0, med: 0.7, worst: 1 },
      binding_states: ['worst'],
      ties: [],
    });
    expect(result.ineligible.map(({ id }) => id)).toEqual(['SearchRanker']);
    expect(result.proof).toMatchObject({ method: 'enumeration', gap: 0, solver: { agrees: true } });
  });

  it('can be regretted by 7.6 when every initiative goes its own way, as can Titles, Image and Bundle', () => {
    expect(allocate(workedProblem, solver).independent_regret?.value).toBe(7.6);
    const others = worked.filter(({ id }) => id !== 'SearchRanker');
    const regretOf = (chosen: readonly string[]) => {
      const scenario = others.map((c) => ({ ...c, value: chosen.includes(c.id) ? c.R_worst : c.R_worst + c.confidence * (c.R_best - c.R_worst) }));
      const ours = scenario.filter((c) => chosen.includes(c.id)).reduce((sum, c) => sum + c.value, 0);
      return Math.max(...subsets(scenario).filter((s) => s.reduce((sum, c) => sum + c.cost, 0) <= 10).map((s) => s.reduce((sum, c) => sum + c.value, 0))) - ours;
    };
    expect(regretOf(['TitlesAI', 'PriceOptimizer', 'BundleEngine'])).toBeCloseTo(7.6, 12);
    expect(regretOf(['TitlesAI', 'ImageEnhancer', 'BundleEngine'])).toBeCloseTo(7.6, 12);
  });

  it('names the portfolios that attain each benchmark', () => {
    const { v_star_portfolios } = allocate(workedProblem, solver);
    expect(v_star_portfolios.best, 'of two at 30.3 the first by id').toEqual(['TitlesAI', 'ImageEnhancer', 'BundleEngine']);
    expect(v_star_portfolios.med).toEqual(['TitlesAI', 'ImageEnhancer', 'PriceOptimizer']);
    expect(v_star_portfolios.worst).toEqual(['TitlesAI', 'ImageEnhancer', 'PriceOptimizer']);
  });
});

describe('minimax regret on the reference instances', () => {
  it.each(instances.map((instance) => [instance.name, instance] as const))('%s agrees with exhaustive search', (_name, instance) => {
    const result = allocate(problem(instance.initiatives, instance.budget, { min_portfolio_worst_return: instance.min_portfolio_worst_return }), solver);
    expect(result.proof?.solver?.agrees ?? true).toBe(true);
    if (instance.brute_force === undefined) return agreesWithUpstream(result, instance.upstream);
    const { brute_force: truth } = instance;
    expect(result.status).toBe(truth.feasible ? 'optimal' : 'infeasible');
    for (const state of states) expect(near(result.v_star[state], truth.v_j_star[state])).toBe(true);
    if (!truth.feasible) return;
    expect(near(result.objective_value as number, truth.objective)).toBe(true);
    const listed = [result.selected_initiatives, ...result.ties].map((ids) => [...ids].sort().join());
    expect(listed.sort()).toEqual((truth.optimal_portfolios).map((ids) => [...ids].sort().join()).sort());
  });
});

/** Upstream prints its objective to four decimals; its portfolio is CBC's. */
function agreesWithUpstream(result: Allocation, upstream: { objective_value: number; v_j_star: Readonly<Record<string, number>> }): void {
  expect(result.status).toBe('optimal');
  expect(result.proof?.gap).toBe(0);
  expect(Math.abs((result.objective_value as number) - upstream.objective_value)).toBeLessThan(1e-4);
  for (const state of states) expect(near(result.v_star[state], upstream.v_j_star[state] as number)).toBe(true);
}

describe('minimax regret at its edges', () => {
  const edge = (name: string) => {
    const found = edgeCases.find((candidate) => candidate.name === name) as (typeof edgeCases)[number];
    return allocate(
      problem(found.initiatives, found.budget, {
        min_portfolio_worst_return: found.min_portfolio_worst_return,
        min_confidence_threshold: found.min_confidence_threshold,
      }),
      solver,
    );
  };

  it('reports a floor that cannot be met, with the largest that can', () => {
    const result = edge('infeasible_floor');
    expect(result).toMatchObject({ status: 'infeasible', selected_initiatives: [], objective_value: null, attainable_worst_return: 17 });
    expect(result.reason).toMatch(/17/);
    expect(near(result.v_star.best, 49.1)).toBe(true);
  });

  it('funds nothing when everything loses, and says why', () => {
    const result = edge('all_negative');
    expect(result).toMatchObject({ status: 'optimal', selected_initiatives: [], objective_value: 0 });
    expect(result.reason).toMatch(/Funding nothing/);
  });

  it('lists ties, the canonical choice being the cheapest and then the first by id', () => {
    expect(edge('duplicates_tie')).toMatchObject({ selected_initiatives: ['a', 'b'], ties: [['a', 'c'], ['b', 'c']], objective_value: 0 });
    const cheaper = allocate(problem([row('a', 3, 2, 1, 1, 1), row('b', 2, 2, 1, 1, 1)], 4), solver);
    expect(cheaper).toMatchObject({ selected_initiatives: ['b'], ties: [['a']] });
  });

  it('never funds what costs more than the budget', () => {
    expect(edge('cost_gt_budget')).toMatchObject({ selected_initiatives: ['b'], objective_value: 0 });
  });

  it('keeps ids apart that differ only in punctuation', () => {
    expect(edge('hyphen_ids').selected_initiatives).toEqual(['product_desc']);
  });

  it('handles returns of a hundred-millionth and of trillions', () => {
    expect(edge('tiny_returns').selected_initiatives).toEqual(['b']);
    expect(edge('confidence_zero').selected_initiatives).toEqual(['b']);
    const huge = allocate(problem([row('a', 1e9, 3e12, 2e12, 1e12, 1), row('b', 1e9, 3e12, 2e12, 1e12 + 1, 1)], 1e9), solver);
    expect(huge).toMatchObject({ selected_initiatives: ['b'], objective_value: 0 });
  });

  it('counts money in decimals: 0.1 + 0.2 fits a budget of 0.3', () => {
    const result = allocate(problem([row('a', 0.1, 2, 1, 1, 1), row('b', 0.2, 2, 1, 1, 1)], 0.3), solver);
    expect(result).toMatchObject({ selected_initiatives: ['a', 'b'], total_cost: 0.3 });
  });

  it('accepts a confidence exactly at the threshold', () => {
    expect(allocate(problem([row('a', 1, 2, 1, 1, 0.3)], 1, { min_confidence_threshold: 0.3 }), solver).selected_initiatives).toEqual(['a']);
    const below = allocate(problem([row('a', 1, 2, 1, 1, 0.2999)], 1, { min_confidence_threshold: 0.3 }), solver);
    expect(below.selected_initiatives).toEqual([]);
    expect(below.reason).toMatch(/confidence threshold/);
  });

  it('has an answer, with a reason, for no initiatives and for no money', () => {
    const nobody = allocate(problem([], 10), solver);
    expect(nobody).toMatchObject({ status: 'optimal', selected_initiatives: [], objective_value: 0 });
    expect(nobody.reason).toMatch(/no initiatives/);
    const penniless = allocate(problem(worked, 0), solver);
    expect(penniless.selected_initiatives).toEqual([]);
    expect(penniless.reason).toMatch(/more than the budget/);
  });

  it('refuses what it cannot read, saying where', () => {
    const bad = (candidates: readonly unknown[], change: Partial<AllocationProblem> = {}) => () => allocate(problem(candidates as Candidate[], 10, change), solver);
    expect(bad([worked[0], worked[0]])).toThrow(/initiatives\.1\.id: 'TitlesAI' is used twice/);
    expect(bad([row('a', 0, 3, 2, 1, 1)])).toThrow(/initiatives\.0\.cost: must be more than 0/);
    expect(bad([row('a', 1, 1, 2, 1, 1)])).toThrow(/R_worst <= R_med <= R_best/);
    expect(bad([row('a', 1, Number.NaN, 2, 1, 1)])).toThrow(/R_best: must be a finite number/);
    expect(bad([row('a', 1, Number.MAX_VALUE, 2, 1, 1)])).toThrow(/R_best: must lie between/);
    expect(bad([{ ...row('a', 1, 3, 2, 1, 1), confidence: '0.5' }])).toThrow(/confidence: must be a finite number/);
    expect(bad([null])).toThrow(/initiatives\.0: must be an object/);
    expect(bad(worked, { budget: -1 })).toThrow(/budget: must be a number of at least 0/);
    expect(bad(worked, { rule: 'minimax' })).toThrow(/rule: 'minimax' is not a known name/);
    expect(bad(worked, { min_confidence_threshold: 2 })).toThrow(InputError);
  });
});

describe('minimax regret beyond enumeration', () => {
  it.each([24, 50, 200])('proves its answer for %i initiatives, and adding money never hurts a benchmark', (n) => {
    const candidates = Array.from({ length: n }, (_, i) => {
      const size = ((i * 7919) % 101) + 20;
      return row(`i${String(i).padStart(3, '0')}`, size * 10 + ((i * 31) % 17), size * 25 + ((i * 53) % 97), size * 14 + ((i * 29) % 41), size * ((i % 5) - 1), 0.3 + ((i * 13) % 70) / 100);
    });
    const budget = Math.round(candidates.reduce((sum, c) => sum + c.cost, 0) * 0.3);
    const result = allocate(problem(candidates, budget, { min_portfolio_worst_return: 100 }), solver);
    expect(result.status).toBe('optimal');
    expect(result.proof).toMatchObject({ method: 'branch_and_bound', gap: 0, solver: { agrees: true } });
    expect(result.total_cost).toBeLessThanOrEqual(budget);
    const richer = allocate(problem(candidates, budget + 500), solver);
    for (const state of states) expect(richer.v_star[state]).toBeGreaterThanOrEqual(result.v_star[state]);
  });

  it('gives by search what enumeration gives', () => {
    const candidates = Array.from({ length: 20 }, (_, i) => row(`i${i}`, 5 + ((i * 37) % 23), 40 + ((i * 17) % 61), 20 + ((i * 11) % 13), ((i * 7) % 11) - 5, 0.5 + (i % 5) / 10));
    const enumerated = allocate(problem(candidates, 90), null);
    const searched = allocate(problem([...candidates, row('z', 90, -1, -2, -3, 1)], 90), null);
    expect(enumerated.proof?.method).toBe('enumeration');
    expect(searched.proof?.method).toBe('branch_and_bound');
    for (const field of ['objective_value', 'selected_initiatives', 'ties', 'v_star', 'regrets', 'independent_regret'] as const) expect(searched[field]).toEqual(enumerated[field]);
  });

  it('counts unaffordable and ineligible initiatives as nothing to enumerate', () => {
    const candidates = [...worked, ...Array.from({ length: 30 }, (_, i) => row(`dear${i}`, 11 + i, 99, 98, 97, 1))];
    const result = allocate(problem(candidates, 10, { min_confidence_threshold: 0.5, min_portfolio_worst_return: 3 }), null);
    expect(result.selected_initiatives).toEqual(['TitlesAI', 'PriceOptimizer', 'BundleEngine']);
    expect(result.proof?.portfolios_enumerated).toBe(affordableOf(worked.filter(({ confidence }) => confidence >= 0.5), 10));
  });

  it('stops at its node limit with a bound, a gap and a reason, and takes the better of two answers', () => {
    const candidates = Array.from({ length: 60 }, (_, i) => row(`i${i}`, 900 + ((i * 7919) % 501), 1400 + ((i * 6007) % 701), 950 + ((i * 4001) % 401), 300 + ((i * 2003) % 607), 0.9));
    const task = (max_nodes: number) => problem(candidates, 11_111, { rule_parameters: { max_nodes } });
    const proved = allocate(task(20_000_000), null);
    const stopped = allocate(task(1), null);
    expect(proved).toMatchObject({ status: 'optimal', reason: null, proof: { gap: 0 } });
    expect(stopped).toMatchObject({ status: 'node_limit', reason: expect.stringMatching(/node limit/) as string, ties_capped: true });
    const [bound, gap, value] = [stopped.proof?.bound as number, stopped.proof?.gap as number, stopped.objective_value as number];
    expect(gap).toBeGreaterThan(0);
    expect(bound + gap).toBeCloseTo(value, 9);
    expect(bound).toBeLessThanOrEqual(proved.objective_value as number);
    expect(value).toBeGreaterThanOrEqual(proved.objective_value as number);
    const helped = allocate(task(1), solver);
    expect(helped.objective_value).toBe(proved.objective_value);
    expect(helped.proof?.gap).toBeLessThan(gap);
  });

  it('lists up to 200 ties and says that there are more', () => {
    const twins = Array.from({ length: 24 }, (_, i) => row(`t${String(i).padStart(2, '0')}`, 1, 3, 2, 1, 1));
    const result = allocate(problem(twins, 5), null);
    expect(result).toMatchObject({ status: 'optimal', objective_value: 0, ties_capped: true, reason: null });
    expect(result.selected_initiatives).toEqual(['t00', 't01', 't02', 't03', 't04']);
    expect(result.ties).toHaveLength(200);
    expect(result.ties[0]).toEqual(['t00', 't01', 't02', 't03', 't05']);
    expect(new Set(result.ties.map((tie) => tie.join())).size).toBe(200);
  });

  it('funds nothing where nothing can be gained, however many initiatives there are', () => {
    const idle = Array.from({ length: 40 }, (_, i) => row(`i${i}`, 1, 0, 0, 0, 1));
    expect(allocate(problem(idle, 20), null)).toMatchObject({ status: 'optimal', selected_initiatives: [], objective_value: 0, ties_capped: true, reason: expect.stringMatching(/no regret/) as string });
    const losing = idle.map((c) => ({ ...c, R_worst: -1, R_med: -1, R_best: -1 }));
    expect(allocate(problem(losing, 20), null)).toMatchObject({ selected_initiatives: [], ties: [], ties_capped: false });
    const floor = allocate(problem(losing, 20, { min_portfolio_worst_return: 1 }), null);
    expect(floor).toMatchObject({ status: 'infeasible', attainable_worst_return: 0, objective_value: null });
  });
});

describe('the second opinion', () => {
  const saying = (answer: SolverSolution): Solver => ({ name: 'Oracle', solve: () => answer });

  it('is not asked for where none is given', () => {
    expect(allocate(workedProblem, null).proof).toMatchObject({ solver: null, method: 'enumeration', portfolios_enumerated: affordableOf(worked.filter(({ id }) => id !== 'SearchRanker'), 10) });
  });

  it('is judged by its portfolio, not by what it claims', () => {
    const wrong = allocate(workedProblem, saying({ status: 'optimal', x: Float64Array.from([0, 0, 1, 1, 99]), objective: 0, bound: 0 }));
    expect(wrong.selected_initiatives).toEqual(['TitlesAI', 'PriceOptimizer', 'BundleEngine']);
    expect(wrong.proof?.solver).toEqual({ name: 'Oracle', selected_initiatives: ['TitlesAI', 'PriceOptimizer'], objective_value: 9, agrees: false });
  });

  it('does not count where its portfolio cannot be had, or where it has none', () => {
    const dear = allocate(workedProblem, saying({ status: 'optimal', x: Float64Array.from([1, 1, 1, 1, 0]), objective: 0, bound: 0 }));
    expect(dear.proof).toMatchObject({ solver: null, solver_note: expect.stringMatching(/^Oracle gave no answer: its portfolio/) as string });
    const failed = allocate(workedProblem, saying({ status: 'failed', reason: 'out of memory' }));
    expect(failed.proof).toMatchObject({ solver: null, solver_note: 'Oracle gave no answer: out of memory.' });
    expect(failed.selected_initiatives).toEqual(['TitlesAI', 'PriceOptimizer', 'BundleEngine']);
  });
});

describe('the tables', () => {
  it('show the choice first, then what attains each benchmark, then the next best, all affordable', () => {
    const { portfolios, v_star, v_star_portfolios, selected_initiatives } = allocate(workedProblem, null);
    expect(portfolios[0]?.ids).toEqual(selected_initiatives);
    const listed = portfolios.map(({ ids }) => ids.join());
    for (const state of states) expect(listed).toContain(v_star_portfolios[state].join());
    expect(new Set(listed).size).toBe(portfolios.length);
    expect(portfolios.length).toBeLessThanOrEqual(12);
    for (const { ids, cost, returns, regrets, max_regret, worst_return } of portfolios) {
      const chosen = worked.filter(({ id }) => ids.includes(id));
      expect(cost).toBe(chosen.reduce((sum, c) => sum + c.cost, 0));
      expect(cost).toBeLessThanOrEqual(10);
      expect(worst_return).toBe(chosen.reduce((sum, c) => sum + c.R_worst, 0));
      for (const state of states) expect(near(v_star[state] - returns[state], regrets[state])).toBe(true);
      expect(max_regret).toBe(Math.max(...states.map((state) => regrets[state])));
    }
  });

  it('keep a place for the benchmarks among many ties, and have next best rows beyond enumeration', () => {
    const twins = Array.from({ length: 16 }, (_, i) => row(`t${i}`, 1, 3, 2, 1, 1));
    const { portfolios, v_star_portfolios } = allocate(problem(twins, 5), null);
    expect(portfolios.map(({ ids }) => ids.join())).toContain(v_star_portfolios.best.join());
    const many = Array.from({ length: 30 }, (_, i) => row(`i${i}`, 10 + ((i * 7) % 13), 30 + ((i * 11) % 41), 20 + ((i * 5) % 7), (i * 3) % 11, 0.8));
    const rows = allocate(problem(many, 60), null).portfolios;
    expect(rows.length).toBe(12);
    expect(rows[0]?.max_regret).toBe(Math.min(...rows.map(({ max_regret }) => max_regret)));
  });
});

function affordableOf(candidates: readonly Candidate[], budget: number): number {
  return subsets(candidates).filter((chosen) => chosen.reduce((sum, c) => sum + c.cost, 0) <= budget).length;
}

function subsets<T>(items: readonly T[]): T[][] {
  return items.reduce<T[][]>((sets, item) => [...sets, ...sets.map((set) => [...set, item])], [[]]);
}

function near(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b)) || Math.abs(a - b) <= 1e-9;
}

import loadHighs, { type Highs } from 'highs';
import { describe, expect, it, vi } from 'vitest';
import { byEnumeration, programOf } from '../../../src/core/allocate/search/finite-state-answer.ts';
import { freeRows } from '../../../src/core/allocate/search/free-rows.ts';
import { solverAnswer } from '../../../src/core/allocate/search/solver-answer.ts';
import type { MixedIntegerModel } from '../../../src/core/allocate/solver.ts';
import { stakesOf } from '../../../src/core/allocate/stakes.ts';
import { namedStream } from '../../../src/core/random/stream.ts';
import { loadHighsSolver } from '../../../workers/highs-solver.ts';

const knapsack = (values: readonly number[], costs: readonly number[], budget: number, change: Partial<MixedIntegerModel> = {}): MixedIntegerModel => ({
  sense: 'maximise',
  objective: Float64Array.from(values),
  lower: new Float64Array(values.length),
  upper: new Float64Array(values.length).fill(1),
  integer: new Uint8Array(values.length).fill(1),
  rows: [{ columns: costs.map((_, i) => i), values: costs, lower: -Infinity, upper: budget }],
  maxNodes: 1000,
  ...change,
});

describe('HiGHS as the solver', () => {
  it('solves a knapsack, and says what it proved', async () => {
    const solver = await loadHighsSolver();
    expect(solver.name).toMatch(/^HiGHS \d/);
    const solution = solver.solve(knapsack([60, 100, 120], [10, 20, 30], 50));
    expect(solution).toMatchObject({ status: 'optimal', objective: 220, bound: 220 });
    expect('x' in solution && Array.from(solution.x)).toEqual([0, 1, 1]);
  });

  it('mixes whole and fractional variables, and both senses', async () => {
    const solver = await loadHighsSolver();
    const mixed = solver.solve(knapsack([60, 100, 120], [10, 20, 30], 50, { integer: Uint8Array.from([1, 1, 0]) }));
    expect(mixed.status === 'optimal' && mixed.objective).toBeCloseTo(240, 6);
    const linear = solver.solve(knapsack([60, 100, 120], [10, 20, 30], 45, { integer: new Uint8Array(3) }));
    expect(linear.status === 'optimal' && linear.objective).toBeCloseTo(220, 6);
    expect(linear.status === 'optimal' && linear.bound).toBeCloseTo(220, 6);
    const least = solver.solve(knapsack([3, 2], [1, 1], 2, { sense: 'minimise', rows: [{ columns: [0, 1], values: [1, 1], lower: 1, upper: 2 }] }));
    expect(least).toMatchObject({ status: 'optimal', objective: 2 });
  });

  it('says when there is no solution', async () => {
    const solver = await loadHighsSolver();
    expect(solver.solve(knapsack([1], [1], 1, { rows: [{ columns: [0], values: [1], lower: 2, upper: 3 }] }))).toMatchObject({ status: 'infeasible' });
  });

  it('reports a model it cannot read as failed and goes on working', async () => {
    const solver = await loadHighsSolver();
    expect(solver.solve(knapsack([Number.NaN], [1], 1))).toMatchObject({ status: 'failed', reason: expect.stringMatching(/./) as string });
    expect(solver.solve(knapsack([1], [1], 1, { rows: [{ columns: [7], values: [1], lower: 0, upper: 1 }] }))).toMatchObject({ status: 'failed' });
    expect(solver.solve(knapsack([5], [1], 1))).toMatchObject({ status: 'optimal', objective: 5 });
  });

  it('stops at the node limit with a portfolio and a bound above it', async () => {
    const solver = await loadHighsSolver();
    const { uniform } = namedStream({ seed: 'nodes', initiative: '', stage: 'pilot', replication: 0, purpose: 'hard knapsack' });
    const costs = Array.from({ length: 30 }, () => 1000 + Math.floor(uniform() * 1e5));
    const values = costs.map((cost) => cost + 1000);
    const solution = solver.solve(knapsack(values, costs, 750_000, { maxNodes: 1 }));
    expect(['node_limit', 'optimal']).toContain(solution.status);
    if (!('bound' in solution)) throw new Error('no solution');
    expect(solution.bound).toBeGreaterThanOrEqual(solution.objective - 1e-6);
  });

  it('gives the same bits each time', async () => {
    const solver = await loadHighsSolver();
    const model = knapsack([7, 8, 9, 11, 13, 4], [3, 4, 5, 6, 7, 2], 13);
    const first = solver.solve(model);
    for (let turn = 0; turn < 100; turn += 1) expect(solver.solve(model)).toEqual(first);
  });

  it('finds the minimax-regret portfolio that enumeration finds, in units it can be trusted with', async () => {
    const solver = await loadHighsSolver();
    const { uniform } = namedStream({ seed: 'agreement', initiative: '', stage: 'pilot', replication: 0, purpose: 'instances' });
    const between = (low: number, high: number) => low + (high - low) * uniform();
    let asked = 0;
    for (let turn = 0; turn < 210; turn += 1) {
      const longDecimals = turn % 2 === 1;
      const money = (value: number) => (longDecimals ? value : Math.round(value * 100) / 100);
      const candidates = Array.from({ length: 6 + (turn % 7) }, (_, i) => {
        const R_med = money(between(-3_000, 9_000));
        return { id: `i${i}`, cost: money(between(1_000, 9_000)), R_best: R_med + money(between(0, 5_000)), R_med, R_worst: R_med - money(between(0, 5_000)), confidence: money(uniform()) };
      });
      const stakes = stakesOf({ candidates, budget: money(between(3_000, 30_000)), min_confidence_threshold: 0, min_portfolio_worst_return: turn % 3 === 0 ? 0 : null, rule: '', rule_parameters: {} });
      const question = { stakes, constraints: null, benchmark: 'budget-only', worth: null } as const;
      const { vStar, ranked } = byEnumeration(question, 1);
      if (stakes.ids.length === 0 || ranked[0] === undefined) continue;
      const answer = solverAnswer(programOf(question, freeRows(stakes, null), vStar), solver, 1000);
      if (answer.status === 'failed') throw new Error(answer.reason);
      asked += 1;
      expect(answer.objective - ranked[0].objective).toBeLessThanOrEqual(answer.tolerance);
      expect(answer.objective).toBeGreaterThanOrEqual(ranked[0].objective);
      expect(answer.bound).toBeLessThanOrEqual(ranked[0].objective);
    }
    expect(asked).toBeGreaterThan(180);
  });
});

describe('HiGHS aborting', () => {
  it('is reported, and a fresh instance takes over', async () => {
    const instances: string[] = [];
    const loader = async (): Promise<Highs> => {
      const highs = await loadHighs();
      instances.push('loaded');
      if (instances.length > 1) return highs;
      const withModel = () => {
        throw new WebAssembly.RuntimeError('unreachable');
      };
      return { version: highs.version, errors: highs.errors, constants: highs.constants, withModel } as unknown as Highs;
    };
    const solver = await loadHighsSolver({ loader });
    const model = knapsack([60, 100, 120], [10, 20, 30], 50);
    expect(solver.solve(model)).toEqual({ status: 'failed', reason: 'unreachable' });
    expect(solver.solve(model)).toMatchObject({ status: 'failed', reason: expect.stringMatching(/being loaded again/) as string });
    await vi.waitFor(() => expect(solver.solve(model)).toMatchObject({ status: 'optimal', objective: 220 }));
    expect(instances).toHaveLength(2);
  });
});

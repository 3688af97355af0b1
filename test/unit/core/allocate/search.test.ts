import { describe, expect, it } from 'vitest';
import { minimaxPortfolio, portfoliosWithin } from '../../../../src/core/allocate/search/branch-and-bound.ts';
import { exactCosts } from '../../../../src/core/allocate/exact/exact-costs.ts';
import { knapsack } from '../../../../src/core/allocate/search/knapsack.ts';
import { isFeasible, shortfall, type MinimaxProgram } from '../../../../src/core/allocate/search/minimax-program.ts';
import type { RowLimit } from '../../../../src/core/allocate/side-constraints.ts';
import { bestPrices, relax } from '../../../../src/core/allocate/search/relaxation.ts';
import { namedStream } from '../../../../src/core/random/stream.ts';

const drawing = (purpose: string) => {
  const { uniform } = namedStream({ seed: 'search', initiative: '', stage: 'pilot', replication: 0, purpose });
  return (low: number, high: number) => low + Math.floor((high - low + 1) * uniform());
};

/** Every set of rows of a small program. */
function everySet(n: number): Uint8Array[] {
  return Array.from({ length: 1 << n }, (_, mask) => Uint8Array.from({ length: n }, (__, i) => (mask >> i) & 1));
}

/** At most so many of some rows, and one row only with another. */
function randomLimits(draw: (low: number, high: number) => number, n: number): RowLimit[] {
  const limit = (values: Float64Array, most: number): RowLimit => ({ values, most, slack: 0, keeps: (sum) => sum <= most });
  const [id, needed] = [draw(0, n - 1), draw(0, n - 1)];
  const some = Float64Array.from({ length: n }, () => draw(0, 2));
  const needs = Float64Array.from({ length: n }, (_, i) => (i === id ? 1 : 0) - (i === needed ? 1 : 0));
  return [limit(some, draw(0, n)), limit(needs, 0)];
}

/** Costs in whole units, or in decimals so long that only exact comparison settles what fits. */
function randomProgram(draw: (low: number, high: number) => number, n: number, turn: number): MinimaxProgram {
  const small = turn % 3 === 0;
  const cost = Array.from({ length: n }, () => (turn % 2 === 0 ? draw(1, small ? 6 : 9999) : draw(1, 6) / 3));
  const budget = turn % 4 === 1 ? cost.slice(0, 3).reduce((sum, c) => sum + c, 0) : draw(1, small || turn % 2 === 1 ? 12 : 20_000);
  const span = small ? 9 : 1_000_000;
  const returns = [0, 1, 2].map(() => Float64Array.from({ length: n }, () => draw(-span >> 1, span)));
  const costs = exactCosts(cost, budget);
  return { targets: returns.map((column) => knapsack(column, costs).value), returns, costs, worst: Float64Array.from({ length: n }, () => draw(-9, 9)), floor: turn % 5 === 0 ? draw(-3, 6) : null, limits: turn % 2 === 0 ? randomLimits(draw, n) : [] };
}

describe('the knapsack', () => {
  it('finds what looking at every set finds, for costs of any length', () => {
    const draw = drawing('knapsack');
    for (let turn = 0; turn < 600; turn += 1) {
      const { returns, costs } = randomProgram(draw, 1 + (turn % 10), turn);
      const values = returns[0] as Float64Array;
      const sum = (column: Float64Array, x: Uint8Array) => column.reduce((total, value, i) => (x[i] === 1 ? total + value : total), 0);
      const best = Math.max(...everySet(values.length).filter((x) => costs.fits(sum(costs.values, x), (i) => x[i] === 1)).map((x) => sum(values, x)));
      const answer = knapsack(values, costs);
      expect(answer.value).toBe(best);
      expect(answer.bound).toBe(best);
      expect(sum(values, answer.x)).toBe(best);
      expect(costs.fits(sum(costs.values, answer.x), (i) => answer.x[i] === 1)).toBe(true);
    }
  });

  it('takes nothing that is worth nothing, and solves what a table by budget solves', () => {
    expect(knapsack(Float64Array.from([0, -1]), exactCosts([1, 1], 2))).toMatchObject({ value: 0, bound: 0 });
    const draw = drawing('table');
    const cost = Array.from({ length: 200 }, () => draw(1, 40));
    const values = Float64Array.from(cost, (c) => c + draw(0, 9));
    const best = new Float64Array(1501);
    cost.forEach((c, i) => { for (let room = 1500; room >= c; room -= 1) best[room] = Math.max(best[room] as number, (best[room - c] as number) + (values[i] as number)); });
    expect(knapsack(values, exactCosts(cost, 1500)).value).toBe(best[1500]);
  });

  it('keeps a bound where it gives up', () => {
    const draw = drawing('hard');
    const cost = Array.from({ length: 200 }, () => draw(1, 1_000_000));
    const values = Float64Array.from(cost, (c) => c + 100_000);
    const { value, bound } = knapsack(values, exactCosts(cost, Math.floor(cost.reduce((sum, c) => sum + c, 0) / 2)));
    expect(bound).toBeGreaterThanOrEqual(value);
    expect(bound - value).toBeLessThan(value / 100);
  });
});

describe('the relaxation', () => {
  it('is below every portfolio at any prices, and rises by what each decision against it costs', () => {
    const draw = drawing('bound');
    for (let turn = 0; turn < 60; turn += 1) {
      const program = randomProgram(draw, 6, turn);
      const weights = [draw(0, 9), draw(0, 9), draw(1, 9)];
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      const { bound, reduced } = relax(program, { weights: Float64Array.from(weights, (weight) => weight / total), cost: draw(0, 100), floor: draw(0, 5), limits: Float64Array.from(program.limits, () => draw(0, 500)) });
      for (const x of everySet(6).filter((set) => isFeasible(program, set))) {
        const against = reduced.reduce((sum, value, i) => (x[i] === 1 === value > 0 ? sum : sum + Math.abs(value)), 0);
        expect(bound + against).toBeLessThanOrEqual(shortfall(program, x));
      }
    }
  });

  it('comes close to the linear relaxation', () => {
    // Two rows that help one state each and a budget for one: half of each leaves 5 in both states.
    const program: MinimaxProgram = { targets: [10, 10], returns: [Float64Array.from([10, 0]), Float64Array.from([0, 10])], costs: exactCosts([1, 1], 1), worst: new Float64Array(2), floor: null, limits: [] };
    expect(bestPrices(program, 10, () => 10).bound).toBeCloseTo(5, 1);
  });
});

describe('branch and bound', () => {
  it('finds what looking at every set finds, with all ties, floors and costs of any length', () => {
    const draw = drawing('search');
    let ties = 0;
    for (let turn = 0; turn < 500; turn += 1) {
      const n = 2 + (turn % 9);
      const program = randomProgram(draw, n, turn);
      const feasible = everySet(n).filter((x) => isFeasible(program, x));
      if (feasible.length === 0) continue;
      const objective = Math.min(...feasible.map((x) => shortfall(program, x)));
      const optimal = feasible.filter((x) => shortfall(program, x) === objective).map((x) => x.join(''));
      ties += optimal.length > 1 ? 1 : 0;
      const answer = minimaxPortfolio(program, feasible[feasible.length >> 1] as Uint8Array, 300, 1_000_000);
      expect(answer).toMatchObject({ objective, bound: objective, proved: true });
      expect(answer.all?.map(({ x }) => x.join('')).sort()).toEqual(optimal.sort());
      const first = portfoliosWithin(program, answer.relaxations, objective, 1, 1_000_000);
      expect(first.complete).toBe(true);
      expect(first.list[0]?.x).toEqual(answer.all?.[0]?.x);
    }
    expect(ties).toBeGreaterThan(20);
  });

  it('has a valid bound wherever it stops', () => {
    const draw = drawing('limits');
    const program = randomProgram(draw, 14, 2);
    const start = new Uint8Array(14);
    const { objective } = minimaxPortfolio(program, start, 10, 1_000_000);
    for (const nodes of [1, 5, 25, 125, 625]) {
      const stopped = minimaxPortfolio(program, start, 10, nodes);
      expect(stopped.bound).toBeLessThanOrEqual(objective);
      expect(stopped.objective).toBeGreaterThanOrEqual(objective);
      expect(isFeasible(program, stopped.x)).toBe(true);
    }
  });
});

import { bestPortfolios, type Ranked } from './best-portfolios.ts';
import { minimaxPortfolio, portfoliosWithin } from './branch-and-bound.ts';
import { enumerate } from './enumerate.ts';
import type { ExactCosts } from './exact-costs.ts';
import { knapsack } from './knapsack.ts';
import { changed, forEachChange } from './local-search.ts';
import { dot, isFeasible, shortfall, type MinimaxProgram } from './minimax-program.ts';
import type { SolverAnswer } from './solver-answer.ts';
import type { Stakes } from './stakes.ts';

/** The minimax-regret portfolios, in units of the stakes' returns. */
export type RegretAnswer = {
  readonly vStar: readonly number[];
  readonly vStarPortfolios: readonly Uint8Array[];
  /** What V* may lie above `vStar` at most; 0 where it is proved. */
  readonly vStarDoubt: number;
  /** The choice, its ties by cost and ids, then the next best; empty where the floor cannot be met. */
  readonly ranked: readonly Ranked[];
  readonly bound: number;
  /** Whether all ties are listed, and whether the first is sure to be the cheapest and first by ids. */
  readonly tiesComplete: boolean;
  readonly isCanonical: boolean;
  /** Portfolios looked at; null where they were not enumerated. */
  readonly enumerated: number | null;
  readonly attainableWorst: number;
  readonly attainableBound: number;
};

export function programOf(stakes: Stakes, vStar: readonly number[]): MinimaxProgram {
  return { targets: vStar, returns: stakes.returns, costs: stakes.costs, worst: stakes.worst, floor: stakes.floor };
}

/** By looking at every affordable portfolio. */
export function byEnumeration(stakes: Stakes, keep: number): RegretAnswer {
  const found = enumerate(stakes, (vStar) => vStar, keep);
  return {
    vStar: found.vStar.map(({ objective }) => -objective || 0),
    vStarPortfolios: found.vStar.map(({ x }) => x),
    vStarDoubt: 0,
    ranked: found.ranked,
    bound: found.ranked[0]?.objective ?? 0,
    tiesComplete: true,
    isCanonical: true,
    enumerated: found.affordable,
    attainableWorst: found.attainableWorst,
    attainableBound: found.attainableWorst,
  };
}

/**
 * By dynamic programming for V*, depth-first search for the choice and the same search for its ties. `askSolver` is asked
 * once V* is known; where the search runs out of nodes, its portfolio and its bound count too.
 */
export function bySearch(stakes: Stakes, keep: { readonly ties: number; readonly rows: number }, maxNodes: number, askSolver: (program: MinimaxProgram) => SolverAnswer | null): RegretAnswer {
  const benchmarks = stakes.returns.map((column) => knapsack(column, stakes.costs));
  const richest = knapsack(stakes.worst, stakes.costs);
  const vStar = benchmarks.map(({ value }) => value);
  const shared = {
    vStar,
    vStarPortfolios: benchmarks.map(({ x }) => x),
    vStarDoubt: Math.max(...benchmarks.map(({ value, bound }) => bound - value)),
    enumerated: null,
    attainableWorst: richest.value,
    attainableBound: richest.bound,
  };
  const program = { ...programOf(stakes, vStar), costs: spendable(stakes.costs) };
  const start = [new Uint8Array(stakes.ids.length), ...shared.vStarPortfolios, richest.x].find((x) => isFeasible(program, x));
  if (start === undefined) return { ...shared, ranked: [], bound: 0, tiesComplete: true, isCanonical: true };

  const found = minimaxPortfolio(program, start, keep.ties, maxNodes);
  const asked = askSolver(program);
  if (!found.proved) {
    const useful = asked !== null && asked.status !== 'failed' ? asked : null;
    const x = useful !== null && useful.objective < found.objective ? useful.x : found.x;
    const bound = Math.min(shortfall(program, x), Math.max(found.bound, useful?.bound ?? 0));
    return { ...shared, ranked: [rankedAs(program, x)], bound, tiesComplete: false, isCanonical: false };
  }
  const within = (capacity: number) => portfoliosWithin(program, found.relaxations, found.objective, capacity, maxNodes / 4);
  const ties = found.all === null ? within(keep.ties) : { list: found.all, complete: true };
  const first = ties.complete ? ties : within(1);
  const choice = first.list[0] ?? ties.list[0] ?? rankedAs(program, found.x);
  const others = ties.list.filter(({ x }) => x.some((value, i) => value !== choice.x[i]));
  return {
    ...shared,
    ranked: [choice, ...others, ...nextBest(program, choice, keep.rows)],
    bound: found.objective,
    tiesComplete: found.all !== null || (ties.complete && ties.list.length < keep.ties),
    isCanonical: first.complete,
  };
}

/**
 * A budget that can be spent to the last unit, or nearly: it makes for better bounds where costs come in round figures. The
 * search for it is cut short, because with other figures nearly every budget can be spent.
 */
function spendable(costs: ExactCosts): ExactCosts {
  if (costs.slack > 0) return costs;
  const step = costs.values.reduce(greatestCommonDivisor, 0);
  const whole = { ...costs, budget: step === 0 ? costs.budget : Math.floor(costs.budget / step) * step };
  return { ...whole, budget: knapsack(costs.values, whole, spendableStates).bound };
}

const spendableStates = 50_000;

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** The best of those that differ from the choice in one or two rows and are worse. */
function nextBest(program: MinimaxProgram, choice: Ranked, keep: number): readonly Ranked[] {
  const near = bestPortfolios(program.costs, keep);
  forEachChange(program, choice.x, (first, second, objective, cost) => {
    if (objective > choice.objective && objective <= near.cutoff()) near.offer(changed(choice.x, first, second), objective, cost);
  });
  return near.list();
}

function rankedAs(program: MinimaxProgram, x: Uint8Array): Ranked {
  return { x, objective: shortfall(program, x), cost: dot(program.costs.values, x) };
}

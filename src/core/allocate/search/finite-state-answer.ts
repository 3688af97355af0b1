import { bestPortfolios, type Ranked } from './best-portfolios.ts';
import { minimaxPortfolio, portfoliosWithin } from './branch-and-bound.ts';
import type { Benchmark } from '../decision-rule.ts';
import { countAffordable, enumerationLimit, portfoliosOf, rank } from './enumerate.ts';
import type { ExactCosts } from '../exact/exact-costs.ts';
import { freeRows, type FreeRows } from './free-rows.ts';
import { knapsack } from './knapsack.ts';
import { largestSum, type LargestSum } from './largest-sum.ts';
import { changed, forEachChange } from './local-search.ts';
import { dot, isFeasible, shortfall, type MinimaxProgram } from './minimax-program.ts';
import type { RowConstraints } from '../side-constraints.ts';
import type { SolverAnswer } from './solver-answer.ts';
import type { Stakes } from '../stakes.ts';

/** What is asked: the portfolio of least largest regret or, where `worth` is given, of largest sum of it. */
export type FiniteQuestion = {
  readonly stakes: Stakes;
  /** Without conflicts. */
  readonly constraints: RowConstraints | null;
  readonly benchmark: Benchmark;
  readonly worth: Float64Array | null;
};

/** V*; portfolios over all rows in play. */
export type Benchmarks = {
  /** In units of the stakes' returns. */
  readonly vStar: readonly number[];
  readonly vStarPortfolios: readonly Uint8Array[];
  /** What V* may lie above `vStar` at most; 0 where it is proved. */
  readonly vStarDoubt: number;
  /** Whether they respect floor and side constraints; false also where nothing does, though they were asked to. */
  readonly isConstrained: boolean;
};

/** The benchmarks and the first portfolios. */
export type FiniteAnswer = Benchmarks & {
  /** The choice, its ties by cost and ids, then the next best; empty where the floor cannot be met. */
  readonly ranked: readonly Ranked[];
  /** No portfolio's objective (largest regret, or worth with its sign turned) is smaller. */
  readonly bound: number;
  /** Whether all ties are listed, and whether the first is sure to be the cheapest and first by ids. */
  readonly tiesComplete: boolean;
  readonly isCanonical: boolean;
  /** Portfolios within the budget, all looked at; null where they were not enumerated. */
  readonly enumerated: number | null;
  /** The largest sum of raw R_worst within budget and constraints, and a bound on it. */
  readonly attainableWorst: number;
  readonly attainableBound: number;
};

/** Targets and columns of the question once V* is known. */
export function programOf({ stakes, worth }: FiniteQuestion, free: FreeRows, vStar: readonly number[]): MinimaxProgram {
  return worth === null ? free.programFor(vStar, stakes.returns) : free.programFor([0], [worth]);
}

/** V* with its portfolios alone. */
export function benchmarksOf(question: FiniteQuestion, maxNodes: number): Benchmarks {
  const { stakes, constraints } = question;
  if (stakes.ids.length <= enumerationLimit) return enumeratedBenchmarks(question, everyPortfolio(question));
  const free = freeRows(stakes, constraints);
  return searchedBenchmarks(question, free, largestSum(free, stakes.worst, { floor: null, start: null, maxNodes }), maxNodes).benchmarks;
}

/** By looking at every affordable portfolio. */
export function byEnumeration(question: FiniteQuestion, keep: number): FiniteAnswer {
  const every = everyPortfolio(question);
  const benchmarks = enumeratedBenchmarks(question, every);
  const { allowed, affordable, floor, offset, worst, worth, whole } = every;
  const aims =
    question.worth === null
      ? benchmarks.vStar.map((target, column) => ({ column, target: target - offset(column) }))
      : [{ column: worth, target: 0 - offset(worth) }];
  const ranked = rank(allowed, aims, floor, keep).map(whole);
  const richest = -(rank(allowed, [{ column: worst, target: 0 - offset(worst) }], null, 1)[0] as Ranked).objective || 0;
  return {
    ...benchmarks,
    ranked,
    bound: ranked[0]?.objective ?? 0,
    tiesComplete: true,
    isCanonical: true,
    enumerated: countAffordable(affordable),
    attainableWorst: richest,
    attainableBound: richest,
  };
}

type EveryPortfolio = ReturnType<typeof everyPortfolio>;

/** The portfolios within the budget and, of free rows, those the constraints allow; columns are the states', then worst and worth. */
function everyPortfolio({ stakes, constraints, worth }: FiniteQuestion) {
  const { costs, returns } = stakes;
  const free = freeRows(stakes, constraints);
  const columns = [...returns, stakes.worst, ...(worth === null ? [] : [worth])];
  const allowed = portfoliosOf(free.costs, columns.map(free.restrict), free.limits);
  const worst = returns.length;
  return {
    allowed,
    affordable: constraints === null ? allowed : portfoliosOf(costs, returns, []),
    worst,
    worth: worst + 1,
    floor: free.floor === null ? null : { column: worst, least: free.floor },
    offset: (column: number) => free.held(columns[column] as Float64Array),
    whole: ({ x, objective, cost }: Ranked): Ranked => ({ x: free.whole(x), objective, cost }),
  };
}

function enumeratedBenchmarks({ stakes, benchmark }: FiniteQuestion, { allowed, affordable, floor, offset, whole }: EveryPortfolio): Benchmarks {
  const { returns } = stakes;
  const alike = benchmark === 'same-feasible-set' ? returns.flatMap((_, column) => rank(allowed, [{ column, target: 0 - offset(column) }], floor, 1).map(whole)) : [];
  // Where nothing meets the floor there is nothing to compare with but what the budget allows.
  const best = alike.length > 0 ? alike : returns.map((_, column) => rank(affordable, [{ column, target: 0 }], null, 1)[0] as Ranked);
  return { vStar: best.map(({ objective }) => -objective || 0), vStarPortfolios: best.map(({ x }) => x), vStarDoubt: 0, isConstrained: alike.length > 0 };
}

export type SearchOptions = {
  readonly ties: number;
  readonly rows: number;
  readonly maxNodes: number;
  /** Asked once V* is known; where the search runs out of nodes, its portfolio and its bound count too. */
  readonly askSolver: (program: MinimaxProgram, free: FreeRows) => SolverAnswer | null;
};

/** By dynamic programming or depth-first search for V*, depth-first search for the choice and the same search for its ties. */
export function bySearch(question: FiniteQuestion, options: SearchOptions): FiniteAnswer {
  const { stakes, constraints, worth } = question;
  const { ties: mostTies, maxNodes } = options;
  const free = freeRows(stakes, constraints);
  const richest = largestSum(free, stakes.worst, { floor: null, start: null, maxNodes });
  const { benchmarks, start } = searchedBenchmarks(question, free, richest, maxNodes);
  const shared = {
    ...benchmarks,
    enumerated: null,
    attainableWorst: richest.value,
    attainableBound: richest.bound,
  };
  if (start === null) return { ...shared, ranked: [], bound: 0, tiesComplete: true, isCanonical: true };

  const program = { ...programOf(question, free, benchmarks.vStar), costs: spendable(free.costs) };
  const whole = (x: Uint8Array): Ranked => ({ x: free.whole(x), objective: shortfall(program, x), cost: dot(program.costs.values, x) });
  const simplest = worth !== null && free.floor === null && free.limits.length === 0 ? largestSum(free, worth, { floor: null, start: null, maxNodes }) : null;
  const found = minimaxPortfolio(program, simplest === null ? start : free.part(simplest.x), mostTies, maxNodes, simplest === null ? -Infinity : -simplest.bound);
  const asked = options.askSolver(program, free);
  if (!found.proved) {
    const useful = asked !== null && asked.status !== 'failed' ? asked : null;
    const x = useful !== null && useful.objective < found.objective ? useful.x : found.x;
    const bound = Math.min(shortfall(program, x), Math.max(found.bound, useful?.bound ?? -Infinity));
    return { ...shared, ranked: [whole(x)], bound, tiesComplete: false, isCanonical: false };
  }
  const within = (capacity: number) => portfoliosWithin(program, found.relaxations, found.objective, capacity, maxNodes / 4);
  const ties = found.all === null ? within(mostTies) : { list: found.all, complete: true };
  const first = ties.complete ? ties : within(1);
  const choice = (first.list[0] ?? ties.list[0])?.x ?? found.x;
  const others = ties.list.filter(({ x }) => x.some((value, i) => value !== choice[i]));
  return {
    ...shared,
    ranked: [choice, ...others.map(({ x }) => x), ...nextBest(program, choice, options.rows)].map(whole),
    bound: found.objective,
    tiesComplete: found.all !== null || (ties.complete && ties.list.length < mostTies),
    isCanonical: first.complete,
  };
}

/** V*, and a portfolio of free rows that meets floor and limits; null where none was found. */
function searchedBenchmarks({ stakes, constraints, benchmark }: FiniteQuestion, free: FreeRows, richest: LargestSum, maxNodes: number) {
  const withinBudget = () => {
    const everything = freeRows({ ...stakes, floor: null }, null);
    return stakes.returns.map((column) => largestSum(everything, column, { floor: null, start: null, maxNodes }));
  };
  const paper = benchmark === 'same-feasible-set' ? null : withinBudget();
  const tried = [new Uint8Array(free.costs.values.length), ...(constraints === null && paper !== null ? paper.map(({ x }) => x) : []), free.part(richest.x)];
  const start = tried.find((x) => isFeasible(free, x)) ?? null;
  const found = paper ?? (start === null ? withinBudget() : stakes.returns.map((column) => largestSum(free, column, { floor: free.floor, start, maxNodes })));
  const benchmarks: Benchmarks = {
    vStar: found.map(({ value }) => value),
    vStarPortfolios: found.map(({ x }) => x),
    vStarDoubt: Math.max(...found.map(({ value, bound }) => bound - value)),
    isConstrained: paper === null && start !== null,
  };
  return { benchmarks, start };
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
function nextBest(program: MinimaxProgram, choice: Uint8Array, keep: number): readonly Uint8Array[] {
  const near = bestPortfolios(program.costs, keep);
  const reached = shortfall(program, choice);
  forEachChange(program, choice, (first, second, objective, cost) => {
    if (objective > reached && objective <= near.cutoff()) near.offer(changed(choice, first, second), objective, cost);
  });
  return near.list().map(({ x }) => x);
}

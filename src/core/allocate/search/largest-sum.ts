import { minimaxPortfolio } from './branch-and-bound.ts';
import { enumerationLimit, portfoliosOf, rank } from './enumerate.ts';
import type { FreeRows } from './free-rows.ts';
import { knapsack } from './knapsack.ts';

/** The portfolio (over all rows), its sum, and what no portfolio's sum exceeds: equal to the sum where that is proved. */
export type LargestSum = { readonly value: number; readonly x: Uint8Array; readonly bound: number };

export type LargestSumOptions = {
  /** On the free rows' raw worst returns. */
  readonly floor: number | null;
  /** A choice of free rows that meets the floor; null for none of them. */
  readonly start: Uint8Array | null;
  readonly maxNodes: number;
};

/**
 * The most that a column of whole numbers can add up to within budget, limits and floor: by dynamic programming where the budget
 * is all, else by looking at every portfolio of up to 20 free rows, else by branch and bound.
 */
export function largestSum(free: FreeRows, column: Float64Array, { floor, start, maxNodes }: LargestSumOptions): LargestSum {
  const held = free.held(column);
  if (floor === null && free.limits.length === 0) {
    const { value, x, bound } = knapsack(free.restrict(column), free.costs);
    return { value: held + value, x: free.whole(x), bound: held + bound };
  }
  if (free.costs.values.length <= enumerationLimit) {
    const portfolios = portfoliosOf(free.costs, [free.restrict(column), free.worst], free.limits);
    const [first] = rank(portfolios, [{ column: 0, target: 0 - held }], floor === null ? null : { column: 1, least: floor }, 1);
    if (first !== undefined) return { value: -first.objective || 0, x: free.whole(first.x), bound: -first.objective || 0 };
  }
  const program = { ...free.programFor([0], [column]), floor };
  const found = minimaxPortfolio(program, start ?? new Uint8Array(free.costs.values.length), 0, maxNodes);
  return { value: -found.objective || 0, x: free.whole(found.x), bound: -found.bound || 0 };
}

import { minimaxPortfolio } from './branch-and-bound.ts';
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

/** The most that a column of whole numbers can add up to within budget, limits and floor. */
export function largestSum(free: FreeRows, column: Float64Array, { floor, start, maxNodes }: LargestSumOptions): LargestSum {
  const held = free.held(column);
  if (floor === null && free.limits.length === 0) {
    const { value, x, bound } = knapsack(free.restrict(column), free.costs);
    return { value: held + value, x: free.whole(x), bound: held + bound };
  }
  const program = { ...free.programFor([0], [column]), floor };
  const found = minimaxPortfolio(program, start ?? new Uint8Array(free.costs.values.length), 0, maxNodes);
  return { value: -found.objective || 0, x: free.whole(found.x), bound: -found.bound || 0 };
}

import { dot } from './search/minimax-program.ts';
import { toNumber } from './exact/exact-decimal.ts';
import { freeRows } from './search/free-rows.ts';
import { largestSum } from './search/largest-sum.ts';
import type { RowConstraints } from './side-constraints.ts';
import { idsOf, type Stakes } from './stakes.ts';

export type IndependentRegret = { readonly value: number; readonly best_reply: readonly string[] };

/** What the best reply may choose from: `allowed` null leaves it all within the budget, and is for the budget-only benchmark. */
export type Replies = {
  readonly allowed: { readonly constraints: RowConstraints | null; /** A portfolio that floor and constraints allow. */ readonly start: Uint8Array } | null;
  readonly maxNodes: number;
};

/**
 * The most a portfolio can be regretted when every initiative may turn out anywhere between its worst and best effective
 * return, each on its own: the adversary puts the chosen ones at their worst and all others at their best, and the best
 * reply to that is one knapsack, under the floor and the side constraints where the benchmark is. Where the reply cannot be
 * proved best, the value is an upper bound. Source: Averbakh 2001, Mathematical Programming 90.
 */
export function independentRegret(stakes: Stakes, x: Uint8Array, { allowed, maxNodes }: Replies): IndependentRegret {
  const [best, , worst] = stakes.returns as [Float64Array, Float64Array, Float64Array];
  const scenario = best.map((value, i) => (x[i] === 1 ? (worst[i] as number) : value));
  const free = allowed === null ? freeRows({ ...stakes, floor: null }, null) : freeRows(stakes, allowed.constraints);
  const reply = largestSum(free, scenario, { floor: free.floor, start: allowed === null ? null : free.part(allowed.start), maxNodes });
  return { value: toNumber(reply.bound - dot(worst, x), stakes.returnExponent), best_reply: idsOf(stakes, (i) => reply.x[i] === 1) };
}

import type { ExactCosts } from '../exact/exact-costs.ts';
import type { RowLimit } from '../side-constraints.ts';

/**
 * Choose rows x to make the largest shortfall max_j (targets[j] - sum_i returns[j][i] x_i) small, within the budget, with
 * sum_i worst[i] x_i >= floor and within the limits. All figures are whole numbers. With targets V* the shortfall is the
 * regret; with the one target 0 it is what the rows return, to be made large, with its sign turned.
 */
export type MinimaxProgram = {
  readonly targets: readonly number[];
  readonly returns: readonly Float64Array[];
  readonly costs: ExactCosts;
  readonly worst: Float64Array;
  readonly floor: number | null;
  readonly limits: readonly RowLimit[];
};

/** The largest shortfall of a portfolio. */
export function shortfall({ targets, returns }: Pick<MinimaxProgram, 'targets' | 'returns'>, x: Uint8Array): number {
  let largest = -Infinity;
  for (let j = 0; j < targets.length; j += 1) largest = Math.max(largest, (targets[j] as number) - dot(returns[j] as Float64Array, x));
  return largest;
}

export function isFeasible({ costs, worst, floor, limits }: Omit<MinimaxProgram, 'targets' | 'returns'>, x: Uint8Array): boolean {
  if (!costs.fits(dot(costs.values, x), (i) => x[i] === 1)) return false;
  return (floor === null || dot(worst, x) >= floor) && limits.every((limit) => limit.keeps(dot(limit.values, x), x));
}

export function dot(column: Float64Array, x: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < column.length; i += 1) if (x[i] === 1) sum += column[i] as number;
  return sum;
}

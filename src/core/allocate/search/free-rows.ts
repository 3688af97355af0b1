import type { ExactCosts } from '../exact/exact-costs.ts';
import { dot, type MinimaxProgram } from './minimax-program.ts';
import { canBreak, type RowConstraints, type RowLimit } from '../side-constraints.ts';

/**
 * What is left to decide once the forced rows are taken and the barred ones struck out: budget, floor and limits are what the
 * forced rows leave of them. The free rows keep their order, so that portfolios compare as before.
 */
export type FreeRows = Omit<MinimaxProgram, 'targets' | 'returns'> & {
  /** The entries of a column over all rows that belong to free rows. */
  readonly restrict: (column: Float64Array) => Float64Array;
  /** The sum of a column over the forced rows. */
  readonly held: (column: Float64Array) => number;
  /** A program on the free rows from targets and returns on all. */
  readonly programFor: (targets: readonly number[], returns: readonly Float64Array[]) => MinimaxProgram;
  /** The portfolio that a choice of free rows stands for, and the other way round. */
  readonly whole: (x: Uint8Array) => Uint8Array;
  readonly part: (x: Uint8Array) => Uint8Array;
};

type Everything = Pick<MinimaxProgram, 'costs' | 'worst' | 'floor'>;

export function freeRows({ costs, worst, floor }: Everything, constraints: RowConstraints | null): FreeRows {
  const n = costs.values.length;
  const forced = constraints?.forced ?? new Uint8Array(n);
  const held = (column: Float64Array) => dot(column, forced);
  const free = Array.from(forced.keys()).filter((i) => forced[i] === 0 && constraints?.barred[i] !== 1);
  const restrict = (column: Float64Array) => Float64Array.from(free, (i) => column[i] as number);
  const whole = (x: Uint8Array) => {
    const all = forced.slice();
    free.forEach((i, k) => (all[i] = x[k] as number));
    return all;
  };
  const rest = {
    costs: restrictedCosts(costs, forced, free),
    worst: restrict(worst),
    floor: floor === null ? null : floor - held(worst),
    limits: (constraints?.limits ?? []).map((limit) => restrictedLimit(limit, forced, restrict, whole)).filter(canBreak),
  };
  return {
    ...rest,
    restrict,
    held,
    programFor: (targets, returns) => ({
      ...rest,
      targets: targets.map((target, j) => target - held(returns[j] as Float64Array)),
      returns: returns.map(restrict),
    }),
    whole,
    part: (x) => Uint8Array.from(free, (i) => x[i] as number),
  };
}

function restrictedCosts(costs: ExactCosts, forced: Uint8Array, free: readonly number[]): ExactCosts {
  if (free.length === forced.length) return costs;
  const spent = dot(costs.values, forced);
  const placeOf = new Map(free.map((i, k) => [i, k]));
  const amongAll = (chosen: (k: number) => boolean) => (i: number) => {
    const k = placeOf.get(i);
    return k === undefined ? forced[i] === 1 : chosen(k);
  };
  return {
    values: Float64Array.from(free, (i) => costs.values[i] as number),
    budget: costs.budget - spent,
    slack: costs.slack,
    fits: (sum, chosen) => costs.fits(sum + spent, amongAll(chosen)),
    compare: (sumA, chosenA, sumB, chosenB) => costs.compare(sumA + spent, amongAll(chosenA), sumB + spent, amongAll(chosenB)),
    total: (chosen) => costs.total(amongAll(chosen)),
  };
}

function restrictedLimit(limit: RowLimit, forced: Uint8Array, restrict: FreeRows['restrict'], whole: FreeRows['whole']): RowLimit {
  const used = dot(limit.values, forced);
  return {
    values: restrict(limit.values),
    most: limit.most - used,
    slack: limit.slack,
    keeps: (sum, x) => limit.keeps(sum + used, whole(x)),
  };
}

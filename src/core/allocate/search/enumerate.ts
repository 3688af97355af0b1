import { bestPortfolios, type Ranked } from './best-portfolios.ts';
import type { ExactCosts } from '../exact/exact-costs.ts';
import type { RowLimit } from '../side-constraints.ts';

/** Up to so many rows looking at every portfolio takes tens of milliseconds. */
export const enumerationLimit = 20;

/**
 * Every portfolio within the budget, as a subset of one half of the rows with a subset of the other; the low half's are in
 * order of cost. Half subsets that break a limit whatever goes with them are left out.
 */
export type Portfolios = {
  readonly costs: ExactCosts;
  readonly limits: readonly RowLimit[];
  readonly low: Sums;
  readonly high: Sums;
  /** For each subset of the high half, how many of the low one the budget leaves room for. */
  readonly ends: Uint32Array;
  /** Largest entries of the low columns up to each subset. */
  readonly most: readonly Float64Array[];
  /**
   * Which rows each subset holds: row i of n is bit n - 1 - i of both masks together, the low half being the `split` last rows.
   * So larger masks come first by ids, as a rule, and the first of many ties are met first.
   */
  readonly lowMasks: Uint32Array;
  readonly highMasks: Uint32Array;
  readonly split: number;
};

/** The sums of every subset of some rows: cost, then a column per figure and per limit. */
type Sums = { readonly cost: Float64Array; readonly figures: readonly Float64Array[]; readonly limits: readonly Float64Array[] };

/** To come close to or go beyond `target` in the sum of the figure at `column`. */
export type Aimed = { readonly column: number; readonly target: number };
export type Floor = { readonly column: number; readonly least: number };

export function portfoliosOf(costs: ExactCosts, figures: readonly Float64Array[], limits: readonly RowLimit[]): Portfolios {
  const n = costs.values.length;
  const split = n >> 1;
  const sumsOf = (from: number, to: number): Sums => {
    const sums = (column: Float64Array) => subsetSums(column.slice().reverse().subarray(from, to));
    return { cost: sums(costs.values), figures: figures.map(sums), limits: limits.map(({ values }) => sums(values)) };
  };
  const unsorted = sumsOf(0, split);
  const allHigh = sumsOf(split, n);
  const byCost = (a: number, b: number) => (unsorted.cost[a] as number) - (unsorted.cost[b] as number) || b - a;
  const lowMasks = promising(unsorted, allHigh, limits).sort(byCost);
  const highMasks = promising(allHigh, unsorted, limits);
  const low = pick(unsorted, lowMasks);
  const high = pick(allHigh, highMasks);
  return {
    costs,
    limits,
    low,
    high,
    ends: Uint32Array.from(high.cost, (cost) => countUpTo(low.cost, costs.budget - cost)),
    most: low.figures.map(runningMaximum),
    lowMasks,
    highMasks,
    split,
  };
}

/**
 * Where a portfolio stands among those of its cost by the list of its ids. Lists that begin with the same rows follow each other,
 * the shortest first, so before a list stand those it continues, one for each row it holds but the last, and for every row it
 * passes over for a later one all lists with that row in its place: as many as the worth of that row's bit in the mask.
 */
function placeOf(mask: number): number {
  if (mask === 0) return -Infinity;
  let rows = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) rows += 1;
  // The bits passed over are those not set, but for the ones below the last row's; what all but the empty list share is left out.
  return rows - mask - (mask & -mask);
}

/**
 * The first `keep` portfolios by their largest shortfall from the targets, then cost, then ids, among those that meet the floor
 * and the limits. All sums are of whole numbers below 2^53, so they are exact in any order. Subsets of the high half that
 * cannot lead to one of the first are passed over.
 */
export function rank(portfolios: Portfolios, aims: readonly Aimed[], floor: Floor | null, keep: number): readonly Ranked[] {
  const { costs, limits, low, high, ends, most, lowMasks, highMasks, split } = portfolios;
  const room = new Float64Array(limits.length);
  const ranking = bestPortfolios(costs, keep);
  const x = new Uint8Array(costs.values.length);
  const scan = scanner(portfolios, aims, floor);
  const highFloor = floor === null ? null : (high.figures[floor.column] as Float64Array);
  const mostFloor = floor === null ? null : (most[floor.column] as Float64Array);
  let [cutoff, lastCost, lastPlace] = [Infinity, Infinity, Infinity];
  const maskAt = (h: number, k: number) => ((highMasks[h] as number) << split) | (lowMasks[k] as number);
  /** Whether it is as good and as dear as the last one kept, and stands after it: with many ties, nearly all do. */
  const isLater = (h: number, k: number): boolean =>
    (high.cost[h] as number) + (low.cost[k] as number) === lastCost &&
    placeOf(maskAt(h, k)) >= lastPlace &&
    shortfallAt(portfolios, aims, h, k) === cutoff;
  // From the fullest portfolios down: good ones come early and leave little to be ranked, and so do the first by ids.
  for (let h = ends.length - 1; h >= 0; h -= 1) {
    const end = ends[h] as number;
    if (end === 0) continue;
    if (floor !== null && ((highFloor as Float64Array)[h] as number) + ((mostFloor as Float64Array)[end - 1] as number) < floor.least)
      continue;
    let least = -Infinity;
    for (const { column, target } of aims) {
      least = Math.max(
        least,
        target - ((high.figures[column] as Float64Array)[h] as number) - ((most[column] as Float64Array)[end - 1] as number),
      );
    }
    if (least > cutoff) continue;
    for (let l = 0; l < room.length; l += 1) room[l] = (limits[l] as RowLimit).most - ((high.limits[l] as Float64Array)[h] as number);
    for (let k = scan(h, 0, end, cutoff, lastCost); k < end; k = scan(h, k + 1, end, cutoff, lastCost)) {
      if (isLater(h, k)) continue;
      if (!keepsLimits(low.limits, room, k)) continue;
      const cost = (high.cost[h] as number) + (low.cost[k] as number);
      if (costs.slack > 0 && !costs.fits(cost, isChosen(portfolios, h, k))) continue;
      const mask = maskAt(h, k);
      for (let i = 0; i < x.length; i += 1) x[i] = (mask >> (x.length - 1 - i)) & 1;
      if (!keepsRounded(portfolios, h, k, x)) continue;
      ranking.offer(x, shortfallAt(portfolios, aims, h, k), cost);
      [cutoff, lastCost] = [ranking.cutoff(), ranking.lastCost()];
      const last = costs.slack === 0 ? ranking.list()[keep - 1] : undefined;
      if (last !== undefined) lastPlace = placeOf(last.x.reduce((mask, bit) => mask * 2 + bit, 0));
    }
  }
  return ranking.list();
}

/** How many there are, limits aside. */
export function countAffordable(portfolios: Portfolios): number {
  const { costs, low, high, ends } = portfolios;
  let count = 0;
  ends.forEach((end, h) => {
    const cost = high.cost[h] as number;
    const sure = countUpTo(low.cost, costs.budget - costs.slack - cost);
    count += sure;
    for (let k = sure; k < end; k += 1) if (costs.fits(cost + (low.cost[k] as number), isChosen(portfolios, h, k))) count += 1;
  });
  return count;
}

function isChosen(
  {
    costs: {
      values: { length: rows },
    },
    lowMasks,
    highMasks,
    split,
  }: Portfolios,
  h: number,
  k: number,
): (i: number) => boolean {
  const mask = ((highMasks[h] as number) << split) | (lowMasks[k] as number);
  return (i) => ((mask >> (rows - 1 - i)) & 1) === 1;
}

type Scan = (h: number, from: number, end: number, cutoff: number, lastCost: number) => number;

/**
 * The first low subset from `from` on that, with the high subset h, may rank; `end` where none does. These loops are where the
 * time goes, so they call nothing and read plain arrays only.
 */
function scanner({ low, high }: Portfolios, aims: readonly Aimed[], floor: Floor | null): Scan {
  const cost = low.cost;
  const raw = floor === null ? cost : (low.figures[floor.column] as Float64Array);
  const highRaw = floor === null ? high.cost : (high.figures[floor.column] as Float64Array);
  const least = floor?.least ?? -Infinity;
  const [first, second, third] = [0, 1, 2].map((j) => aims[j] ?? { column: aims[0]?.column ?? 0, target: -Infinity }) as [
    Aimed,
    Aimed,
    Aimed,
  ];
  const lowOf = ({ column }: Aimed) => low.figures[column] as Float64Array;
  const highOf = ({ column }: Aimed) => high.figures[column] as Float64Array;
  const [a, b, c] = [lowOf(first), lowOf(second), lowOf(third)];
  const [highA, highB, highC] = [highOf(first), highOf(second), highOf(third)];
  if (aims.length === 1) {
    return (h, from, end, cutoff, lastCost) => {
      const room = lastCost - (high.cost[h] as number);
      const missing = least - (highRaw[h] as number);
      const short = first.target - (highA[h] as number);
      for (let k = from; k < end; k += 1) {
        const value = short - (a[k] as number);
        if (value > cutoff || (raw[k] as number) < missing) continue;
        if (value < cutoff || (cost[k] as number) <= room) return k;
      }
      return end;
    };
  }
  return (h, from, end, cutoff, lastCost) => {
    const room = lastCost - (high.cost[h] as number);
    const missing = least - (highRaw[h] as number);
    const shortA = first.target - (highA[h] as number);
    const shortB = second.target - (highB[h] as number);
    const shortC = third.target - (highC[h] as number);
    for (let k = from; k < end; k += 1) {
      const value = Math.max(shortA - (a[k] as number), shortB - (b[k] as number), shortC - (c[k] as number));
      if (value > cutoff || (raw[k] as number) < missing) continue;
      if (value < cutoff || (cost[k] as number) <= room) return k;
    }
    return end;
  };
}

/** Called for every tie, hence the plain loop. */
function shortfallAt({ low, high }: Portfolios, aims: readonly Aimed[], h: number, k: number): number {
  let largest = -Infinity;
  for (let a = 0; a < aims.length; a += 1) {
    const { column, target } = aims[a] as Aimed;
    const sum = ((high.figures[column] as Float64Array)[h] as number) + ((low.figures[column] as Float64Array)[k] as number);
    largest = Math.max(largest, target - sum);
  }
  return largest;
}

function limitSum({ low, high }: Portfolios, l: number, h: number, k: number): number {
  return ((low.limits[l] as Float64Array)[k] as number) + ((high.limits[l] as Float64Array)[h] as number);
}

/** Whether the low subset k stays within the room that the high subset leaves of each limit. */
function keepsLimits(sums: readonly Float64Array[], room: Float64Array, k: number): boolean {
  for (let l = 0; l < room.length; l += 1) if (((sums[l] as Float64Array)[k] as number) > (room[l] as number)) return false;
  return true;
}

function keepsRounded(portfolios: Portfolios, h: number, k: number, x: Uint8Array): boolean {
  return portfolios.limits.every((limit, l) => limit.slack === 0 || limit.keeps(limitSum(portfolios, l, h, k), x));
}

/** The subsets of one half that, with the best of the other, keep each limit. */
function promising(half: Sums, other: Sums, limits: readonly RowLimit[]): Uint32Array {
  const least = other.limits.map((column) => column.reduce((lowest, value) => Math.min(lowest, value), Infinity));
  const all = Uint32Array.from({ length: half.cost.length }, (_, mask) => mask);
  if (limits.length === 0) return all;
  return all.filter((mask) =>
    limits.every(({ most }, l) => ((half.limits[l] as Float64Array)[mask] as number) + (least[l] as number) <= most),
  );
}

function pick(sums: Sums, masks: Uint32Array): Sums {
  const picked = (column: Float64Array) => Float64Array.from(masks, (mask) => column[mask] as number);
  return { cost: picked(sums.cost), figures: sums.figures.map(picked), limits: sums.limits.map(picked) };
}

function runningMaximum(column: Float64Array): Float64Array {
  let most = -Infinity;
  return column.map((value) => (most = Math.max(most, value)));
}

/** How many entries of an ascending column are at most `limit`. */
function countUpTo(ascending: Float64Array, limit: number): number {
  let [from, to] = [0, ascending.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((ascending[middle] as number) <= limit) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** The sum over every subset of the entries, by bit mask. */
function subsetSums(column: Float64Array): Float64Array {
  const sums = new Float64Array(1 << column.length);
  column.forEach((value, i) => {
    for (let mask = 1 << i; mask < 2 << i; mask += 1) sums[mask] = (sums[mask - (1 << i)] as number) + value;
  });
  return sums;
}

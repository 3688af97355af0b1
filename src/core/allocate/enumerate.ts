import { bestPortfolios, type Ranked } from './best-portfolios.ts';
import type { ExactCosts } from './exact-costs.ts';
import type { Stakes } from './stakes.ts';

export type Enumeration = {
  /** Portfolios within the budget, the empty one included. */
  readonly affordable: number;
  /** For each state the largest sum within the budget and the portfolio that attains it (least cost, then ids). */
  readonly vStar: readonly Ranked[];
  /** Largest sum of raw R_worst within the budget. */
  readonly attainableWorst: number;
  /** The first portfolios that meet the floor, by objective, cost and ids; none where the floor cannot be met. */
  readonly ranked: readonly Ranked[];
};

/** What is aimed at in the best, med and worst state, in units; -Infinity where a state does not count. */
export type Targets = readonly [best: number, med: number, worst: number];

/**
 * Looks at every portfolio within the budget: for each V*, and then for the largest shortfall from targets that may depend
 * on V*. All sums are of whole numbers below 2^53, so they are exact in any order. 2^20 portfolios take tens of
 * milliseconds.
 */
export function enumerate(stakes: Stakes, targetsGiven: (vStar: Targets) => Targets, keep: number): Enumeration {
  const halves = halvesOf(stakes);
  const { costs } = stakes;
  const vStar = [0, 1, 2].map((state) => first(rank(halves, costs, only(state), -Infinity, 1)));
  const [best, med, worst] = vStar.map(({ objective }) => -objective || 0) as [number, number, number];
  const ranked = rank(halves, costs, targetsGiven([best, med, worst]), stakes.floor ?? -Infinity, keep);
  return { affordable: countAffordable(halves, costs), vStar, attainableWorst: largestWorst(halves, costs), ranked };
}

function only(state: number): Targets {
  return [state === 0 ? 0 : -Infinity, state === 1 ? 0 : -Infinity, state === 2 ? 0 : -Infinity];
}

function largestWorst({ low, high, ...halves }: Halves, costs: ExactCosts): number {
  const asBest = (sums: Sums) => ({ ...sums, best: sums.raw });
  return -first(rank({ ...halves, low: asBest(low), high: asBest(high) }, costs, only(0), -Infinity, 1)).objective || 0;
}

/** The sums of every subset of some rows, one column per figure. */
type Sums = { readonly cost: Float64Array; readonly best: Float64Array; readonly med: Float64Array; readonly worst: Float64Array; readonly raw: Float64Array };

/** Every portfolio is a subset of one half of the rows with a subset of the other; the low half's are in order of cost. */
type Halves = {
  readonly low: Sums;
  readonly high: Sums;
  /** For each subset of the high half, how many of the low one the budget leaves room for. */
  readonly ends: Uint32Array;
  readonly isChosen: (highMask: number, k: number) => (i: number) => boolean;
};

function halvesOf({ costs, returns, worst }: Stakes): Halves {
  const n = costs.values.length;
  const split = n >> 1;
  const columns = { cost: costs.values, best: returns[0], med: returns[1], worst: returns[2], raw: worst } as Sums;
  const sumsOf = (from: number, to: number) => mapColumns(columns, (column) => subsetSums(column.subarray(from, to)));
  const unsorted = sumsOf(0, split);
  const masks = Uint32Array.from(Array.from(unsorted.cost.keys()).sort((a, b) => (unsorted.cost[a] as number) - (unsorted.cost[b] as number)));
  const low = mapColumns(unsorted, (column) => Float64Array.from(masks, (mask) => column[mask] as number));
  const high = sumsOf(split, n);
  const ends = Uint32Array.from(high.cost, (cost) => countUpTo(low.cost, costs.budget - cost));
  return { low, high, ends, isChosen: (highMask, k) => (i) => ((i < split ? (masks[k] as number) >> i : highMask >> (i - split)) & 1) === 1 };
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

function mapColumns(sums: Sums, change: (column: Float64Array) => Float64Array): Sums {
  return { cost: change(sums.cost), best: change(sums.best), med: change(sums.med), worst: change(sums.worst), raw: change(sums.raw) };
}

/** The sum over every subset of the entries, by bit mask. */
function subsetSums(column: Float64Array): Float64Array {
  const sums = new Float64Array(1 << column.length);
  column.forEach((value, i) => {
    for (let mask = 1 << i; mask < 2 << i; mask += 1) sums[mask] = (sums[mask - (1 << i)] as number) + value;
  });
  return sums;
}

function rank(halves: Halves, costs: ExactCosts, targets: Targets, floor: number, keep: number): readonly Ranked[] {
  const { low, high, ends, isChosen } = halves;
  const ranking = bestPortfolios(costs, keep);
  const x = new Uint8Array(costs.values.length);
  let limits = { cutoff: Infinity, lastCost: Infinity };
  // From the fullest portfolios down: good ones come early and leave little to be ranked.
  for (let mask = ends.length - 1; mask >= 0; mask -= 1) {
    const end = ends[mask] as number;
    for (let k = scan(low, high, mask, 0, end, targets, floor, limits); k < end; k = scan(low, high, mask, k + 1, end, targets, floor, limits)) {
      const chosen = isChosen(mask, k);
      const cost = (high.cost[mask] as number) + (low.cost[k] as number);
      if (!costs.fits(cost, chosen)) continue;
      for (let i = 0; i < x.length; i += 1) x[i] = chosen(i) ? 1 : 0;
      ranking.offer(x, shortfallAt(low, high, mask, k, targets), cost);
      limits = { cutoff: ranking.cutoff(), lastCost: ranking.lastCost() };
    }
  }
  return ranking.list();
}

/**
 * The first low subset from `from` on that, with the high subset, may rank; `end` where none does. This loop is where the
 * time goes, so it calls nothing and reads plain arrays only.
 */
function scan(low: Sums, high: Sums, mask: number, from: number, end: number, targets: Targets, floor: number, limits: { readonly cutoff: number; readonly lastCost: number }): number {
  const { cost, best, med, worst, raw } = low;
  const { cutoff } = limits;
  const room = limits.lastCost - (high.cost[mask] as number);
  const missing = floor - (high.raw[mask] as number);
  const shortBest = targets[0] - (high.best[mask] as number);
  const shortMed = targets[1] - (high.med[mask] as number);
  const shortWorst = targets[2] - (high.worst[mask] as number);
  for (let k = from; k < end; k += 1) {
    if ((raw[k] as number) < missing) continue;
    const value = Math.max(shortBest - (best[k] as number), shortMed - (med[k] as number), shortWorst - (worst[k] as number));
    if (value < cutoff || (value === cutoff && (cost[k] as number) <= room)) return k;
  }
  return end;
}

function shortfallAt(low: Sums, high: Sums, mask: number, k: number, targets: Targets): number {
  const sum = (column: 'best' | 'med' | 'worst') => (high[column][mask] as number) + (low[column][k] as number);
  return Math.max(targets[0] - sum('best'), targets[1] - sum('med'), targets[2] - sum('worst'));
}

function countAffordable({ low, high, ends, isChosen }: Halves, costs: ExactCosts): number {
  let count = 0;
  ends.forEach((end, mask) => {
    const cost = high.cost[mask] as number;
    const sure = countUpTo(low.cost, costs.budget - costs.slack - cost);
    count += sure;
    for (let k = sure; k < end; k += 1) if (costs.fits(cost + (low.cost[k] as number), isChosen(mask, k))) count += 1;
  });
  return count;
}

function first(ranked: readonly Ranked[]): Ranked {
  return ranked[0] as Ranked;
}

import { bestPortfolios, type Ranked } from './best-portfolios.ts';
import type { Stakes } from './stakes.ts';

/** What a rule wants small, from the sums of effective returns (in units) in the best, med and worst state. */
export type Objective = (best: number, med: number, worst: number) => number;

export type Enumeration = {
  /** Portfolios within the budget, the empty one included. */
  readonly affordable: number;
  /** For each state the largest sum within the budget and the portfolio that attains it (least cost, then ids). */
  readonly vStar: readonly Ranked[];
  /** Largest sum of raw R_worst within the budget. */
  readonly attainableWorst: number;
  /** The first portfolios that meet the floor, by objective, cost and ids; none where the floor cannot be met. */
  readonly ranked: readonly Ranked[];
  readonly meetingFloor: number;
};

/**
 * Looks at every portfolio within the budget, twice: for V* and then for the objective, which may depend on V*. All sums
 * are of whole numbers below 2^53, so they are exact in any order. 2^20 portfolios take some tens of milliseconds.
 */
export function enumerate(stakes: Stakes, objectiveGiven: (vStar: readonly number[]) => Objective, keep: number): Enumeration {
  const { costs } = stakes;
  const [topBest, topMed, topWorst] = [bestPortfolios(costs, 1), bestPortfolios(costs, 1), bestPortfolios(costs, 1)];
  let attainableWorst = 0;
  const affordable = visitAffordable(stakes, (portfolio, cost, best, med, worst, raw) => {
    if (topBest.mayEnter(-best, cost)) topBest.offer(portfolio(), -best, cost);
    if (topMed.mayEnter(-med, cost)) topMed.offer(portfolio(), -med, cost);
    if (topWorst.mayEnter(-worst, cost)) topWorst.offer(portfolio(), -worst, cost);
    if (raw > attainableWorst) attainableWorst = raw;
  });
  const vStar = [topBest, topMed, topWorst].map((top) => top.list()[0] as Ranked);
  const objective = objectiveGiven(vStar.map((top) => -top.objective || 0));
  const floor = stakes.floor ?? -Infinity;
  const ranking = bestPortfolios(costs, keep);
  let meetingFloor = 0;
  visitAffordable(stakes, (portfolio, cost, best, med, worst, raw) => {
    if (raw < floor) return;
    meetingFloor += 1;
    const value = objective(best, med, worst);
    if (ranking.mayEnter(value, cost)) ranking.offer(portfolio(), value, cost);
  });
  return { affordable, vStar, attainableWorst, ranked: ranking.list(), meetingFloor };
}

type Visit = (portfolio: () => Uint8Array, cost: number, best: number, med: number, worst: number, raw: number) => void;

/** Every portfolio is one half's subset with the other half's; the sums of each half's subsets are computed once. */
function visitAffordable(stakes: Stakes, visit: Visit): number {
  const { values, budget, slack, fits } = stakes.costs;
  const n = values.length;
  const split = n >> 1;
  const columns = [values, ...stakes.returns, stakes.worst];
  const [lowCost, lowBest, lowMed, lowWorst, lowRaw] = columns.map((column) => subsetSums(column.subarray(0, split))) as SumColumns;
  const [highCost, highBest, highMed, highWorst, highRaw] = columns.map((column) => subsetSums(column.subarray(split))) as SumColumns;
  const byCost = Uint32Array.from(Array.from(lowCost.keys()).sort((a, b) => (lowCost[a] as number) - (lowCost[b] as number)));
  let [low, high] = [0, 0];
  const chosen = (i: number) => ((i < split ? low >> i : high >> (i - split)) & 1) === 1;
  const portfolio = () => Uint8Array.from(values, (_, i) => (chosen(i) ? 1 : 0));
  let count = 0;
  for (high = 0; high < highCost.length; high += 1) {
    const cost = highCost[high] as number;
    const best = highBest[high] as number;
    const med = highMed[high] as number;
    const worst = highWorst[high] as number;
    const raw = highRaw[high] as number;
    for (let k = 0; k < byCost.length; k += 1) {
      low = byCost[k] as number;
      const sum = cost + (lowCost[low] as number);
      if (sum > budget) break;
      if (slack > 0 && !fits(sum, chosen)) continue;
      count += 1;
      visit(portfolio, sum, best + (lowBest[low] as number), med + (lowMed[low] as number), worst + (lowWorst[low] as number), raw + (lowRaw[low] as number));
    }
  }
  return count;
}

type SumColumns = [cost: Float64Array, best: Float64Array, med: Float64Array, worst: Float64Array, raw: Float64Array];

/** The sum over every subset of the entries, by bit mask. */
function subsetSums(column: Float64Array): Float64Array {
  const sums = new Float64Array(1 << column.length);
  column.forEach((value, i) => {
    for (let mask = 1 << i; mask < 2 << i; mask += 1) sums[mask] = (sums[mask - (1 << i)] as number) + value;
  });
  return sums;
}

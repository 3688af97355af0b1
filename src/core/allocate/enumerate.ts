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
 * are of whole numbers below 2^53, so they are exact in any order. 2^20 portfolios take tens of milliseconds.
 */
export function enumerate(stakes: Stakes, objectiveGiven: (vStar: readonly number[]) => Objective, keep: number): Enumeration {
  const { costs } = stakes;
  const tops = [bestPortfolios(costs, 1), bestPortfolios(costs, 1), bestPortfolios(costs, 1)] as const;
  let [topBest, topMed, topWorst, attainableWorst] = [-Infinity, -Infinity, -Infinity, -Infinity];
  const affordable = visitAffordable(stakes, (x, cost, best, med, worst, raw) => {
    if (best >= topBest) tops[0].offer(x, -(topBest = best), cost);
    if (med >= topMed) tops[1].offer(x, -(topMed = med), cost);
    if (worst >= topWorst) tops[2].offer(x, -(topWorst = worst), cost);
    if (raw > attainableWorst) attainableWorst = raw;
  });
  const vStar = tops.map((top) => top.list()[0] as Ranked);
  const objective = objectiveGiven([topBest, topMed, topWorst]);
  const floor = stakes.floor ?? -Infinity;
  const ranking = bestPortfolios(costs, keep);
  let meetingFloor = 0;
  let cutoff = Infinity;
  visitAffordable(stakes, (x, cost, best, med, worst, raw) => {
    if (raw < floor) return;
    meetingFloor += 1;
    const value = objective(best, med, worst);
    if (value > cutoff) return;
    ranking.offer(x, value, cost);
    cutoff = ranking.cutoff();
  });
  return { affordable, vStar, attainableWorst, ranked: ranking.list(), meetingFloor };
}

type Visit = (x: Uint8Array, cost: number, best: number, med: number, worst: number, raw: number) => void;

function visitAffordable(stakes: Stakes, visit: Visit): number {
  const { values, budget, slack, fits } = stakes.costs;
  const [bests, meds, worsts] = stakes.returns as [Float64Array, Float64Array, Float64Array];
  const raws = stakes.worst;
  const n = values.length;
  const x = new Uint8Array(n);
  let count = 0;
  const extend = (from: number, cost: number, best: number, med: number, worst: number, raw: number): void => {
    count += 1;
    visit(x, cost, best, med, worst, raw);
    for (let i = from; i < n; i += 1) {
      const dearer = cost + (values[i] as number);
      if (dearer > budget) continue;
      x[i] = 1;
      if (slack === 0 || fits(dearer, (k) => x[k] === 1)) {
        extend(i + 1, dearer, best + (bests[i] as number), med + (meds[i] as number), worst + (worsts[i] as number), raw + (raws[i] as number));
      }
      x[i] = 0;
    }
  };
  extend(0, 0, 0, 0, 0, 0);
  return count;
}

import type { ExactCosts } from '../exact/exact-costs.ts';

/** `x[i]` is 1 where row i is chosen; `objective` is to be small; `cost` is the sum of `ExactCosts.values`. */
export type Ranked = { readonly x: Uint8Array; readonly objective: number; readonly cost: number };

/** The first `capacity` portfolios by objective, then cost, then the list of ids; rows are in the order of their ids. */
export type BestPortfolios = {
  /** Copies x if it ranks among the first. */
  readonly offer: (x: Uint8Array, objective: number, cost: number) => void;
  /** Nothing enters any more that has a larger objective, or this objective and a cost above `lastCost`. */
  readonly cutoff: () => number;
  readonly lastCost: () => number;
  readonly list: () => readonly Ranked[];
};

export function bestPortfolios(costs: ExactCosts, capacity: number): BestPortfolios {
  const kept: Ranked[] = [];
  let [cutoff, lastCost] = [Infinity, Infinity];
  return {
    offer(x, objective, cost) {
      if (objective > cutoff || (objective === cutoff && cost > lastCost)) return;
      const offered = { x, objective, cost };
      let [place, end] = [0, kept.length];
      while (place < end) {
        const middle = (place + end) >> 1;
        if (compareRanked(costs, offered, kept[middle] as Ranked) < 0) end = middle;
        else place = middle + 1;
      }
      if (place === capacity) return;
      kept.splice(place, 0, { x: x.slice(), objective, cost });
      if (kept.length > capacity) kept.pop();
      const last = kept[capacity - 1];
      if (last !== undefined) [cutoff, lastCost] = [last.objective, last.cost + costs.slack];
    },
    cutoff: () => cutoff,
    lastCost: () => lastCost,
    list: () => kept,
  };
}

export function compareRanked(costs: ExactCosts, a: Ranked, b: Ranked): number {
  if (a.objective !== b.objective) return a.objective - b.objective;
  const dearer = costs.compare(a.cost, (i) => a.x[i] === 1, b.cost, (i) => b.x[i] === 1);
  return dearer !== 0 ? dearer : compareIds(a.x, b.x);
}

/** The order of the two id lists; a list that the other one continues comes first. Called for every tie, hence the plain loop. */
function compareIds(a: Uint8Array, b: Uint8Array): number {
  let differs = 0;
  while (differs < a.length && a[differs] === b[differs]) differs += 1;
  if (differs === a.length) return 0;
  const shorter = a[differs] === 1 ? b : a;
  const sign = a[differs] === 1 ? -1 : 1;
  return shorter.indexOf(1, differs) < 0 ? -sign : sign;
}

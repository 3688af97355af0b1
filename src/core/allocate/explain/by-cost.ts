import type { Survey } from './survey.ts';

/** The masks of a survey in order of cost. Merging two sorted lists for each row beats sorting a million masks by far. */
export function masksByCost({ stakes, cost, count }: Survey): Uint32Array {
  let order = new Uint32Array(1);
  for (let i = 0; 1 << i < count; i += 1) {
    const [half, price] = [1 << i, stakes.costs.values[i] as number];
    const merged = new Uint32Array(2 * half);
    let [without, within] = [0, 0];
    for (let k = 0; k < merged.length; k += 1) {
      const takes = without === half || (within < half && (cost[order[within] as number] as number) + price < (cost[order[without] as number] as number));
      merged[k] = takes ? (order[within++] as number) + half : (order[without++] as number);
    }
    order = merged;
  }
  return order;
}

/** Where in the order of cost the masks of this cost begin. */
export function firstOfCost({ cost }: Survey, order: Uint32Array, value: number): number {
  let [from, to] = [0, order.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((cost[order[middle] as number] as number) < value) from = middle + 1;
    else to = middle;
  }
  return from;
}

import { knapsack } from './knapsack.ts';
import { toNumber } from './exact-decimal.ts';
import { idsOf, type Stakes } from './stakes.ts';

/**
 * The most a portfolio can be regretted when every initiative may turn out anywhere between its worst and best effective
 * return, each on its own: the adversary puts the chosen ones at their worst and all others at their best, and the best
 * reply to that is one knapsack. Source: Averbakh 2001, Mathematical Programming 90.
 */
export function independentRegret(stakes: Stakes, x: Uint8Array): { readonly value: number; readonly best_reply: readonly string[] } {
  const [best, , worst] = stakes.returns as [Float64Array, Float64Array, Float64Array];
  const scenario = best.map((value, i) => (x[i] === 1 ? (worst[i] as number) : value));
  const reply = knapsack(scenario, stakes.costs);
  let ours = 0;
  for (let i = 0; i < x.length; i += 1) if (x[i] === 1) ours += worst[i] as number;
  return { value: toNumber(reply.bound - ours, stakes.returnExponent), best_reply: idsOf(stakes, (i) => reply.x[i] === 1) };
}

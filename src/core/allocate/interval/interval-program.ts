import type { ExactCosts } from '../exact/exact-costs.ts';
import { dot } from '../search/minimax-program.ts';
import type { RowConstraints } from '../side-constraints.ts';

/**
 * Choose rows x so that they can be regretted least when every row may be worth anything from `worst` to `best` on its own:
 * min over x of max over replies y of sum_i y_i (x_i ? worst_i : best_i) - sum_i x_i worst_i. All figures are whole numbers.
 * A portfolio keeps the budget, the floor on sum rawWorst_i x_i and the side constraints; a reply keeps the budget, and the
 * others too where `replyIsConstrained`.
 */
export type IntervalProgram = {
  readonly best: Float64Array;
  readonly worst: Float64Array;
  readonly costs: ExactCosts;
  readonly rawWorst: Float64Array;
  readonly floor: number | null;
  readonly constraints: RowConstraints | null;
  readonly replyIsConstrained: boolean;
};

export function keepsAll({ costs, rawWorst, floor, constraints }: IntervalProgram, x: Uint8Array): boolean {
  return (
    costs.fits(dot(costs.values, x), (i) => x[i] === 1) &&
    (floor === null || dot(rawWorst, x) >= floor) &&
    (constraints === null || constraints.allows(x))
  );
}

/** What each row is worth in the scenario against x: chosen ones at their worst, all others at their best. */
export function scenarioAgainst({ best, worst }: IntervalProgram, x: ArrayLike<number>, into: Float64Array): Float64Array {
  for (let i = 0; i < into.length; i += 1) into[i] = (best[i] as number) - (x[i] as number) * ((best[i] as number) - (worst[i] as number));
  return into;
}

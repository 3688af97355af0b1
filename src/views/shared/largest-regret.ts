import type { Allocation } from '../../core/allocate/decision-rule.ts';
import { states, type State } from '../../core/contracts/shared-types.ts';

/** What the choice of any rule can be regretted at most while all initiatives turn out alike; null where there is no choice. */
export function largestRegret({ status, objective_value, regrets }: Allocation): number | null {
  if (status === 'infeasible' || objective_value === null) return null;
  return Math.max(0, ...states.map((state) => regrets[state]));
}

/** The states in which it is attained. */
export function statesOfLargestRegret(allocation: Allocation): State[] {
  const largest = largestRegret(allocation);
  if (largest === null || largest === 0) return [];
  return states.filter((state) => largest - allocation.regrets[state] <= 1e-9 * Math.max(1, largest));
}

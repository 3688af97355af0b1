import type { Allocation } from '../../core/allocate/decision-rule.ts';

/**
 * Why there is no choice, which is not the same as choosing to fund nothing: the floor or the constraints rule out every
 * portfolio, or the search stopped before it found one. Null where there is a choice.
 */
export function noChoice(
  { status, objective_value, attainable_worst_return }: Allocation,
  floor: number | null,
): 'floor' | 'constraints' | 'not found' | null {
  if (status === 'infeasible') return floor !== null && attainable_worst_return !== null ? 'floor' : 'constraints';
  return objective_value === null ? 'not found' : null;
}

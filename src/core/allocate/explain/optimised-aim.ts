import type { Aim } from '../aim.ts';
import type { AllocationProblem } from '../decision-rule.ts';
import { ruleOf } from '../index.ts';

/** What the problem's rule optimises over the portfolios; null for a rule of thumb and for one that looks beyond the common states. */
export function optimisedAim(problem: AllocationProblem): Aim | null {
  const { rule, parameters } = ruleOf(problem);
  return rule.aim === null || rule.id === 'greedy_roi' ? null : rule.aim(parameters);
}

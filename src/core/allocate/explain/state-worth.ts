import type { PerState } from '../../contracts/shared-types.ts';
import type { AllocationProblem } from '../decision-rule.ts';
import { decimal, subtract, zero, type Decimal } from '../exact-decimal.ts';

/** What a rule that maximises makes of a return in each state: its objective is this sum of the three. */
export type StateWorth = PerState<Decimal>;

/** null for rules whose objective is not such a sum. */
export function stateWorth({ rule, rule_parameters: parameters }: AllocationProblem): StateWorth | null {
  const one = decimal(1);
  switch (rule) {
    case 'bayesian': {
      const weights = (parameters['weights'] ?? null) as PerState<number> | null;
      const third = one;
      return weights === null
        ? { best: third, med: third, worst: third }
        : { best: decimal(weights.best), med: decimal(weights.med), worst: decimal(weights.worst) };
    }
    case 'maximin':
      return { best: zero, med: zero, worst: one };
    case 'maximax':
      return { best: one, med: zero, worst: zero };
    case 'hurwicz': {
      const alpha = decimal(typeof parameters['alpha'] === 'number' ? parameters['alpha'] : 0.5);
      return { best: alpha, med: zero, worst: subtract(one, alpha) };
    }
    default:
      return null;
  }
}

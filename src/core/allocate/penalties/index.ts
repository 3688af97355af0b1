import { InputError, inputError } from '../../contracts/input-error.ts';
import { parseParameters, unknownName } from '../../contracts/parameter.ts';
import type { AllocationProblem } from '../decision-rule.ts';
import { decimal, type Decimal } from '../exact/exact-decimal.ts';
import type { ConfidencePenalty } from './confidence-penalty.ts';
import { cutOff } from './cut-off.ts';
import { none } from './none.ts';
import { oneMinusConfidence } from './one-minus-confidence.ts';
import { power } from './power.ts';
import { strict } from './strict.ts';

/** Every confidence penalty by id, in the order the page lists them. */
export const confidencePenalties = { one_minus_confidence: oneMinusConfidence, power, strict, cut_off: cutOff, none } as const;

export const defaultPenalty = { id: oneMinusConfidence.id, parameters: {} } as const;

/** gamma as a function of confidence. @throws InputError where the penalty or a parameter of it is not known. */
export function confidencePenalty(choice: AllocationProblem['penalty']): (confidence: number) => Decimal {
  const { id, parameters } = choice ?? defaultPenalty;
  if (!Object.hasOwn(confidencePenalties, id))
    throw inputError('penalty.id', `'${id}' ${unknownName(id, Object.keys(confidencePenalties))}`, id);
  const penalty = confidencePenalties[id as keyof typeof confidencePenalties] as unknown as ConfidencePenalty;
  const parsed = parseParameters(penalty.parameters, parameters, 'penalty.parameters');
  if (!parsed.ok) throw new InputError(parsed.issues);
  return (confidence) => penalty.gamma(decimal(confidence), parsed.value);
}

import type { PerState } from '../contracts/shared-types.ts';
import type { Candidate } from './decision-rule.ts';
import { add, decimal, multiply, subtract, toNumber, type Decimal } from './exact/exact-decimal.ts';

/**
 * What a return is worth given how far its evidence can be trusted: (1 - gamma) R_j + gamma R_worst in every state j, as exact
 * decimals; gamma is the confidence penalty (1 - confidence unless another is chosen). No penalty keeps R_j, a full one leaves
 * R_worst. Source: Eisenhauer 2025, equation for confidence-penalised returns.
 */
export function effectiveReturns(candidate: Candidate, gamma: (confidence: number) => Decimal): PerState<Decimal> {
  const kept = subtract(decimal(1), gamma(candidate.confidence));
  const worst = decimal(candidate.R_worst);
  const inState = (value: number) => add(worst, multiply(kept, subtract(decimal(value), worst)));
  return { best: inState(candidate.R_best), med: inState(candidate.R_med), worst };
}

export function asNumbers(returns: PerState<Decimal>): PerState<number> {
  const number = ({ digits, exponent }: Decimal) => toNumber(digits, exponent);
  return { best: number(returns.best), med: number(returns.med), worst: number(returns.worst) };
}

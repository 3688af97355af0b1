import type { PerState } from '../contracts/shared-types.ts';
import type { Candidate } from './decision-rule.ts';
import { add, decimal, multiply, subtract, toNumber, type Decimal } from './exact-decimal.ts';

/**
 * What a return is worth given how far its evidence can be trusted: (1 - gamma) R_j + gamma R_worst with
 * gamma = 1 - confidence, in every state j, as exact decimals. Full confidence keeps R_j; none leaves R_worst.
 * Source: Eisenhauer 2025, equation for confidence-penalised returns.
 */
export function effectiveReturns(candidate: Candidate): PerState<Decimal> {
  const confidence = decimal(candidate.confidence);
  const worst = decimal(candidate.R_worst);
  const inState = (value: number) => add(worst, multiply(confidence, subtract(decimal(value), worst)));
  return { best: inState(candidate.R_best), med: inState(candidate.R_med), worst };
}

export function asNumbers(returns: PerState<Decimal>): PerState<number> {
  const number = ({ digits, exponent }: Decimal) => toNumber(digits, exponent);
  return { best: number(returns.best), med: number(returns.med), worst: number(returns.worst) };
}

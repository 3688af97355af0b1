import type { Parameters, ParameterValues } from '../../contracts/parameter.ts';
import type { Decimal } from '../exact/exact-decimal.ts';

/**
 * How far missing confidence pulls an initiative's returns towards its worst one. Adding a penalty is a file like the others
 * here and its line in `index.ts`.
 */
export type ConfidencePenalty<Id extends string = string, Ps extends Parameters = Parameters> = {
  readonly id: Id;
  readonly label: string;
  readonly summary: string;
  /** As a formula in c, the confidence. */
  readonly formula: string;
  readonly parameters: Ps;
  /** gamma in [0, 1], exactly, from a confidence in [0, 1]: 0 keeps the returns, 1 leaves the worst one. Must not rise with confidence. */
  readonly gamma: (confidence: Decimal, parameters: ParameterValues<Ps>) => Decimal;
};

export function defineConfidencePenalty<const Id extends string, const Ps extends Parameters>(
  penalty: ConfidencePenalty<Id, Ps>,
): ConfidencePenalty<Id, Ps> {
  return penalty;
}

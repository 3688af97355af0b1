import type { Parameters, ParameterValues } from '../../contracts/parameter.ts';

/** What a correction is given of one initiative. Money, as in `Candidate`. */
export type UncorrectedReturn = {
  readonly id: string;
  readonly cost: number;
  readonly R_best: number;
  readonly R_med: number;
  readonly R_worst: number;
  /** Of R_med; null where the method has none, in which case the interval's width stands in. */
  readonly standard_error: number | null;
};

export type CorrectedReturn = { readonly R_best: number; readonly R_med: number; readonly R_worst: number };

/**
 * A correction for the winner's curse: what was picked because it looked good, looks better than it is. Adding one is a file
 * like the others here and its line in `index.ts`. `correct` keeps order and length, and R_worst <= R_med <= R_best.
 */
export type ReturnCorrection<Id extends string = string, Ps extends Parameters = Parameters> = {
  readonly id: Id;
  readonly label: string;
  readonly summary: string;
  readonly parameters: Ps;
  readonly reference: string;
  readonly correct: (
    returns: readonly UncorrectedReturn[],
    parameters: ParameterValues<Ps>,
    context: { readonly confidence_level: number },
  ) => readonly CorrectedReturn[];
};

export function defineReturnCorrection<const Id extends string, const Ps extends Parameters>(
  correction: ReturnCorrection<Id, Ps>,
): ReturnCorrection<Id, Ps> {
  return correction;
}

import { InputError, inputError } from '../../contracts/input-error.ts';
import { parseParameters, unknownName } from '../../contracts/parameter.ts';
import { empiricalBayes } from './empirical-bayes.ts';
import { leeShen } from './lee-shen.ts';
import { none } from './none.ts';
import type { CorrectedReturn, ReturnCorrection, UncorrectedReturn } from './return-correction.ts';

/** Every correction for the winner's curse by id, in the order the page lists them. */
export const returnCorrections = { none, empirical_bayes: empiricalBayes, lee_shen: leeShen } as const;

export const defaultCorrection = { id: none.id, parameters: {} } as const;

/** Returns as the correction has them, in the order given. @throws InputError where the correction or a parameter of it is not known. */
export function correctReturns(
  { id, parameters }: { readonly id: string; readonly parameters: Readonly<Record<string, unknown>> },
  returns: readonly UncorrectedReturn[],
  context: { readonly confidence_level: number },
): readonly CorrectedReturn[] {
  if (!Object.hasOwn(returnCorrections, id))
    throw inputError('return_correction.id', `'${id}' ${unknownName(id, Object.keys(returnCorrections))}`, id);
  const correction = returnCorrections[id as keyof typeof returnCorrections] as unknown as ReturnCorrection;
  const parsed = parseParameters(correction.parameters, parameters, 'return_correction.parameters');
  if (!parsed.ok) throw new InputError(parsed.issues);
  return correction.correct(returns, parsed.value, context);
}

import { inputError } from '../../core/contracts/input-error.ts';
import { confidenceRange } from '../../core/contracts/evaluate-result.ts';
import { jobFileNames } from '../../core/contracts/job-directory.ts';
import type { ModelType } from '../../core/contracts/shared-types.ts';
import { limits } from '../../core/scenario/defaults.ts';
import type { StatedInitiative, WhatIf } from '../../core/scenario/scenario.ts';
import { trust } from '../results-evidence.ts';
import { asInitiativeId } from '../results-id.ts';
import { methodAdvice, modelTypeNamed } from '../results-method.ts';
import { placeIn, type JobNote } from './job-reading.ts';
import type { JobDirectory } from './read-directory.ts';

export type ImportedInitiative = {
  readonly initiative: StatedInitiative;
  readonly whatIf: WhatIf | null;
  readonly notes: readonly JobNote[];
};

/** Names the family has beside those of methods. */
const otherNames: Readonly<Record<string, ModelType>> = { diff_in_diff: 'quasi-experiment', synth_control: 'quasi-experiment' };
const longestDescription = 400;

/**
 * A directory's result as an initiative that states it: returns are the ends of the interval and the estimate as they stand.
 * @param costs by folder or id, from an allocation beside the directories
 * @throws InputError where something in it is no initiative
 */
export function statedInitiative(directory: JobDirectory, costs: ReadonlyMap<string, number>): ImportedInitiative {
  const { folder, confidence: given, estimate, estimateFile } = directory;
  const notes: JobNote[] = [...directory.notes];
  const place = (file: string, field = '') => placeIn(folder === '' ? file : `${folder}/${file}`, field);
  const id = idOf(directory, place(jobFileNames.manifest, 'initiative_id'), notes);
  const model_type = modelTypeOf(directory, place(jobFileNames.manifest, 'model_type'), notes);
  const { effect_estimate: R_med, ci_lower: R_worst, ci_upper: R_best } = estimate;
  if (!(R_worst <= R_med && R_med <= R_best))
    throw inputError(
      placeIn(estimateFile, 'ci_lower'),
      `needs ci_lower <= effect_estimate <= ci_upper (found ${R_worst}, ${R_med}, ${R_best})`,
    );
  if (Math.max(Math.abs(R_best), Math.abs(R_worst)) > limits.money)
    throw inputError(
      placeIn(estimateFile, 'ci_upper'),
      `and ci_lower must lie between -${limits.money} and ${limits.money}: count in a larger unit`,
    );
  if (R_worst === R_best)
    notes.push({
      kind: 'mapped',
      path: estimateFile,
      message: 'there is no interval: best, median and worst return are the same, which says more than is known',
    });
  const { confidence, whatIf } = trust(id, model_type, given ?? undefined);
  if (given === null)
    notes.push({
      kind: 'defaulted',
      path: place(jobFileNames.evaluateResult, 'confidence'),
      message: `is not there: ${confidence} is the score that ${id} gets as ${model_type}`,
    });
  if (whatIf !== null)
    notes.push({
      kind: 'mapped',
      path: placeIn(directory.confidenceFile, 'confidence'),
      message: `is ${given}, outside ${confidenceRange[model_type].join(' to ')}, the range of ${model_type}: the initiative states ${confidence}, and the decision uses ${given}, as a number set by hand`,
    });
  return {
    initiative: {
      source: 'stated',
      initiative_id: id,
      description: directory.description.slice(0, longestDescription),
      cost_to_scale: costOf(directory, id, costs, place(jobFileNames.impactResults, 'cost_to_scale'), notes),
      category: '',
      divisible: false,
      R_best,
      R_med,
      R_worst,
      confidence,
      model_type,
    },
    whatIf,
    notes,
  };
}

function idOf({ id }: JobDirectory, path: string, notes: JobNote[]): string {
  const own = asInitiativeId(id);
  if (own === '') throw inputError(path, 'must hold letters or digits, or the folder must be named after the initiative', id);
  if (own !== id) notes.push({ kind: 'mapped', path, message: `'${id.slice(0, 80)}' became ${own}: ids hold letters, digits, _ and -` });
  return own;
}

function modelTypeOf({ model_type: name }: JobDirectory, path: string, notes: JobNote[]): ModelType {
  const type = Object.hasOwn(otherNames, name) ? (otherNames[name] as ModelType) : modelTypeNamed(name);
  if (type === null) throw inputError(path, `is no method that is known here: ${methodAdvice}`, name);
  if (type !== name) notes.push({ kind: 'mapped', path, message: `'${name}' is ${type}` });
  return type;
}

function costOf(
  { cost, folder, id: given }: JobDirectory,
  id: string,
  costs: ReadonlyMap<string, number>,
  path: string,
  notes: JobNote[],
): number {
  const stated = cost !== null && cost !== 0 ? cost : (costs.get(folder.split('/').at(-1) ?? '') ?? costs.get(given) ?? costs.get(id));
  if (stated === undefined) {
    notes.push({
      kind: 'defaulted',
      path,
      message: 'is not there, nor is it among the costs of an allocation: 1 stands in for it; set the cost before you trust the decision',
    });
    return 1;
  }
  if (stated > 0 && stated <= limits.money) return stated;
  throw inputError(path, `must be more than 0 and at most ${limits.money}`, stated);
}

import * as v from 'valibot';
import { contractIssues } from '../../core/contracts/check-contract.ts';
import { InputError, inputError } from '../../core/contracts/input-error.ts';
import {
  flatEstimateSchema,
  impactResultsSchema,
  jobEvaluationSchema,
  jobFileNames,
  type FlatEstimate,
  type ImpactResults,
  type JobEvaluation,
} from '../../core/contracts/job-directory.ts';
import { parseFamilyJson } from './family-json.ts';
import { jobEstimate } from './job-estimate.ts';
import { inFile, placeIn, type JobNote } from './job-reading.ts';
import type { JobSource } from './job-source.ts';
import { readManifest } from './read-manifest.ts';

/** One directory as it stands: nothing is filled in that it does not say. */
export type JobDirectory = {
  readonly folder: string;
  /** As the manifest has it, else the name of the folder; may be no id of ours. */
  readonly id: string;
  readonly model_type: string;
  readonly description: string;
  readonly estimate: FlatEstimate;
  /** The file the estimate is from. */
  readonly estimateFile: string;
  readonly cost: number | null;
  readonly confidence: number | null;
  /** The file the confidence is from, or would be. */
  readonly confidenceFile: string;
  readonly notes: readonly JobNote[];
};

/** @throws InputError with every issue of the directory, each with its file and field */
export function readDirectory(source: JobSource, folder: string): JobDirectory {
  const notes: JobNote[] = [];
  const pathOf = (name: string) => (folder === '' ? name : `${folder}/${name}`);
  const has = (name: string) => source.paths.includes(pathOf(name));
  function read<S extends ObjectSchema>(name: string, schema: S): v.InferOutput<S> | null {
    if (!has(name)) return null;
    const path = pathOf(name);
    const { value, notFinite } = parseFamilyJson(source.text(path), path);
    if (notFinite > 0)
      notes.push({
        kind: 'ignored',
        path,
        message: `${notFinite} values that are not finite (NaN, Infinity), in fields that are not needed`,
      });
    const others = strangers(schema, value);
    if (others !== '') notes.push({ kind: 'ignored', path, message: `fields that a scenario has no use for: ${others}` });
    return checked(schema, value, path);
  }

  const manifest = readManifest(source, pathOf(jobFileNames.manifest), has(jobFileNames.measureResult));
  notes.push(...manifest.notes);
  const impact = read(jobFileNames.impactResults, impactResultsSchema);
  const flat = impact === null ? null : read(jobFileNames.measureResult, flatEstimateSchema);
  const evaluation = read(jobFileNames.evaluateResult, jobEvaluationSchema);
  const judged = evaluation?.confidence == null ? read(jobFileNames.scoreResult, jobEvaluationSchema) : evaluation;
  const reviewed = judged?.confidence == null ? read(jobFileNames.reviewResult, jobEvaluationSchema) : null;
  const confidence = judged?.confidence ?? reviewed?.overall_score ?? null;
  const found = findEstimate({ impact, flat, evaluation, pathOf });
  if (found.note !== null) notes.push({ kind: 'mapped', path: found.file, message: found.note });
  return {
    folder,
    id: manifest.initiative_id !== '' ? manifest.initiative_id : (folder.split('/').at(-1) ?? ''),
    model_type: manifest.model_type,
    description: impact?.description ?? impact?.initiative_name ?? '',
    estimate: found.estimate,
    estimateFile: found.file,
    cost: impact?.cost_to_scale ?? evaluation?.cost ?? null,
    confidence,
    confidenceFile: pathOf(reviewed === null ? jobFileNames.evaluateResult : jobFileNames.reviewResult),
    notes,
  };
}

type ObjectSchema = v.GenericSchema & { readonly entries: Readonly<Record<string, unknown>> };

/** What the family always writes, and a stated initiative has no place for. */
const familiar = new Set(
  'initiative_id schema_version model_type metadata p_value sample_size confidence_range strategy report dimensions prompt_name'.split(' '),
);

/** The names of other fields that are not read, the first of them. */
function strangers({ entries }: ObjectSchema, value: unknown): string {
  const all = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  const names = all.filter((name) => !Object.hasOwn(entries, name) && !familiar.has(name));
  const shown = names
    .slice(0, 8)
    .map((name) => name.slice(0, 40))
    .join(', ');
  return names.length > 8 ? `${shown} and ${names.length - 8} more` : shown;
}

type Results = {
  readonly impact: ImpactResults | null;
  readonly flat: FlatEstimate | null;
  readonly evaluation: JobEvaluation | null;
  readonly pathOf: (name: string) => string;
};

function findEstimate({ impact, flat, evaluation, pathOf }: Results): { estimate: FlatEstimate; file: string; note: string | null } {
  const file = pathOf(jobFileNames.impactResults);
  const own = impact === null ? null : jobEstimate({ ...impact, ...(flat === null ? {} : { data: null }) }, file);
  if (own !== null) return { ...own, file };
  if (flat !== null) return { estimate: flat, file: pathOf(jobFileNames.measureResult), note: null };
  const returns = evaluation === null ? null : statedReturns(evaluation);
  if (returns !== null)
    return {
      estimate: returns,
      file: pathOf(jobFileNames.evaluateResult),
      note: 'the returns are those of the evaluation: nothing was measured',
    };
  if (impact === null) throw inputError(file, 'is missing: it holds the estimate of the directory');
  throw inputError(
    placeIn(file, 'effect_estimate'),
    `is missing, as are ci_lower and ci_upper; and ${impact.model_type === null ? 'no model_type says' : `'${impact.model_type}' is no method that says`} where else to look`,
  );
}

function statedReturns({ R_best, R_med, R_worst, return_best, return_median, return_worst }: JobEvaluation): FlatEstimate | null {
  const [best, med, worst] = [R_best ?? return_best, R_med ?? return_median, R_worst ?? return_worst];
  return best === null || med === null || worst === null ? null : { effect_estimate: med, ci_lower: worst, ci_upper: best };
}

function checked<S extends v.GenericSchema>(schema: S, value: unknown, path: string): v.InferOutput<S> {
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return parsed.output;
  throw new InputError(inFile(contractIssues(parsed.issues), path));
}

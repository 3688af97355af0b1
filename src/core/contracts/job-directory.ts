import * as v from 'valibot';
import { confidenceSchema, finiteSchema } from './shared-types.ts';

/** The version of manifests that is written; every 2.x is read. */
export const jobSchemaVersion = '2.0';

/** The files of one job directory, one directory per initiative. */
export const jobFileNames = {
  manifest: 'manifest.json',
  impactResults: 'impact_results.json',
  measureResult: 'measure_result.json',
  evaluateResult: 'evaluate_result.json',
  scoreResult: 'score_result.json',
  reviewResult: 'review_result.json',
  pilot: 'pilot.csv',
} as const;

/** The files beside the job directories. */
export const jobArchiveFileNames = {
  scenario: 'scenario.json',
  run: 'run.json',
  allocation: 'allocation.yaml',
  script: 'evaluate_and_allocate.py',
  readMe: 'README.txt',
} as const;

const text = v.pipe(v.string('must be text'), v.maxLength(2000, 'must be at most 2000 characters'));
const finite = v.nullish(finiteSchema, null);

/** What a directory holds and how it is to be evaluated. `schema_version` is checked before, by `jobVersionProblem`. */
export const jobManifestSchema = v.object({
  model_type: text,
  evaluate_strategy: v.nullish(text, 'review'),
  created_at: v.nullish(text, ''),
  initiative_id: v.nullish(text, ''),
  files: v.nullish(v.record(text, v.object({ path: text, format: text })), {}),
});
export type JobManifest = v.InferOutput<typeof jobManifestSchema> & { readonly schema_version: string };

const record = v.record(v.string(), v.unknown(), 'must be an object');

/** What was measured: flat keys for EVALUATE, and the method's own form in `data` for ALLOCATE. Other fields are let go. */
export const impactResultsSchema = v.object({
  model_type: v.nullish(text, null),
  initiative_name: v.nullish(text, null),
  description: v.nullish(text, null),
  effect_estimate: finite,
  ci_lower: finite,
  ci_upper: finite,
  cost_to_scale: finite,
  data: v.nullish(v.object({ model_params: v.nullish(record, {}), impact_estimates: v.nullish(record, {}) }), null),
});
export type ImpactResults = v.InferOutput<typeof impactResultsSchema>;

/** The estimate of any method in one form. */
export const flatEstimateSchema = v.object({ effect_estimate: finiteSchema, ci_lower: finiteSchema, ci_upper: finiteSchema });
export type FlatEstimate = v.InferOutput<typeof flatEstimateSchema>;

/** Confidence, and in older directories the returns by state of nature under either of two sets of names. */
export const jobEvaluationSchema = v.object({
  confidence: v.nullish(confidenceSchema, null),
  overall_score: v.nullish(confidenceSchema, null),
  cost: finite,
  R_best: finite,
  R_med: finite,
  R_worst: finite,
  return_best: finite,
  return_median: finite,
  return_worst: finite,
});
export type JobEvaluation = v.InferOutput<typeof jobEvaluationSchema>;

/** What is wrong with a manifest's version and what to do; null where it can be read. */
export function jobVersionProblem(version: unknown): string | null {
  if (version === undefined || version === null || version === '')
    return `is missing: add "schema_version": "${jobSchemaVersion}" if the directory is of that version`;
  const text = typeof version === 'number' || typeof version === 'string' ? String(version) : '';
  const major = /^(\d{1,6})(?:\.\d{1,6}){0,2}$/.exec(text)?.[1];
  if (major === undefined) return `must be a version such as "${jobSchemaVersion}"`;
  if (Number(major) < 2)
    return `is ${text}, which had another layout; 2.x can be read: measure again with a newer package, which writes ${jobSchemaVersion}`;
  if (Number(major) > 2) return `is ${text}, newer than this page reads (2.x): reload to get the newest page, or export as ${jobSchemaVersion}`;
  return null;
}

import * as v from 'valibot';
import { contractIssues } from '../../core/contracts/check-contract.ts';
import { InputError, type Issue } from '../../core/contracts/input-error.ts';
import {
  jobFileNames,
  jobManifestSchema,
  jobSchemaVersion,
  jobVersionProblem,
  type JobManifest,
} from '../../core/contracts/job-directory.ts';
import { parseFamilyJson } from './family-json.ts';
import { inFile, placeIn, type JobNote } from './job-reading.ts';
import type { JobSource } from './job-source.ts';

export type ReadManifest = Pick<JobManifest, 'initiative_id' | 'model_type'> & { readonly notes: readonly JobNote[] };

/**
 * The manifest at a path, its version checked. `isNormalised`: the directory has a result in one form for all methods.
 * @throws InputError with every issue
 */
export function readManifest(source: JobSource, path: string, isNormalised: boolean): ReadManifest {
  const { value } = parseFamilyJson(source.text(path), path);
  const version = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)['schema_version'] : undefined;
  const isMissing = version === undefined && isNormalised;
  const problem = isMissing ? null : jobVersionProblem(version);
  const parsed = v.safeParse(jobManifestSchema, value);
  const issues: Issue[] = problem === null ? [] : [{ path: placeIn(path, 'schema_version'), message: problem, value: version }];
  if (!parsed.success) issues.push(...inFile(contractIssues(parsed.issues), path));
  if (!parsed.success || issues.length > 0) throw new InputError(issues);
  const { initiative_id, model_type } = parsed.output;
  return { initiative_id, model_type, notes: isMissing ? [withoutVersion(path)] : [] };
}

function withoutVersion(path: string): JobNote {
  return {
    kind: 'defaulted',
    path: placeIn(path, 'schema_version'),
    message: `is missing; read as ${jobSchemaVersion}, since the package that writes ${jobFileNames.measureResult} leaves it out`,
  };
}

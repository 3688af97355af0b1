import type { Issue } from '../../core/contracts/input-error.ts';
import type { ScenarioInHand } from '../scenario-file.ts';

/** What was made of something in an archive: taken over under another name, filled in, or left out. */
export type JobNote = { readonly kind: 'mapped' | 'defaulted' | 'ignored'; readonly path: string; readonly message: string };

/** What a job directory says of an initiative, whoever wrote it. */
export type RecordedResult = {
  readonly initiative_id: string;
  readonly R_best: number;
  readonly R_med: number;
  readonly R_worst: number;
  readonly confidence: number | null;
};

/**
 * Job directories as a scenario. `workbench`: the scenario they were exported from, whole, with the digest of its run and what the
 * directories record of it, to be held against a run of one's own. `family`: stated initiatives, one per directory.
 */
export type ReadJobs = {
  readonly ok: true;
  readonly source: 'workbench' | 'family';
  readonly inHand: ScenarioInHand;
  readonly recorded: readonly RecordedResult[];
  readonly notes: readonly JobNote[];
};
export type JobReading = ReadJobs | { readonly ok: false; readonly issues: readonly Issue[] };

/** A place in an archive: the file, then the field. */
export function placeIn(file: string, field = ''): string {
  return field === '' ? file : `${file}: ${field}`;
}

/** The folder a file lies in; '' at the top. */
export function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}

/** The issues of a part of a file with that part in their paths; what Python writes for no number is explained. */
export function inFile(issues: readonly Issue[], file: string, part = ''): Issue[] {
  return issues.map((issue) => ({
    ...issue,
    path: placeIn(file, [part, issue.path].filter((name) => name !== '').join('.')),
    message: isNoNumber(issue.value)
      ? `${issue.message}: Python writes that where it has no number; measure again, or put one in`
      : issue.message,
  }));
}

function isNoNumber(value: unknown): boolean {
  return value === 'NaN' || value === 'Infinity' || value === '-Infinity';
}

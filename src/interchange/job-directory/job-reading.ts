import type { RecordedRun } from '../../core/contracts/job-directory.ts';
import type { Issue } from '../../core/contracts/input-error.ts';
import type { Scenario } from '../../core/scenario/scenario.ts';

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
 * Job directories as a scenario. `workbench`: the scenario they were exported from, whole, with what they record of its run, to be
 * held against a run of one's own. `family`: stated initiatives, one per directory.
 */
export type JobReading =
  | {
      readonly ok: true;
      readonly source: 'workbench' | 'family';
      readonly scenario: Scenario;
      readonly run: RecordedRun | null;
      readonly recorded: readonly RecordedResult[];
      readonly notes: readonly JobNote[];
    }
  | { readonly ok: false; readonly issues: readonly Issue[] };

/** A place in an archive: the file, then the field. */
export function placeIn(file: string, field = ''): string {
  return field === '' ? file : `${file}: ${field}`;
}

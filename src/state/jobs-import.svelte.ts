import type { Scenario } from '../core/scenario/scenario.ts';
import type { RecordedResult } from '../interchange/job-directory/job-reading.ts';

/** What the job directories opened last record, and the scenario it is about. */
export type ImportedJobs = {
  readonly name: string;
  readonly scenario: Scenario;
  readonly replication: number;
  readonly recorded: readonly RecordedResult[];
};

let imported = $state.raw<ImportedJobs | null>(null);

export const jobsImport = {
  /** Of an export of this page's: to be held against a run. null where none was opened. */
  get latest() {
    return imported;
  },
  note(jobs: ImportedJobs | null): void {
    imported = jobs;
  },
};

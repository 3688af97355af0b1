import type { Issue } from '../src/core/contracts/input-error.ts';
import type { Measurement } from '../src/core/contracts/run.ts';
import type { MeasureTask } from '../src/core/measure-initiative.ts';
import type { MeasuredTable, TableQuestion } from '../src/core/measure-table.ts';
import type { FileIssues } from '../src/interchange/csv-issues.ts';
import type { TableSummary } from '../src/interchange/csv-assemble.ts';
import type { ReadOptions } from '../src/interchange/csv-scan.ts';
import type { PilotFile } from '../src/interchange/pilot-file.ts';
import type { ReplicatesDiagnosis } from '../src/interchange/replicates-csv.ts';
import type { ReplicatesQuestion } from '../src/interchange/replicates-question.ts';

/** How far the reading is. Some files are read twice. */
export type ReadProgress = { readonly pass: 1 | 2; readonly bytes: number; readonly total: number };

export type OpenedTable =
  { readonly ok: true; readonly handle: number; readonly summary: TableSummary } | { readonly ok: false; readonly issues: FileIssues };

/** `naive` is the plain difference of the arms on the same columns; null where there are no arms. */
export type OwnAnswer =
  ({ readonly ok: true; readonly naive: Measurement['naive'] } & MeasuredTable) | { readonly ok: false; readonly issues: readonly Issue[] };

/** The diagnosands of replications, or what is wrong with the question or the figures. */
export type ReplicatesAnswer =
  { readonly ok: true; readonly diagnosis: ReplicatesDiagnosis } | { readonly ok: false; readonly issues: readonly Issue[] };

/** What a worker does with a file of one's own. Tables stay in the worker, by handle, until released. */
export type OwnDataApi = {
  readonly openTable: (file: Blob, options: ReadOptions, onProgress: (progress: ReadProgress) => void) => Promise<OpenedTable>;
  readonly measureOwn: (handle: number, question: TableQuestion) => Promise<OwnAnswer>;
  readonly diagnoseOwn: (handle: number, question: ReplicatesQuestion) => Promise<ReplicatesAnswer>;
  readonly releaseTable: (handle: number) => Promise<void>;
  readonly pilotSample: (task: MeasureTask) => Promise<PilotFile>;
};

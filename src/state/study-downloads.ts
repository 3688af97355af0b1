import { diagnosandsCsv } from '../interchange/diagnosands-csv.ts';
import { replicatesCsv } from '../interchange/replicates-export.ts';
import { downloadCsv, downloadJson } from './downloads.ts';
import { studyState } from './study.svelte.ts';

/** Everything that was found, and the sums to go on from or to merge with other shards. */
export function downloadStudy(): void {
  const document = studyState.document();
  if (document !== null) downloadJson('study.json', document);
}

/** The replicates kept one by one, as R's rsimsum reads them. */
export function downloadReplicates(): void {
  if (studyState.tally !== null) downloadCsv('replicates.csv', replicatesCsv(studyState.tally));
}

export function downloadDiagnosands(): void {
  if (studyState.findings !== null) downloadCsv('diagnosands.csv', diagnosandsCsv(studyState.findings.diagnosands));
}

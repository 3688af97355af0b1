import type { Issue } from '../core/contracts/input-error.ts';
import type { DataTable } from '../core/numeric/columns.ts';
import { diagnoseReplicatesTable, type TableDiagnosis } from '../core/study/diagnose-replicates-table.ts';
import { asInputIssue, type FileIssues } from './csv-issues.ts';
import type { ColumnSummary } from './csv-summary.ts';
import { guessGroupColumns, takenColumns, type PartColumns } from './replicates-columns.ts';
import { groupRows, isVaried } from './replicates-groups.ts';
import { conventionWords, varyingTruth } from './replicates-notes.ts';
import { readNumbers, type ReplicatesQuestion } from './replicates-question.ts';

/** With the group's value of each column that it was asked for by, under the column's name. */
export type DiagnosedGroup = TableDiagnosis & Readonly<Record<string, unknown>>;

/** The measures of all rows; or, where groups are asked for, of each group, in the order in which they first appear. */
export type ReplicatesDiagnosis = Omit<TableDiagnosis, 'diagnosands'> & {
  readonly diagnosands?: TableDiagnosis['diagnosands'];
  readonly by?: readonly DiagnosedGroup[];
  /** Which column was taken for which part. */
  readonly columns: PartColumns;
  readonly true_value: number | null;
  readonly level: number;
  readonly interval: string;
  readonly power: string;
  readonly notes: readonly string[];
};

/** What is worth knowing of how the file was read; columns of texts that are in use were read as numbers after all. */
export function readingNotes({ listed }: FileIssues, table: DataTable, columns: PartColumns): readonly Issue[] {
  const used = new Set<string | null>(
    Object.values(columns).filter((name) => name !== null && table.columns.get(name)?.kind === 'category'),
  );
  return listed.filter(({ severity, column }) => severity === 'note' && (column === null || !used.has(column))).map(asInputIssue);
}

/** The diagnosands of anyone's replications. @throws InputError with everything that is wrong with the question or the file */
export function diagnoseTable(table: DataTable, summaries: readonly ColumnSummary[], question: ReplicatesQuestion): ReplicatesDiagnosis {
  const columns = takenColumns([...table.columns.keys()], question);
  const numbers = readNumbers(table, summaries, columns, question);
  const { level, power_df, by } = question;
  const groups = groupRows(table, by);
  const diagnoses = groups.map(({ rows }) => diagnoseReplicatesTable(numbers, { level, power_df }, rows));
  const measures =
    by.length > 0 ? { by: groups.map(({ labels }, i) => ({ ...labels, ...diagnoses[i]! })) } : { diagnosands: diagnoses[0]!.diagnosands };
  return {
    replications: total(diagnoses, ({ replications }) => replications),
    failures: total(diagnoses, ({ failures }) => failures),
    failure_reasons: addedReasons(diagnoses),
    ...measures,
    columns,
    true_value: question.truth,
    level,
    ...conventionWords(columns, question),
    notes: [
      ...mixedMethods(table, columns, by),
      ...(groups.some(({ rows }) => varyingTruth(numbers.truth, rows)) ? [varyingTruthNote] : []),
    ],
  };
}

const varyingTruthNote =
  'the true value differs between replications: empirical SE, the error of the bias and bias-eliminated coverage are about estimate minus true value';

function mixedMethods(table: DataTable, columns: PartColumns, by: readonly string[]): readonly string[] {
  const taken = new Set<string | null>([...Object.values(columns), ...by]);
  return guessGroupColumns([...table.columns.keys()])
    .filter((name) => !taken.has(name) && isVaried(table, name))
    .map((name) => `column '${name}' has more than one value, and the figures mix them: ask for groups by it to tell them apart`);
}

function total(diagnoses: readonly TableDiagnosis[], of: (diagnosis: TableDiagnosis) => number): number {
  return diagnoses.reduce((sum, diagnosis) => sum + of(diagnosis), 0);
}

function addedReasons(diagnoses: readonly TableDiagnosis[]): Record<string, number> {
  const added = new Map<string, number>();
  for (const { failure_reasons } of diagnoses)
    for (const [reason, count] of Object.entries(failure_reasons)) added.set(reason, (added.get(reason) ?? 0) + count);
  return Object.fromEntries(added);
}

import { formatCount } from '../../../charts/format.ts';
import type { Issue } from '../../../core/contracts/input-error.ts';
import type { TableDiagnosandId, TableDiagnosis } from '../../../core/study/diagnose-replicates-table.ts';
import type { DiagnosandDefinition, DiagnosandUnit } from '../../../core/study/diagnosand.ts';
import { diagnosands } from '../../../core/study/index.ts';
import type { TableSummary } from '../../../interchange/csv-assemble.ts';
import type { FileIssues } from '../../../interchange/csv-issues.ts';
import type { PartColumns, ReplicatePart } from '../../../interchange/replicates-columns.ts';
import type { ReplicatesDiagnosis } from '../../../interchange/replicates-csv.ts';
import { listed, sentence } from '../../shared/words.ts';
import { coverageVerdict, verdictWords } from '../coverage-verdict.ts';
import { roundedMeasure } from '../rounded-measure.ts';

/** What each column is for, and what is so where there is none. */
export const partWords: readonly { readonly part: ReplicatePart; readonly label: string; readonly help: string }[] = [
  { part: 'estimate', label: 'Estimate', help: 'One per replication. Empty, NA or infinite: the replication failed.' },
  { part: 'standard_error', label: 'Standard error', help: 'Without it there is no model SE and, without p values, no power.' },
  { part: 'ci_lower', label: 'Lower end of the interval', help: 'Without intervals they are made from estimate and standard error.' },
  { part: 'ci_upper', label: 'Upper end of the interval', help: 'Both ends, or neither.' },
  { part: 'df', label: 'Degrees of freedom', help: 'For intervals by Student’s t; without them they are by the normal distribution.' },
  { part: 'p_value', label: 'p value', help: 'Without it, power counts estimates of at least so many standard errors.' },
];

const fields: Readonly<Record<string, string>> = {
  '--estimate': 'Estimate',
  '--se': 'Standard error',
  '--lower': 'Lower end of the interval',
  '--upper': 'Upper end of the interval',
  '--df': 'Degrees of freedom',
  '--p': 'p value',
  '--true': 'True value',
  '--level': 'Level',
  '--by': 'Groups',
};

/** 'Standard error: there is no column ...' */
export function issueWords({ path, message, value }: Issue): string {
  const where = fields[path] ?? path;
  const found = (typeof value === 'string' || typeof value === 'number') && !Object.hasOwn(fields, path) ? ` (found ${value})` : '';
  return sentence(where === '' ? `${message}${found}` : `${where}: ${message}${found}`);
}

/** The first of them, and how many more there are. */
export function issueList(issues: readonly Issue[]): readonly string[] {
  const shown = issues.slice(0, 12).map(issueWords);
  return issues.length > shown.length ? [...shown, `And ${formatCount(issues.length - shown.length)} more.`] : shown;
}

/** What is worth knowing of how the file was read; columns of texts that are in use were read as numbers after all. */
export function usefulNotes(issues: FileIssues, table: TableSummary, columns: Partial<PartColumns>): FileIssues {
  const used = new Set<string | null>(Object.values(columns));
  const asNumbers = new Set(table.columns.filter(({ name, kind }) => kind === 'text' && used.has(name)).map(({ name }) => name));
  const listed = issues.listed.filter(({ column }) => column === null || !asNumbers.has(column));
  return { ...issues, listed, notes: listed.length };
}

type Described = { readonly id: TableDiagnosandId; readonly label: string; readonly summary: string; readonly unit: DiagnosandUnit };

const added: readonly Described[] = [
  { id: 'mean_estimate', label: 'Mean estimate', summary: 'The estimate on average.', unit: 'outcome' },
  { id: 'median_estimate', label: 'Median estimate', summary: 'Half of the estimates are below it.', unit: 'outcome' },
  { id: 'mean_variance', label: 'Mean variance', summary: 'The squared standard error on average.', unit: 'outcome_squared' },
  {
    id: 'median_variance',
    label: 'Median variance',
    summary: 'Half of the squared standard errors are below it.',
    unit: 'outcome_squared',
  },
];

/** All measures in the order of the table. */
export const described: readonly Described[] = [
  ...Object.values<DiagnosandDefinition>(diagnosands).map(({ id, label, summary, unit }): Described =>
    id === 'rejection_rate'
      ? { id: 'power', label: 'Power', summary: 'How often the test rejects that the effect is 0; false alarms where it is 0.', unit }
      : { id: id as TableDiagnosandId, label, summary: summary.replace('a p value of at most 0.05', 'a test that rejects'), unit },
  ),
  ...added,
];

export type ResultGroup = { readonly name: string; readonly diagnosis: TableDiagnosis };

/** The groups by name, or all rows as one. */
export function resultGroups(diagnosis: ReplicatesDiagnosis, by: readonly string[]): readonly ResultGroup[] {
  const { replications, failures, failure_reasons, diagnosands: measures } = diagnosis;
  if (measures !== undefined) return [{ name: 'all rows', diagnosis: { replications, failures, failure_reasons, diagnosands: measures } }];
  return (diagnosis.by ?? []).map((group) => ({ name: by.map((column) => labelOf(group[column])).join(', '), diagnosis: group }));
}

function labelOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '(empty)';
}

export type ResultCell = { readonly text: string; readonly verdict: string; readonly isOff: boolean };
export type ResultRow = {
  readonly id: TableDiagnosandId;
  readonly label: string;
  readonly summary: string;
  readonly cells: readonly ResultCell[];
};

export function resultRows(groups: readonly ResultGroup[], level: number): readonly ResultRow[] {
  return described.map(({ id, label, summary, unit }) => ({
    id,
    label,
    summary,
    cells: groups.map(({ diagnosis }) => {
      const measured = diagnosis.diagnosands[id];
      const { text } = roundedMeasure(measured, unit);
      if (id !== 'coverage' || measured === null) return { text, verdict: '', isOff: false };
      const verdict = coverageVerdict(measured, level, diagnosis.replications);
      return { text, verdict: verdictWords[verdict], isOff: verdict === 'too seldom' || verdict === 'too often' };
    }),
  }));
}

/** '3: estimate is missing 2, standard error is missing 1', or 'none'. */
export function failureWords({ failures, failure_reasons }: TableDiagnosis): string {
  if (failures === 0) return 'none failed';
  const reasons = Object.entries(failure_reasons).map(([reason, count]) => `${reason} ${formatCount(count)}`);
  return `${formatCount(failures)} failed: ${reasons.join(', ')}`;
}

/** What was counted, in one sentence, spoken when it is there. */
export function countWords({ replications, failures, by }: ReplicatesDiagnosis, columns: readonly string[]): string {
  const rows = `${formatCount(replications)} ${replications === 1 ? 'replication' : 'replications'}`;
  const groups = by === undefined ? '' : ` in ${formatCount(by.length)} ${by.length === 1 ? 'group' : 'groups'} by ${listed(columns)}`;
  return `${rows}${groups}; ${failures === 0 ? 'none failed' : `${formatCount(failures)} failed and are left out`}.`;
}

import type { Candidate } from '../core/allocate/decision-rule.ts';
import { InputError, type Issue } from '../core/contracts/input-error.ts';
import { normalQuantile } from '../core/numeric/normal.ts';
import { limits } from '../core/scenario/defaults.ts';
import type { StatedInitiative, WhatIf } from '../core/scenario/scenario.ts';
import { asInputIssue, issueCollector, type FileIssues, type IssueCollector } from './csv-issues.ts';
import { inThousands } from './csv-limits.ts';
import { rowReader } from './csv-rows.ts';
import { unusable } from './csv-table.ts';
import type { CellOf } from './results-cell.ts';
import { checkColumns, numberFields, readColumns, type ResultColumn } from './results-columns.ts';
import { columnStyles, type ColumnStyle } from './results-number.ts';
import { readResultRow, type ResultInitiative } from './results-row.ts';

/** Characters of a pasted or dropped table: far more than the most initiatives take, and read in a blink. */
export const longestResults = 1_000_000;

/** One row of the table as it was read; `result` is null where it cannot be used, and `problems` says why. */
export type ResultRow = {
  readonly line: number;
  readonly cells: readonly string[];
  readonly result: ResultInitiative | null;
  readonly problems: readonly RowProblem[];
};
export type RowProblem = { readonly severity: 'error' | 'note'; readonly column: string | null; readonly message: string };

/** What a table of results holds. Rows that cannot be used keep none of the others from being used. */
export type ResultsReading = {
  readonly initiatives: readonly StatedInitiative[];
  /** Given confidences that lie outside the range of their kind of evidence, for the decision alone. */
  readonly whatIf: readonly WhatIf[];
  readonly rows: readonly ResultRow[];
  readonly columns: readonly ResultColumn[];
  readonly delimiter: string;
  readonly issues: FileIssues;
};

/**
 * Reads results of real measurements from pasted or saved text: a header row, then a row per initiative, cells between commas,
 * semicolons, tabs or bars. Every trouble is an issue with its line and column.
 * @param level of the intervals that are made from standard errors: estimate +- z se, with z the normal quantile of (1 + level) / 2
 */
export function readResultsCsv(text: string, level: number): ResultsReading {
  const issues = issueCollector();
  if (text.length > longestResults) {
    issues.error(
      {},
      `holds ${inThousands(text.length)} characters; at most ${inThousands(longestResults)} can be read: keep one row per initiative`,
    );
    return { initiatives: [], whatIf: [], rows: [], columns: [], delimiter: ',', issues: issues.all() };
  }
  const table = readTable(text, issues);
  const isUsable = !table.columns.every(({ field }) => field === null) && !table.isHeaderWrong;
  const rows = isUsable ? readRows(table, normalQuantile((1 + level) / 2), issues) : [];
  noteReturns(rows, level, issues);
  const used = rows.flatMap(({ result }) => result ?? []);
  return {
    initiatives: used.map(({ initiative }) => initiative),
    whatIf: used.flatMap(({ whatIf }) => whatIf ?? []),
    rows,
    columns: table.columns,
    delimiter: table.delimiter,
    issues: issues.all(),
  };
}

/**
 * The same for ALLOCATE alone, which takes any confidence.
 * @throws InputError with everything that is wrong with the table
 */
export function candidatesFromResultsCsv(
  text: string,
  level = 0.95,
): { readonly candidates: readonly Candidate[]; readonly notes: readonly Issue[] } {
  const { initiatives, whatIf, issues } = readResultsCsv(text, level);
  if (issues.errors > 0) throw unusable(issues);
  if (initiatives.length === 0) throw new InputError([{ path: '', message: 'the table holds no initiative' }]);
  const givenOf = new Map(whatIf.map(({ initiative_id, confidence }) => [initiative_id, confidence]));
  const candidates = initiatives.map(
    ({ initiative_id: id, cost_to_scale: cost, R_best, R_med, R_worst, confidence, category, divisible }) => ({
      id,
      cost,
      R_best,
      R_med,
      R_worst,
      confidence: givenOf.get(id) ?? confidence,
      category,
      divisible,
    }),
  );
  return { candidates, notes: issues.listed.map(asInputIssue) };
}

type Line = { readonly line: number; readonly cells: readonly string[] };
type Table = {
  readonly columns: readonly ResultColumn[];
  readonly lines: readonly Line[];
  readonly delimiter: string;
  readonly isHeaderWrong: boolean;
};

function readTable(text: string, issues: IssueCollector): Table {
  let columns: readonly ResultColumn[] = [];
  let isHeaderWrong = false;
  const lines: Line[] = [];
  let beyond = 0;
  const reader = rowReader(issues, {
    header(header) {
      const names = header.map(({ name, isMadeUp }) => (isMadeUp ? '' : name));
      const line = firstLine(text);
      columns = readColumns(names, line, issues);
      if (!issues.hasErrors()) checkColumns(columns, line, issues);
      isHeaderWrong = issues.hasErrors();
    },
    row(cells, line) {
      if (lines.length < limits.initiatives) lines.push({ line, cells });
      else beyond += 1;
    },
  });
  reader.push(text, true);
  const { delimiter } = reader.end();
  if (beyond > 0)
    issues.error(
      { row: (lines.at(-1)?.line ?? 0) + 1 },
      `a scenario holds at most ${limits.initiatives} initiatives; ${inThousands(beyond)} ${beyond === 1 ? 'row' : 'rows'} from here on were left out`,
    );
  return { columns, lines, delimiter: delimiter.delimiter, isHeaderWrong };
}

/** Rows that are empty stand before the header in what some programs export. */
function firstLine(text: string): number {
  const leading = /^(?:[\s\ufeff]*\r?\n)?/.exec(text)?.[0] ?? '';
  return 1 + (leading.match(/\n/g)?.length ?? 0);
}

function readRows({ columns, lines, delimiter }: Table, halfWidth: number, issues: IssueCollector): ResultRow[] {
  const styles = stylesOf(columns, lines, delimiter, issues);
  const firstOf = new Map<string, number>();
  return lines.map(({ line, cells }) => {
    const problems: RowProblem[] = [];
    const report = (severity: RowProblem['severity']) => (column: string | null, message: string, value?: string) => {
      problems.push({ severity, column, message });
      issues[severity]({ row: line, column }, message, value);
    };
    const cellOf: CellOf = (field) => {
      const j = columns.findIndex((column) => column.field === field);
      return j < 0 ? undefined : { text: cells[j] ?? '', column: columns[j]!.name, style: styles[j]! };
    };
    const read = readResultRow(cellOf, halfWidth, { error: report('error'), note: report('note') });
    const id = read?.initiative.initiative_id ?? '';
    const before = firstOf.get(id);
    if (read !== null && before === undefined) firstOf.set(id, line);
    if (read === null || before === undefined) return { line, cells, result: read, problems };
    report('error')(cellOf('id')?.column ?? null, `'${id}' is the id of row ${before} already: give every initiative an id of its own`, id);
    return { line, cells, result: null, problems };
  });
}

function stylesOf(
  columns: readonly ResultColumn[],
  lines: readonly Line[],
  delimiter: string,
  issues: IssueCollector,
): readonly ColumnStyle[] {
  const isNumber = ({ field }: ResultColumn) => field !== null && numberFields.has(field);
  const styles = columnStyles(
    columns.map((column, j) => (isNumber(column) ? lines.map(({ cells }) => cells[j] ?? '') : [])),
    delimiter,
  );
  columns.forEach((column, j) => {
    if (!isNumber(column)) return;
    for (const note of styles[j]!.notes) {
      const isShare = column.field === 'confidence' && note.startsWith('percent');
      issues.note({ column: column.name }, isShare ? 'percent signs were read as hundredths: 90% is 0.9' : note);
    }
  });
  return styles;
}

/** What was made of the columns at hand, said once for all rows. */
function noteReturns(rows: readonly ResultRow[], level: number, issues: IssueCollector): void {
  const used = rows.flatMap(({ result }) => result ?? []);
  const made = used.filter(({ basis }) => basis === 'standard_error').length;
  const scored = used.filter(({ isScored }) => isScored).length;
  if (made > 0)
    issues.note(
      {},
      `the interval of ${ofRows(made)} is the estimate plus and minus ${normalQuantile((1 + level) / 2).toFixed(2)} standard errors, which is ${Number((level * 100).toPrecision(4))}% of a normal distribution`,
    );
  if (scored > 0)
    issues.note(
      {},
      `the confidence of ${ofRows(scored)} is the score that EVALUATE gives to its id and its kind of method, since none was given`,
    );
}

function ofRows(count: number): string {
  return count === 1 ? 'one row' : `${count} rows`;
}

import type { CategoryColumn, Column, DataTable } from '../core/numeric/columns.ts';
import type { ColumnPlan } from './csv-column-plan.ts';
import type { ScannedColumn } from './csv-column-scan.ts';
import { readDates } from './csv-dates.ts';
import type { FillColumn } from './csv-fill.ts';
import type { FileIssues, IssueCollector } from './csv-issues.ts';
import { inThousands } from './csv-limits.ts';
import { readAsOf, type ReadOptions, type ScannedTable } from './csv-scan.ts';
import { summariseColumn, type ColumnSummary } from './csv-summary.ts';

/** What a person is told about a file that was read. */
export type TableSummary = {
  readonly rowCount: number;
  readonly delimiter: string;
  readonly columns: readonly ColumnSummary[];
  /** The first rows as they stand in the file, in the order of `columns`. */
  readonly preview: readonly (readonly string[])[];
  readonly issues: FileIssues;
};

export type CsvReading =
  { readonly ok: true; readonly table: DataTable; readonly summary: TableSummary } | { readonly ok: false; readonly issues: FileIssues };

/** The table and what is to be said of it, from what was scanned and filled. */
export function assemble(
  scanned: ScannedTable,
  plans: readonly ColumnPlan[],
  fills: readonly (FillColumn | null)[],
  options: ReadOptions,
  issues: IssueCollector,
): CsvReading {
  const columns = new Map<string, Column>();
  const summaries: ColumnSummary[] = [];
  const shown: number[] = [];
  scanned.header.forEach(({ name, isMadeUp }, j) => {
    const { counts, numbers, texts, oddCells } = scanned.columns[j]!;
    if (isMadeUp && counts.missing === scanned.rowCount) return;
    if (isMadeUp) issues.note({ column: name }, `a column without a name is called '${name}'`);
    const plan = plans[j]!;
    const kept = fills[j] === null ? (plan.kind === 'number' ? numbers : texts)?.column() : fills[j]?.column();
    const readAs = readAsOf(options, name);
    const order = readAs === 'month_first' || readAs === 'day_first' ? readAs : null;
    const dates = kept?.kind === 'category' && readAs !== 'text' ? readDates(kept.levels, order) : null;
    const column = kept?.kind === 'category' && dates !== null ? sortedDates(kept, dates.isoOf) : (kept ?? null);
    const notes = [...plan.notes, ...(dates?.note == null ? [] : [dates.note])];
    if (column === null && plan.kind !== 'left_out') notes.push('holds so much different text that it was left out');
    for (const note of notes) issues.note({ column: name }, note);
    reportOddCells(name, plan, scanned.columns[j]!, issues);
    if (column !== null) columns.set(name, column);
    summaries.push(
      summariseColumn({
        name,
        column,
        isDate: dates !== null,
        missing: counts.missing,
        oddCount: plan.oddOnes === null ? 0 : counts.text,
        oddCells,
        readAs: readAs ?? null,
      }),
    );
    shown.push(j);
  });
  const preview = scanned.preview.map((cells) => shown.map((j) => cells[j] ?? ''));
  const { rowCount, delimiter } = scanned;
  if (delimiter.delimiter !== ',') issues.note({}, `cells are separated by ${delimiter.name}`);
  return {
    ok: true,
    table: { rowCount, columns },
    summary: { rowCount, delimiter: delimiter.name, columns: summaries, preview, issues: issues.all() },
  };
}

function reportOddCells(name: string, { oddOnes }: ColumnPlan, { counts, oddCells }: ScannedColumn, issues: IssueCollector): void {
  if (oddOnes === null) return;
  const cells = `${inThousands(counts.text)} ${counts.text === 1 ? 'cell is' : 'cells are'} no number`;
  issues.note(
    { column: name },
    oddOnes === 'taken_as_missing'
      ? `${cells}; taken as missing, as chosen`
      : `would be numbers, but ${cells}, so it was kept as text: correct them in the file, or read the column as numbers and take them as missing`,
  );
  for (const { row, value } of oddCells) issues.note({ row, column: name }, 'is no number', value);
}

/** Dates in order; texts that mean the same day become one. */
function sortedDates({ codes, levels }: CategoryColumn, isoOf: (text: string) => string): CategoryColumn {
  const periods = levels.map(isoOf);
  const sorted = [...new Set(periods)].sort();
  const place = new Map(sorted.map((period, code) => [period, code]));
  const codeOf = Int32Array.from(periods, (period) => place.get(period) ?? -1);
  return { kind: 'category', codes: codes.map((code) => codeOf[code] ?? -1), levels: sorted };
}

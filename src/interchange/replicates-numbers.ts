import type { Issue } from '../core/contracts/input-error.ts';
import type { Column, DataTable } from '../core/numeric/columns.ts';
import type { ColumnSummary } from './csv-summary.ts';
import type { PartColumns, ReplicatePart } from './replicates-columns.ts';
import { styledNumber } from './csv-number.ts';

/** Reads columns of a table as numbers, infinities included; what is no number goes to `issues`. */
export function numberReader(table: DataTable, summaries: readonly ColumnSummary[], issues: Issue[]) {
  return (name: string, option: string): Float64Array | null => {
    const column = table.columns.get(name);
    const summary = summaries.find((known) => known.name === name);
    if (column === undefined) {
      const why = summary === undefined ? `there is no column '${name}'` : `column '${name}' was left out, since it holds too much text`;
      issues.push({ path: option, message: `${why}; the file has ${[...table.columns.keys()].join(', ')}`, value: name });
      return null;
    }
    return column.kind === 'number' ? column.values : numbersOfTexts(column, name, summary, issues);
  };
}

/** Most cells that are named one by one. */
const mostNamed = 20;
const infinite = /^([+-]?)(?:inf|infinity|∞)$/i;

function numbersOfTexts(
  { codes, levels }: Extract<Column, { kind: 'category' }>,
  name: string,
  summary: ColumnSummary | undefined,
  issues: Issue[],
): Float64Array | null {
  const style =
    levels.some((level) => /^[+-]?\d*,\d+$/.test(level)) && !levels.some((level) => /^[+-]?\d*\.\d+$/.test(level)) ? 'comma' : 'point';
  const odd = new Set<number>();
  const numbers = Float64Array.from(levels, (level, code) => {
    const sign = infinite.exec(level)?.[1];
    if (sign !== undefined) return sign === '-' ? -Infinity : Infinity;
    // How Stata writes what is missing.
    if (/^\.[a-z]?$/.test(level)) return NaN;
    const value = styledNumber(level, style);
    if (Number.isNaN(value)) odd.add(code);
    return value;
  });
  if (odd.size > 0) {
    reportOdd(codes, levels, odd, name, summary, issues);
    return null;
  }
  return Float64Array.from(codes, (code) => (code < 0 ? NaN : numbers[code]!));
}

function reportOdd(
  codes: Int32Array,
  levels: readonly string[],
  odd: ReadonlySet<number>,
  name: string,
  summary: ColumnSummary | undefined,
  issues: Issue[],
): void {
  const lines = [...(summary?.oddCells ?? [])];
  const rows: number[] = [];
  let count = 0;
  codes.forEach((code, row) => {
    if (!odd.has(code)) return;
    count += 1;
    if (rows.length < mostNamed) rows.push(row);
  });
  for (const row of rows) {
    const value = levels[codes[row]!]!;
    const at = lines.findIndex((cell) => cell.value === value);
    const line = at < 0 ? undefined : lines.splice(0, at + 1).at(-1)?.row;
    issues.push({
      path: line === undefined ? `${dataRow(row)}, column '${name}'` : `row ${line}, column '${name}'`,
      message: 'is no number: correct it, or leave the cell empty (or write NA) where a replication failed',
      value,
    });
  }
  if (count > rows.length) issues.push({ path: `column '${name}'`, message: `${count - rows.length} more cells are no numbers` });
}

/** By its place below the header, which is not its line in the file where lines are empty or cells have several. */
export function dataRow(row: number): string {
  return `data row ${row + 1}`;
}

type Rule = { readonly part: ReplicatePart; readonly isWrong: (values: Parts, row: number) => boolean; readonly message: string };
type Parts = Readonly<Record<ReplicatePart, Float64Array | null>>;

const rules: readonly Rule[] = [
  {
    part: 'standard_error',
    isWrong: ({ standard_error: errors }, row) => errors![row]! < 0,
    message: 'is negative, which no standard error is: is this the right column?',
  },
  {
    part: 'ci_lower',
    isWrong: ({ ci_lower: lower, ci_upper: upper }, row) => lower![row]! > (upper?.[row] ?? Infinity),
    message: 'is above the upper end of its interval: are the two columns swapped?',
  },
  { part: 'df', isWrong: ({ df }, row) => df![row]! <= 0, message: 'must be above 0, as degrees of freedom are' },
  {
    part: 'p_value',
    isWrong: ({ p_value: p }, row) => p![row]! < 0 || p![row]! > 1,
    message: 'must be from 0 to 1, as p values are: is this the right column?',
  },
];

/** Figures that cannot be what their column is taken for; NaN breaks no rule. */
export function checkNumbers(values: Parts, columns: PartColumns, issues: Issue[]): void {
  for (const { part, isWrong, message } of rules) {
    const column = values[part];
    if (column === null) continue;
    let count = 0;
    for (let row = 0; row < column.length; row += 1) {
      if (!isWrong(values, row)) continue;
      count += 1;
      if (count <= mostNamed) issues.push({ path: `${dataRow(row)}, column '${columns[part] ?? ''}'`, message, value: column[row] });
    }
    if (count > mostNamed)
      issues.push({ path: `column '${columns[part] ?? ''}'`, message: `${count - mostNamed} more cells are like that` });
  }
}

import { inputError } from '../core/contracts/input-error.ts';
import { labelAt, requireColumn, type Column, type DataTable } from '../core/numeric/columns.ts';

export type GroupLabels = Readonly<Record<string, string | number | null>>;
export type RowGroup = { readonly labels: GroupLabels; readonly rows: readonly number[] };

const mostGroups = 1000;

/** Rows that agree in all of these columns, in the order in which they first appear. @throws InputError */
export function groupRows(table: DataTable, by: readonly string[]): readonly RowGroup[] {
  const columns = by.map((name) => requireColumn(table, name, '--by'));
  const codes = columns.map(codesOf);
  const groups: { readonly labels: GroupLabels; readonly rows: number[] }[] = [];
  const placeOf = new Map<string, number>();
  for (let row = 0; row < table.rowCount; row += 1) {
    const key = codes.map((of) => of(row)).join(' ');
    const place = placeOf.get(key);
    if (place !== undefined) {
      groups[place]!.rows.push(row);
      continue;
    }
    if (groups.length === mostGroups)
      throw inputError(
        '--by',
        `${by.join(' and ')} tell more than ${mostGroups} groups apart: name columns of methods or settings, not of replications`,
        by,
      );
    placeOf.set(key, groups.length);
    groups.push({ labels: Object.fromEntries(columns.map((column, j) => [by[j]!, valueAt(column, row)])), rows: [row] });
  }
  return groups;
}

/** Whether some rows differ in that column. */
export function isVaried(table: DataTable, name: string): boolean {
  const column = table.columns.get(name);
  if (column === undefined) return false;
  const of = codesOf(column);
  for (let row = 1; row < table.rowCount; row += 1) if (!Object.is(of(row), of(0))) return true;
  return false;
}

function codesOf(column: Column): (row: number) => number {
  if (column.kind === 'category') return (row) => column.codes[row]!;
  return (row) => column.values[row]!;
}

function valueAt(column: Column, row: number): string | number | null {
  if (column.kind === 'category') return labelAt(column, row);
  const value = column.values[row]!;
  return Number.isNaN(value) ? null : value;
}

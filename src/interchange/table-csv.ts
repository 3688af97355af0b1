import type { Column, DataTable } from '../core/numeric/columns.ts';
import { toCsv } from './csv.ts';

/** A table as CSV with a header row; what is missing is an empty cell. Read again, every number has the same bits. */
export function tableCsv({ rowCount, columns }: DataTable): string {
  const all = [...columns.values()];
  function* rows() {
    for (let row = 0; row < rowCount; row += 1) yield all.map((column) => cellAt(column, row));
  }
  return toCsv([...columns.keys()], rows());
}

function cellAt(column: Column, row: number): string | number | null {
  if (column.kind === 'category') return column.levels[column.codes[row] ?? -1] ?? null;
  const value = column.values[row];
  return value === undefined || Number.isNaN(value) ? null : value;
}

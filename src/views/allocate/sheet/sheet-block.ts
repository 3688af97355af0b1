import { fieldNamed } from '../../../interchange/results-columns.ts';
import { modelTypeNamed } from '../../../interchange/results-method.ts';
import { columnStyles, isPercent, readNumber } from '../../../interchange/results-number.ts';
import { sheetColumns, type SheetCells, type SheetColumn } from './sheet-cells.ts';

const numbers: ReadonlySet<SheetColumn> = new Set(['cost', 'R_worst', 'R_med', 'R_best', 'confidence']);

/** Cells copied from a spreadsheet: rows of cells between tabs. null for a single cell, which is typed as text is. */
export function blockOf(text: string): readonly (readonly string[])[] | null {
  const rows = unquoted(text.replaceAll(/\r\n?/g, '\n').replace(/\n+$/, ''));
  return rows.length === 1 && rows[0]?.length === 1 ? null : rows;
}

/** Whether the first row names columns, so that the block is a table to be imported and not cells to be filled in. */
export function hasHeader(block: readonly (readonly string[])[]): boolean {
  const [first = []] = block;
  return first.filter((cell) => fieldNamed(cell) !== null).length >= 2;
}

/**
 * The cells of a block by row and column, from the column it is pasted into; what reaches beyond the last column is dropped, and
 * counted. Numbers that are written in the way of another country are rewritten.
 */
export function cellsOf(block: readonly (readonly string[])[], from: SheetColumn): { rows: readonly SheetCells[]; dropped: number } {
  const columns = sheetColumns.slice(sheetColumns.indexOf(from));
  const width = Math.max(...block.map((row) => row.length));
  const styles = columnStyles(
    Array.from({ length: width }, (_, j) =>
      columns[j] !== undefined && numbers.has(columns[j]) ? block.map((row) => (row[j] ?? '').trim()) : [],
    ),
    '\t',
  );
  const rows = block.map((row) =>
    Object.fromEntries(
      row.slice(0, columns.length).map((cell, j) => {
        const column = columns[j] as SheetColumn;
        const text = cell.trim();
        const style = styles[j];
        return [column, style === undefined ? text : asTyped(column, text, style)];
      }),
    ),
  );
  return { rows, dropped: block.reduce((sum, row) => sum + Math.max(0, row.length - columns.length), 0) };
}

function asTyped(column: SheetColumn, text: string, style: Parameters<typeof readNumber>[1]): string {
  if (column === 'model_type') return modelTypeNamed(text) ?? text;
  if (!numbers.has(column)) return text;
  const read = readNumber(text, style);
  if (read.kind === 'missing') return '';
  return read.kind === 'number' ? `${read.value}${isPercent(text) ? '%' : ''}` : text;
}

/** Cells with line ends or quotes in them come in quotes. */
function unquoted(text: string): string[][] {
  const rows: string[][] = [[]];
  const cell = /"((?:[^"]|"")*)"(?=[\t\n]|$)|([^\t\n]*)/y;
  for (let at = 0; at <= text.length;) {
    cell.lastIndex = at;
    const [whole = '', quoted, plain = ''] = cell.exec(text) ?? [];
    rows.at(-1)?.push(quoted === undefined ? plain : quoted.replaceAll('""', '"').replaceAll('\n', ' '));
    at += whole.length;
    if (at >= text.length) break;
    if (text[at] === '\n') rows.push([]);
    at += 1;
  }
  return rows;
}

import { readNumber, type ColumnStyle } from './results-number.ts';
import type { ResultField } from './results-columns.ts';

/** The cell of a field: the text, the name of its column and how its numbers are written; undefined where there is no such column. */
export type CellOf = (field: ResultField) => { readonly text: string; readonly column: string; readonly style: ColumnStyle } | undefined;

/** What is wrong with the row, or was done to it. `column` is null where it is about several. */
export type RowReport = {
  readonly error: (column: string | null, message: string, value?: string) => void;
  readonly note: (column: string | null, message: string, value?: string) => void;
};

/** undefined where nothing is given, null where it is wrong. */
export type Given<T> = T | null | undefined;
export type Wrong = RowReport['error'];

export function numberOf(cellOf: CellOf, field: ResultField, wrong: Wrong): Given<number> {
  const cell = cellOf(field);
  if (cell === undefined) return undefined;
  const read = readNumber(cell.text, cell.style);
  if (read.kind === 'missing') return undefined;
  if (read.kind === 'number') return read.value;
  wrong(cell.column, read.why, cell.text);
  return null;
}

const yes = new Set(['yes', 'y', 'true', 't', '1', 'x', 'ja', 'oui', 'si', 'wahr', 'vrai']);
const no = new Set(['no', 'n', 'false', 'f', '0', '', 'nein', 'non', 'falsch', 'faux']);

/** Whether a word means yes; null where it means neither yes nor no. */
export function asYesOrNo(text: string): boolean | null {
  const word = text.trim().toLowerCase();
  return yes.has(word) ? true : no.has(word) ? false : null;
}

/** Programs write an apostrophe before text that a spreadsheet would take for a formula. */
export function asText(cell: string): string {
  return /^'[=+\-@]/.test(cell) ? cell.slice(1) : cell;
}

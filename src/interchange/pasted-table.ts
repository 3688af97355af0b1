import Papa from 'papaparse';
import { detectDelimiter } from './csv-delimiter.ts';
import { isMissing, plainNumber, styledNumber, type NumberStyle } from './csv-number.ts';
import { draftLimits } from './payoff-table-text.ts';

export type PastedTable =
  | {
      readonly ok: true;
      readonly options: readonly string[];
      readonly states: readonly string[];
      readonly payoffs: readonly (readonly (number | null)[])[];
      /** Whether it brings names of its own. */ readonly named: boolean;
    }
  | { readonly ok: false; readonly message: string };

/** Longest text that is looked at. */
const longestText = 200_000;

/**
 * A table copied from a spreadsheet or a CSV file: states in the first row, options in the first column, either of them left out
 * where there are numbers instead. Cells may wear thousands marks, currencies and decimal commas; empty ones stay empty.
 */
export function readPastedTable(text: string): PastedTable {
  if (text.trim() === '')
    return refused('There is nothing in it. Copy the cells of a table, with the names of the states above and of the options at the left.');
  if (text.length > longestText) return refused('That is more text than any table of 30 by 30 has.');
  const delimiter = text.includes('\t') ? '\t' : detectDelimiter(text).delimiter;
  const rows = Papa.parse<string[]>(text.replaceAll(/\r\n?/g, '\n').trimEnd(), {
    delimiter,
    newline: '\n',
    skipEmptyLines: 'greedy',
  }).data.map((row) => row.map((cell) => cell.trim()));
  const style = styleOf(rows.flat(), delimiter);
  const isFigure = (cell: string) => cell !== '' && !Number.isNaN(numberIn(cell, style));
  const width = Math.max(...rows.map((row) => row.length));
  const padded = rows.map((row) => [...row, ...Array.from({ length: width - row.length }, () => '')]);
  const namesStates = !(padded[0] ?? []).slice(1).some(isFigure) && (padded.length > 1 || !(padded[0] ?? []).some(isFigure));
  const body = namesStates ? padded.slice(1) : padded;
  const namesOptions = body.some(([first = '']) => first !== '' && !isFigure(first));
  const from = namesOptions ? 1 : 0;
  // A header of spreadsheets may leave out the corner.
  const heads = namesStates ? headsOf(padded[0] ?? [], from) : [];
  const states = Array.from({ length: Math.max(heads.length, width - from) }, (_, j) => named(heads[j], `state ${j + 1}`)).slice(
    0,
    Math.max(0, width - from),
  );
  if (body.length === 0 || states.length === 0) return refused('It has names but no payoffs: copy the numbers as well.');
  if (body.length > draftLimits.options)
    return refused(`It has ${body.length} options; a table here may have up to ${draftLimits.options}.`);
  if (states.length > draftLimits.states)
    return refused(`It has ${states.length} states; a table here may have up to ${draftLimits.states}.`);
  for (const [i, row] of body.entries()) {
    for (const [j, cell] of row.slice(from).entries()) {
      const value = numberIn(cell, style);
      if (isMissing(cell) || Math.abs(value) <= draftLimits.payoff) continue;
      return refused(
        `Row ${i + 1 + (namesStates ? 1 : 0)}, column ${j + 1 + from} holds '${cell.slice(0, 40)}', which is not a number this page can take.`,
      );
    }
  }
  return {
    ok: true,
    options: body.map(([first], i) => (namesOptions ? named(first, `option ${i + 1}`) : `option ${i + 1}`)),
    states,
    named: namesStates || namesOptions,
    payoffs: body.map((row) => row.slice(from).map((cell) => (isMissing(cell) ? null : numberIn(cell, style)))),
  };
}

function headsOf(row: readonly string[], from: number): readonly string[] {
  return row.slice(row.at(-1) === '' && row[0] !== '' && from === 1 ? 0 : from);
}

function named(name: string | undefined, otherwise: string): string {
  return name === undefined || name === '' ? otherwise : name.slice(0, draftLimits.name);
}

/** A comma is a decimal mark where some cell can only be read so, such as 0,25 or 1.234,5. */
function styleOf(cells: readonly string[], delimiter: string): NumberStyle {
  if (delimiter === ',') return 'point';
  return cells.some((cell) => Number.isNaN(numberIn(cell, 'point')) && !Number.isNaN(styledNumber(cell, 'comma'))) ? 'comma' : 'point';
}

function numberIn(cell: string, style: NumberStyle): number {
  const typed = cell.replaceAll('\u2212', '-').replaceAll(/[\u00a0\u202f\u2009]/g, '');
  const plain = plainNumber(typed);
  return Number.isNaN(plain) || style === 'comma' ? styledNumber(typed, style) : plain;
}

function refused(message: string): PastedTable {
  return { ok: false, message };
}

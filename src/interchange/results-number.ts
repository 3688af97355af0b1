import { planColumn } from './csv-column-plan.ts';
import { columnScan } from './csv-column-scan.ts';
import { isMissing, oddForm, plainNumber, styledNumber, type NumberStyle } from './csv-number.ts';

/** How the numbers of a column are written, and what a person should know of it. */
export type ColumnStyle = { readonly style: NumberStyle; readonly notes: readonly string[]; readonly isMixed: boolean };

/**
 * How commas are meant in each column, from the whole of it. A column in which 1,234 could mean either follows the other columns
 * where these agree.
 */
export function columnStyles(columns: readonly (readonly string[])[], delimiter: string): readonly ColumnStyle[] {
  const scans = columns.map(scanOf);
  const commas = scans.some(({ counts }) => counts.comma > 0);
  const groups = scans.some(({ counts }) => counts.grouped > 0);
  // Elsewhere in the file decimals have commas and nothing is grouped by them: as where programs put semicolons between cells.
  const mark = commas && !groups ? ';' : groups && !commas ? ',' : delimiter;
  return scans.map((scanned, j) => {
    if (commas && !groups && hasPointGroups(columns[j] ?? []))
      return {
        style: 'comma',
        notes: ['points between thousands were taken out, since other columns have decimal commas'],
        isMixed: false,
      };
    const isMixed = scanned.counts.grouped > 0 && scanned.counts.comma > 0;
    const { style, notes } = planColumn({ ...scanned, counts: { ...scanned.counts, text: 0, code: 0 } }, undefined, mark);
    return { style, notes: notes.filter((note) => note !== 'is empty'), isMixed };
  });
}

export type ReadNumber =
  { readonly kind: 'missing' } | { readonly kind: 'number'; readonly value: number } | { readonly kind: 'wrong'; readonly why: string };

/** One cell as a number, or why it is none. */
export function readNumber(cell: string, { style, isMixed }: Pick<ColumnStyle, 'style' | 'isMixed'>): ReadNumber {
  if (isMissing(cell)) return { kind: 'missing' };
  if (/^[=@]/.test(cell)) return { kind: 'wrong', why: 'is a formula, which is not worked out here: paste its value' };
  if (isMixed && cell.includes(','))
    return { kind: 'wrong', why: 'stands in a column that mixes decimal points and decimal commas: write all its numbers in one way' };
  const plain = style === 'point' ? plainNumber(cell) : NaN;
  const value = Number.isNaN(plain) ? styledNumber(cell, style) : plain;
  if (!Number.isNaN(value)) return { kind: 'number', value };
  if (/^[+-]?[\d.,]+e[+-]?\d+$/i.test(cell) || /^[+-]?inf(inity)?$/i.test(cell))
    return { kind: 'wrong', why: 'is larger than any number that can be kept' };
  if (style === 'comma' && !Number.isNaN(plainNumber(cell)))
    return { kind: 'wrong', why: 'has a decimal point in a column with decimal commas: write all its numbers in one way' };
  return { kind: 'wrong', why: 'is no number' };
}

/** Only 1.200 and whole numbers, and some of the former. */
function hasPointGroups(cells: readonly string[]): boolean {
  const pointed = cells.filter((cell) => cell.includes('.'));
  return pointed.length > 0 && pointed.every((cell) => /^[+-]?[1-9]\d{0,2}(?:\.\d{3})+$/.test(cell));
}

/** 90% is 0.9 where a share is meant. */
export function isPercent(cell: string): boolean {
  return cell.endsWith('%') && oddForm(cell) === 'percent';
}

function scanOf(cells: readonly string[]) {
  const scan = columnScan(undefined);
  for (const cell of cells) scan.add(cell, 0);
  return scan.end();
}

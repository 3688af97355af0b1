import { numberBuffer, textBuffer, type NumberBuffer, type TextBuffer } from './csv-buffers.ts';
import { isMissing, oddForm, plainNumber, styledNumber, type CellForm } from './csv-number.ts';

/** How a person wants a column read, where the detection is wrong. */
export const readAsChoices = ['number', 'decimal_comma', 'text', 'day_first', 'month_first'] as const;
export type ReadAs = (typeof readAsChoices)[number];

export type OddCell = { readonly row: number; readonly value: string };

/** What a column holds, once all of it has been seen. */
export type ScannedColumn = {
  readonly counts: Readonly<Record<CellForm, number>>;
  /** The first cells that are neither numbers nor missing. */
  readonly oddCells: readonly OddCell[];
  /** The column as it was kept on the way; null where another pass must fill it. */
  readonly numbers: NumberBuffer | null;
  readonly texts: TextBuffer | null;
  readonly isTooVaried: boolean;
};

const ODD_CELLS_KEPT = 20;

/**
 * Reads one column cell by cell. It is kept as numbers for as long as every cell is a plain number, or as text where the first
 * cell is text; a column that turns out to be neither is only counted, and filled when the file is read again.
 */
export function columnScan(readAs: ReadAs | undefined) {
  const counts: Record<CellForm, number> = {
    missing: 0,
    plain: 0,
    code: 0,
    grouped: 0,
    comma: 0,
    ambiguous: 0,
    dressed: 0,
    percent: 0,
    text: 0,
  };
  const oddCells: OddCell[] = [];
  const style = readAs === 'number' ? 'point' : readAs === 'decimal_comma' ? 'comma' : null;
  let numbers: NumberBuffer | null = numberBuffer();
  let texts: TextBuffer | null = readAs === undefined || style !== null ? null : textBuffer();
  if (texts !== null) numbers = null;
  let isEmpty = true;
  let isTooVaried = false;

  function odd(form: CellForm, cell: string, row: number): void {
    counts[form] += 1;
    if ((form === 'text' || form === 'code') && oddCells.length < ODD_CELLS_KEPT) oddCells.push({ row, value: cell });
  }

  function keepText(cell: string | null): void {
    texts?.add(cell);
    if (texts?.isFull() !== true) return;
    texts = null;
    isTooVaried = true;
  }

  function addAsAsked(cell: string, row: number): void {
    if (style === null) {
      counts.text += 1;
      return keepText(cell);
    }
    const value = style === 'point' && !/^0\d/.test(cell) ? plainNumber(cell) : NaN;
    const number = Number.isNaN(value) ? styledNumber(cell, style) : value;
    numbers?.add(number);
    if (Number.isNaN(number)) odd('text', cell, row);
    else counts.plain += 1;
  }

  function addAsFound(cell: string, row: number): void {
    const value = plainNumber(cell);
    if (!Number.isNaN(value)) {
      counts.plain += 1;
      numbers?.add(value);
    } else {
      const form = oddForm(cell);
      odd(form, cell, row);
      if (isEmpty && (form === 'text' || form === 'code')) texts = textAfter(counts.missing);
      numbers = null;
    }
    keepText(cell);
  }

  return {
    add(cell: string, row: number): void {
      if (isMissing(cell)) {
        counts.missing += 1;
        numbers?.add(NaN);
        keepText(null);
        return;
      }
      if (readAs === undefined) addAsFound(cell, row);
      else addAsAsked(cell, row);
      isEmpty = false;
    },
    end: (): ScannedColumn => ({ counts, oddCells, numbers, texts, isTooVaried }),
  };
}

function textAfter(missing: number): TextBuffer {
  const texts = textBuffer();
  for (let i = 0; i < missing; i += 1) texts.add(null);
  return texts;
}

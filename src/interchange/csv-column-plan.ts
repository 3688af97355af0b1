import type { ReadAs, ScannedColumn } from './csv-column-scan.ts';
import type { NumberStyle } from './csv-number.ts';

/** How a column is to be read, and what a person should know about it. */
export type ColumnPlan = {
  readonly kind: 'number' | 'text' | 'left_out';
  readonly style: NumberStyle;
  readonly notes: readonly string[];
  /** Cells without which the column would be numbers (in a column kept as text), or that were taken as missing. */
  readonly oddOnes: 'keep_from_numbers' | 'taken_as_missing' | null;
};

/** A column that is numbers but for at most this share of its cells is probably meant to be numbers. */
const MOSTLY = 0.8;

/** Decides from the whole column what it is: never from its first rows only, and never without saying what was assumed. */
export function planColumn(scanned: ScannedColumn, readAs: ReadAs | undefined, delimiter: string): ColumnPlan {
  const { counts, isTooVaried } = scanned;
  if (isTooVaried)
    return plan('left_out', ['holds so much different text that it was left out: keep only the columns that are needed, or shorten it']);
  if (readAs !== undefined) return planAsAsked(scanned, readAs);
  const { plain, code, grouped, comma, ambiguous, dressed, percent, text } = counts;
  const numeric = plain + grouped + comma + ambiguous + dressed + percent;
  if (numeric + code + text === 0) return plan('number', ['is empty']);
  if (text + code > 0) {
    if (numeric > 0 && text > 0 && (numeric + code) / (numeric + code + text) >= MOSTLY)
      return { ...plan('text', []), oddOnes: 'keep_from_numbers' };
    if (text === 0) return plan('text', ['holds numbers with leading zeros, as codes have; they were kept as text']);
    return plan('text', []);
  }
  if (grouped > 0 && comma > 0)
    return plan('text', ['mixes decimal points and decimal commas, so it was kept as text: write all its numbers in one way']);
  return planNumbers(scanned, delimiter);
}

function planNumbers({ counts }: ScannedColumn, delimiter: string): ColumnPlan {
  const { grouped, comma, ambiguous, dressed, percent } = counts;
  const notes: string[] = [];
  // Programs that write decimal commas put semicolons between the cells.
  const style: NumberStyle = comma > 0 || (grouped === 0 && ambiguous > 0 && delimiter === ';') ? 'comma' : 'point';
  if (comma > 0) notes.push('commas were read as decimal marks');
  else if (grouped > 0) notes.push('commas between thousands were taken out');
  else if (ambiguous > 0) {
    const [taken, other] = style === 'comma' ? ['decimal marks', 'thousands'] : ['marks between thousands', 'decimals'];
    notes.push(`commas (as in 1,234) were taken as ${taken}: if they mean ${other}, choose how to read the column`);
  }
  if (dressed > 0) notes.push('currency signs, brackets and spaces were taken off the numbers');
  if (percent > 0) notes.push('percent signs were taken off: 12% is read as 12');
  return { ...plan('number', notes), style };
}

function planAsAsked({ counts }: ScannedColumn, readAs: ReadAs): ColumnPlan {
  if (readAs !== 'number' && readAs !== 'decimal_comma') return plan('text', []);
  return {
    ...plan('number', []),
    style: readAs === 'number' ? 'point' : 'comma',
    oddOnes: counts.text > 0 ? 'taken_as_missing' : null,
  };
}

function plan(kind: ColumnPlan['kind'], notes: readonly string[]): ColumnPlan {
  return { kind, style: 'point', notes, oddOnes: null };
}

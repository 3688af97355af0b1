import type { Column } from '../core/numeric/columns.ts';
import { numberBuffer, textBuffer } from './csv-buffers.ts';
import type { ColumnPlan } from './csv-column-plan.ts';
import type { ScannedColumn } from './csv-column-scan.ts';
import type { IssueCollector } from './csv-issues.ts';
import { isMissing, plainNumber, styledNumber } from './csv-number.ts';

/** A column that is filled in a second pass, once it is known what it is. `column` is null where it took too much room. */
export type FillColumn = { readonly add: (cell: string, line: number) => void; readonly column: () => Column | null };

/** null where the scan kept the column on its way. */
export function fillFor(plan: ColumnPlan, scanned: ScannedColumn, name: string, issues: IssueCollector): FillColumn | null {
  if (plan.kind === 'left_out' || (plan.kind === 'number' ? scanned.numbers : scanned.texts) !== null) return null;
  return plan.kind === 'number' ? fillNumbers(plan, name, issues) : fillTexts();
}

function fillNumbers({ style }: ColumnPlan, name: string, issues: IssueCollector): FillColumn {
  const buffer = numberBuffer();
  return {
    add(cell, line) {
      const plain = style === 'point' ? plainNumber(cell) : NaN;
      const value = !Number.isNaN(plain) || isMissing(cell) ? plain : styledNumber(cell, style);
      buffer.add(value);
      if (Number.isNaN(value) && !isMissing(cell))
        issues.note({ row: line, column: name }, 'is no number as the others of its column are; it was taken as missing', cell);
    },
    column: buffer.column,
  };
}

function fillTexts(): FillColumn {
  const buffer = textBuffer();
  let isFull = false;
  return {
    add(cell) {
      if (isFull) return;
      buffer.add(isMissing(cell) ? null : cell);
      isFull = buffer.isFull();
    },
    column: () => (isFull ? null : buffer.column()),
  };
}

import type { Column } from '../core/numeric/columns.ts';
import type { OddCell, ReadAs } from './csv-column-scan.ts';

/** What a person sees of a column before choosing it. */
export type ColumnSummary = {
  readonly name: string;
  /** `left_out`: it cannot be chosen. */
  readonly kind: 'number' | 'text' | 'date' | 'left_out';
  readonly missing: number;
  /** Range of the numbers; null where there are none. */
  readonly least: number | null;
  readonly greatest: number | null;
  /** Only 0 and 1 occur, as in a treatment. */
  readonly isBinary: boolean;
  /** How many different texts or dates, and the first of them. */
  readonly levelCount: number | null;
  readonly levels: readonly string[];
  /** Cells that keep it from being numbers, or were taken as missing. */
  readonly oddCount: number;
  readonly oddCells: readonly OddCell[];
  readonly readAs: ReadAs | null;
};

type Described = Pick<ColumnSummary, 'name' | 'missing' | 'oddCount' | 'oddCells' | 'readAs'> & {
  readonly column: Column | null;
  readonly isDate: boolean;
};

const LEVELS_SHOWN = 200;

export function summariseColumn({ column, isDate, ...known }: Described): ColumnSummary {
  const common = { ...known, oddCells: known.oddCount === 0 ? [] : known.oddCells };
  const nothing = { least: null, greatest: null, isBinary: false, levelCount: null, levels: [] };
  if (column === null) return { ...common, ...nothing, kind: 'left_out' };
  if (column.kind === 'category') {
    const levels = column.levels.slice(0, LEVELS_SHOWN);
    return { ...common, ...nothing, kind: isDate ? 'date' : 'text', levelCount: column.levels.length, levels };
  }
  let least = Infinity;
  let greatest = -Infinity;
  let isBinary = true;
  for (const value of column.values) {
    if (Number.isNaN(value)) continue;
    if (value < least) least = value;
    if (value > greatest) greatest = value;
    if (value !== 0 && value !== 1) isBinary = false;
  }
  const isEmpty = least > greatest;
  return {
    ...common,
    ...nothing,
    kind: 'number',
    least: isEmpty ? null : least,
    greatest: isEmpty ? null : greatest,
    isBinary: isBinary && least < greatest,
  };
}

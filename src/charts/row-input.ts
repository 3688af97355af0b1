import type { Shape, Tone } from './chart-types.ts';

/** One number (or word) beside a row; `shape` says whose it is where colour alone would. */
export type Cell = { readonly text: string; readonly tone?: Tone; readonly shape?: Shape };

export type RowInput = {
  readonly id: string;
  readonly label: string;
  readonly detail?: string;
  /** More words under the detail, in the row's own colour of speech. */
  readonly note?: { readonly text: string; readonly tone: Tone } | null;
  /** One entry per column; the cells of a column are stacked. */
  readonly columns?: readonly (readonly Cell[])[];
  readonly struck?: boolean;
  readonly muted?: boolean;
  /** A label in the weight of the text. */
  readonly plain?: boolean;
  /** A heading has no strip in the plot. */
  readonly heading?: boolean;
};

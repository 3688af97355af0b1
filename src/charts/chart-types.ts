/** What a colour means; the same in every chart and in the text around it. */
export type Tone = 'truth' | 'pilot' | 'scale' | 'funded' | 'regret' | 'neutral' | 'muted' | 'ink';

export type Format = (value: number) => string;

export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

export type Interval = { readonly estimate: number; readonly lower: number; readonly upper: number };

/** A piece of text at its place in the drawing, in px; `size` is the font size. */
export type PlacedText = {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly tone?: Tone;
  readonly weight?: 400 | 600;
  readonly struck?: boolean;
  /** A rim in the panel's colour, where the text crosses lines. */
  readonly halo?: boolean;
};

export type Shape =
  | 'diamond'
  | 'circle'
  | 'open-circle'
  | 'square'
  | 'interval-circle'
  | 'interval-square'
  | 'interval-faint'
  | 'band'
  | 'bar'
  | 'soft-bar'
  | 'open-bar'
  | 'area'
  | 'hatch'
  | 'line'
  | 'faint-line'
  | 'dash'
  | 'dots'
  | 'stroke'
  | 'arrow';

export type PlacedGlyph = { readonly shape: Shape; readonly tone: Tone; readonly x: number; readonly y: number };

/** One stop of the pointer and of the arrow keys: where it is and what is read there. */
export type ChartMark = {
  readonly id: string;
  readonly label: string;
  readonly values: readonly { readonly text: string; readonly tone?: Tone }[];
  /** The pointer anywhere in here reads this mark. */
  readonly box: Box;
  /** How the mark is pointed out: its whole box, or a line down its middle. */
  readonly guide: 'box' | 'line';
};

/** The first column names the row. */
export type ChartTable = {
  readonly columns: readonly { readonly label: string; readonly unit?: string; readonly numeric?: boolean }[];
  readonly rows: readonly (readonly string[])[];
};

/** What every chart takes beside its data. */
export type FrameProps = {
  /** The question the chart answers. */
  readonly title?: string;
  readonly subtitle?: string;
  /** Level of the title in the page's outline. */
  readonly level?: 2 | 3 | 4;
  /** Name of downloaded pictures, without ending. */
  readonly filename?: string;
};

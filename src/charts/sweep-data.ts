import type { Format, Tone } from './chart-types.ts';

/** What was found at one grid value; y is null where nothing can be told. */
export type SweepReading = {
  readonly x: number;
  readonly y: number | null;
  /** 95% Monte Carlo band; null where it cannot be told. */
  readonly lower: number | null;
  readonly upper: number | null;
};

/** Where a series crosses the threshold, with the range in which its band does; an end is null where that is beyond the grid. */
export type SweepBreakPoint = { readonly at: number; readonly lower: number | null; readonly upper: number | null };

export type SweepSeries = {
  readonly id: string;
  readonly label: string;
  readonly readings: readonly SweepReading[];
  readonly breakPoint: SweepBreakPoint | null;
};

/** Two neighbouring grid values between which the decision changes, and how. */
export type SweepFlipMark = { readonly from: number; readonly to: number; readonly words: string };

export type SweepPicture = {
  /** What is turned, with its unit in brackets where it has one. */
  readonly parameter: string;
  readonly formatX: Format;
  /** What is read. */
  readonly measure: string;
  readonly formatY: Format;
  readonly tone: Tone;
  /** Always within the vertical axis. */
  readonly include: readonly number[];
  readonly series: readonly SweepSeries[];
  readonly threshold: { readonly value: number; readonly label: string } | null;
  readonly current: number | null;
  readonly flips: readonly SweepFlipMark[];
  /** Values that the scenario cannot have. */
  readonly impossible: readonly { readonly x: number; readonly why: string }[];
};

import { area as areaShape, line as lineShape } from 'd3-shape';
import { linearAxis, magnitudeDomain, paddedDomain, type LinearAxis, type Range } from './axis-geometry.ts';
import type { Format, PlacedText, Tone } from './chart-types.ts';
import { dodge } from './dodge.ts';
import { fitText } from './text-width.ts';
import { timeAxis, type TimeAxis } from './time-axis.ts';

export type TimeValues = readonly (number | null)[];

export type TimePanelOptions = {
  readonly times: readonly string[];
  /** Everything that must be inside. */
  readonly values: readonly TimeValues[];
  readonly box: { readonly x0: number; readonly x1: number; readonly y0: number; readonly y1: number };
  readonly size: number;
  readonly format?: Format | undefined;
  /** A magnitude starts at zero where that costs little; a difference always has zero inside. */
  readonly kind: 'magnitude' | 'difference';
};

/** One panel over time: its scales, its ticks, and the paths of lines and areas in it. */
export type TimePanel = {
  readonly box: TimePanelOptions['box'];
  readonly across: TimeAxis;
  readonly up: LinearAxis;
  readonly zeroAt: number | null;
  readonly fromZero: boolean;
  readonly x: (index: number) => number;
  readonly y: (value: number) => number;
  readonly line: (values: TimeValues, from?: number, to?: number) => string;
  readonly area: (low: TimeValues, high: TimeValues, from?: number) => string;
};

export function timePanel({ times, values, box, size, format, kind }: TimePanelOptions): TimePanel {
  const all = values.flat().filter((value) => value !== null);
  const { domain, fromZero } =
    kind === 'magnitude' ? magnitudeDomain(all) : { domain: paddedDomain(all, { include: [0] }), fromZero: true };
  const across = timeAxis(times, [box.x0, box.x1], size);
  const up = linearAxis({ domain, range: [box.y1, box.y0], size, format, direction: 'up', clamp: kind === 'magnitude' });
  const { scale: x } = across;
  const { scale: y } = up;
  const indexed = (series: TimeValues, from = 0, to = series.length - 1) =>
    series.flatMap((value, index) => (index >= from && index <= to ? [{ index, value }] : []));
  return {
    box,
    across,
    up,
    zeroAt: holds(domain, 0) ? y(0) : null,
    fromZero,
    x,
    y,
    line: (series, from, to) =>
      lineShape<Point>()
        .defined(({ value }) => isDrawable(value))
        .x(({ index }) => round(x(index)))
        .y(({ value }) => round(y(value!)))(indexed(series, from, to)) ?? '',
    area: (low, high, from) =>
      areaShape<Point>()
        .defined(({ index, value }) => isDrawable(value) && isDrawable(low[index] ?? null))
        .x(({ index }) => round(x(index)))
        .y0(({ index }) => round(y(low[index]!)))
        .y1(({ value }) => round(y(value!)))(indexed(high, from)) ?? '',
  };
}

export type EndLabel = { readonly text: string; readonly tone: Tone; readonly at: number };

/** Names at the right end of lines, moved apart. */
export function endLabels(
  labels: readonly EndLabel[],
  options: { readonly x: number; readonly room: number; readonly size: number; readonly range: Range },
): PlacedText[] {
  const { x, room, size, range } = options;
  const centres = dodge(
    labels.map((label) => label.at),
    size * 1.25,
    range,
  );
  return labels.map(({ text, tone }, i) => ({
    text: fitText(text, room, size, 600),
    x,
    y: centres[i]! + size * 0.34,
    size,
    tone,
    weight: 600,
  }));
}

/** Room to the left for the widest tick label is not known before the scale is, so it is asked for in two steps. */
export function fitLeft(options: TimePanelOptions, widthOf: (label: string) => number): TimePanel {
  const first = timePanel(options);
  const widest = Math.max(0, ...first.up.ticks.map((tick) => widthOf(tick.label)));
  return timePanel({ ...options, box: { ...options.box, x0: options.box.x0 + widest + 9 } });
}

type Point = { readonly index: number; readonly value: number | null };

function isDrawable(value: number | null | undefined): boolean {
  return value !== null && value !== undefined && Number.isFinite(value);
}

function holds([low, high]: Range, value: number): boolean {
  return low <= value && value <= high;
}

function round(px: number): number {
  return Math.round(px * 10) / 10;
}

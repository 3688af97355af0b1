import { area as areaShape, line as lineShape } from 'd3-shape';
import { linearAxis, type LinearAxis, type Range } from './axis-geometry.ts';
import type { Format } from './chart-types.ts';
import { textWidth } from './text-width.ts';

export type XyPoint = { readonly x: number; readonly y: number };
export type XyBand = { readonly x: number; readonly lower: number; readonly upper: number };
export type XyBox = { readonly x0: number; readonly x1: number; readonly y0: number; readonly y1: number };

/** One panel with numbers along both axes: its scales, its ticks, and the paths of lines and bands in it. */
export type XyPanel = {
  readonly box: XyBox;
  readonly across: LinearAxis;
  readonly up: LinearAxis;
  /** Height of the zero line, where zero is inside. */
  readonly zeroAt: number | null;
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly line: (points: readonly XyPoint[]) => string;
  readonly band: (points: readonly XyBand[]) => string;
};

export type XyOptions = {
  readonly across: Range;
  readonly up: Range;
  readonly box: XyBox;
  readonly size: number;
  readonly formatAcross?: Format | undefined;
  readonly formatUp?: Format | undefined;
  /** Along the first axis only whole numbers are labelled. */
  readonly whole?: boolean;
};

export function xyPanel({ across: domainX, up: domainY, box, size, formatAcross, formatUp, whole = false }: XyOptions): XyPanel {
  const measured = linearAxis({ domain: domainX, range: [box.x0, box.x1], size, format: formatAcross });
  const across = whole ? { ...measured, ticks: measured.ticks.filter(({ value }) => Number.isInteger(value)) } : measured;
  const up = linearAxis({ domain: domainY, range: [box.y1, box.y0], size, format: formatUp, direction: 'up' });
  const x = (value: number) => across.scale(value);
  const y = (value: number) => up.scale(value);
  return {
    box,
    across,
    up,
    zeroAt: domainY[0] <= 0 && domainY[1] >= 0 ? y(0) : null,
    x,
    y,
    line: (points) =>
      lineShape<XyPoint>()
        .defined((point) => Number.isFinite(point.x) && Number.isFinite(point.y))
        .x((point) => round(x(point.x)))
        .y((point) => round(y(point.y)))(points) ?? '',
    band: (points) =>
      areaShape<XyBand>()
        .defined((point) => [point.x, point.lower, point.upper].every(Number.isFinite))
        .x((point) => round(x(point.x)))
        .y0((point) => round(y(point.lower)))
        .y1((point) => round(y(point.upper)))(points) ?? '',
  };
}

/** Room to the left of panels for the widest label of their vertical axes. */
export function roomForTicks(
  panels: readonly { readonly up: Range; readonly height: number; readonly format?: Format | undefined }[],
  size: number,
): number {
  const labels = panels.flatMap(({ up, height, format }) =>
    linearAxis({ domain: up, range: [height, 0], size, format, direction: 'up' }).ticks.map(({ label }) => textWidth(label, size)),
  );
  return Math.max(0, ...labels) + 9;
}

function round(px: number): number {
  return Math.round(px * 10) / 10;
}

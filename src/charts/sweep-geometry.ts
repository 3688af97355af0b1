import { paddedDomain } from './axis-geometry.ts';
import { breadthOf, markSize, typeScale, type TypeScale } from './chart-layout.ts';
import { columnBoxes } from './chart-reading.ts';
import type { Box, ChartMark, PlacedText } from './chart-types.ts';
import { dodge } from './dodge.ts';
import { legendGeometry, type LegendGeometry, type LegendItem } from './legend-geometry.ts';
import type { SweepPicture, SweepReading, SweepSeries } from './sweep-data.ts';
import { seriesDashes, seriesShape } from './sweep-shapes.ts';
import { sweepMark } from './sweep-words.ts';
import { fitText, textWidth } from './text-width.ts';
import { roomForTicks, xyPanel, type XyPanel } from './xy-panel.ts';

export type PlacedSweepSeries = {
  readonly id: string;
  readonly line: string;
  readonly band: string;
  readonly dash: string | undefined;
  readonly points: readonly string[];
  /** From its last point to its name. */
  readonly leader: string;
};

/** On the threshold: where a series crosses it, in its own shape, with the range that is as likely. */
export type PlacedBreak = {
  readonly id: string;
  readonly shape: string;
  readonly x: number;
  readonly y: number;
  readonly x0: number;
  readonly x1: number;
};

export type SweepGeometry = {
  readonly type: TypeScale;
  readonly panel: XyPanel;
  readonly series: readonly PlacedSweepSeries[];
  readonly threshold: number | null;
  readonly breaks: readonly PlacedBreak[];
  readonly current: number | null;
  readonly flips: readonly Box[];
  readonly impossible: readonly number[];
  /** Where impossible values are marked. */
  readonly baseline: number;
  readonly mark: number;
  readonly texts: readonly PlacedText[];
  readonly legend: LegendGeometry;
  readonly height: number;
  readonly marks: readonly ChartMark[];
};

/** Length of the slanted end of a leader. */
const fan = 14;
/** Room for a series' own shape before its name. */
const shapeRoom = 14;

/** A figure of several series along a parameter, each with its Monte Carlo band, its own shape and its name beside its last point. */
export function sweepGeometry(picture: SweepPicture, { width }: { readonly width: number }): SweepGeometry {
  const breadth = breadthOf(width);
  const type = typeScale(breadth);
  const size = type.small;
  const line = size + 4;
  const xs = gridOf(picture);
  const y0 = type.line + 14;
  const y1 = y0 + Math.max({ narrow: 210, medium: 250, wide: 330 }[breadth], picture.series.length * line);
  const up = paddedDomain(heightsOf(picture), { include: picture.include });
  const across = paddedDomain([...xs, ...(picture.current === null ? [] : [picture.current])], { pad: 0.03 });
  const x0 = Math.min(roomForTicks([{ up, height: y1 - y0, format: picture.formatY }], size), width * 0.3);
  const labelRoom = labelRoomOf(picture.series, width, size);
  const box = { x0, x1: width - labelRoom, y0, y1 };
  const panel = xyPanel({ across, up, box, size, formatAcross: picture.formatX, formatUp: picture.formatY });
  const mark = markSize(breadth) - 1.5;
  const heights = labelHeights(picture.series, panel, line, breadth);
  const axisBottom = y1 + size * 2.4 + 14;
  const legend = legendGeometry(legendItems(picture), { x: 0, y: axisBottom + 6, room: width, type });
  const columns = columnBoxes(xs.map(panel.x), y0, y1 + 12);
  return {
    type,
    panel,
    series: picture.series.map((series, k) => placeSeries(series, k, panel, mark, heights[k]!)),
    threshold: picture.threshold === null ? null : panel.y(picture.threshold.value),
    breaks: breaksOf(picture, panel, mark),
    current: picture.current === null ? null : panel.x(picture.current),
    flips: picture.flips.map(({ from, to }) => ({
      x: panel.x(from),
      y: y1 - 4,
      width: Math.max(panel.x(to) - panel.x(from), 2),
      height: 8,
    })),
    impossible: picture.impossible.map(({ x }) => panel.x(x)),
    baseline: y1,
    mark,
    texts: [
      { text: fitText(picture.measure, width, size), x: 0, y: type.line - 3, size, tone: 'muted' },
      ...picture.series.map(({ label }, k): PlacedText => ({
        text: fitText(label, labelRoom - fan - shapeRoom - 6, size),
        x: box.x1 + fan + shapeRoom + 3,
        y: heights[k]! + size * 0.34,
        size,
        tone: picture.tone,
      })),
    ],
    legend,
    height: axisBottom + 6 + legend.height + 4,
    marks: xs.map((x, i) => sweepMark(picture, x, columns[i]!)),
  };
}

/** Every grid value, ascending. */
function gridOf({ series, impossible }: SweepPicture): number[] {
  const values = [...series.flatMap(({ readings }) => readings.map(({ x }) => x)), ...impossible.map(({ x }) => x)];
  return [...new Set(values)].sort((a, b) => a - b);
}

function heightsOf({ series, threshold }: SweepPicture): number[] {
  const readings = series.flatMap((one) => one.readings.flatMap(({ y, lower, upper }) => [y, lower, upper]));
  return [...readings, threshold?.value ?? null].filter((value) => value !== null);
}

function placeSeries({ id, readings }: SweepSeries, k: number, panel: XyPanel, mark: number, height: number): PlacedSweepSeries {
  const told = readings.filter(isTold);
  const last = told.at(-1);
  const { x1 } = panel.box;
  const shapeAt = { x: x1 + fan + shapeRoom / 2, y: height };
  return {
    id,
    line: panel.line(readings.map(({ x, y }) => ({ x, y: y ?? NaN }))),
    band: panel.band(readings.map(({ x, lower, upper }) => ({ x, lower: lower ?? NaN, upper: upper ?? NaN }))),
    dash: seriesDashes[k % seriesDashes.length],
    points: [...told.map(({ x, y }) => seriesShape(k, panel.x(x), panel.y(y), mark)), seriesShape(k, shapeAt.x, shapeAt.y, mark)],
    leader:
      last === undefined
        ? ''
        : `M${round(panel.x(last.x) + mark)},${round(panel.y(last.y))}H${round(x1)}L${round(x1 + fan - 1)},${round(height)}`,
  };
}

function isTold(reading: SweepReading): reading is SweepReading & { readonly y: number } {
  return reading.y !== null;
}

function labelHeights(series: readonly SweepSeries[], panel: XyPanel, line: number, breadth: string): number[] {
  const { y0, y1 } = panel.box;
  const wanted = series.map(({ readings }) => panel.y(readings.findLast(isTold)?.y ?? panel.up.domain[0]));
  return dodge(wanted, breadth === 'narrow' ? line - 1 : line, [y0 - line / 2, y1 + line / 2]);
}

function labelRoomOf(series: readonly SweepSeries[], width: number, size: number): number {
  const widest = Math.max(0, ...series.map(({ label }) => textWidth(label, size)));
  return Math.min(widest + fan + shapeRoom + 8, width * 0.4);
}

/** Several stand above each other around the line. */
function breaksOf({ series, threshold }: SweepPicture, { x, y, across }: XyPanel, mark: number): PlacedBreak[] {
  if (threshold === null) return [];
  const crossing = series.filter(({ breakPoint }) => breakPoint !== null);
  return series.flatMap(({ id, breakPoint }, k) => {
    if (breakPoint === null) return [];
    const { at, lower, upper } = breakPoint;
    const place = crossing.findIndex((one) => one.id === id) - (crossing.length - 1) / 2;
    const height = y(threshold.value) + place * Math.min(5, 40 / crossing.length);
    const shape = seriesShape(k, x(at), height, mark + 1);
    return [{ id, shape, x: x(at), y: height, x0: x(lower ?? across.domain[0]), x1: x(upper ?? across.domain[1]) }];
  });
}

function legendItems({ tone, threshold, current, flips, impossible, series }: SweepPicture): LegendItem[] {
  const items: (LegendItem | false)[] = [
    { shape: 'area', tone, text: '95% Monte Carlo band' },
    threshold !== null && { shape: 'dash', tone: 'muted', text: threshold.label },
    series.some(({ breakPoint }) => breakPoint !== null) && {
      shape: 'interval-circle',
      tone: 'regret',
      text: 'where it is crossed, and how sure that is',
    },
    current !== null && { shape: 'stroke', tone: 'ink', text: 'as the scenario has it' },
    flips.length > 0 && { shape: 'hatch', tone: 'funded', text: 'the usual decision changes' },
    impossible.length > 0 && { shape: 'open-circle', tone: 'muted', text: 'cannot be in this scenario' },
  ];
  return items.filter((item) => item !== false);
}

function round(px: number): number {
  return Math.round(px * 10) / 10;
}

import type { DiscontinuityPicture } from '../core/measure/method-picture.ts';
import { axisName, magnitudeDomain, type Range } from './axis-geometry.ts';
import { breadthOf, typeScale, type TypeScale } from './chart-layout.ts';
import { columnBoxes } from './chart-reading.ts';
import type { Box, ChartMark, Format, PlacedText } from './chart-types.ts';
import { formatCount, formatForValues, formatInterval } from './format.ts';
import { histogramStrip, type HistogramStrip } from './histogram-strip.ts';
import { legendGeometry, type LegendGeometry, type LegendItem } from './legend-geometry.ts';
import { textWidth } from './text-width.ts';
import { roomForTicks, xyPanel, type XyPanel } from './xy-panel.ts';

export type DiscontinuityGeometry = {
  readonly type: TypeScale;
  readonly panel: XyPanel;
  readonly cutoff: number;
  readonly bandwidth: Box;
  readonly points: readonly {
    readonly x: number;
    readonly y: number;
    readonly y0: number;
    readonly y1: number;
    readonly treated: boolean;
  }[];
  readonly fits: readonly { readonly path: string; readonly treated: boolean }[];
  readonly density: HistogramStrip;
  readonly texts: readonly PlacedText[];
  readonly dot: number;
  readonly legend: LegendGeometry;
  readonly height: number;
  readonly marks: readonly ChartMark[];
};

type Options = { readonly width: number; readonly unit: string; readonly format: Format; readonly intervalLabel: string };

export function discontinuityGeometry(
  picture: DiscontinuityPicture,
  { width, unit, format, intervalLabel }: Options,
): DiscontinuityGeometry {
  const { bins, cutoff, fit_left: left, fit_right: right } = picture;
  const breadth = breadthOf(width);
  const type = typeScale(breadth);
  const size = type.small;
  const y0 = type.line * 2 + 12;
  const y1 = y0 + { narrow: 220, medium: 280, wide: 340 }[breadth];
  const { domain: up, fromZero } = magnitudeDomain([
    ...bins.flatMap((bin) => [bin.mean, ...reach(bin, bins)]),
    ...[...left, ...right].map(({ y }) => y),
  ]);
  const across = runningDomain(picture);
  const running = formatForValues([...across]);
  const panel = xyPanel({
    across,
    up,
    box: { x0: roomForTicks([{ up, height: y1 - y0, format }], size), x1: width - 20, y0, y1 },
    size,
    formatUp: format,
  });
  const stripTop = y1 + 14;
  const density = histogramStrip(picture.density, {
    x: panel.x,
    x0: panel.box.x0,
    top: stripTop,
    height: type.line + 4 + { narrow: 44, medium: 56, wide: 72 }[breadth],
    type,
    name: 'how many there are',
    format: running,
    what: 'units',
  });
  const axisBottom = density.base + size * 2.4 + 14;
  const legend = legendGeometry(legendItems(picture, running, intervalLabel), { x: 0, y: axisBottom + 4, room: width, type });
  const from = panel.x(cutoff - picture.bandwidth.left);
  const isTreated = (x: number) => (picture.treated_side === 'above' ? x >= cutoff : x < cutoff);
  return {
    type,
    panel,
    cutoff: panel.x(cutoff),
    bandwidth: { x: from, y: y0, width: Math.max(panel.x(cutoff + picture.bandwidth.right) - from, 0), height: y1 - y0 },
    points: bins.map((bin) => ({
      x: panel.x(bin.x),
      y: panel.y(bin.mean),
      y0: panel.y(bin.ci_lower),
      y1: panel.y(bin.ci_upper),
      treated: isTreated(bin.x),
    })),
    fits: [
      { path: panel.line(left), treated: picture.treated_side === 'below' },
      { path: panel.line(right), treated: picture.treated_side === 'above' },
    ],
    density,
    texts: [
      { text: axisName(unit, { fromZero, room: width, size }), x: 0, y: type.line - 3, size, tone: 'muted' },
      cutoffText(picture, panel, type, running),
      density.name,
    ],
    dot: { narrow: 3, medium: 3.5, wide: 4.5 }[breadth],
    legend,
    height: axisBottom + 4 + legend.height + 4,
    marks: [...binMarks(picture, panel, format, running), ...density.marks],
  };
}

/** The jump at the cutoff that the fits show: above minus below where the upper side is treated, else below minus above. */
export function jumpOf({ fit_left: left, fit_right: right, treated_side: side }: DiscontinuityPicture): number | null {
  const below = left.at(-1);
  const above = right[0];
  if (below === undefined || above === undefined) return null;
  return side === 'above' ? above.y - below.y : below.y - above.y;
}

// A bin of two or three units has an interval as wide as the chart: it is cut at four times the usual reach.
function reach(bin: DiscontinuityPicture['bins'][number], bins: DiscontinuityPicture['bins']): number[] {
  const halves = bins
    .map((each) => (each.ci_upper - each.ci_lower) / 2)
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  const most = 4 * (halves[Math.floor(halves.length / 2)] ?? 0);
  return [Math.max(bin.ci_lower, bin.mean - most), Math.min(bin.ci_upper, bin.mean + most)];
}

function runningDomain({ bins, cutoff, bandwidth, fit_left: left, fit_right: right, density }: DiscontinuityPicture): Range {
  const values = [
    cutoff,
    ...bins.map((bin) => bin.x),
    ...[...left, ...right].map((point) => point.x),
    ...density.flatMap((bin) => [bin.from, bin.to]),
  ].filter(Number.isFinite);
  const low = values.reduce((least, value) => Math.min(least, value), cutoff);
  const high = values.reduce((most, value) => Math.max(most, value), cutoff);
  return high > low ? [low, high] : [cutoff - Math.max(bandwidth.left, 1), cutoff + Math.max(bandwidth.right, 1)];
}

function cutoffText(
  { cutoff, treated_side: side }: DiscontinuityPicture,
  { box, x }: XyPanel,
  type: TypeScale,
  running: Format,
): PlacedText {
  const at = x(cutoff);
  const whole = `cutoff ${running(cutoff)}, treated ${side}`;
  const fits = (text: string, room: number) => textWidth(text, type.small) + 8 < room;
  const text = fits(whole, Math.max(box.x1 - at, at)) ? whole : `cutoff ${running(cutoff)}`;
  const toLeft = !fits(text, box.x1 - at);
  return { text, x: toLeft ? at - 6 : at + 6, y: box.y0 - 6, size: type.small, anchor: toLeft ? 'end' : 'start', tone: 'muted' };
}

function legendItems({ bandwidth, cutoff }: DiscontinuityPicture, running: Format, intervalLabel: string): LegendItem[] {
  return [
    { shape: 'circle', tone: 'pilot', text: `treated, mean of a bin with its ${intervalLabel}` },
    { shape: 'open-circle', tone: 'neutral', text: 'not treated' },
    { shape: 'line', tone: 'ink', text: 'local fits' },
    {
      shape: 'area',
      tone: 'ink',
      text: `within the bandwidth, ${running(cutoff - bandwidth.left)} to ${running(cutoff + bandwidth.right)}`,
    },
  ];
}

function binMarks(
  { bins, cutoff, treated_side: side }: DiscontinuityPicture,
  { box, x }: XyPanel,
  format: Format,
  running: Format,
): ChartMark[] {
  const boxes = columnBoxes(
    bins.map((bin) => x(bin.x)),
    box.y0,
    box.y1,
  );
  return bins.map((bin, i) => ({
    id: `b${i}`,
    label: `around ${running(bin.x)}`,
    values: [
      {
        text: `mean ${formatInterval({ estimate: bin.mean, lower: bin.ci_lower, upper: bin.ci_upper }, format)}`,
        tone: (side === 'above') === bin.x >= cutoff ? 'pilot' : 'muted',
      },
      { text: `${formatCount(bin.n)} units` },
    ],
    box: boxes[i]!,
    guide: 'line',
  }));
}

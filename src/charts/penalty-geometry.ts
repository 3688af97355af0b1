import { dodge } from './dodge.ts';
import { breadthOf, markSize, typeScale, type TypeScale } from './chart-layout.ts';
import type { ChartMark, ChartTable, PlacedText, Shape, Tone } from './chart-types.ts';
import { formatConfidence, formatPercent } from './format.ts';
import { legendGeometry, type LegendGeometry, type LegendItem } from './legend-geometry.ts';
import { fitText, textWidth } from './text-width.ts';
import { roomForTicks, xyPanel, type XyPanel, type XyPoint } from './xy-panel.ts';

/** An initiative on the curve: its confidence and what that takes off. */
export type PenaltyPoint = { readonly id: string; readonly confidence: number; readonly gamma: number; readonly funded: boolean };

export type PlacedPenaltyPoint = PenaltyPoint & {
  readonly x: number;
  readonly y: number;
  readonly tone: Tone;
  readonly shape: Shape;
  /** From the dot to its name. */
  readonly leader: string;
};

export type PenaltyGeometry = {
  readonly type: TypeScale;
  readonly panel: XyPanel;
  readonly curve: string;
  /** Under the curve: what is taken off. */
  readonly area: string;
  readonly points: readonly PlacedPenaltyPoint[];
  readonly threshold: number | null;
  readonly mark: number;
  readonly texts: readonly PlacedText[];
  readonly legend: LegendGeometry;
  readonly height: number;
  readonly marks: readonly ChartMark[];
};

type Options = { readonly width: number; readonly threshold: number | null };

/** Length of the slanted end of a leader. */
const fan = 14;
const unit: readonly [number, number] = [0, 1];

/** gamma against confidence, both from 0 to 1, with the initiatives on the curve and their names beside it. */
export function penaltyGeometry(curve: readonly XyPoint[], points: readonly PenaltyPoint[], options: Options): PenaltyGeometry {
  const { width, threshold } = options;
  const breadth = breadthOf(width);
  const type = typeScale(breadth);
  const size = type.small;
  const line = size + 3;
  const y0 = type.line + 12;
  const y1 = y0 + Math.max({ narrow: 190, medium: 220, wide: 280 }[breadth], points.length * line);
  const x0 = roomForTicks([{ up: unit, height: y1 - y0, format: formatConfidence }], size);
  const keeps = breadth === 'narrow' ? ' ' : ' keeps ';
  const labelRoom = labelRoomOf(points, keeps, width, size);
  const panel = xyPanel({
    across: unit,
    up: unit,
    box: { x0, x1: width - Math.max(labelRoom, 16), y0, y1 },
    size,
    formatAcross: formatConfidence,
    formatUp: formatConfidence,
  });
  const heights = dodge(
    points.map((point) => panel.y(point.gamma)),
    line,
    [y0 - line / 2, y1 + line / 2],
  );
  const placed = points.map((point, i) => placePoint(point, heights[i]!, panel, points, threshold));
  const axisBottom = y1 + size * 2.4 + 14;
  const legend = legendGeometry(legendItems(placed, threshold), { x: 0, y: axisBottom + 6, room: width, type });
  const thresholdX = threshold === null || threshold <= 0 ? null : panel.x(threshold);
  return {
    type,
    panel,
    curve: panel.line(curve),
    area: panel.band(curve.map(({ x, y }) => ({ x, lower: 0, upper: y }))),
    points: placed,
    threshold: thresholdX,
    mark: markSize(breadth) - 1,
    texts: [
      {
        text: fitText('\u03b3, the share of (return \u2212 worst) taken off', width - 40, size),
        x: 0,
        y: type.line - 3,
        size,
        tone: 'muted',
      },
      ...(keeps === ' ' && points.length > 0
        ? [{ text: 'kept', x: width - 2, y: type.line - 3, size, anchor: 'end', tone: 'muted' } as const]
        : []),
      ...placed.map((point, i) => nameOf(point, heights[i]!, panel, { keeps, labelRoom, size })),
    ],
    legend,
    height: axisBottom + 6 + legend.height + 4,
    marks: placed.map((point) => readingOf(point, threshold)),
  };
}

export function penaltyTable(points: readonly PenaltyPoint[]): ChartTable {
  return {
    columns: [
      { label: 'initiative' },
      { label: 'confidence', unit: '0 to 1', numeric: true },
      { label: 'taken off', unit: '\u03b3', numeric: true },
      { label: 'kept of (return \u2212 worst)', unit: '1 \u2212 \u03b3', numeric: true },
    ],
    rows: points.map(({ id, confidence, gamma }) => [id, ...[confidence, gamma, 1 - gamma].map(formatConfidence)]),
  };
}

export function penaltySummary(points: readonly PenaltyPoint[], formula: string): string {
  const list = points.map(({ id, confidence, gamma }) => `${id} keeps ${keptOf(gamma)} at confidence ${formatConfidence(confidence)}`);
  return `The confidence penalty \u03b3 = ${formula} against confidence c, from 0 to 1: the share of (return \u2212 worst) that doubt takes off.${list.length === 0 ? '' : ` ${list.join('; ')}.`}`;
}

function placePoint(
  point: PenaltyPoint,
  height: number,
  { x, y, box }: XyPanel,
  all: readonly PenaltyPoint[],
  threshold: number | null,
): PlacedPenaltyPoint {
  const at = { x: x(point.confidence), y: y(point.gamma) };
  const isIn = !isBelow(point, threshold);
  const someFunded = all.some(({ funded }) => funded);
  return {
    ...point,
    ...at,
    tone: !isIn ? 'muted' : point.funded ? 'funded' : 'pilot',
    shape: isIn && (point.funded || !someFunded) ? 'circle' : 'open-circle',
    leader: `M${round(at.x)} ${round(at.y)}H${round(box.x1)}L${round(box.x1 + fan)} ${round(height)}`,
  };
}

function nameOf(
  { id, gamma, tone, funded }: PlacedPenaltyPoint,
  height: number,
  { box }: XyPanel,
  { keeps, labelRoom, size }: { keeps: string; labelRoom: number; size: number },
): PlacedText {
  const kept = `${keeps}${keptOf(gamma)}`;
  return {
    text: fitText(id, labelRoom - fan - 4 - textWidth(kept, size), size) + kept,
    x: box.x1 + fan + 3,
    y: height + size * 0.34,
    size,
    tone: tone === 'muted' ? 'muted' : funded ? 'funded' : 'ink',
  };
}

function labelRoomOf(points: readonly PenaltyPoint[], keeps: string, width: number, size: number): number {
  const wanted = points.map(({ id, gamma }) => textWidth(`${id}${keeps}${keptOf(gamma)}`, size));
  return Math.min(Math.max(0, ...wanted) + fan + 5, width * 0.46);
}

function readingOf(point: PlacedPenaltyPoint, threshold: number | null): ChartMark {
  const { id, confidence, gamma, x, y, funded } = point;
  return {
    id,
    label: id,
    values: [
      { text: `confidence ${formatConfidence(confidence)}` },
      { text: `takes off ${formatConfidence(gamma)}`, tone: 'muted' },
      { text: `keeps ${keptOf(gamma)} of (return \u2212 worst)`, tone: 'pilot' },
      { text: isBelow(point, threshold) ? 'below the least confidence' : '', tone: 'muted' },
      { text: funded ? 'funded' : '', tone: 'funded' },
    ],
    box: { x: x - 12, y: y - 12, width: 24, height: 24 },
    guide: 'box',
  };
}

function legendItems(points: readonly PlacedPenaltyPoint[], threshold: number | null): LegendItem[] {
  const someFunded = points.some(({ funded }) => funded);
  const items: (LegendItem | false)[] = [
    { shape: 'area', tone: 'neutral', text: 'taken off' },
    someFunded && { shape: 'circle', tone: 'funded', text: 'funded' },
    someFunded && points.some(({ tone }) => tone === 'pilot') && { shape: 'open-circle', tone: 'pilot', text: 'not funded' },
    points.some(({ tone }) => tone === 'muted') && { shape: 'open-circle', tone: 'muted', text: 'ineligible' },
    threshold !== null && threshold > 0 && { shape: 'dash', tone: 'muted', text: `least confidence, ${formatConfidence(threshold)}` },
  ];
  return items.filter((item) => item !== false);
}

function isBelow({ confidence }: PenaltyPoint, threshold: number | null): boolean {
  return threshold !== null && confidence < threshold;
}

function keptOf(gamma: number): string {
  return formatPercent(1 - gamma, 0);
}

function round(px: number): number {
  return Math.round(px * 10) / 10;
}

import { scaleLinear } from 'd3-scale';
import type { ModelType } from '../core/contracts/shared-types.ts';
import { breadthOf, markSize, typeScale, type TypeScale } from './chart-layout.ts';
import type { ChartMark, PlacedText } from './chart-types.ts';
import { dodge } from './dodge.ts';
import { formatConfidence, formatNumber } from './format.ts';
import { legendGeometry, type LegendGeometry } from './legend-geometry.ts';
import { fitText, textWidth } from './text-width.ts';

export type LadderRow = {
  readonly id: string;
  readonly label: string;
  readonly modelType: ModelType;
  readonly confidence: number;
  readonly funded?: boolean;
};

/** The ranges of EVALUATE, from the top of the ladder down. They come from the caller, who has them from the core. */
export type LadderBands = Readonly<Record<ModelType, readonly [lower: number, upper: number]>>;

export type LadderGeometry = {
  readonly type: TypeScale;
  readonly rails: readonly [number, number];
  readonly y0: number;
  readonly y1: number;
  readonly ticks: readonly { readonly at: number; readonly label: string }[];
  readonly rungs: readonly { readonly id: ModelType; readonly y: number; readonly height: number; readonly texts: readonly PlacedText[] }[];
  readonly thresholdY: number;
  readonly points: readonly {
    readonly row: LadderRow;
    readonly x: number;
    readonly y: number;
    readonly below: boolean;
    readonly leader: string;
    readonly label: PlacedText;
    readonly value: PlacedText;
    readonly band: { readonly x: number; readonly y: number; readonly height: number } | null;
  }[];
  readonly mark: number;
  readonly legend: LegendGeometry;
  readonly width: number;
  readonly height: number;
  readonly marks: readonly ChartMark[];
};

const order: readonly ModelType[] = ['experiment', 'quasi-experiment', 'time-series', 'observational'];

export function ladderGeometry(
  rows: readonly LadderRow[],
  { width, bands, threshold }: { width: number; bands: LadderBands; threshold: number },
): LadderGeometry {
  const breadth = breadthOf(width);
  const type = typeScale(breadth);
  const narrow = breadth === 'narrow';
  const gap = narrow ? type.line * 2 + 3 : type.line + 4;
  const y0 = 12;
  const y1 = y0 + Math.max({ narrow: 380, medium: 380, wide: 480 }[breadth], rows.length * gap + 20);
  const scale = scaleLinear().domain([0, 1]).range([y1, y0]);
  const ticks = scale.ticks(10).map((value) => ({ at: scale(value), label: formatNumber(value, 1) }));

  const left = textWidth('0.0', type.small) + 14;
  const bandRoom = Math.max(...order.map((id) => textWidth(id, type.strong, 600))) + 24;
  const rails: [number, number] = narrow ? [left, left + 106] : [left, left + bandRoom + Math.min(width * 0.12, 120)];
  const pointX = rails[1] - (narrow ? 10 : 34);
  const labelX = rails[1] + (narrow ? 34 : 40);
  const valueRoom = narrow ? 0 : textWidth('0.00', type.text) + 10;
  const size = narrow ? type.small : type.text;
  const room = width - labelX - valueRoom - 6;

  const centres = dodge(
    rows.map((row) => scale(row.confidence)),
    gap,
    [y0 - 4, y1 + 4],
  );
  const xs = spreadPoints(
    rows.map((row) => scale(row.confidence)),
    pointX,
    markSize(breadth),
  );
  const points = rows.map((row, i) => {
    const y = scale(row.confidence);
    const at = centres[i]!;
    const below = row.confidence < threshold;
    const label = fitText(row.label, room, size, 600);
    return {
      row,
      x: xs[i]!,
      y,
      below,
      leader: `M${xs[i]! + markSize(breadth) + 2},${y}H${rails[1] + 4}L${labelX - 18},${at}H${labelX - 14}`,
      value: {
        text: formatConfidence(row.confidence),
        x: labelX,
        y: at + (narrow ? size + 2 : size * 0.34),
        size,
        tone: below || narrow ? 'muted' : 'ink',
      } as const,
      label: {
        text: label,
        x: labelX + valueRoom,
        y: at + (narrow ? -3 : size * 0.34),
        size,
        weight: below ? 400 : 600,
        tone: below ? 'muted' : 'ink',
      } as const,
      band: row.funded ? { x: labelX - 11, y: at - gap / 2 + 1, height: gap - 2 } : null,
    };
  });

  const legend = legendGeometry(
    [
      { shape: 'dash', tone: 'ink', text: `threshold ${formatConfidence(threshold)}` },
      { shape: 'circle', tone: 'ink', text: 'eligible' },
      ...(points.some((point) => point.below) ? [{ shape: 'open-circle', tone: 'muted', text: 'below the threshold' } as const] : []),
      ...(rows.some((row) => row.funded) ? [{ shape: 'band', tone: 'funded', text: 'funded' } as const] : []),
    ],
    { x: 0, y: y1 + 18, room: width, type },
  );
  return {
    type,
    rails,
    y0,
    y1,
    ticks,
    rungs: order.map((id) => rung(id, bands[id], scale, rails[0], scale(threshold), narrow, type)),
    thresholdY: scale(threshold),
    points,
    mark: markSize(breadth),
    legend,
    width,
    height: y1 + 18 + legend.height + 4,
    marks: ladderMarks(points, centres, gap, { x: rails[0], width: width - rails[0] }, threshold),
  };
}

function rung(
  id: ModelType,
  [lower, upper]: readonly [number, number],
  scale: (value: number) => number,
  left: number,
  thresholdY: number,
  narrow: boolean,
  type: TypeScale,
): LadderGeometry['rungs'][number] {
  const y = scale(upper);
  const height = scale(lower) - y;
  const range = `${formatConfidence(lower)}\u2013${formatConfidence(upper)}`;
  const size = type.small;
  const half = size + 4;
  const free = [y + height / 2, y + half + 2, y + height - half].find((centre) => Math.abs(centre - thresholdY) > half + 1);
  const middle = free ?? y + height / 2;
  const x = left + 8;
  const [first, second] = narrow ? [shortNames[id], range] : [id, range];
  return {
    id,
    y,
    height,
    texts: [
      { text: first, x, y: middle - 3, size, weight: 600 },
      { text: second, x, y: middle + size, size: narrow ? size - 1 : size, tone: 'muted' },
    ],
  };
}

const shortNames: Readonly<Record<ModelType, string>> = {
  experiment: 'experiment',
  'quasi-experiment': 'quasi-exp.',
  'time-series': 'time series',
  observational: 'observ.',
};

/** Points at almost the same confidence stand side by side. */
function spreadPoints(ys: readonly number[], x: number, size: number): number[] {
  const placed: { x: number; y: number }[] = [];
  return ys.map((y) => {
    let offset = 0;
    while (placed.some((other) => Math.abs(other.y - y) < size * 1.8 && Math.abs(other.x - (x + offset)) < size * 1.8))
      offset = offset > 0 ? -offset : -offset + size * 2.2;
    placed.push({ x: x + offset, y });
    return x + offset;
  });
}

function ladderMarks(
  points: LadderGeometry['points'],
  centres: readonly number[],
  gap: number,
  { x, width }: { x: number; width: number },
  threshold: number,
): ChartMark[] {
  return points
    .map((point, i) => ({ ...point, centre: centres[i]! }))
    .sort((a, b) => a.centre - b.centre)
    .map(({ row, centre, below }) => ({
      id: row.id,
      label: row.label,
      values: [
        { text: `confidence ${formatConfidence(row.confidence)}` },
        { text: row.modelType, tone: 'muted' },
        below
          ? { text: `below the threshold of ${formatConfidence(threshold)}: not eligible`, tone: 'muted' as const }
          : { text: 'eligible' },
        ...(row.funded ? [{ text: 'funded', tone: 'funded' as const }] : []),
      ],
      box: { x, y: centre - gap / 2, width, height: gap },
      guide: 'box',
    }));
}

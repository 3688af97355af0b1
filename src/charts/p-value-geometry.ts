import { linearAxis, type Tick } from './axis-geometry.ts';
import { breadthOf, typeScale, type TypeScale } from './chart-layout.ts';
import type { Box, ChartMark, PlacedText } from './chart-types.ts';
import { formatCount, formatNumber } from './format.ts';
import { legendGeometry, type LegendGeometry, type LegendItem } from './legend-geometry.ts';
import { binReading } from './p-value-words.ts';
import { fitText } from './text-width.ts';
import { binomialBand, type CountBand } from './uniformity.ts';
import { roomForTicks, xyPanel, type XyBox } from './xy-panel.ts';

export type PValueBin = { readonly from: number; readonly to: number; readonly count: number };

export type PValueCounts = {
  readonly bins: readonly PValueBin[];
  /** How many p values are between 0 and 1, and how many are not. */
  readonly n: number;
  readonly lost: number;
  /** Of p values at or below alpha. */
  readonly rejected: number;
  /** Where there is no effect: the count expected in each bin, and the 95% band that holds all bins at once. */
  readonly uniform: { readonly expected: number; readonly band: CountBand } | null;
};

export type PValueOptions = { readonly width: number; readonly alpha: number };

export type PValueGeometry = {
  readonly type: TypeScale;
  readonly box: XyBox;
  readonly across: readonly Tick[];
  readonly up: readonly Tick[];
  readonly bars: readonly (Box & { readonly rejects: boolean; readonly outside: boolean })[];
  readonly expectedY: number | null;
  readonly band: Box | null;
  /** Where alpha is no edge of a bin. */
  readonly alphaX: number | null;
  readonly texts: readonly PlacedText[];
  readonly legend: LegendGeometry;
  readonly height: number;
  readonly marks: readonly ChartMark[];
};

const binCount = 20;

/** A bin holds its upper edge, so that the first holds what is significant at 0.05. */
export function countPValues(
  pValues: readonly number[],
  { alpha, nullHolds }: { readonly alpha: number; readonly nullHolds: boolean },
): PValueCounts {
  const valid = pValues.filter((p) => p >= 0 && p <= 1);
  const counts = new Array<number>(binCount).fill(0);
  for (const p of valid) counts[Math.max(Math.ceil(Number((p * binCount).toPrecision(14))) - 1, 0)]! += 1;
  const n = valid.length;
  return {
    bins: counts.map((count, i) => ({ from: i / binCount, to: (i + 1) / binCount, count })),
    n,
    lost: pValues.length - n,
    rejected: valid.filter((p) => p <= alpha).length,
    uniform: nullHolds && n > 0 ? { expected: n / binCount, band: binomialBand(n, 1 / binCount, 0.025 / binCount) } : null,
  };
}

export function pValueGeometry(counts: PValueCounts, { width, alpha }: PValueOptions): PValueGeometry {
  const { bins, uniform } = counts;
  const breadth = breadthOf(width);
  const type = typeScale(breadth);
  const size = type.small;
  const plot = { narrow: 180, medium: 210, wide: 270 }[breadth];
  const most = Math.max(1, ...bins.map(({ count }) => count), uniform?.band.high ?? 0) * 1.05;
  const x0 = roomForTicks([{ up: [0, most], height: plot, format: formatCount }], size);
  const y0 = type.line + 10;
  const box = { x0, x1: width - 17, y0, y1: y0 + plot };
  const panel = xyPanel({ across: [0, 1], up: [0, most], box, size, formatUp: formatCount });
  const across = linearAxis({ domain: [0, 1], range: [x0, box.x1], size, format: (p) => formatNumber(p, 1) });
  const bars = bins.map((bin) => {
    const [left, right, top] = [panel.x(bin.from), panel.x(bin.to), panel.y(bin.count)];
    return {
      x: left + 1,
      y: top,
      width: Math.max(right - left - 2, 1),
      height: Math.max(box.y1 - top, 0),
      rejects: isEdge(alpha) && bin.to <= alpha + 1e-12,
      outside: isOutside(bin, counts),
    };
  });
  const axisBottom = box.y1 + size * 2.4 + 14;
  const legend = legendGeometry(legendItems(counts, alpha), { x: 0, y: axisBottom + 6, room: width, type });
  const bandBox = uniform && {
    x: x0,
    y: panel.y(uniform.band.high),
    width: box.x1 - x0,
    height: Math.max(panel.y(uniform.band.low) - panel.y(uniform.band.high), 1),
  };
  return {
    type,
    box,
    across: across.ticks,
    up: panel.up.ticks.filter(({ value }) => Number.isInteger(value)),
    bars,
    expectedY: uniform && panel.y(uniform.expected),
    band: bandBox,
    alphaX: isEdge(alpha) ? null : panel.x(alpha),
    texts: [{ text: fitText('replications', width, size), x: 0, y: type.line - 4, size, tone: 'muted' }],
    legend,
    height: axisBottom + 6 + legend.height + 4,
    marks: bins.map((bin, i) => {
      const [left, right] = [panel.x(bin.from), panel.x(bin.to)];
      return binReading(bin, i, { x: left, y: y0, width: right - left, height: plot }, counts);
    }),
  };
}

function isEdge(alpha: number): boolean {
  return Math.abs(alpha * binCount - Math.round(alpha * binCount)) < 1e-9;
}

function isOutside({ count }: PValueBin, { uniform }: PValueCounts): boolean {
  return uniform !== null && (count < uniform.band.low || count > uniform.band.high);
}

function legendItems({ uniform, bins, ...counts }: PValueCounts, alpha: number): LegendItem[] {
  const items: (LegendItem | false)[] = [
    isEdge(alpha) ? { shape: 'bar', tone: 'pilot', text: `p at most ${alpha}` } : { shape: 'stroke', tone: 'pilot', text: `p = ${alpha}` },
    { shape: 'bar', tone: 'neutral', text: isEdge(alpha) ? 'larger p' : 'p values' },
    uniform !== null && {
      shape: 'dash',
      tone: 'ink',
      text: `expected if uniform, ${formatNumber(uniform.expected, uniform.expected < 10 ? 1 : 0)}`,
    },
    uniform !== null && {
      shape: 'area',
      tone: 'ink',
      text: `95% band for all bins at once, ${formatCount(uniform.band.low)} to ${formatCount(uniform.band.high)}`,
    },
    bins.some((bin) => isOutside(bin, { ...counts, uniform, bins })) && { shape: 'open-circle', tone: 'regret', text: 'outside the band' },
  ];
  return items.filter((item) => item !== false);
}

import { linearAxis, type Tick } from './axis-geometry.ts';
import { breadthOf, typeScale, type TypeScale } from './chart-layout.ts';
import type { Box, ChartMark, PlacedText } from './chart-types.ts';
import { formatCount, formatNumber } from './format.ts';
import { legendGeometry, type LegendGeometry, type LegendItem } from './legend-geometry.ts';
import { binCount, type PValueBin, type PValueCounts } from './p-value-data.ts';
import { binReading } from './p-value-words.ts';
import { fitText } from './text-width.ts';
import { roomForTicks, xyPanel, type XyBox } from './xy-panel.ts';

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

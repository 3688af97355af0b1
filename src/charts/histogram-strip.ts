import type { TypeScale } from './chart-layout.ts';
import type { Box, ChartMark, Format, PlacedText } from './chart-types.ts';
import { formatCount } from './format.ts';

export type HistogramBin = { readonly from: number; readonly to: number; readonly count: number };

/** A histogram under a panel, on the panel's own horizontal scale: areas are counts, whatever the widths of the bins. */
export type HistogramStrip = {
  readonly bars: readonly Box[];
  readonly base: number;
  readonly name: PlacedText;
  readonly marks: readonly ChartMark[];
};

type Options = {
  readonly x: (value: number) => number;
  readonly x0: number;
  readonly top: number;
  readonly height: number;
  readonly type: TypeScale;
  readonly name: string;
  readonly format: Format;
  /** What is counted. */
  readonly what: string;
};

export function histogramStrip(bins: readonly HistogramBin[], { x, x0, top, height, type, name, format, what }: Options): HistogramStrip {
  const barsTop = top + type.line + 4;
  const base = top + height;
  const density = ({ from, to, count }: HistogramBin) => (to > from ? count / (to - from) : 0);
  const most = Math.max(...bins.map(density).filter(Number.isFinite), Number.MIN_VALUE);
  const bars = bins.map((bin) => {
    const left = x(bin.from);
    const tall = Math.min(Math.max(density(bin) / most, 0), 1) * (base - barsTop);
    return { x: left + 0.5, y: base - tall, width: Math.max(x(bin.to) - left - 1, 0.5), height: tall };
  });
  return {
    bars,
    base,
    name: { text: name, x: x0 + 6, y: top + type.line - 5, size: type.small, tone: 'muted' },
    marks: bins.map((bin, i) => ({
      id: `h${i}`,
      label: `${format(bin.from)} to ${format(bin.to)}`,
      values: [{ text: `${formatCount(bin.count)} ${what}` }],
      box: { x: bars[i]!.x, y: barsTop, width: bars[i]!.width, height: base - barsTop },
      guide: 'box',
    })),
  };
}

import { linearAxis, type LinearAxis, type Range, type Tick } from './axis-geometry.ts';
import { breadthOf, typeScale, type TypeScale } from './chart-layout.ts';
import type { Box, ChartMark, Format, PlacedText } from './chart-types.ts';
import { formatPercent } from './format.ts';
import { binEdges, binned, binsFor, exampleOf, robustRange, type Bin } from './histogram-bins.ts';
import { placeInterval, type PlacedInterval } from './interval-geometry.ts';
import { legendGeometry, type LegendGeometry, type LegendItem } from './legend-geometry.ts';
import { monteCarloInterval } from './monte-carlo-words.ts';
import type { RegretDistribution, ReplicateRegret } from './regret-distribution-data.ts';
import { binReading, regretHeadings, worstReading, zeroReading } from './regret-distribution-words.ts';
import { roomForTicks, type XyBox } from './xy-panel.ts';

export type RegretOptions = { readonly width: number; readonly format: Format };

export type RegretGeometry = {
  readonly type: TypeScale;
  /** From the vertical axis on; the bar of zero is at its left. */
  readonly box: XyBox;
  readonly across: readonly Tick[];
  readonly up: readonly Tick[];
  readonly bars: readonly Box[];
  /** Apart from the others: no regret at all. Where it would dwarf the others it is cut. */
  readonly zero: { readonly bar: Box; readonly cut: boolean; readonly texts: readonly PlacedText[] } | null;
  readonly mean: PlacedInterval | null;
  readonly meanY: number;
  readonly worst: { readonly x: number; readonly beyond: boolean } | null;
  readonly texts: readonly PlacedText[];
  readonly legend: LegendGeometry;
  readonly height: number;
  readonly marks: readonly ChartMark[];
  /** The replication that a mark opens. */
  readonly examples: ReadonlyMap<string, number>;
};

type Counted = {
  readonly n: number;
  readonly zeros: readonly ReplicateRegret[];
  readonly bins: readonly Bin<ReplicateRegret>[];
  readonly edges: readonly number[];
  /** How many regrets lie beyond the axis. */
  readonly beyond: number;
};
type Plot = { readonly box: XyBox; readonly axis: LinearAxis; readonly tall: (share: number) => number; readonly zero: Box | null };
type Reading = { readonly mark: ChartMark; readonly example: number };

/** A histogram of the regrets other than zero, and beside it one bar for those that are exactly zero. */
export function regretDistributionGeometry(distribution: RegretDistribution, { width, format }: RegretOptions): RegretGeometry {
  const type = typeScale(breadthOf(width));
  const size = type.small;
  const counted = countRegrets(distribution, width);
  const headings = regretHeadings(distribution, { width, type, format });
  const y0 = headings.bottom + type.line + 26;
  const meanY = y0 - 13;
  const up: Range = [0, topShare(counted)];
  const plot = plotOf(counted, up, { width, type, y0, format });
  const { box, axis } = plot;
  const interval = monteCarloInterval(distribution.mean);
  const worst = worstPlace(distribution, axis);
  const axisBottom = box.y1 + size * 2.4 + 14;
  const legend = legendGeometry(legendItems(counted, worst !== null), { x: 0, y: axisBottom + 6, room: width, type });
  const readings = readingsOf(distribution, counted, plot, { format, worst: worst && { x: worst.x, y: meanY } });
  return {
    type,
    box,
    across: counted.bins.length + counted.beyond > 0 ? axis.ticks : axis.ticks.filter(({ value }) => value === 0),
    up: linearAxis({ domain: up, range: [box.y1, box.y0], size, format: percent, direction: 'up' }).ticks,
    bars: counted.bins.map((bin) => barOf(bin, counted.n, plot)),
    zero: plot.zero && {
      bar: plot.zero,
      cut: shareOf(counted.zeros, counted.n) > up[1],
      texts: zeroTexts(counted, plot.zero, box, type),
    },
    mean: interval && placeInterval(interval, axis.scale),
    meanY,
    worst,
    texts: [...headings.texts, { text: 'share of the replications', x: 0, y: headings.bottom + type.line - 2, size, tone: 'muted' }],
    legend,
    height: axisBottom + 6 + legend.height + 4,
    marks: readings.map(({ mark }) => mark),
    examples: new Map(readings.map(({ mark, example }) => [mark.id, example])),
  };
}

function countRegrets(distribution: RegretDistribution, width: number): Counted {
  const regrets = distribution.regrets.filter(({ regret }) => !Number.isNaN(regret));
  const others = regrets.filter(({ regret }) => regret !== 0);
  const range = rangeOf(others.map(({ regret }) => regret));
  const edges = binEdges(range, binsFor(others.length, width * 0.8));
  const { bins, below, above } = binned(others, ({ regret }) => regret, edges);
  return {
    n: regrets.length,
    zeros: regrets.filter(({ regret }) => regret === 0),
    bins: bins.filter(({ items }) => items.length > 0),
    edges,
    beyond: below.length + above.length,
  };
}

/** From zero, but where some regret is negative. */
function rangeOf(regrets: readonly number[]): Range {
  if (regrets.length === 0) return [0, 1];
  const [low, high] = robustRange([regrets], [0]);
  return regrets.some((regret) => regret < 0) ? [low, high] : [0, high];
}

/** The tallest bar, or so much more that the bar of zero is seen to be taller. */
function topShare({ n, zeros, bins }: Counted): number {
  const tallest = Math.max(0, ...bins.map(({ items }) => shareOf(items, n)));
  const zero = shareOf(zeros, n);
  return (tallest > 0 ? Math.min(Math.max(tallest, zero), tallest * 1.6) : Math.max(zero, 0.01)) * 1.04;
}

function plotOf(
  { n, zeros, edges }: Counted,
  up: Range,
  { width, type, y0, format }: RegretOptions & { readonly type: TypeScale; readonly y0: number },
): Plot {
  const breadth = breadthOf(width);
  const height = { narrow: 170, medium: 200, wide: 260 }[breadth];
  const x0 = roomForTicks([{ up, height, format: percent }], type.small);
  const box = { x0, x1: width - 20, y0, y1: y0 + height };
  const tall = (share: number) => (Math.min(share, up[1]) / up[1]) * height;
  const zeroHeight = Math.max(tall(shareOf(zeros, n)), 1);
  const zeroWidth = { narrow: 30, medium: 34, wide: 44 }[breadth];
  const zero = zeros.length === 0 ? null : { x: x0 + 8, y: box.y1 - zeroHeight, width: zeroWidth, height: zeroHeight };
  const from = zero === null ? x0 : zero.x + zeroWidth + 26;
  return { box, zero, tall, axis: linearAxis({ domain: [edges[0]!, edges.at(-1)!], range: [from, box.x1], size: type.small, format }) };
}

function barOf({ from, to, items }: Bin<ReplicateRegret>, n: number, { box, axis, tall }: Plot): Box {
  const [left, right] = [axis.scale(from), axis.scale(to)];
  const height = Math.max(tall(shareOf(items, n)), 1);
  return { x: left + 0.5, y: box.y1 - height, width: Math.max(right - left - 1, 0.75), height };
}

function zeroTexts({ n, zeros }: Counted, bar: Box, box: XyBox, { small: size }: TypeScale): PlacedText[] {
  const middle = { x: bar.x + bar.width / 2, size, anchor: 'middle', tone: 'funded' } as const;
  return [
    { ...middle, text: 'zero', y: box.y1 + size + 5 },
    { ...middle, text: percent(shareOf(zeros, n)), y: bar.y - 5, halo: true },
  ];
}

function worstPlace({ worst }: RegretDistribution, { scale, domain }: LinearAxis): RegretGeometry['worst'] {
  return worst === null || Number.isNaN(worst.value) ? null : { x: scale(worst.value), beyond: worst.value > domain[1] };
}

function readingsOf(
  { worst }: RegretDistribution,
  { n, zeros, bins }: Counted,
  { box, axis, zero }: Plot,
  { format, worst: place }: { readonly format: Format; readonly worst: { readonly x: number; readonly y: number } | null },
): Reading[] {
  const rows = { y: box.y0, height: box.y1 - box.y0 };
  const readings: Reading[] = [];
  if (zero !== null) readings.push({ mark: zeroReading(zeros, n, { ...zero, ...rows }), example: zeros[0]!.replication });
  bins.forEach((bin, i) => {
    const [x0, x1] = [axis.scale(bin.from), axis.scale(bin.to)];
    const example = exampleOf(bin, ({ regret }) => regret);
    const mark = binReading({ id: `${i}`, bin, n, example, box: { x: x0, width: Math.max(x1 - x0, 1), ...rows } }, format);
    readings.push({ mark, example: example.replication });
  });
  if (worst !== null && place !== null) {
    const around = { x: place.x - 9, y: place.y - 9, width: 18, height: 18 };
    readings.push({ mark: worstReading(worst, around, format), example: worst.replication });
  }
  return readings;
}

function legendItems({ zeros, bins, beyond }: Counted, worst: boolean): LegendItem[] {
  const items: (LegendItem | false)[] = [
    zeros.length > 0 && { shape: 'open-bar', tone: 'funded', text: 'exactly zero: nothing better could be had' },
    bins.length > 0 && { shape: 'soft-bar', tone: 'regret', text: 'more than zero' },
    { shape: 'interval-circle', tone: 'regret', text: 'mean, 95% Monte Carlo interval' },
    worst && { shape: 'square', tone: 'regret', text: 'worst' },
    beyond > 0 && { shape: 'arrow', tone: 'muted', text: `beyond the axis: ${beyond}` },
  ];
  return items.filter((item) => item !== false);
}

function shareOf(items: readonly unknown[], n: number): number {
  return items.length / Math.max(n, 1);
}

function percent(share: number): string {
  return formatPercent(share);
}

import { linearAxis, type LinearAxis, type Range, type Tick } from './axis-geometry.ts';
import { breadthOf, typeScale, type TypeScale } from './chart-layout.ts';
import type { Box, ChartMark, PlacedText } from './chart-types.ts';
import { robustRange } from './histogram-bins.ts';
import { legendGeometry, type LegendGeometry, type LegendItem } from './legend-geometry.ts';
import { monteCarloInterval } from './monte-carlo-words.ts';
import { fitText, textWidth } from './text-width.ts';
import type { RankedInterval, ZipOptions } from './zip-data.ts';
import { coverageWords, levelWords, zipReading } from './zip-words.ts';
import type { XyBox } from './xy-panel.ts';

export type ZipGeometry = {
  readonly type: TypeScale;
  readonly box: XyBox;
  readonly across: LinearAxis;
  readonly up: readonly Tick[];
  /** One path per class, whatever the number of intervals. */
  readonly covering: string;
  readonly missing: string;
  /** A tick beside each interval that misses. */
  readonly rug: string;
  readonly stroke: number;
  readonly truthX: number;
  readonly nominalY: number;
  /** Of the coverage estimate: its place and its 95% Monte Carlo interval. */
  readonly coverage: { readonly y: number; readonly band: Box } | null;
  /** How many intervals go on beyond the axis. */
  readonly cut: number;
  readonly texts: readonly PlacedText[];
  readonly legend: LegendGeometry;
  readonly height: number;
  /** From the largest |z| down. */
  readonly marks: readonly ChartMark[];
  /** Where the arrow keys stop: every interval that misses, and every centile. */
  readonly stops: readonly number[];
};

/** Intervals stacked by the centile of |z|, 0 at the bottom: those that miss are at the top, and the zip is open there. */
export function zipGeometry(ranked: readonly RankedInterval[], options: ZipOptions): ZipGeometry {
  const { width, truth, nominal, coverage, format } = options;
  const breadth = breadthOf(width);
  const type = typeScale(breadth);
  const size = type.small;
  const shares = [0, 0.25, 0.5, 0.75, nominal];
  const x0 = Math.max(...shares.map((share) => textWidth(levelWords(share), size))) + 11;
  const y0 = type.line + 22;
  const box = { x0, x1: width - 20, y0, y1: y0 + { narrow: 340, medium: 400, wide: 500 }[breadth] };
  const y = (share: number) => box.y1 - Math.min(Math.max(share, 0), 1) * (box.y1 - box.y0);
  const across = linearAxis({ domain: domainOf(ranked, truth), range: [x0, box.x1], size, format });
  const missed = ranked.filter(({ covers }) => !covers);
  const axisBottom = box.y1 + size * 2.4 + 14;
  const legend = legendGeometry(legendItems(options, missed.length), { x: 0, y: axisBottom + 6, room: width, type });
  const tall = (box.y1 - box.y0) / Math.max(ranked.length, 1);
  const [low, high] = across.domain;
  const lines = (some: readonly RankedInterval[]) => some.map((interval) => lineOf(interval, across, y)).join('');
  const interval = monteCarloInterval(coverage);
  const marks = [...ranked].reverse().map((interval) => readingOf(interval, box, y, tall, options));
  return {
    type,
    box,
    across,
    up: shares.map((share) => ({ at: y(share), value: share, label: levelWords(share) })),
    covering: lines(ranked.filter(({ covers }) => covers)),
    missing: lines(missed),
    rug: missed.map(({ centile }) => `M${round(box.x1 + 11)} ${round(y(centile))}h8`).join(''),
    stroke: Math.min(Math.max(tall * 0.6, 0.5), 3),
    truthX: across.scale(truth),
    nominalY: y(nominal),
    coverage: interval && {
      y: y(interval.estimate),
      band: { x: x0, y: y(interval.upper), width: box.x1 - x0, height: Math.max(y(interval.lower) - y(interval.upper), 0.5) },
    },
    cut: ranked.filter(({ lower, upper }) => lower < low || upper > high).length,
    texts: [{ text: fitText('centile of |z|', width, size), x: 0, y: type.line - 4, size, tone: 'muted' }],
    legend,
    height: axisBottom + 6 + legend.height + 4,
    marks,
    stops: stopsOf(ranked),
  };
}

function domainOf(ranked: readonly RankedInterval[], truth: number): Range {
  return robustRange([ranked.map(({ lower }) => lower), ranked.map(({ upper }) => upper)], Number.isFinite(truth) ? [truth] : []);
}

function lineOf({ lower, upper, centile }: RankedInterval, { scale }: LinearAxis, y: (share: number) => number): string {
  const [x0, x1] = [round(scale(lower)), round(scale(upper))];
  return `M${x0} ${Math.round(y(centile) * 100) / 100}H${x1 > x0 ? x1 : x0 + 0.5}`;
}

// Words are made when an interval is read: there may be thousands.
function readingOf(interval: RankedInterval, box: XyBox, y: (share: number) => number, tall: number, options: ZipOptions): ChartMark {
  return {
    id: String(interval.replication),
    get label() {
      return `Replication ${interval.replication}`;
    },
    get values() {
      return zipReading(interval, options);
    },
    box: { x: box.x0, y: y(interval.centile) - tall / 2, width: box.x1 - box.x0, height: tall },
    guide: 'box',
  };
}

function stopsOf(ranked: readonly RankedInterval[]): number[] {
  const last = ranked.length - 1;
  const stops = new Set<number>();
  ranked.forEach(({ covers }, i) => {
    if (!covers) stops.add(last - i);
  });
  for (let centile = 0; centile <= 100; centile++) if (last >= 0) stops.add(Math.round((centile / 100) * last));
  return [...stops].sort((a, b) => a - b);
}

function legendItems({ nominal, coverage, format, truth }: ZipOptions, missed: number): LegendItem[] {
  const items: (LegendItem | false)[] = [
    { shape: 'line', tone: 'pilot', text: 'covers the truth' },
    missed > 0 && { shape: 'line', tone: 'regret', text: 'misses it (ticks at the right)' },
    { shape: 'diamond', tone: 'truth', text: `truth ${format(truth)}` },
    { shape: 'dash', tone: 'ink', text: `nominal ${levelWords(nominal)}` },
    Number.isFinite(coverage.value) && { shape: 'area', tone: 'ink', text: `coverage ${coverageWords(coverage, 'short')}` },
  ];
  return items.filter((item) => item !== false);
}

function round(px: number): number {
  return Math.round(px * 10) / 10;
}

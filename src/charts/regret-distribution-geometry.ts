import { linearAxis, type Range, type Tick } from './axis-geometry.ts';
import { breadthOf, typeScale, type TypeScale } from './chart-layout.ts';
import type { Box, ChartMark, Format, PlacedText, Tone } from './chart-types.ts';
import { formatPercent } from './format.ts';
import { binEdges, binned, binsFor, robustRange, type Bin } from './histogram-bins.ts';
import { placeInterval, type PlacedInterval } from './interval-geometry.ts';
import { legendGeometry, type LegendGeometry, type LegendItem } from './legend-geometry.ts';
import { monteCarloInterval, withError, type Averaged } from './monte-carlo-words.ts';
import { binReading, worstReading, zeroReading } from './regret-distribution-words.ts';
import { fitText, textWidth } from './text-width.ts';
import { roomForTicks, xyPanel, type XyBox } from './xy-panel.ts';

export type ReplicateRegret = { readonly replication: number; readonly regret: number };

export type RegretDistribution = {
  readonly regrets: readonly ReplicateRegret[];
  /** Of all replications, also of those that are not among the regrets. */
  readonly mean: Averaged;
  readonly worst: { readonly value: number; readonly replication: number } | null;
};

export type RegretOptions = { readonly width: number; readonly format: Format };

export type RegretGeometry = {
  readonly type: TypeScale;
  readonly box: XyBox;
  readonly across: readonly Tick[];
  readonly up: readonly Tick[];
  readonly bars: readonly Box[];
  /** Apart from the others: no regret at all. Taller than the axis, it is cut. */
  readonly zero: { readonly bar: Box; readonly cut: boolean; readonly label: PlacedText } | null;
  readonly mean: PlacedInterval | null;
  readonly meanY: number;
  readonly worst: { readonly x: number; readonly beyond: boolean } | null;
  readonly beyond: number;
  readonly texts: readonly PlacedText[];
  readonly legend: LegendGeometry;
  readonly height: number;
  readonly marks: readonly ChartMark[];
  /** The replication that a mark opens. */
  readonly examples: ReadonlyMap<string, number>;
};

/** A histogram of the regrets other than zero, and beside it one bar for those that are exactly zero. */
export function regretDistributionGeometry(distribution: RegretDistribution, { width, format }: RegretOptions): RegretGeometry {
  const { mean, worst } = distribution;
  const regrets = distribution.regrets.filter(({ regret }) => !Number.isNaN(regret));
  const n = regrets.length;
  const [zeros, others] = [regrets.filter(({ regret }) => regret === 0), regrets.filter(({ regret }) => regret !== 0)];
  const breadth = breadthOf(width);
  const type = typeScale(breadth);
  const size = type.small;
  const plot = { narrow: 170, medium: 200, wide: 260 }[breadth];
  const domain = robustRange([others.map(({ regret }) => regret)], [0]);
  const edges = binEdges(domain, binsFor(others.length, width * 0.8));
  const { bins, below, above } = binned(others, ({ regret }) => regret, edges);
  const tallest = Math.max(0, ...bins.map(({ items }) => items.length / Math.max(n, 1)));
  const zeroShare = zeros.length / Math.max(n, 1);
  const up: Range = [0, (tallest > 0 ? Math.min(Math.max(tallest, zeroShare), tallest * 1.6) : Math.max(zeroShare, 1e-9)) * 1.06];
  const x0 = roomForTicks([{ up, height: plot, format: percent }], size);
  const y0 = type.line * 3 + 20;
  const zeroWidth = zeros.length > 0 ? { narrow: 26, medium: 32, wide: 44 }[breadth] : 0;
  const whole: XyBox = { x0, x1: width - 16, y0, y1: y0 + plot };
  const box = { ...whole, x0: x0 + (zeroWidth > 0 ? zeroWidth + 26 : 0) };
  const panel = xyPanel({ across: [edges[0]!, edges.at(-1)!], up, box, size, formatUp: percent });
  const axis = linearAxis({ domain: [edges[0]!, edges.at(-1)!], range: [box.x0, box.x1], size, format });
  const barOf = (bin: Bin<ReplicateRegret>): Box => {
    const top = panel.y(bin.items.length / Math.max(n, 1));
    return {
      x: panel.x(bin.from) + 0.5,
      y: Math.min(top, box.y1 - 1),
      width: Math.max(panel.x(bin.to) - panel.x(bin.from) - 1, 0.75),
      height: Math.max(box.y1 - top, 1),
    };
  };
  const interval = monteCarloInterval(mean);
  const axisBottom = box.y1 + size * 2.4 + 14;
  const beyond = below.length + above.length;
  const legend = legendGeometry(legendItems(zeros.length > 0, others.length > 0, worst !== null, beyond), {
    x: 0,
    y: axisBottom + 6,
    room: width,
    type,
  });
  const zeroTop = panel.y(Math.min(zeroShare, up[1]));
  const zero = zeros.length === 0 ? null : { x: x0 + 6, y: zeroTop, width: zeroWidth, height: Math.max(box.y1 - zeroTop, 1) };
  const filled = bins.map((bin, k) => ({ bin, k })).filter(({ bin }) => bin.items.length > 0);
  const worstX = worst === null || !Number.isFinite(worst.value) ? null : axis.scale(worst.value);
  const meanY = y0 - 12;
  const examples = new Map<string, number>();
  const marks: ChartMark[] = [];
  const tall = box.y1 - y0;
  if (zero !== null) {
    examples.set('zero', zeros[0]!.replication);
    marks.push(zeroReading(zeros, n, { ...zero, y: y0, height: tall }));
  }
  for (const { bin, k } of filled) {
    const example = middleOf(bin.items);
    examples.set(`${k}`, example.replication);
    const [left, right] = [panel.x(bin.from), panel.x(bin.to)];
    marks.push(
      binReading({ id: `${k}`, bin, n, example, box: { x: left, y: y0, width: Math.max(right - left, 1), height: tall } }, format),
    );
  }
  if (worst !== null && worstX !== null) {
    examples.set('worst', worst.replication);
    marks.push(worstReading(worst, { x: worstX - 8, y: meanY - type.line, width: 16, height: type.line + 10 }, format));
  }
  return {
    type,
    box: { ...whole },
    across: axis.ticks,
    up: panel.up.ticks,
    bars: filled.map(({ bin }) => barOf(bin)),
    zero: zero && {
      bar: zero,
      cut: zeroShare > up[1],
      label: { text: 'zero', x: zero.x + zero.width / 2, y: box.y1 + size + 5, size, tone: 'funded', anchor: 'middle' },
    },
    mean: interval && placeInterval(interval, axis.scale),
    meanY,
    worst: worstX === null ? null : { x: worstX, beyond: worst!.value > axis.domain[1] },
    beyond,
    texts: headings({ mean, worst, zeroShare, n }, { width, type, format }),
    legend,
    height: axisBottom + 6 + legend.height + 4,
    marks,
    examples,
  };
}

type Heading = { readonly mean: Averaged; readonly worst: RegretDistribution['worst']; readonly zeroShare: number; readonly n: number };

/** What the eye wants first, in words above the picture: mean, worst, and how often nothing was lost. */
function headings(
  { mean, worst, zeroShare, n }: Heading,
  { width, type, format }: RegretOptions & { readonly type: TypeScale },
): PlacedText[] {
  const parts: { text: string; tone: Tone }[] = [
    { text: `mean ${withError(mean, format)}`, tone: 'regret' },
    ...(worst === null ? [] : [{ text: `worst ${format(worst.value)}`, tone: 'regret' as const }]),
    ...(n === 0 ? [] : [{ text: `zero in ${percent(zeroShare)}`, tone: 'funded' as const }]),
  ];
  let x = 0;
  let line = 1;
  return parts.map(({ text, tone }) => {
    const long = textWidth(text, type.text, 600);
    if (x > 0 && x + long > width) [x, line] = [0, Math.min(line + 1, 2)];
    const placed: PlacedText = {
      text: fitText(text, width - x, type.text, 600),
      x,
      y: line * type.line - 3,
      size: type.text,
      tone,
      weight: 600,
    };
    x += long + 20;
    return placed;
  });
}

function middleOf(items: readonly ReplicateRegret[]): ReplicateRegret {
  const sorted = [...items].sort((a, b) => a.regret - b.regret || a.replication - b.replication);
  return sorted[Math.floor((sorted.length - 1) / 2)]!;
}

function legendItems(zeros: boolean, others: boolean, worst: boolean, beyond: number): LegendItem[] {
  const items: (LegendItem | false)[] = [
    zeros && { shape: 'open-bar', tone: 'funded', text: 'exactly zero: nothing better could be had' },
    others && { shape: 'area', tone: 'regret', text: 'share of the replications' },
    { shape: 'interval-circle', tone: 'regret', text: 'mean, 95% Monte Carlo interval' },
    worst && { shape: 'square', tone: 'regret', text: 'worst' },
    beyond > 0 && { shape: 'arrow', tone: 'muted', text: 'some lie beyond the axis' },
  ];
  return items.filter((item) => item !== false);
}

function percent(share: number): string {
  return formatPercent(share, 1);
}

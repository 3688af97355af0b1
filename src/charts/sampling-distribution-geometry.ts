import { linearAxis, type LinearAxis, type Range, type Tick } from './axis-geometry.ts';
import { markSize } from './chart-layout.ts';
import type { Box, ChartMark, Format } from './chart-types.ts';
import { binEdges, binned, binsFor, exampleOf, robustRange, type Bin, type Binned } from './histogram-bins.ts';
import { placeInterval, type PlacedInterval } from './interval-geometry.ts';
import { legendGeometry, type LegendGeometry, type LegendItem } from './legend-geometry.ts';
import { monteCarloInterval } from './monte-carlo-words.ts';
import { rowLayout, type PlacedRow, type RowLayout } from './row-layout.ts';
import type { ReplicateEstimate, SamplingRow } from './sampling-distribution-data.ts';
import { binMark, rowInput, rowMark } from './sampling-distribution-words.ts';

export type PlacedSamplingRow = PlacedRow & {
  readonly row: SamplingRow;
  readonly base: number;
  readonly bars: readonly Box[];
  /** In place of bars where there are few: one per replication. */
  readonly dots: readonly { readonly x: number; readonly y: number; readonly r: number }[];
  readonly mean: PlacedInterval | null;
  readonly meanY: number;
  readonly truthX: number | null;
  readonly truthY: number;
  readonly beyond: { readonly below: boolean; readonly above: boolean };
};

export type SamplingGeometry = {
  readonly layout: RowLayout;
  readonly ticks: readonly Tick[];
  readonly zeroAt: number | null;
  readonly rows: readonly PlacedSamplingRow[];
  readonly mark: number;
  readonly legend: LegendGeometry;
  readonly height: number;
  readonly marks: readonly ChartMark[];
  /** The replication that a mark opens. */
  readonly examples: ReadonlyMap<string, number>;
};

export type SamplingOptions = { readonly width: number; readonly format: Format; readonly range?: Range };

type Binning = Binned<ReplicateEstimate>;

/** So few in the tallest bin are drawn one by one. */
const fewest = 12;

/** A histogram per row, all on one axis with the same bins; heights are shares of the row's estimates. */
export function samplingDistributionGeometry(rows: readonly SamplingRow[], options: SamplingOptions): SamplingGeometry {
  const { width, format, range = samplingRange(rows) } = options;
  const lanes = lanesOf(width, rows.length);
  const most = Math.max(0, ...rows.map(({ estimates }) => estimates.length));
  const edges = binEdges(range, binsFor(most, width * 0.6));
  const counted = rows.map(({ estimates }) => binned(estimates, valueOf, edges));
  const layout = rowLayout(
    rows.map((row, i) => rowInput(row, counted[i]!, format)),
    { width, strip: lanes.strip, gap: 8, labelShare: 0.3, headers: ['truth', 'mean \u00b1 MC error'] },
  );
  const { plot } = layout;
  const axis = linearAxis({ domain: [edges[0]!, edges.at(-1)!], range: [plot.x0, plot.x1], size: layout.type.small, format });
  const scale = scaleOf(rows, counted, axis, lanes.strip - lanes.top - lanes.bottom);
  const placed = layout.rows.map((place, i) => placeRow(rows[i]!, counted[i]!, place, { axis, scale, lanes }));
  const axisBottom = plot.y1 + layout.type.small * 2.4 + 14;
  const legend = legendGeometry(legendItems(placed), { x: 0, y: axisBottom + 6, room: width, type: layout.type });
  const read = placed.map((row, i) => readings(row, counted[i]!, { axis, layout, format }));
  const [low, high] = axis.domain;
  return {
    layout,
    ticks: axis.ticks,
    zeroAt: low <= 0 && high >= 0 ? axis.scale(0) : null,
    rows: placed,
    mark: markSize(layout.breadth) - 0.5,
    legend,
    height: axisBottom + 6 + legend.height + 4,
    marks: read.flatMap(({ marks }) => marks),
    examples: new Map(read.flatMap(({ examples }) => examples)),
  };
}

/** Holds the truths and all estimates but a few far ones. */
export function samplingRange(rows: readonly SamplingRow[]): Range {
  return robustRange(
    rows.map(({ estimates }) => estimates.map(valueOf)),
    rows.flatMap(({ truth }) => (truth !== null && Number.isFinite(truth) ? [truth] : [])),
  );
}

function valueOf({ estimate }: ReplicateEstimate): number {
  return estimate;
}

type Lanes = { readonly strip: number; readonly top: number; readonly bottom: number };
/** Few methods have more height each. */
function lanesOf(width: number, count: number): Lanes {
  const plot = count <= 2 ? 96 : count <= 5 ? 76 : 56;
  const lanes = width >= 1040 ? { top: 22, bottom: 18 } : { top: 18, bottom: 15 };
  return { ...lanes, strip: plot + lanes.top + lanes.bottom };
}

type Scale = { readonly tall: (count: number, of: number) => number; readonly radius: number | null };

/** How tall a count is, and the radius of a dot where single replications are drawn. */
function scaleOf(rows: readonly SamplingRow[], counted: readonly Binning[], axis: LinearAxis, height: number): Scale {
  const counts = counted.map(({ bins }) => bins.map(({ items }) => items.length));
  const most = Math.max(0, ...counts.flat());
  const tallest = Math.max(...counts.flatMap((each, i) => each.map((count) => count / Math.max(rows[i]!.estimates.length, 1))), 1e-9);
  const bin = counted[0]?.bins[0];
  const wide = bin === undefined ? 0 : axis.scale(bin.to) - axis.scale(bin.from);
  const radius = most > 0 && most <= fewest ? Math.min((wide - 1) / 2, height / most / 2, 5) : 0;
  return { tall: (count, of) => (of > 0 ? (count / of / tallest) * height : 0), radius: radius >= 1.5 ? radius : null };
}

function placeRow(
  row: SamplingRow,
  { bins, below, above }: Binning,
  place: PlacedRow,
  { axis, scale, lanes }: { readonly axis: LinearAxis; readonly scale: Scale; readonly lanes: Lanes },
): PlacedSamplingRow {
  const top = place.centre - lanes.strip / 2;
  const base = top + lanes.strip - lanes.bottom;
  const mean = monteCarloInterval({ value: row.mean, monte_carlo_se: row.mean_error });
  const { radius } = scale;
  return {
    ...place,
    row,
    base,
    bars: radius === null ? bins.flatMap((bin) => (bin.items.length > 0 ? [barOf(bin, row, base, axis, scale)] : [])) : [],
    dots: radius === null ? [] : bins.flatMap((bin) => dotsOf(bin, base, axis, radius)),
    mean: mean && placeInterval(mean, axis.scale),
    meanY: top + lanes.top / 2 - 1,
    truthX: row.truth !== null && Number.isFinite(row.truth) ? axis.scale(row.truth) : null,
    truthY: base + lanes.bottom / 2 + 1,
    beyond: { below: below.length > 0, above: above.length > 0 },
  };
}

function barOf({ from, to, items }: Bin<ReplicateEstimate>, row: SamplingRow, base: number, { scale }: LinearAxis, { tall }: Scale): Box {
  const [left, right] = [scale(from), scale(to)];
  const height = Math.max(tall(items.length, row.estimates.length), 1);
  return { x: left + 0.5, y: base - height, width: Math.max(right - left - 1, 0.75), height };
}

function dotsOf({ items }: Bin<ReplicateEstimate>, base: number, { scale }: LinearAxis, r: number) {
  // Where the values of the bin are on average, so that a single one is where it is.
  const x = scale(items.reduce((sum, { estimate }) => sum + estimate / items.length, 0));
  return items.map((_, i) => ({ x, y: base - r * (2 * i + 1), r: Math.max(r - 0.5, 1) }));
}

function readings(
  row: PlacedSamplingRow,
  { bins, below, above }: Binning,
  { axis, layout, format }: { readonly axis: LinearAxis; readonly layout: RowLayout; readonly format: Format },
): { readonly marks: ChartMark[]; readonly examples: (readonly [string, number])[] } {
  const { plot, breadth } = layout;
  const y = breadth === 'narrow' ? row.meanY - 8 : row.box.y;
  const height = row.box.y + row.box.height - y;
  const whole = breadth === 'narrow' ? { ...row.box, height: y - row.box.y } : { ...row.box, width: plot.x0 - 6 };
  const outside = [
    { side: 'below' as const, items: below, edge: axis.domain[0], box: { x: plot.x0 - 6, y, width: 6, height } },
    { side: 'above' as const, items: above, edge: axis.domain[1], box: { x: plot.x1, y, width: 6, height } },
  ];
  const marks: ChartMark[] = [rowMark(row.row, whole, format)];
  const examples: [string, number][] = [];
  const add = (id: string, bin: Bin<ReplicateEstimate>, words: string, box: Box) => {
    const example = exampleOf(bin, valueOf);
    marks.push(binMark({ id, row: row.row, words, count: bin.items.length, example, box }, format));
    examples.push([id, example.replication]);
  };
  const [under, over] = outside as [(typeof outside)[number], (typeof outside)[number]];
  if (below.length > 0) add(`${row.id}/below`, { from: -Infinity, to: under.edge, items: below }, `below ${format(under.edge)}`, under.box);
  bins.forEach((bin, k) => {
    if (bin.items.length === 0) return;
    const [x0, x1] = [axis.scale(bin.from), axis.scale(bin.to)];
    add(`${row.id}/${k}`, bin, `${format(bin.from)} to ${format(bin.to)}`, { x: x0, y, width: Math.max(x1 - x0, 1), height });
  });
  if (above.length > 0) add(`${row.id}/above`, { from: over.edge, to: Infinity, items: above }, `above ${format(over.edge)}`, over.box);
  return { marks, examples };
}

function legendItems(rows: readonly PlacedSamplingRow[]): LegendItem[] {
  const items: (LegendItem | false)[] = [
    rows.some(({ bars }) => bars.length > 0) && { shape: 'soft-bar', tone: 'pilot', text: 'share of the replications' },
    rows.some(({ dots }) => dots.length > 0) && { shape: 'circle', tone: 'pilot', text: 'one replication' },
    rows.some(({ truthX }) => truthX !== null) && { shape: 'diamond', tone: 'truth', text: 'truth' },
    rows.some(({ mean }) => mean !== null) && { shape: 'interval-circle', tone: 'pilot', text: 'mean, 95% Monte Carlo interval' },
    rows.some(({ beyond }) => beyond.below || beyond.above) && { shape: 'arrow', tone: 'muted', text: 'some lie beyond the axis' },
  ];
  return items.filter((item) => item !== false);
}

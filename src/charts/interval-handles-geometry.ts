import { scaleLinear } from 'd3-scale';
import type { PerState, State } from '../core/contracts/shared-types.ts';
import { linearAxis, paddedDomain, type Range, type Tick } from './axis-geometry.ts';
import { markSize } from './chart-layout.ts';
import type { Box, ChartMark, Format, PlacedText } from './chart-types.ts';
import { formatConfidence } from './format.ts';
import type { HandlePart, IntervalPart } from './interval-drag.ts';
import { placeInterval, type PlacedInterval } from './interval-geometry.ts';
import { handleValue, intervalHandlesMark } from './interval-handles-words.ts';
import type { IntervalHandlesRow } from './interval-handles-row.ts';
import { legendGeometry, type LegendGeometry, type LegendItem } from './legend-geometry.ts';
import type { RowInput } from './row-input.ts';
import { rowLayout, type PlacedRow, type RowLayout } from './row-layout.ts';
import { textWidth } from './text-width.ts';

export type { IntervalHandlesRow };

export type IntervalHandlesOptions = {
  readonly width: number;
  readonly format: Format;
  readonly formatCost: Format;
  /** For the axis, where its numbers are rounder than the others. */
  readonly formatTick?: Format;
  /** Room for tick boxes in front of the names. */
  readonly ticks: boolean;
  /** The choice is not shown. */
  readonly hideFunded: boolean;
  /** Least confidence of an eligible initiative. */
  readonly threshold: number | null;
  /** Where the axis must stay as it is, such as during a drag. */
  readonly domain?: Range | null;
  /** Where the words are laid out already. */
  readonly layout?: RowLayout;
  /** Rows whose reasons are printed as they were, so that no row grows during a drag. */
  readonly held?: readonly Pick<IntervalHandlesRow, 'id' | 'ineligible'>[];
};

export type Handle = {
  /** Where its value is. */
  readonly x: number;
  /** Where it is drawn and grasped: the ends stay clear of the median, so that three equal values can be told apart. */
  readonly grip: number;
};

export type PlacedHandlesRow = PlacedRow & {
  readonly row: IntervalHandlesRow;
  readonly raw: PlacedInterval;
  readonly rawY: number;
  readonly after: PlacedInterval;
  readonly afterY: number;
  readonly was: PlacedInterval | null;
  readonly handles: PerState<Handle>;
  readonly track: { readonly x0: number; readonly x1: number; readonly y: number; readonly knob: number; readonly was: number | null };
  readonly tick: Box;
  readonly muted: boolean;
  readonly funded: boolean;
  /** What each handle's value is aloud. */
  readonly spoken: Readonly<Record<HandlePart, string>>;
};

export type IntervalHandlesGeometry = {
  readonly layout: RowLayout;
  readonly domain: Range;
  readonly ticks: readonly Tick[];
  readonly zeroAt: number;
  readonly rows: readonly PlacedHandlesRow[];
  /** Of the least confidence, on every track. */
  readonly thresholdAt: number | null;
  readonly mark: number;
  readonly legend: LegendGeometry;
  readonly height: number;
  readonly marks: readonly ChartMark[];
};

const clearance = 14;
const trackRoom = { under: 18, beside: 128 };
const trackLength = 112;

export function intervalHandlesGeometry(rows: readonly IntervalHandlesRow[], options: IntervalHandlesOptions): IntervalHandlesGeometry {
  const { width, format, hideFunded, threshold } = options;
  const layout = options.layout ?? handlesLayout(handlesWords(rows, options), options);
  const domain = options.domain ?? handlesDomain(rows);
  const { plot, type } = layout;
  const { scale, ticks } = linearAxis({ domain, range: [plot.x0, plot.x1], size: type.small, format: options.formatTick ?? format });
  const track = trackRange(layout, insetOf(options));
  const along = scaleLinear().domain([0, 1]).range(track).clamp(true);

  const placed = layout.rows.map((place, i): PlacedHandlesRow => {
    const row = rows[i]!;
    const original = row.original ?? null;
    const labelTop = place.labelBox.y + 4;
    return {
      ...place,
      box: { ...place.box, width },
      row,
      raw: placeInterval(asInterval(row.raw), scale),
      rawY: place.centre - 10,
      after: placeInterval(asInterval(row.effective), scale),
      afterY: place.centre + 13,
      was: original !== null && differs(original.raw, row.raw) ? placeInterval(asInterval(original.raw), scale) : null,
      handles: placeHandles(row.raw, (value) => scale(inDomain(value, domain))),
      track: {
        x0: track[0],
        x1: track[1],
        y: layout.breadth === 'narrow' ? labelTop + type.line * 1.5 : labelTop + place.texts.length * type.line + trackRoom.under / 2,
        knob: along(row.confidence),
        was: original && original.confidence !== row.confidence ? along(original.confidence) : null,
      },
      tick: { x: 14, y: labelTop + type.line / 2 - 8, width: 17, height: 17 },
      muted: row.ineligible !== null,
      funded: row.funded && !hideFunded,
      spoken: {
        worst: handleValue(row, 'worst', format),
        med: handleValue(row, 'med', format),
        best: handleValue(row, 'best', format),
        confidence: handleValue(row, 'confidence', format),
      },
    };
  });
  const axisBottom = plot.y1 + type.small * 2.4 + 14;
  const legend = legendGeometry(legendItems(rows, options), { x: 0, y: axisBottom + 6, room: width, type });
  return {
    layout,
    domain,
    ticks,
    zeroAt: scale(inDomain(0, domain)),
    rows: placed,
    thresholdAt: threshold === null ? null : along(threshold),
    mark: markSize(layout.breadth),
    legend,
    height: axisBottom + 6 + legend.height + 4,
    marks: placed.map(({ row, box }) => intervalHandlesMark(row, box, options)),
  };
}

/** What is written in front of each row. */
export function handlesWords(
  rows: readonly IntervalHandlesRow[],
  { formatCost, held = [] }: Pick<IntervalHandlesOptions, 'formatCost' | 'held'>,
): RowInput[] {
  return rows.map((row) => {
    const { ineligible: reason } = held.find(({ id }) => id === row.id) ?? row;
    return {
      id: row.id,
      label: row.changed ? `${row.label} *` : row.label,
      detail: [formatCost(row.cost), `confidence ${formatConfidence(row.confidence)}`, ...(row.detail ? [row.detail] : [])].join(
        ' \u00b7 ',
      ),
      note: reason === null ? null : { text: reason, tone: 'muted' },
      muted: row.ineligible !== null,
    };
  });
}

export function handlesLayout(words: readonly RowInput[], options: Pick<IntervalHandlesOptions, 'width' | 'ticks'>): RowLayout {
  return rowLayout(words, {
    width: options.width - 8,
    strip: 48,
    gap: 8,
    inset: insetOf(options),
    labelShare: options.width < 800 ? 0.4 : 0.34,
    plotInset: 20,
    drawn: trackRoom,
  });
}

/** Rows that are as they were stay the same objects, so that only what moved is drawn again. */
export function keepUnmoved(before: readonly PlacedHandlesRow[], now: readonly PlacedHandlesRow[]): readonly PlacedHandlesRow[] {
  return now.map((place, i) => {
    const old = before[i];
    return old !== undefined && JSON.stringify(old) === JSON.stringify(place) ? old : place;
  });
}

/** All values and nothing, with room to drag beyond them, between round numbers. */
export function handlesDomain(rows: readonly IntervalHandlesRow[]): Range {
  const values = rows
    .flatMap((row) => [row.raw, ...(row.original ? [row.original.raw] : [])])
    .flatMap(({ best, med, worst }) => [best, med, worst]);
  const [low, high] = scaleLinear()
    .domain(paddedDomain([0, ...values], { pad: 0.06 }))
    .nice(10)
    .domain() as [number, number];
  return [low, high];
}

/** The handle nearest to a point among those of a row: where handles lie close, each still gets its half of the room. */
export function nearestHandle({ handles }: Pick<PlacedHandlesRow, 'handles'>, x: number): State {
  const far = (state: State) => Math.abs(handles[state].grip - x);
  if (far('med') <= Math.min(far('worst'), far('best'))) return 'med';
  return far('worst') < far('best') ? 'worst' : 'best';
}

/** The value of the handle that is used, above it; that of the whole bar is its two ends. */
export function bubbleOf(place: PlacedHandlesRow, part: IntervalPart, format: Format): { readonly box: Box; readonly text: PlacedText } {
  const { row, handles, track, rawY } = place;
  const size = 13;
  const text =
    part === 'confidence'
      ? formatConfidence(row.confidence)
      : part === 'whole'
        ? `${format(row.raw.worst)} to ${format(row.raw.best)}`
        : format(row.raw[part]);
  const x = part === 'confidence' ? track.knob : part === 'whole' ? handles.med.x : handles[part].x;
  const bottom = Math.max((part === 'confidence' ? track.y : rawY) - 12, 20);
  const width = textWidth(text, size, 600) + 12;
  const middle = Math.max(width / 2 + 1, Math.min(x, place.box.width - width / 2 - 1));
  return {
    box: { x: middle - width / 2, y: bottom - 20, width, height: 20 },
    text: { text, x: middle, y: bottom - 5, size, anchor: 'middle', weight: 600 },
  };
}

function insetOf({ ticks }: Pick<IntervalHandlesOptions, 'ticks'>): number {
  return ticks ? 44 : 18;
}

function trackRange({ breadth, plot }: RowLayout, inset: number): Range {
  if (breadth === 'narrow') return [plot.x1 - trackLength, plot.x1 - 4];
  return [inset + 7, Math.min(plot.x0 - 28, inset + 7 + trackLength * 1.25)];
}

function placeHandles(raw: PerState<number>, at: (value: number) => number): PerState<Handle> {
  const [best, med, worst] = [at(raw.best), at(raw.med), at(raw.worst)];
  return {
    best: { x: best, grip: Math.max(best, med + clearance) },
    med: { x: med, grip: med },
    worst: { x: worst, grip: Math.min(worst, med - clearance) },
  };
}

function asInterval({ best, med, worst }: PerState<number>) {
  return { estimate: med, lower: Math.min(worst, best), upper: Math.max(worst, best) };
}

function differs(a: PerState<number>, b: PerState<number>): boolean {
  return a.best !== b.best || a.med !== b.med || a.worst !== b.worst;
}

function inDomain(value: number, [low, high]: Range): number {
  return Math.min(Math.max(value, low), high);
}

function legendItems(rows: readonly IntervalHandlesRow[], { hideFunded, threshold }: IntervalHandlesOptions): LegendItem[] {
  const items: (LegendItem | false)[] = [
    { shape: 'interval-faint', tone: 'pilot', text: 'worst, median and best before the penalty' },
    { shape: 'interval-circle', tone: 'pilot', text: 'effective: what the decision counts on' },
    rows.some((row) => row.changed) && { shape: 'dash', tone: 'muted', text: '* changed; dashed: before' },
    threshold !== null && { shape: 'stroke', tone: 'muted', text: `least confidence, ${formatConfidence(threshold)}` },
    !hideFunded && rows.some((row) => row.funded) && { shape: 'band', tone: 'funded', text: 'funded' },
  ];
  return items.filter((item) => item !== false);
}

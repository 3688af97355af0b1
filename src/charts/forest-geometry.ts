import { linearAxis, type Tick } from './axis-geometry.ts';
import { markSize } from './chart-layout.ts';
import type { ChartMark, Format, Interval, PlacedText } from './chart-types.ts';
import { formatInterval } from './format.ts';
import { contains, distanceOutside, placeInterval, type PlacedInterval } from './interval-geometry.ts';
import { legendGeometry, type LegendGeometry, type LegendItem } from './legend-geometry.ts';
import { robustDomain } from './robust-domain.ts';
import type { Cell, RowInput } from './row-input.ts';
import { rowLayout, type PlacedRow, type RowLayout } from './row-layout.ts';
import { textWidth, wrapText } from './text-width.ts';

/** One initiative in the overview's picture. All numbers in one unit. */
export type ForestRow = {
  readonly id: string;
  readonly label: string;
  /** The method line, such as 'experiment, n 1,200, confidence 0.94'. */
  readonly detail: string;
  readonly funded: boolean;
  readonly pilot: Interval | null;
  readonly scale: Interval | null;
  /** What the pilot's interval should hold. */
  readonly truth: number | null;
  /** What the interval at scale should hold, where the effect changes on the way there. */
  readonly truthAtScale?: number;
  /** Words for what has no interval, or for what else must be said. */
  readonly note: string | null;
};

export type ForestOptions = {
  readonly width: number;
  readonly format: Format;
  readonly formatTick?: Format | undefined;
  readonly unit: string;
  readonly intervalLabel: string;
};

export type PlacedForestRow = PlacedRow & {
  readonly row: ForestRow;
  readonly pilot: PlacedInterval | null;
  readonly pilotY: number;
  readonly scale: PlacedInterval | null;
  readonly scaleY: number;
  readonly truthX: number | null;
  readonly truthY: number;
  readonly truthAtScale: { readonly x: number; readonly y: number } | null;
  /** From the nearer end of the pilot's interval to a truth outside it. */
  readonly miss: { readonly x0: number; readonly x1: number; readonly y: number } | null;
  readonly words: readonly PlacedText[];
};

export type ForestGeometry = {
  readonly layout: RowLayout;
  readonly ticks: readonly Tick[];
  readonly zeroAt: number;
  readonly rows: readonly PlacedForestRow[];
  readonly mark: number;
  readonly reach: number;
  readonly legend: LegendGeometry;
  readonly height: number;
  readonly cut: boolean;
  readonly marks: readonly ChartMark[];
};

/** Two truths of a row stand so far above and below its middle. */
const apart = 7;

export function forestGeometry(rows: readonly ForestRow[], options: ForestOptions): ForestGeometry {
  const { width, format } = options;
  const truthColumn = width >= 680 && rows.some((row) => row.truth !== null);
  const layout = rowLayout(
    rows.map((row) => rowInput(row, format, truthColumn, width)),
    {
      width,
      strip: 54,
      gap: 6,
      inset: 18,
      headers: truthColumn ? ['truth', `estimate [${options.intervalLabel}]`] : [`estimate [${options.intervalLabel}]`],
    },
  );
  const { domain, cut } = robustDomain(
    intervalsOf(rows),
    rows.flatMap((row) => [row.truth ?? [], row.truthAtScale ?? []].flat()),
  );
  const { scale, ticks } = linearAxis({
    domain,
    range: [layout.plot.x0, layout.plot.x1],
    size: layout.type.small,
    format: options.formatTick,
  });
  const offset = layout.breadth === 'wide' ? 14 : 12;

  const placed = layout.rows.map((place, i): PlacedForestRow => {
    const row = rows[i]!;
    const pilotY = place.centre - offset;
    const pilot = row.pilot && placeInterval(row.pilot, scale);
    const truthX = row.truth === null ? null : scale(row.truth);
    const missed =
      pilot && row.pilot && row.truth !== null && truthX !== null && !contains(row.pilot, row.truth) && inDomain(row.truth, domain);
    const miss = missed ? { x0: truthX < pilot.x ? pilot.x0 : pilot.x1, x1: truthX, y: pilotY } : null;
    return {
      ...place,
      row,
      pilot,
      pilotY,
      scale: row.scale && placeInterval(row.scale, scale),
      scaleY: place.centre + offset,
      truthX,
      truthY: (row.pilot || row.note === null ? place.centre : place.centre - 14) - (row.truthAtScale === undefined ? 0 : apart),
      truthAtScale: row.truthAtScale === undefined ? null : { x: scale(row.truthAtScale), y: place.centre + apart },
      miss,
      words: [...noteWords(row, place, layout), ...missWords(row, miss, format, layout)],
    };
  });

  const axisBottom = layout.plot.y1 + layout.type.small * 2.4 + 14;
  const legend = legendGeometry(legendItems(rows, cut, placed, options.intervalLabel), {
    x: layout.breadth === 'narrow' ? 0 : 4,
    y: axisBottom + 6,
    room: width - 8,
    type: layout.type,
  });
  return {
    layout,
    ticks,
    zeroAt: scale(0),
    rows: placed,
    mark: markSize(layout.breadth),
    reach: offset + 8,
    legend,
    height: axisBottom + 6 + legend.height + 4,
    cut,
    marks: placed.map((row) => forestMark(row.row, row, format)),
  };
}

function rowInput(row: ForestRow, format: Format, truthColumn: boolean, width: number): RowInput {
  const narrow = width < 520;
  const truth = [row.truth === null ? [] : format(row.truth), row.truthAtScale === undefined ? [] : `${format(row.truthAtScale)} at scale`]
    .flat()
    .map((text): Cell => ({ text, tone: 'truth', shape: 'diamond' }));
  const pilot: Cell[] = row.pilot ? [{ text: formatInterval(row.pilot, format), tone: 'pilot', shape: 'circle' }] : [];
  const scale: Cell = row.scale
    ? { text: formatInterval(row.scale, format), tone: 'scale', shape: 'square' }
    : { text: row.pilot ? 'not scaled' : '', tone: 'muted' };
  return {
    id: row.id,
    label: row.label,
    detail: row.detail,
    note: row.note !== null && row.pilot ? { text: row.note, tone: 'ink' } : null,
    columns: truthColumn || narrow ? [truth, [...pilot, scale]] : [[...pilot, scale]],
  };
}

function intervalsOf(rows: readonly ForestRow[]): Interval[] {
  return rows.flatMap((row) => [row.pilot, row.scale].filter((interval) => interval !== null));
}

function inDomain(value: number, [low, high]: readonly [number, number]): boolean {
  return low <= value && value <= high;
}

function noteWords(row: ForestRow, place: PlacedRow, { plot, type }: RowLayout): PlacedText[] {
  if (row.pilot || row.note === null) return [];
  const lines = wrapText(row.note, plot.x1 - plot.x0, type.small, 3);
  const side = row.truth === null ? 0 : type.line * 0.5 + 4;
  return lines.map((text, i) => ({
    text,
    x: plot.x0,
    y: place.centre + side + (i - (lines.length - 1) / 2) * type.line + type.small * 0.34,
    size: type.small,
    tone: 'muted',
    halo: true,
  }));
}

function missWords(row: ForestRow, miss: PlacedForestRow['miss'], format: Format, { plot, type }: RowLayout): PlacedText[] {
  if (miss === null || row.pilot === null || row.truth === null) return [];
  const text = missText(row.pilot, row.truth, format);
  const room = textWidth(text, type.small) + 12;
  const toLeft = miss.x1 < miss.x0;
  const y = miss.y + type.small * 0.34;
  if (Math.abs(miss.x1 - miss.x0) > room + 10)
    return [{ text, x: (miss.x0 + miss.x1) / 2, y: miss.y - 5, size: type.small, anchor: 'middle', tone: 'truth', halo: true }];
  if (toLeft && miss.x1 - room > plot.x0) return [{ text, x: miss.x1 - 8, y, size: type.small, anchor: 'end', tone: 'truth', halo: true }];
  if (!toLeft && miss.x1 + room < plot.x1) return [{ text, x: miss.x1 + 8, y, size: type.small, tone: 'truth', halo: true }];
  return [];
}

function missText(interval: Interval, truth: number, format: Format): string {
  const distance = format(distanceOutside(interval, truth));
  return /[1-9]/.test(distance) ? `misses by ${distance}` : 'just misses';
}

function legendItems(rows: readonly ForestRow[], cut: boolean, placed: readonly PlacedForestRow[], intervalLabel: string): LegendItem[] {
  const items: (LegendItem | false)[] = [
    rows.some((row) => row.truth !== null) && {
      shape: 'diamond',
      tone: 'truth',
      text: rows.some((row) => row.truthAtScale !== undefined) ? 'truth: pilot above, scale below' : 'truth',
    },
    rows.some((row) => row.pilot) && { shape: 'interval-circle', tone: 'pilot', text: `pilot, ${intervalLabel}` },
    rows.some((row) => row.scale) && { shape: 'interval-square', tone: 'scale', text: 'measured again at scale' },
    rows.some((row) => row.funded) && { shape: 'band', tone: 'funded', text: 'funded' },
    placed.some((row) => row.miss) && { shape: 'dots', tone: 'truth', text: 'truth outside the pilot interval' },
    cut && { shape: 'arrow', tone: 'muted', text: 'goes on beyond the axis' },
  ];
  return items.filter((item) => item !== false);
}

function forestMark(row: ForestRow, place: PlacedRow, format: Format): ChartMark {
  const values: ChartMark['values'][number][] = [];
  const changes = row.truthAtScale !== undefined;
  if (row.truth !== null) values.push({ text: `${changes ? 'truth in the pilot' : 'truth'} ${format(row.truth)}`, tone: 'truth' });
  if (changes) values.push({ text: `truth at scale ${format(row.truthAtScale)}`, tone: 'truth' });
  if (row.pilot) values.push({ text: `pilot ${formatInterval(row.pilot, format)}`, tone: 'pilot' });
  if (row.scale) values.push({ text: `scale ${formatInterval(row.scale, format)}`, tone: 'scale' });
  if (row.pilot && row.truth !== null) {
    values.push({
      text: contains(row.pilot, row.truth)
        ? 'pilot interval holds the truth'
        : `pilot interval ${missText(row.pilot, row.truth, format).replace('misses', 'misses the truth')}`,
    });
  }
  if (row.note !== null) values.push({ text: row.note, tone: 'muted' });
  values.push({ text: row.funded ? 'funded' : 'not funded', tone: row.funded ? 'funded' : 'muted' });
  return { id: row.id, label: row.label, values, box: place.box, guide: 'box' };
}

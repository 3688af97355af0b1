import { linearAxis, type Tick } from './axis-geometry.ts';
import { markSize } from './chart-layout.ts';
import type { ChartMark, ChartTable, Format, Interval, Tone } from './chart-types.ts';
import { formatInterval, formatSigned } from './format.ts';
import { contains, placeInterval, type PlacedInterval } from './interval-geometry.ts';
import { robustDomain } from './robust-domain.ts';
import type { Cell } from './row-input.ts';
import { rowLayout, type PlacedRow, type RowLayout } from './row-layout.ts';

/** One estimate of the same true effect. */
export type EstimateRow = {
  readonly id: string;
  readonly label: string;
  readonly detail?: string;
  /** Blue for the pilot's method, orange for the measurement at scale, grey for what nobody relies on. */
  readonly tone: 'pilot' | 'scale' | 'neutral';
  readonly interval: Interval | null;
  /** The point is open: laid beside, not relied on. */
  readonly hollow?: boolean;
  /** What the estimate is about has a truth of its own; left out where it is the chart's. */
  readonly truth?: number | null;
  /** Why there is no interval. */
  readonly note?: string | null;
};

export type EstimateGeometry = {
  readonly layout: RowLayout;
  readonly ticks: readonly Tick[];
  readonly zeroAt: number;
  readonly truth: { readonly x: number; readonly y: number; readonly y1: number } | null;
  readonly rows: readonly (PlacedRow & {
    readonly row: EstimateRow;
    readonly interval: PlacedInterval | null;
    readonly offset: { readonly x0: number; readonly x1: number } | null;
    /** Where the row's own truth is, where that is not the chart's. */
    readonly ownTruth: number | null;
  })[];
  readonly mark: number;
  readonly cut: boolean;
  readonly height: number;
  readonly marks: readonly ChartMark[];
};

export function estimateGeometry(
  rows: readonly EstimateRow[],
  truth: number | null,
  { width, format, intervalLabel }: { width: number; format: Format; intervalLabel: string },
): EstimateGeometry {
  const layout = rowLayout([...(truth === null ? [] : [truthRow(truth, format)]), ...rows.map((row) => rowInput(row, truth, format))], {
    width,
    strip: width < 520 ? 26 : 40,
    gap: 4,
    headers: [`estimate [${intervalLabel}]`, ...(truth === null ? [] : ['estimate \u2212 truth'])],
  });
  const { domain, cut } = robustDomain(
    rows.flatMap((row) => row.interval ?? []),
    [truth, ...rows.map((row) => truthOf(row, truth))].filter((value) => value !== null),
  );
  const { scale, ticks } = linearAxis({ domain, range: [layout.plot.x0, layout.plot.x1], size: layout.type.small, format });
  const first = layout.rows[0];
  const own = truth === null ? layout.rows : layout.rows.slice(1);
  const truthX = truth === null ? null : scale(truth);
  return {
    layout,
    ticks,
    zeroAt: scale(0),
    truth: truthX === null || !first ? null : { x: truthX, y: first.centre, y1: layout.plot.y1 },
    rows: own.map((place, i) => {
      const row = rows[i]!;
      const interval = row.interval && placeInterval(row.interval, scale);
      const own = truthOf(row, truth);
      const x1 = own === null ? null : scale(own);
      return {
        ...place,
        row,
        interval,
        offset: interval && x1 !== null ? { x0: interval.x, x1 } : null,
        ownTruth: interval && x1 !== null && (truthX === null || Math.abs(x1 - truthX) > 1.5) ? x1 : null,
      };
    }),
    mark: markSize(layout.breadth),
    cut,
    height: layout.plot.y1 + layout.type.small * 2.4 + 16,
    marks: own.map(({ box }, i) => ({
      id: rows[i]!.id,
      label: rows[i]!.label,
      values: valuesOf(rows[i]!, truth, format),
      box,
      guide: 'box',
    })),
  };
}

export function estimateTable(rows: readonly EstimateRow[], truth: number | null, unit: string, format: Format): ChartTable {
  const columns = ['estimate', 'lower', 'upper', 'truth', 'estimate \u2212 truth'];
  return {
    columns: [{ label: 'method' }, ...columns.map((label) => ({ label, unit, numeric: true })), { label: 'interval holds the truth' }],
    rows: rows.map((row) => {
      const { label, interval, note } = row;
      const own = truthOf(row, truth);
      if (!interval) return [label, '\u2013', '\u2013', '\u2013', own === null ? '\u2013' : format(own), '\u2013', note ?? 'no estimate'];
      const against =
        own === null
          ? ['\u2013', '\u2013', 'unknown']
          : [format(own), formatSigned(interval.estimate - own, format), contains(interval, own) ? 'yes' : 'no'];
      return [label, format(interval.estimate), format(interval.lower), format(interval.upper), ...against];
    }),
  };
}

export function estimateSummary(rows: readonly EstimateRow[], truth: number | null, unit: string, format: Format): string {
  const each = rows.map((row) => `${row.label}: ${row.interval ? formatInterval(row.interval, format) : (row.note ?? 'no estimate')}`);
  return `${truth === null ? 'The truth is unknown.' : `The true effect is ${format(truth)}, ${unit}.`} ${each.join('; ')}.`;
}

function truthOf(row: EstimateRow, truth: number | null): number | null {
  return row.truth === undefined ? truth : row.truth;
}

function truthRow(truth: number, format: Format) {
  return {
    id: '#truth',
    label: 'truth',
    detail: 'known, because simulated',
    columns: [[{ text: format(truth), tone: 'truth' as const, shape: 'diamond' as const }]],
  };
}

function rowInput(row: EstimateRow, shared: number | null, format: Format) {
  const truth = truthOf(row, shared);
  const cells: Cell[] = row.interval
    ? [{ text: formatInterval(row.interval, format), tone: textTone(row.tone) }]
    : [{ text: 'no estimate', tone: 'muted' }];
  const off: Cell[] = row.interval && truth !== null ? [{ text: formatSigned(row.interval.estimate - truth, format) }] : [];
  return {
    id: row.id,
    label: row.label,
    detail: row.detail ?? '',
    note: row.interval || !row.note ? null : { text: row.note, tone: 'muted' as const },
    columns: [cells, off],
  };
}

function textTone(tone: EstimateRow['tone']): Tone {
  return tone === 'neutral' ? 'muted' : tone;
}

function valuesOf(row: EstimateRow, shared: number | null, format: Format): ChartMark['values'] {
  const { interval, note, tone } = row;
  const truth = truthOf(row, shared);
  if (!interval) return [{ text: note ?? 'no estimate', tone: 'muted' }];
  if (truth === null) return [{ text: formatInterval(interval, format), tone: textTone(tone) }];
  return [
    { text: formatInterval(interval, format), tone: textTone(tone) },
    { text: `truth ${format(truth)}`, tone: 'truth' },
    { text: `off by ${formatSigned(interval.estimate - truth, format)}` },
    { text: contains(interval, truth) ? 'the interval holds the truth' : 'the interval misses the truth' },
  ];
}

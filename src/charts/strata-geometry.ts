import type { StrataPicture } from '../core/measure/method-picture.ts';
import { linearAxis, type Tick } from './axis-geometry.ts';
import { markSize } from './chart-layout.ts';
import type { ChartMark, ChartTable, Format, Interval } from './chart-types.ts';
import { formatCount, formatInterval, formatPercent } from './format.ts';
import { placeInterval, type PlacedInterval } from './interval-geometry.ts';
import { legendGeometry, type LegendGeometry, type LegendItem } from './legend-geometry.ts';
import { robustDomain } from './robust-domain.ts';
import type { RowInput } from './row-input.ts';
import { rowLayout, type PlacedRow, type RowLayout } from './row-layout.ts';

export type Stratum = StrataPicture['rows'][number];

export type StrataGeometry = {
  readonly layout: RowLayout;
  readonly ticks: readonly Tick[];
  readonly zeroAt: number;
  readonly rows: readonly (PlacedRow & {
    readonly row: Stratum;
    readonly interval: PlacedInterval | null;
    readonly point: number | null;
    readonly size: number;
  })[];
  /** Sum of weight times difference: what the strata add up to. */
  readonly together: number | null;
  readonly legend: LegendGeometry;
  readonly height: number;
  readonly marks: readonly ChartMark[];
};

export function strataGeometry({ rows }: StrataPicture, { width, format }: { width: number; format: Format }): StrataGeometry {
  const layout = rowLayout(
    rows.map((row) => rowInput(row, format)),
    { width, strip: width < 520 ? 26 : 40, gap: 4, headers: ['difference [95% interval]', 'weight'] },
  );
  const together = weightedDifference(rows);
  const { domain, cut } = robustDomain(
    rows.flatMap((row) => intervalOf(row) ?? []),
    [...rows.flatMap((row) => (row.dropped === null ? (row.difference ?? []) : [])), ...(together === null ? [] : [together])],
  );
  const { scale, ticks } = linearAxis({ domain, range: [layout.plot.x0, layout.plot.x1], size: layout.type.small, format });
  const heaviest = Math.max(...rows.map((row) => row.weight), 1e-9);
  const most = markSize(layout.breadth) * 1.7;
  const placed = layout.rows.map((place, i) => {
    const row = rows[i]!;
    const interval = intervalOf(row);
    return {
      ...place,
      row,
      interval: interval && placeInterval(interval, scale),
      point: row.dropped !== null || row.difference === null ? null : scale(row.difference),
      size: Math.max(2.5, most * Math.sqrt(row.weight / heaviest)),
    };
  });
  const axisBottom = layout.plot.y1 + layout.type.small * 2.4 + 14;
  const legend = legendGeometry(legendItems(together, cut, format), { x: 0, y: axisBottom + 4, room: width, type: layout.type });
  return {
    layout,
    ticks,
    zeroAt: scale(0),
    rows: placed,
    together: together === null ? null : scale(together),
    legend,
    height: axisBottom + 4 + legend.height + 4,
    marks: placed.map(({ row, box }) => ({ id: row.stratum, label: row.stratum, values: valuesOf(row, format), box, guide: 'box' })),
  };
}

export function weightedDifference(rows: readonly Stratum[]): number | null {
  const used = rows.filter((row) => row.dropped === null && row.difference !== null);
  const weight = used.reduce((sum, row) => sum + row.weight, 0);
  return weight > 0 ? used.reduce((sum, row) => sum + row.weight * row.difference!, 0) / weight : null;
}

export function strataTable({ rows }: StrataPicture, unit: string, format: Format): ChartTable {
  const number = (value: number | null) => (value === null ? '\u2013' : format(value));
  return {
    columns: [
      { label: 'stratum' },
      { label: 'treated', unit: 'n', numeric: true },
      { label: 'controls', unit: 'n', numeric: true },
      ...['mean treated', 'mean control', 'difference', 'standard error'].map((label) => ({ label, unit, numeric: true })),
      { label: 'weight', numeric: true },
      { label: 'dropped because' },
    ],
    rows: rows.map((row) => [
      row.stratum,
      formatCount(row.n_treated),
      formatCount(row.n_control),
      number(row.mean_treated),
      number(row.mean_control),
      number(row.difference),
      number(row.standard_error),
      formatPercent(row.weight),
      row.dropped ?? '',
    ]),
  };
}

export function strataSummary({ rows }: StrataPicture, unit: string, format: Format): string {
  const dropped = rows.filter((row) => row.dropped !== null);
  const together = weightedDifference(rows);
  return [
    `Difference of treated and controls in each of ${rows.length} strata, ${unit}.`,
    together === null ? 'No stratum has both arms.' : `Weighted together: ${format(together)}.`,
    dropped.length === 0 ? 'No stratum is dropped.' : `Dropped: ${dropped.map((row) => `${row.stratum} (${row.dropped})`).join(', ')}.`,
  ].join(' ');
}

function rowInput(row: Stratum, format: Format): RowInput {
  const interval = intervalOf(row);
  const counts = `${formatCount(row.n_treated)} treated, ${formatCount(row.n_control)} controls`;
  if (row.dropped !== null) {
    return {
      id: row.stratum,
      label: row.stratum,
      detail: counts,
      struck: true,
      muted: true,
      note: { text: `dropped: ${row.dropped}`, tone: 'ink' },
      columns: [[{ text: 'dropped', tone: 'muted' }], [{ text: formatPercent(0, 0), tone: 'muted' }]],
    };
  }
  const difference = interval ? formatInterval(interval, format) : row.difference === null ? 'no difference' : format(row.difference);
  return {
    id: row.stratum,
    label: row.stratum,
    detail: counts,
    columns: [[{ text: difference, tone: 'pilot' }], [{ text: formatPercent(row.weight, 0) }]],
  };
}

function intervalOf({ difference, standard_error: error, dropped }: Stratum): Interval | null {
  if (dropped !== null || difference === null || error === null) return null;
  return { estimate: difference, lower: difference - 1.96 * error, upper: difference + 1.96 * error };
}

function legendItems(together: number | null, cut: boolean, format: Format): LegendItem[] {
  return [
    { shape: 'circle', tone: 'pilot', text: 'difference in a stratum; the area is its weight' },
    ...(together === null ? [] : [{ shape: 'dash', tone: 'pilot', text: `weighted together, ${format(together)}` } as const]),
    ...(cut ? [{ shape: 'arrow', tone: 'muted', text: 'goes on beyond the axis' } as const] : []),
  ];
}

function valuesOf(row: Stratum, format: Format): ChartMark['values'] {
  const interval = intervalOf(row);
  return [
    row.dropped !== null
      ? { text: `dropped: ${row.dropped}` }
      : {
          text: `difference ${interval ? formatInterval(interval, format) : row.difference === null ? 'unknown' : format(row.difference)}`,
          tone: 'pilot',
        },
    { text: `${formatCount(row.n_treated)} treated, ${formatCount(row.n_control)} controls` },
    ...(row.mean_treated === null || row.mean_control === null
      ? []
      : [{ text: `means ${format(row.mean_treated)} and ${format(row.mean_control)}`, tone: 'muted' as const }]),
    { text: `weight ${formatPercent(row.weight)}` },
  ];
}

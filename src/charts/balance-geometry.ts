import type { BalancePicture } from '../core/measure/method-picture.ts';
import { linearAxis, type Tick } from './axis-geometry.ts';
import { breadthOf, markSize } from './chart-layout.ts';
import type { Box, ChartMark, PlacedText } from './chart-types.ts';
import { formatNumber } from './format.ts';
import { legendGeometry, type LegendGeometry } from './legend-geometry.ts';
import { reuseBins, reuseGeometry, reuseMark, type ReuseGeometry } from './reuse-geometry.ts';
import { rowLayout, type PlacedRow, type RowLayout } from './row-layout.ts';

export type BalanceRow = BalancePicture['rows'][number];

export type BalanceGeometry = {
  readonly layout: RowLayout;
  readonly ticks: readonly Tick[];
  readonly zeroAt: number;
  readonly guides: readonly { readonly x: number; readonly text: PlacedText }[];
  readonly rows: readonly (PlacedRow & { readonly row: BalanceRow; readonly before: number | null; readonly after: number | null })[];
  readonly mark: number;
  readonly reuse: ReuseGeometry | null;
  readonly legend: LegendGeometry;
  readonly height: number;
  readonly marks: readonly ChartMark[];
};

const guideValues = [0.05, 0.1];

export function balanceGeometry(picture: BalancePicture, { width }: { width: number }): BalanceGeometry {
  const rows = sortedByImbalance(picture.rows);
  const bins = reuseBins(picture.control_reuse);
  const beside = bins.length > 0 && width >= 760;
  const loveWidth = beside ? Math.floor(width * 0.64) : width;
  const top = breadthOf(width) === 'narrow' ? 0 : 20;
  const layout = shifted(
    rowLayout(
      rows.map((row) => ({
        id: row.covariate,
        label: row.covariate,
        plain: true,
        columns: [[{ text: smd(row.before), tone: 'muted' as const }], [{ text: smd(row.after), tone: 'pilot' as const }]],
      })),
      { width: loveWidth, strip: breadthOf(width) === 'narrow' ? 18 : 30, gap: 2, headers: ['before', 'after'] },
    ),
    top,
  );
  const largest = Math.max(0.12, ...rows.flatMap((row) => [Math.abs(row.before), Math.abs(row.after)]).filter(Number.isFinite));
  const { scale, ticks } = linearAxis({ domain: [0, largest * 1.04], range: [layout.plot.x0, layout.plot.x1], size: layout.type.small });
  const at = (value: number) => (Number.isFinite(value) ? scale(Math.abs(value)) : null);
  const placed = layout.rows.map((place, i) => ({ ...place, row: rows[i]!, before: at(rows[i]!.before), after: at(rows[i]!.after) }));
  const axisBottom = layout.plot.y1 + layout.type.small * 2.4 + 14;
  const legend = legendGeometry(
    [
      { shape: 'open-circle', tone: 'neutral', text: 'before' },
      { shape: 'circle', tone: 'pilot', text: 'after' },
      { shape: 'dash', tone: 'muted', text: 'guides at 0.05 and 0.1' },
    ],
    { x: 0, y: axisBottom + 4, room: loveWidth, type: layout.type },
  );
  const loveHeight = axisBottom + 4 + legend.height + 4;
  const reuseBox = beside
    ? { x: loveWidth + 48, y: 0, width: width - loveWidth - 60, height: Math.min(loveHeight, 260) }
    : { x: 8, y: loveHeight + 12, width: Math.min(width - 16, 460), height: 170 };
  const reuse = bins.length === 0 ? null : reuseGeometry(bins, reuseBox, layout.type);
  const guides = guideValues.map((value, i): BalanceGeometry['guides'][number] => ({
    x: scale(value),
    text: {
      text: layout.breadth === 'narrow' ? '' : String(value),
      x: scale(value) + (i === 0 ? -2 : 2),
      y: layout.plot.y0 - 3,
      size: layout.type.small,
      tone: 'muted',
      anchor: i === 0 ? 'end' : 'start',
      halo: true,
    },
  }));
  return {
    layout,
    ticks,
    zeroAt: scale(0),
    guides,
    rows: placed,
    mark: markSize(layout.breadth),
    reuse,
    legend,
    height: reuse === null ? loveHeight : beside ? Math.max(loveHeight, reuseBox.height) : reuseBox.y + reuseBox.height,
    marks: [...placed.map(covariateMark), ...(reuse?.bars ?? []).map((bar, i) => reuseMark(bins[i]!, bar.box, reuseBox))],
  };
}

export function sortedByImbalance(rows: readonly BalanceRow[]): BalanceRow[] {
  const size = (value: number) => (Number.isFinite(value) ? Math.abs(value) : -1);
  return [...rows].sort((a, b) => size(b.before) - size(a.before));
}

export function smd(value: number): string {
  return formatNumber(Math.abs(value), Math.abs(value) < 10 ? 2 : 1);
}

function shifted(layout: RowLayout, by: number): RowLayout {
  const down = <T extends { readonly y: number }>(item: T): T => ({ ...item, y: item.y + by });
  return {
    ...layout,
    plot: { ...layout.plot, y0: layout.plot.y0 + by, y1: layout.plot.y1 + by },
    spans: layout.spans.map(({ y0, y1 }) => ({ y0: y0 + by, y1: y1 + by })),
    headers: layout.headers.map(down),
    rows: layout.rows.map((row) => ({
      ...row,
      centre: row.centre + by,
      box: down(row.box),
      labelBox: down(row.labelBox),
      texts: row.texts.map(down),
      glyphs: row.glyphs.map(down),
    })),
  };
}

function covariateMark({ row, box }: { readonly row: BalanceRow; readonly box: Box }): ChartMark {
  return {
    id: row.covariate,
    label: row.covariate,
    values: [
      { text: `before ${smd(row.before)}`, tone: 'muted' },
      { text: `after ${smd(row.after)}`, tone: 'pilot' },
      { text: Math.abs(row.after) > 0.1 ? 'still above 0.1' : '' },
    ],
    box,
    guide: 'box',
  };
}

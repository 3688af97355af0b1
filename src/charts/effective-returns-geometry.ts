import type { PerState, State } from '../core/contracts/shared-types.ts';
import { linearAxis, paddedDomain, type Tick } from './axis-geometry.ts';
import { markSize } from './chart-layout.ts';
import type { ChartMark, ChartTable, Format } from './chart-types.ts';
import { formatConfidence } from './format.ts';
import { placeInterval, type PlacedInterval } from './interval-geometry.ts';
import { legendGeometry, type LegendGeometry } from './legend-geometry.ts';
import { rowLayout, type PlacedRow, type RowLayout } from './row-layout.ts';

/** Returns of one initiative in the three states, before the confidence penalty. */
export type EffectiveReturnsRow = {
  readonly id: string;
  readonly label: string;
  readonly confidence: number;
  readonly returns: PerState<number>;
  /** After the penalty; by default confidence itself is the share that is kept. */
  readonly effective?: PerState<number>;
  readonly funded?: boolean;
  /** Why it cannot be chosen; null where it can. */
  readonly ineligible?: string | null;
};

export type EffectiveReturnsGeometry = {
  readonly layout: RowLayout;
  readonly ticks: readonly Tick[];
  readonly zeroAt: number;
  readonly rows: readonly (PlacedRow & {
    readonly row: EffectiveReturnsRow;
    readonly before: PlacedInterval;
    readonly beforeY: number;
    readonly after: PlacedInterval;
    readonly afterY: number;
    readonly muted: boolean;
  })[];
  readonly mark: number;
  readonly legend: LegendGeometry;
  readonly height: number;
  readonly marks: readonly ChartMark[];
};

/** worst + confidence * (return - worst), where no other penalty was applied: what the decision counts on. */
export function effectiveReturns({
  returns,
  confidence,
  effective: given,
}: Pick<EffectiveReturnsRow, 'returns' | 'confidence' | 'effective'>): PerState<number> {
  if (given !== undefined) return given;
  const effective = (state: State) => returns.worst + confidence * (returns[state] - returns.worst);
  return { best: effective('best'), med: effective('med'), worst: returns.worst };
}

export function effectiveReturnsGeometry(
  rows: readonly EffectiveReturnsRow[],
  { width, format }: { width: number; format: Format },
): EffectiveReturnsGeometry {
  const layout = rowLayout(
    rows.map((row) => {
      const { best, med, worst } = effectiveReturns(row);
      const tone = row.ineligible ? 'muted' : 'pilot';
      return {
        id: row.id,
        label: row.label,
        detail: `confidence ${formatConfidence(row.confidence)}${row.ineligible ? ` \u00b7 ${row.ineligible}` : ''}`,
        muted: Boolean(row.ineligible),
        columns: [[{ text: format(worst), tone }], [{ text: format(med), tone }], [{ text: format(best), tone }]],
      };
    }),
    { width, strip: 40, gap: 8, inset: 18, headers: ['effective: worst', 'median', 'best'] },
  );
  const domain = paddedDomain(
    rows.flatMap((row) => Object.values(row.returns)),
    { include: [0] },
  );
  const { scale, ticks } = linearAxis({ domain, range: [layout.plot.x0, layout.plot.x1], size: layout.type.small, format });
  const placed = layout.rows.map((place, i) => {
    const row = rows[i]!;
    return {
      ...place,
      row,
      before: placeInterval(asInterval(row.returns), scale),
      beforeY: place.centre - 7,
      after: placeInterval(asInterval(effectiveReturns(row)), scale),
      afterY: place.centre + 7,
      muted: Boolean(row.ineligible),
    };
  });
  const axisBottom = layout.plot.y1 + layout.type.small * 2.4 + 14;
  const legend = legendGeometry(
    [
      { shape: 'interval-faint', tone: 'pilot', text: 'worst to best before the penalty' },
      { shape: 'interval-circle', tone: 'pilot', text: 'effective, with its median' },
      ...(rows.some((row) => row.funded) ? [{ shape: 'band', tone: 'funded', text: 'funded' } as const] : []),
    ],
    { x: 0, y: axisBottom + 6, room: width, type: layout.type },
  );
  return {
    layout,
    ticks,
    zeroAt: scale(0),
    rows: placed,
    mark: markSize(layout.breadth),
    legend,
    height: axisBottom + 6 + legend.height + 4,
    marks: placed.map(({ row, box }) => readingOf(row, box, format)),
  };
}

export function effectiveReturnsTable(rows: readonly EffectiveReturnsRow[], unit: string, format: Format): ChartTable {
  const columns = ['worst', 'median', 'best', 'effective worst', 'effective median', 'effective best'];
  return {
    columns: [
      { label: 'initiative' },
      { label: 'confidence', unit: '0 to 1', numeric: true },
      ...columns.map((label) => ({ label, unit, numeric: true })),
      { label: 'funded' },
      { label: 'eligible' },
    ],
    rows: rows.map((row) => {
      const after = effectiveReturns(row);
      const numbers = [row.returns.worst, row.returns.med, row.returns.best, after.worst, after.med, after.best].map(format);
      return [row.label, formatConfidence(row.confidence), ...numbers, row.funded ? 'yes' : 'no', row.ineligible ?? 'yes'];
    }),
  };
}

export function effectiveReturnsSummary(rows: readonly EffectiveReturnsRow[], unit: string, format: Format): string {
  const each = rows.map((row) => {
    const after = effectiveReturns(row);
    return `${row.label}, confidence ${formatConfidence(row.confidence)}: median from ${format(row.returns.med)} to ${format(after.med)}`;
  });
  return `Returns of ${rows.length} initiatives before and after the confidence penalty, ${unit}. ${each.join('; ')}.`;
}

function asInterval({ best, med, worst }: PerState<number>) {
  return { estimate: med, lower: worst, upper: best };
}

function readingOf(row: EffectiveReturnsRow, box: PlacedRow['box'], format: Format): ChartMark {
  const after = effectiveReturns(row);
  const three = (returns: PerState<number>) => `${format(returns.worst)}, ${format(returns.med)}, ${format(returns.best)}`;
  return {
    id: row.id,
    label: row.label,
    values: [
      { text: `worst, median, best ${three(row.returns)}`, tone: 'muted' },
      { text: `effective ${three(after)}`, tone: 'pilot' },
      { text: `confidence ${formatConfidence(row.confidence)}` },
      ...(row.ineligible ? [{ text: row.ineligible, tone: 'muted' as const }] : []),
      ...(row.funded ? [{ text: 'funded', tone: 'funded' as const }] : []),
    ],
    box,
    guide: 'box',
  };
}

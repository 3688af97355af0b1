import { linearAxis, type Tick } from './axis-geometry.ts';
import { markSize } from './chart-layout.ts';
import type { ChartMark, Format, Interval } from './chart-types.ts';
import { placeInterval, type PlacedInterval } from './interval-geometry.ts';
import { legendGeometry, type LegendGeometry, type LegendItem } from './legend-geometry.ts';
import { monteCarloInterval } from './monte-carlo-words.ts';
import { own, type ArmRow } from './paired-difference-data.ts';
import { armInput, armReading, standingOf } from './paired-difference-words.ts';
import { robustDomain } from './robust-domain.ts';
import type { RowInput } from './row-input.ts';
import { rowLayout, type PlacedRow, type RowLayout } from './row-layout.ts';

export type PlacedArm = PlacedRow & {
  readonly row: ArmRow | null;
  readonly interval: PlacedInterval | null;
  /** The Monte Carlo interval leaves zero out. */
  readonly clear: boolean;
  readonly reference: boolean;
};

export type PairedOptions = { readonly width: number; readonly format: Format };

export type PairedGeometry = {
  readonly layout: RowLayout;
  readonly ticks: readonly Tick[];
  readonly zeroAt: number;
  readonly rows: readonly PlacedArm[];
  readonly mark: number;
  readonly cut: boolean;
  readonly legend: LegendGeometry;
  readonly height: number;
  readonly marks: readonly ChartMark[];
};

export function pairedDifferenceGeometry(rows: readonly ArmRow[], { width, format }: PairedOptions): PairedGeometry {
  const lines = grouped(rows);
  const layout = rowLayout(
    lines.map((line) => line.input ?? armInput(line.row!, format)),
    { width, strip: width < 520 ? 26 : 34, gap: 2, labelShare: 0.36, headers: ['regret \u00b1 MC error', 'difference [95%]'] },
  );
  const intervals = rows.flatMap(({ difference }) => (difference && monteCarloInterval(difference)) ?? []);
  const { domain, cut } = robustDomain(intervals, [0]);
  const { scale, ticks } = linearAxis({ domain, range: [layout.plot.x0, layout.plot.x1], size: layout.type.small, format });
  const placed = layout.rows.map((place, i): PlacedArm => {
    const row = lines[i]!.row;
    const interval: Interval | null = row?.difference ? monteCarloInterval(row.difference) : null;
    return {
      ...place,
      row,
      interval: interval && placeInterval(interval, scale),
      clear: row !== null && ['better', 'worse'].includes(standingOf(row)),
      reference: row?.id === own,
    };
  });
  const axisBottom = layout.plot.y1 + layout.type.small * 2.4 + 14;
  const legend = legendGeometry(legendItems(placed, cut), { x: 0, y: axisBottom + 6, room: width, type: layout.type });
  return {
    layout,
    ticks,
    zeroAt: scale(0),
    rows: placed,
    mark: markSize(layout.breadth) - 0.5,
    cut,
    legend,
    height: axisBottom + 6 + legend.height + 4,
    marks: placed.flatMap(({ row, box }) => (row === null ? [] : [armReading(row, box, format)])),
  };
}

type Line = { readonly row: ArmRow | null; readonly input: RowInput | null };

/** Rows under the headings of their groups, in the order in which those first appear. */
function grouped(rows: readonly ArmRow[]): Line[] {
  const names = [...new Set(rows.map(({ group }) => group))];
  return names.flatMap((group) => {
    const heading: Line[] = group === '' ? [] : [{ row: null, input: { id: `group ${group}`, label: group, heading: true } }];
    return [...heading, ...rows.filter((row) => row.group === group).map((row) => ({ row, input: null }))];
  });
}

function legendItems(rows: readonly PlacedArm[], cut: boolean): LegendItem[] {
  const drawn = rows.filter(({ interval }) => interval !== null);
  const items: (LegendItem | false)[] = [
    rows.some((row) => row.reference) && { shape: 'square', tone: 'ink', text: 'the way the others are compared with' },
    drawn.some(({ clear }) => clear) && { shape: 'interval-circle', tone: 'regret', text: 'differs by more than Monte Carlo error' },
    drawn.some(({ clear }) => !clear) && { shape: 'open-circle', tone: 'regret', text: 'no difference beyond it' },
    cut && { shape: 'arrow', tone: 'muted', text: 'goes on beyond the axis' },
  ];
  return items.filter((item) => item !== false);
}

import type { ErrorParts } from '../core/contracts/run.ts';
import { linearAxis, paddedDomain, type Tick } from './axis-geometry.ts';
import type { Box, ChartMark, ChartTable, Format, Tone } from './chart-types.ts';
import { formatSigned } from './format.ts';
import type { RowInput } from './row-input.ts';
import { rowLayout, type PlacedRow, type RowLayout } from './row-layout.ts';

/** The parts of actual minus predicted for a portfolio or for one initiative. */
export type ErrorPartsRow = { readonly id: string; readonly label: string; readonly parts: ErrorParts };

export type ErrorPartsGeometry = {
  readonly layout: RowLayout;
  readonly ticks: readonly Tick[];
  readonly zeroAt: number;
  readonly rows: readonly (PlacedRow & { readonly bar: Box | null; readonly tone: Tone; readonly total: boolean })[];
  readonly height: number;
  readonly marks: readonly ChartMark[];
};

type ErrorPartName = { readonly key: keyof ErrorParts; readonly label: string; readonly meaning: string };

/** The order of the loop, with what each part is. */
const errorPartNames: readonly ErrorPartName[] = [
  { key: 'pilot_estimation', label: 'pilot estimation', meaning: 'how far the estimate missed' },
  { key: 'pilot_sample', label: 'pilot sample', meaning: 'how untypical the pilot was' },
  { key: 'transport', label: 'transport', meaning: 'how the effect changed on the way to scale' },
  { key: 'scale_sample', label: 'scale sample', meaning: 'how untypical the scale-up was' },
  { key: 'scale_estimation', label: 'scale estimation', meaning: 'how far that estimate missed' },
];

export function errorTotal(parts: ErrorParts): number {
  return errorPartNames.reduce((sum, { key }) => sum + parts[key], 0);
}

/** Transport only where some effect does not carry over as it is. */
function namesFor(groups: readonly ErrorPartsRow[]): readonly ErrorPartName[] {
  const changes = groups.some(({ parts }) => parts.transport !== 0);
  return errorPartNames.filter(({ key }) => changes || key !== 'transport');
}

export function errorPartsGeometry(
  groups: readonly ErrorPartsRow[],
  { width, format }: { width: number; format: Format },
): ErrorPartsGeometry {
  const names = namesFor(groups);
  const lines = groups.flatMap((group) => linesOf(group, names, groups.length > 1));
  const layout = rowLayout(
    lines.map((line) => rowInput(line, format)),
    { width, strip: width < 520 ? 18 : 26, gap: 2, headers: [''] },
  );
  const domain = paddedDomain(
    lines.flatMap((line) => line.value ?? []),
    { include: [0], pad: 0.06 },
  );
  const { scale, ticks } = linearAxis({ domain, range: [layout.plot.x0, layout.plot.x1], size: layout.type.small, format });
  const zeroAt = scale(0);
  const thick = layout.breadth === 'wide' ? 16 : 13;
  const rows = layout.rows.map((place, i) => {
    const line = lines[i]!;
    const end = line.value === null ? zeroAt : scale(line.value);
    const bar =
      line.value === null
        ? null
        : { x: Math.min(end, zeroAt), y: place.centre - thick / 2, width: Math.max(Math.abs(end - zeroAt), 1), height: thick };
    return { ...place, bar, tone: toneOf(line), total: line.total };
  });
  return {
    layout,
    ticks,
    zeroAt,
    rows,
    height: layout.plot.y1 + layout.type.small * 2.4 + 16,
    marks: rows.flatMap((row, i) => (lines[i]!.value === null ? [] : [readingOf(lines[i]!, row, format, groups.length > 1)])),
  };
}

export function errorPartsTable(groups: readonly ErrorPartsRow[], unit: string, format: Format): ChartTable {
  const names = namesFor(groups);
  return {
    columns: [
      { label: 'of' },
      ...names.map(({ label }) => ({ label, unit, numeric: true })),
      { label: 'actual \u2212 predicted', unit, numeric: true },
    ],
    rows: groups.map(({ label, parts }) => [
      label,
      ...names.map(({ key }) => formatSigned(parts[key], format)),
      formatSigned(errorTotal(parts), format),
    ]),
  };
}

export function errorPartsSummary(groups: readonly ErrorPartsRow[], unit: string, format: Format): string {
  const names = namesFor(groups);
  const each = groups.map(
    ({ label, parts }) =>
      `${label}: ${formatSigned(errorTotal(parts), format)}, of which ${names.map((part) => `${part.label} ${formatSigned(parts[part.key], format)}`).join(', ')}`,
  );
  return `Actual minus predicted, ${unit}. ${each.join('; ')}.`;
}

type Line = {
  readonly id: string;
  readonly group: string;
  readonly label: string;
  readonly meaning: string;
  readonly value: number | null;
  readonly total: boolean;
};

function linesOf({ id, label, parts }: ErrorPartsRow, names: readonly ErrorPartName[], headed: boolean): Line[] {
  const heading: Line = { id, group: label, label, meaning: '', value: null, total: false };
  const each = names.map((part): Line => ({
    id: `${id}/${part.key}`,
    group: label,
    label: part.label,
    meaning: part.meaning,
    value: parts[part.key],
    total: false,
  }));
  const total: Line = {
    id: `${id}/total`,
    group: label,
    label: 'together',
    meaning: 'actual \u2212 predicted',
    value: errorTotal(parts),
    total: true,
  };
  return [...(headed ? [heading] : []), ...each, total];
}

function rowInput({ id, label, meaning, value, total }: Line, format: Format): RowInput {
  const heading = value === null;
  return {
    id,
    label,
    detail: meaning,
    plain: !heading && !total,
    heading,
    columns: heading ? [] : [[{ text: formatSigned(value, format), tone: toneOf({ value, total }) === 'regret' ? 'regret' : 'ink' }]],
  };
}

function toneOf({ value, total }: { readonly value: number | null; readonly total: boolean }): Tone {
  if (value !== null && value < 0) return 'regret';
  return total ? 'ink' : 'neutral';
}

function readingOf(line: Line, { box }: PlacedRow, format: Format, headed: boolean): ChartMark {
  const label = headed ? `${line.group}, ${line.label}` : line.label;
  return {
    id: line.id,
    label,
    values: [
      { text: formatSigned(line.value ?? 0, format), tone: (line.value ?? 0) < 0 ? 'regret' : 'ink' },
      { text: line.meaning, tone: 'muted' },
    ],
    box,
    guide: 'box',
  };
}

import type { PerState } from '../core/contracts/shared-types.ts';
import type { Box, ChartMark, ChartTable, Format } from './chart-types.ts';
import { formatConfidence } from './format.ts';
import type { HandlePart } from './interval-drag.ts';
import type { IntervalHandlesRow } from './interval-handles-row.ts';

type Words = { readonly format: Format; readonly formatCost: Format; readonly hideFunded: boolean };

export function intervalHandlesMark(row: IntervalHandlesRow, box: Box, { format, formatCost, hideFunded }: Words): ChartMark {
  const original = row.original ?? null;
  return {
    id: row.id,
    label: row.label,
    values: [
      { text: `worst, median, best ${three(row.raw, format)}`, tone: 'muted' },
      { text: `effective ${three(row.effective, format)}`, tone: row.ineligible === null ? 'pilot' : 'muted' },
      { text: `confidence ${formatConfidence(row.confidence)}` },
      { text: `costs ${formatCost(row.cost)}` },
      {
        text: original === null ? '' : `was ${three(original.raw, format)}, confidence ${formatConfidence(original.confidence)}`,
        tone: 'muted',
      },
      { text: row.ineligible ?? '', tone: 'muted' },
      { text: row.mine ? 'in your portfolio' : '' },
      { text: row.funded && !hideFunded ? 'funded' : '', tone: 'funded' },
    ],
    box,
    guide: 'box',
  };
}

export function intervalHandlesTable(
  rows: readonly IntervalHandlesRow[],
  unit: string,
  { format, formatCost, hideFunded }: Words,
): ChartTable {
  const columns = ['worst', 'median', 'best', 'effective worst', 'effective median', 'effective best'];
  return {
    columns: [
      { label: 'initiative' },
      { label: 'cost', numeric: true },
      { label: 'confidence', unit: '0 to 1', numeric: true },
      ...columns.map((label) => ({ label, unit, numeric: true })),
      { label: 'your portfolio' },
      ...(hideFunded ? [] : [{ label: 'funded' }]),
      { label: 'eligible' },
      { label: 'before it was changed' },
    ],
    rows: rows.map((row) => [
      row.label,
      formatCost(row.cost),
      formatConfidence(row.confidence),
      ...[row.raw, row.effective].flatMap(({ worst, med, best }) => [worst, med, best].map(format)),
      row.mine ? 'yes' : 'no',
      ...(hideFunded ? [] : [row.funded ? 'yes' : 'no']),
      row.ineligible ?? 'yes',
      row.original ? `${three(row.original.raw, format)}; ${formatConfidence(row.original.confidence)}` : '',
    ]),
  };
}

export function intervalHandlesSummary(rows: readonly IntervalHandlesRow[], unit: string, { format, hideFunded }: Words): string {
  const each = rows.map((row) => {
    const words = [
      `${row.label}: ${format(row.raw.worst)} to ${format(row.raw.best)}, median ${format(row.raw.med)}, confidence ${formatConfidence(row.confidence)}`,
      `effective median ${format(row.effective.med)}`,
      row.ineligible ?? '',
      row.mine ? 'in your portfolio' : '',
      row.funded && !hideFunded ? 'funded' : '',
    ];
    return words.filter((word) => word !== '').join(', ');
  });
  return `Returns of ${rows.length} ${rows.length === 1 ? 'initiative' : 'initiatives'} from worst to best, and what the confidence penalty leaves of them, ${unit}. ${each.join('; ')}.`;
}

/** What a handle is called aloud. */
export function handleName(label: string, part: HandlePart): string {
  const names = { worst: 'worst return', med: 'median return', best: 'best return', confidence: 'confidence' };
  return `${label}, ${names[part]}`;
}

/** What a handle's value is aloud. */
export function handleValue(row: IntervalHandlesRow, part: HandlePart, format: Format): string {
  if (part === 'confidence') return formatConfidence(row.confidence);
  const [raw, effective] = [format(row.raw[part]), format(row.effective[part])];
  return part === 'worst' ? raw : `${raw}, effective ${effective}`;
}

function three({ worst, med, best }: PerState<number>, format: Format): string {
  return [worst, med, best].map(format).join(', ');
}

import type { ChartTable } from './chart-types.ts';
import { formatConfidence } from './format.ts';
import type { LadderBands, LadderRow } from './ladder-geometry.ts';

export function ladderTable(rows: readonly LadderRow[], bands: LadderBands, threshold: number): ChartTable {
  return {
    columns: [
      { label: 'initiative' },
      { label: 'kind of evidence' },
      { label: 'confidence', unit: '0 to 1', numeric: true },
      { label: 'range of its kind', numeric: true },
      { label: 'eligible' },
    ],
    rows: rows.map((row) => [
      row.label,
      row.modelType,
      formatConfidence(row.confidence),
      bands[row.modelType].map(formatConfidence).join(' to '),
      row.confidence >= threshold ? 'yes' : 'no',
    ]),
  };
}

export function ladderSummary(rows: readonly LadderRow[], threshold: number): string {
  const below = rows.filter((row) => row.confidence < threshold).length;
  const listed = [...rows]
    .sort((a, b) => b.confidence - a.confidence)
    .map((row) => `${row.label} ${formatConfidence(row.confidence)} (${row.modelType})`);
  return `Ladder of confidence from 0 to 1 in four bands by kind of evidence. From the top: ${listed.join(', ')}. ${below} of ${rows.length} are below the threshold of ${formatConfidence(threshold)}.`;
}

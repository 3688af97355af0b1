import type { ChartTable, Format } from './chart-types.ts';
import type { ForestRow } from './forest-geometry.ts';
import { contains } from './interval-geometry.ts';

export function forestSummary(rows: readonly ForestRow[], unit: string): string {
  const judged = rows.filter((row) => row.pilot !== null && row.truth !== null);
  const held = judged.filter((row) => contains(row.pilot!, row.truth!)).length;
  const funded = rows.filter((row) => row.funded).map((row) => row.label);
  return [
    `Forest plot of ${rows.length} ${rows.length === 1 ? 'initiative' : 'initiatives'}, ${unit}.`,
    judged.length > 0 ? `The pilot interval holds the truth in ${held} of ${judged.length}.` : 'No truth is known.',
    funded.length > 0 ? `Funded: ${funded.join(', ')}.` : 'Nothing was funded.',
    'The table has every number.',
  ].join(' ');
}

export function forestTable(rows: readonly ForestRow[], unit: string, format: Format): ChartTable {
  const number = (value: number | null | undefined) => (value === null || value === undefined ? '\u2013' : format(value));
  const changes = rows.some((row) => row.truthAtScale !== undefined);
  const truths = changes ? ['truth in the pilot', 'truth at scale'] : ['truth'];
  const columns = [...truths, 'pilot', 'pilot lower', 'pilot upper', 'scale', 'scale lower', 'scale upper'];
  return {
    columns: [
      { label: 'initiative' },
      ...columns.map((label) => ({ label, unit, numeric: true })),
      { label: 'funded' },
      { label: 'method' },
      { label: 'note' },
    ],
    rows: rows.map((row) => [
      row.label,
      ...[row.truth, ...(changes ? [row.truthAtScale ?? row.truth] : [])].map(number),
      ...[row.pilot?.estimate, row.pilot?.lower, row.pilot?.upper, row.scale?.estimate, row.scale?.lower, row.scale?.upper].map(number),
      row.funded ? 'yes' : 'no',
      row.detail,
      row.note ?? '',
    ]),
  };
}

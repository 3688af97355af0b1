import { categoryColumn, numberColumn, type Column, type DataTable } from '../../../../src/core/numeric/columns.ts';
import type { CodeQuestion } from '../../../../src/interchange/code/code-script.ts';
import { readReferenceTable } from '../../core/measure/reference-data.ts';
import { writeVariants } from './variants.ts';

/** Names that would be code, or would end a text, if they were not kept as text; each is a column that the answer depends on. */
const hostileNames = [
  '"); quit(status = 0); c("',
  "'); raise SystemExit(0); ('",
  'a`b',
  'back\\slash\\',
  'é ☃ 😀',
  'NA',
  '#comment',
  '@sum',
  '{x} ${y} %s',
];

/** A question about a table whose names and texts are hostile. */
export function hostileQuestion(folder: string): CodeQuestion {
  const variant = { name: '"""; quit(); \\', method: 'experiment', file: 'hostile.csv', table: hostileTable() } as const;
  const parameters = { outcome_column: '=y\u00e9', treatment_column: '"t"', covariate_columns: hostileNames };
  return writeVariants(folder, [{ ...variant, parameters }])[0]!;
}

function hostileTable(): DataTable {
  const { rowCount, columns } = readReferenceTable('obs');
  const named = hostileNames.map((name, k): [string, Column] => [
    name,
    k === 0
      ? categoryColumn(Array.from({ length: rowCount }, (_, i) => hostileNames[(i * 5) % 4]!))
      : numberColumn(Float64Array.from({ length: rowCount }, (_, i) => ((i * (k + 3)) % 31) + ((i * i) % 7) / 7)),
  ]);
  return { rowCount, columns: new Map<string, Column>([['=y\u00e9', columns.get('y')!], ['"t"', columns.get('t')!], ...named]) };
}

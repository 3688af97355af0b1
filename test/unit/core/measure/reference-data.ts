import { readFileSync } from 'node:fs';
import { numberColumn, type Column, type DataTable } from '../../../../src/core/numeric/columns.ts';

const folder = new URL('../../../reference/', import.meta.url);

export function readReference<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as T;
}

/** A reference data set; columns that are numbers throughout become numeric, others are left out. */
export function readReferenceTable(name: string): DataTable {
  const [head = '', ...lines] = readFileSync(new URL(`data/${name}.csv`, folder), 'utf8')
    .trim()
    .split('\n');
  const rows = lines.map((line) => line.split(','));
  const columns = new Map<string, Column>();
  head.split(',').forEach((column, c) => {
    const values = Float64Array.from(rows, (row) => Number(row[c]));
    if (values.every((value) => !Number.isNaN(value))) columns.set(column, numberColumn(values));
  });
  return { rowCount: rows.length, columns };
}

export function numbersOf(table: DataTable, name: string): Float64Array {
  const column = table.columns.get(name);
  if (column?.kind !== 'number') throw new Error(`no numbers in ${name}`);
  return column.values;
}

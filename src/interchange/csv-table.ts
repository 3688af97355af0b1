import Papa from 'papaparse';
import { inputError } from '../core/contracts/input-error.ts';
import { categoryColumn, numberColumn, type Column, type DataTable } from '../core/numeric/columns.ts';

const missing = new Set(['', 'NA', 'NaN', 'nan', 'null', 'NULL']);

/**
 * A table from CSV text with a header row. A column whose entries all read as numbers (or are missing) is numeric, every
 * other is text. @throws InputError naming the row where the file is not a table.
 */
export function parseCsv(text: string): DataTable {
  const parsed = Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), { skipEmptyLines: 'greedy' });
  const problem = parsed.errors.find((error) => error.code !== 'UndetectableDelimiter');
  if (problem !== undefined) throw inputError(`row ${(problem.row ?? 0) + 1}`, problem.message);
  const [header, ...rows] = parsed.data;
  if (header === undefined) throw inputError('', 'the file is empty; a header row and data rows are needed');
  const names = header.map((name) => name.trim());
  const repeated = names.find((name, i) => names.indexOf(name) !== i);
  if (repeated !== undefined) throw inputError('row 1', `two columns are called '${repeated}'`);
  const ragged = rows.findIndex((row) => row.length !== names.length);
  if (ragged >= 0) throw inputError(`row ${ragged + 2}`, `has ${rows[ragged]?.length} fields where the header has ${names.length}`);
  return { rowCount: rows.length, columns: new Map(names.map((name, j) => [name, readColumn(rows, j)])) };
}

function readColumn(rows: readonly (readonly string[])[], j: number): Column {
  const cells = rows.map((row) => row[j]?.trim() ?? '');
  const numbers = Float64Array.from(cells, (cell) => (missing.has(cell) ? Number.NaN : Number(cell)));
  const numeric = cells.every((cell, i) => missing.has(cell) || Number.isFinite(numbers[i]));
  return numeric ? numberColumn(numbers) : categoryColumn(cells.map((cell) => (missing.has(cell) ? null : cell)));
}

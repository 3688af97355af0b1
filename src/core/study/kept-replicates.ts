import * as v from 'valibot';
import { checkContract } from '../contracts/check-contract.ts';
import { inputError } from '../contracts/input-error.ts';
import { doublesFromBase64, doublesToBase64 } from '../numeric/base64-doubles.ts';
import type { Replicate } from './diagnosand.ts';

const columnNames = [
  'replication',
  'estimate',
  'standard_error',
  'df',
  'ci_lower',
  'ci_upper',
  'p_value',
  'truth_population',
  'truth_sample',
] as const;
type ColumnName = (typeof columnNames)[number];

type KeptWith<Answer> = {
  readonly row: number;
  readonly replication: number;
  readonly estimate: Answer;
  readonly standard_error: Answer | null;
  readonly df: Answer | null;
  readonly ci_lower: Answer;
  readonly ci_upper: Answer;
  readonly p_value: Answer;
  readonly truth_population: number | null;
  readonly truth_sample: number | null;
};

/** One replication of one row of the study (an initiative's method), as it is kept: its answer, or null where the data had none. */
export type KeptReplicate = KeptWith<number> | KeptWith<null>;

type RowColumns = { count: number; inOrder: boolean; readonly columns: Record<ColumnName, Float64Array> };

/** The replicates that are kept one by one: columns for each row, null as NaN. Survives structured clone. */
export type KeptReplicates = { readonly rows: Map<number, RowColumns> };

export type KeptReplicatesJson = { readonly rows: readonly ({ readonly row: number } & Readonly<Record<ColumnName, string>>)[] };

export function keptReplicates(): KeptReplicates {
  return { rows: new Map() };
}

export function addKept(kept: KeptReplicates, replicate: KeptReplicate): void {
  const row = rowOf(kept, replicate.row, 1);
  const { columns, count } = row;
  for (const name of columnNames) columns[name][count] = replicate[name] ?? NaN;
  row.inOrder &&= count === 0 || columns.replication[count - 1]! < replicate.replication;
  row.count += 1;
}

export function mergeKept(into: KeptReplicates, from: KeptReplicates): void {
  for (const [id, { count, columns }] of from.rows) {
    const row = rowOf(into, id, count);
    for (const name of columnNames) row.columns[name].set(columns[name].subarray(0, count), row.count);
    row.count += count;
    row.inOrder = false;
  }
}

/** Those of one row that have an answer and a truth of the kind asked for, in order of replication. */
export function keptOf(kept: KeptReplicates, row: number, about: 'population' | 'sample'): readonly Replicate[] {
  const list: Replicate[] = [];
  forEachKept(kept, row, (columns, i) => {
    const truth = orNull(columns[`truth_${about}`][i]!);
    const answer = answerAt(columns, i);
    if (answer !== null && truth !== null) list.push({ ...answer, truth });
  });
  return list;
}

/** All of one row, those without an answer too, in order of replication. */
export function keptRows(kept: KeptReplicates, row: number): readonly KeptReplicate[] {
  const list: KeptReplicate[] = [];
  forEachKept(kept, row, (columns, i) => {
    const answer = answerAt(columns, i);
    list.push({
      row,
      replication: columns.replication[i]!,
      ...(answer === null ? noAnswer : { ...answer, df: orNull(columns.df[i]!) }),
      truth_population: orNull(columns.truth_population[i]!),
      truth_sample: orNull(columns.truth_sample[i]!),
    });
  });
  return list;
}

/** Every bit of every figure, by row and replication: same replicates, same text of the JSON. */
export function keptJson(kept: KeptReplicates): KeptReplicatesJson {
  const ids = [...kept.rows.keys()].sort((a, b) => a - b);
  return {
    rows: ids.flatMap((row) => {
      const { count, columns } = ordered(kept, row)!;
      const texts = columnNames.map((name) => [name, doublesToBase64(columns[name].subarray(0, count))]);
      return count === 0 ? [] : [{ row, ...(Object.fromEntries(texts) as Record<ColumnName, string>) }];
    }),
  };
}

/** @throws InputError where it is not what `keptJson` gives. */
export function readKept(json: unknown): KeptReplicates {
  const kept = keptReplicates();
  checkContract('Kept replicates', keptSchema, json).rows.forEach(({ row, ...texts }, at) => {
    if (kept.rows.has(row)) throw inputError(`rows.${at}.row`, `row ${row} is there twice`, row);
    const columns = Object.fromEntries(columnNames.map((name) => [name, readColumn(texts[name], `rows.${at}.${name}`)]));
    const count = columns['replication']!.length;
    for (const name of columnNames) {
      const found = columns[name]!.length;
      if (found !== count) throw inputError(`rows.${at}.${name}`, `must have as many values as replication, ${count} (found ${found})`);
    }
    kept.rows.set(row, { count, inOrder: false, columns: columns as Record<ColumnName, Float64Array> });
    ordered(kept, row);
  });
  return kept;
}

function readColumn(text: string, path: string): Float64Array {
  const values = doublesFromBase64(text);
  if (values === null) throw inputError(path, 'must be doubles in base64; take the file as it was written');
  return values;
}

function forEachKept(kept: KeptReplicates, row: number, visit: (columns: RowColumns['columns'], i: number) => void): void {
  const found = ordered(kept, row);
  if (found !== null) for (let i = 0; i < found.count; i += 1) visit(found.columns, i);
}

const noAnswer = { estimate: null, standard_error: null, df: null, ci_lower: null, ci_upper: null, p_value: null } as const;

function answerAt(columns: RowColumns['columns'], i: number): Omit<Replicate, 'truth'> | null {
  const estimate = columns.estimate[i]!;
  if (Number.isNaN(estimate)) return null;
  return {
    estimate,
    standard_error: orNull(columns.standard_error[i]!),
    ci_lower: columns.ci_lower[i]!,
    ci_upper: columns.ci_upper[i]!,
    p_value: columns.p_value[i]!,
  };
}

function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

/** The row with room for so many more. */
function rowOf(kept: KeptReplicates, id: number, more: number): RowColumns {
  let row = kept.rows.get(id);
  if (row === undefined) {
    row = { count: 0, inOrder: true, columns: columnsOf(() => new Float64Array(Math.max(16, more))) };
    kept.rows.set(id, row);
  }
  const { count, columns } = row;
  const wanted = count + more;
  if (wanted <= columns.replication.length) return row;
  for (const name of columnNames) {
    const grown = new Float64Array(Math.max(wanted, 2 * count));
    grown.set(columns[name].subarray(0, count));
    columns[name] = grown;
  }
  return row;
}

/** Sorts a row by replication, where it is not. @throws InputError where a replication is there twice. */
function ordered(kept: KeptReplicates, id: number): RowColumns | null {
  const row = kept.rows.get(id);
  if (row === undefined || row.inOrder) return row ?? null;
  const { count, columns } = row;
  const order = Uint32Array.from({ length: count }, (_, i) => i).sort((a, b) => columns.replication[a]! - columns.replication[b]!);
  for (const name of columnNames) {
    const sorted = new Float64Array(count);
    for (let i = 0; i < count; i += 1) sorted[i] = columns[name][order[i]!]!;
    columns[name] = sorted;
  }
  const twice = columns.replication.findIndex((replication, i) => i > 0 && replication === columns.replication[i - 1]);
  if (twice > 0)
    throw inputError('', `replication ${columns.replication[twice]} of row ${id} is there twice; merge parts that do not overlap`);
  row.inOrder = true;
  return row;
}

function columnsOf(column: (name: ColumnName) => Float64Array): Record<ColumnName, Float64Array> {
  return Object.fromEntries(columnNames.map((name) => [name, column(name)])) as Record<ColumnName, Float64Array>;
}

const keptSchema = v.strictObject({
  rows: v.array(
    v.strictObject({
      row: v.pipe(v.number(), v.safeInteger('must be a whole number'), v.minValue(0, 'must not be below 0')),
      ...(Object.fromEntries(columnNames.map((name) => [name, v.string()])) as Record<ColumnName, v.StringSchema<undefined>>),
    }),
  ),
});

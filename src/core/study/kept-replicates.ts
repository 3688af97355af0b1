import * as v from 'valibot';
import { checkContract } from '../contracts/check-contract.ts';
import { inputError } from '../contracts/input-error.ts';
import { doublesFromBase64, doublesToBase64 } from '../numeric/base64-doubles.ts';
import type { Replicate } from './diagnosand.ts';

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

/** `WIDTH` doubles per replicate, in the order of the fields from `replication` on; null is NaN. */
type KeptRow = { count: number; inOrder: boolean; figures: Float64Array };

/** The replicates that are kept one by one, by row of the study. Survives structured clone. */
export type KeptReplicates = { readonly rows: Map<number, KeptRow> };

/** The figures of each row as `doublesToBase64` writes them. */
export type KeptReplicatesJson = { readonly rows: readonly { readonly row: number; readonly figures: string }[] };

const WIDTH = 9;
const noAnswer = { estimate: null, standard_error: null, df: null, ci_lower: null, ci_upper: null, p_value: null } as const;

export function keptReplicates(): KeptReplicates {
  return { rows: new Map() };
}

export function addKept(kept: KeptReplicates, replicate: KeptReplicate): void {
  const row = rowOf(kept, replicate.row, 1);
  const { figures, count } = row;
  const at = WIDTH * count;
  row.inOrder &&= count === 0 || figures[at - WIDTH]! < replicate.replication;
  figures[at] = replicate.replication;
  figures[at + 1] = replicate.estimate ?? NaN;
  figures[at + 2] = replicate.standard_error ?? NaN;
  figures[at + 3] = replicate.df ?? NaN;
  figures[at + 4] = replicate.ci_lower ?? NaN;
  figures[at + 5] = replicate.ci_upper ?? NaN;
  figures[at + 6] = replicate.p_value ?? NaN;
  figures[at + 7] = replicate.truth_population ?? NaN;
  figures[at + 8] = replicate.truth_sample ?? NaN;
  row.count += 1;
}

export function mergeKept(into: KeptReplicates, from: KeptReplicates): void {
  for (const [id, { count, figures }] of from.rows) {
    const row = rowOf(into, id, count);
    row.figures.set(figures.subarray(0, WIDTH * count), WIDTH * row.count);
    row.count += count;
    row.inOrder = false;
  }
}

/** Those of one row that have an answer and a truth of the kind asked for, in order of replication. */
export function keptOf(kept: KeptReplicates, id: number, about: 'population' | 'sample'): readonly Replicate[] {
  const { count, figures } = ordered(kept, id);
  const truthAt = about === 'population' ? 7 : 8;
  const list: Replicate[] = [];
  for (let at = 0; at < WIDTH * count; at += WIDTH) {
    const estimate = figures[at + 1]!;
    const truth = figures[at + truthAt]!;
    if (Number.isNaN(estimate) || Number.isNaN(truth)) continue;
    list.push({
      estimate,
      standard_error: orNull(figures[at + 2]!),
      ci_lower: figures[at + 4]!,
      ci_upper: figures[at + 5]!,
      p_value: figures[at + 6]!,
      truth,
    });
  }
  return list;
}

/** All of one row, those without an answer too, in order of replication. */
export function keptRows(kept: KeptReplicates, id: number): readonly KeptReplicate[] {
  const { count, figures } = ordered(kept, id);
  return Array.from({ length: count }, (_, i) => replicateAt(figures, WIDTH * i, id));
}

/** Every bit of every figure, by row and replication: same replicates, same text of the JSON. */
export function keptJson(kept: KeptReplicates): KeptReplicatesJson {
  const ids = [...kept.rows.keys()].sort((a, b) => a - b);
  return {
    rows: ids.map((row) => {
      const { count, figures } = ordered(kept, row);
      return { row, figures: doublesToBase64(figures.subarray(0, WIDTH * count)) };
    }),
  };
}

/** @throws InputError where it is not what `keptJson` gives. */
export function readKept(json: unknown): KeptReplicates {
  const kept = keptReplicates();
  checkContract('Kept replicates', keptSchema, json).rows.forEach(({ row, figures: text }, i) => {
    if (kept.rows.has(row)) throw inputError(`rows.${i}.row`, `row ${row} is there twice`, row);
    const figures = doublesFromBase64(text);
    if (figures === null || figures.length % WIDTH !== 0)
      throw inputError(`rows.${i}.figures`, 'must be doubles in base64, nine for each replication; take the file as it was written');
    kept.rows.set(row, { count: figures.length / WIDTH, inOrder: false, figures });
    ordered(kept, row);
  });
  return kept;
}

function replicateAt(figures: Float64Array, at: number, row: number): KeptReplicate {
  const estimate = orNull(figures[at + 1]!);
  const truths = { truth_population: orNull(figures[at + 7]!), truth_sample: orNull(figures[at + 8]!) };
  if (estimate === null) return { row, replication: figures[at]!, ...noAnswer, ...truths };
  return {
    row,
    replication: figures[at]!,
    estimate,
    standard_error: orNull(figures[at + 2]!),
    df: orNull(figures[at + 3]!),
    ci_lower: figures[at + 4]!,
    ci_upper: figures[at + 5]!,
    p_value: figures[at + 6]!,
    ...truths,
  };
}

function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

/** The row with room for so many more. */
function rowOf(kept: KeptReplicates, id: number, more: number): KeptRow {
  let row = kept.rows.get(id);
  if (row === undefined) {
    row = { count: 0, inOrder: true, figures: new Float64Array(WIDTH * Math.max(16, more)) };
    kept.rows.set(id, row);
  }
  const wanted = WIDTH * (row.count + more);
  if (wanted <= row.figures.length) return row;
  const grown = new Float64Array(Math.max(wanted, 2 * row.figures.length));
  grown.set(row.figures);
  row.figures = grown;
  return row;
}

/** The row, sorted by replication where it is not. @throws InputError where a replication is there twice. */
function ordered(kept: KeptReplicates, id: number): KeptRow {
  const row = kept.rows.get(id) ?? { count: 0, inOrder: true, figures: new Float64Array(0) };
  if (row.inOrder) return row;
  const { count, figures } = row;
  const order = Array.from({ length: count }, (_, i) => WIDTH * i).sort((a, b) => figures[a]! - figures[b]!);
  const twice = order.find((at, i) => i > 0 && figures[at] === figures[order[i - 1]!]);
  if (twice !== undefined)
    throw inputError('', `replication ${figures[twice]} of row ${id} is there twice; merge parts that do not overlap`);
  const sorted = new Float64Array(WIDTH * count);
  order.forEach((at, i) => sorted.set(figures.subarray(at, at + WIDTH), WIDTH * i));
  row.figures = sorted;
  row.inOrder = true;
  return row;
}

const keptSchema = v.strictObject({
  rows: v.array(
    v.strictObject({
      row: v.pipe(v.number(), v.safeInteger('must be a whole number'), v.minValue(0, 'must not be below 0')),
      figures: v.string(),
    }),
  ),
});

import { inputError } from '../contracts/input-error.ts';
import { requireColumn, requireNumbers, type DataTable } from '../numeric/columns.ts';
import { mean } from '../numeric/moments.ts';
import type { CutoffSide } from './local-linear.ts';
import { completeRows, designColumns, readTreatment, takeCovariate, takeNumbers, type DesignColumns } from './read-table.ts';
import type { RdValues } from './rd-parameters.ts';

/** One side of the cutoff, its rows in ascending order of place. */
export type RdSide = {
  readonly side: CutoffSide;
  /** Position of each row in the columns of `covariates`. */
  readonly rows: Int32Array;
  /** Outcome minus its mean over both sides, which keeps digits. */
  readonly outcome: Float64Array;
  readonly treatment: Float64Array | null;
};

export type RdRows = {
  /**
   * Places are distances into the treated side: the running variable minus the cutoff, with the sign turned where those below
   * are treated. So treated places are >= 0 and control places < 0.
   */
  readonly control: RdSide;
  readonly treated: RdSide;
  readonly n: number;
  readonly nMissing: number;
  readonly nDonut: number;
  readonly outcome: Float64Array;
  readonly centre: number;
  /** Numeric covariates and indicators, by row; NaN where missing. */
  readonly covariates: DesignColumns;
};

/**
 * Reads outcome, running variable and what else is named; rows that miss one of these (or, where they adjust, a covariate) are
 * left out and counted.
 * @throws InputError for columns that are not there, or a cutoff or running variable that is not given.
 */
export function readRdRows(table: DataTable, values: RdValues): RdRows {
  const { outcome_column, running_column, cutoff, treatment_column } = values;
  if (running_column === null) {
    throw inputError('running_column', 'name the column whose side of the cutoff decides the treatment', null);
  }
  if (cutoff === null) throw inputError('cutoff', `say at which value of '${running_column}' the treatment changes`, null);
  if (running_column === outcome_column) throw inputError('running_column', `'${running_column}' is the outcome too`, running_column);
  const outcome = requireNumbers(table, outcome_column, 'outcome_column');
  const running = requireNumbers(table, running_column, 'running_column');
  const treatment = treatment_column === null ? null : readTreatment(table, treatment_column, 'treatment_column');
  const names = [...new Set(values.covariate_columns)].filter((name) => name !== running_column);
  for (const name of names) {
    if (name === outcome_column || name === treatment_column) {
      throw inputError(
        'covariate_columns',
        `'${name}' is the ${name === outcome_column ? 'outcome' : 'treatment'}, so it cannot be a covariate`,
        name,
      );
    }
  }
  const columns = names.map((name) => requireColumn(table, name, 'covariate_columns'));
  const needed = treatment === null ? [outcome, running] : [outcome, running, treatment];
  const complete = completeRows(table.rowCount, needed, values.covariate_use === 'adjust' ? columns : []);
  const sign = values.treated_side === 'above' ? 1 : -1;
  const kept = complete.filter((row) => Math.abs(running[row]! - cutoff) >= values.donut_radius);

  const place = Float64Array.from(kept, (row) => sign * (running[row]! - cutoff) + 0);
  const measured = takeNumbers(outcome, kept);
  const taken = treatment === null ? null : takeNumbers(treatment, kept);
  const centre = kept.length > 0 ? mean(measured) : 0;
  const order = ascending(place);
  const nControl = place.reduce((count, value) => (value < 0 ? count + 1 : count), 0);
  const sideOf = (rows: Int32Array): RdSide => {
    const x = takeNumbers(place, rows);
    return {
      side: { x, starts: runStarts(x) },
      rows,
      outcome: Float64Array.from(rows, (i) => measured[i]! - centre),
      treatment: taken === null ? null : takeNumbers(taken, rows),
    };
  };
  return {
    control: sideOf(order.subarray(0, nControl)),
    treated: sideOf(order.subarray(nControl)),
    n: kept.length,
    nMissing: table.rowCount - complete.length,
    nDonut: complete.length - kept.length,
    outcome: measured,
    centre,
    covariates: designColumns(names.map((name, c) => takeCovariate(name, columns[c]!, kept))),
  };
}

/** Indices in ascending order of value, ties by index: dealt to as many bins as there are values, and each bin sorted. */
function ascending(values: Float64Array): Int32Array {
  const n = values.length;
  const order = new Int32Array(n);
  const least = values.reduce((low, value) => Math.min(low, value), Infinity);
  const reach = values.reduce((high, value) => Math.max(high, value), -Infinity) - least;
  if (!(reach > 0) || !Number.isFinite(reach)) return order.map((_, i) => i).sort((a, b) => values[a]! - values[b]! || a - b);
  const perUnit = (n - 1) / reach;
  const ends = new Int32Array(n + 1);
  for (let i = 0; i < n; i += 1) ends[Math.floor((values[i]! - least) * perUnit) + 1]! += 1;
  for (let bin = 0; bin < n; bin += 1) ends[bin + 1]! += ends[bin]!;
  const next = ends.slice();
  for (let i = 0; i < n; i += 1) {
    const bin = Math.floor((values[i]! - least) * perUnit);
    order[next[bin]!] = i;
    next[bin]! += 1;
  }
  for (let bin = 0; bin < n; bin += 1) sortBin(order, ends[bin]!, ends[bin + 1]!, values);
  return order;
}

function sortBin(order: Int32Array, from: number, to: number, values: Float64Array): void {
  if (to - from > 32) {
    const first = values[order[from]!]!;
    const bin = order.subarray(from, to);
    if (bin.some((row) => values[row] !== first)) bin.sort((a, b) => values[a]! - values[b]! || a - b);
    return;
  }
  for (let i = from + 1; i < to; i += 1) {
    const row = order[i]!;
    let k = i;
    while (k > from && values[order[k - 1]!]! > values[row]!) {
      order[k] = order[k - 1]!;
      k -= 1;
    }
    order[k] = row;
  }
}

function runStarts(sorted: Float64Array): Int32Array {
  let runs = 0;
  for (let i = 0; i < sorted.length; i += 1) if (i === 0 || sorted[i] !== sorted[i - 1]) runs += 1;
  const starts = new Int32Array(runs + 1);
  let run = 0;
  for (let i = 0; i < sorted.length; i += 1) {
    if (i > 0 && sorted[i] === sorted[i - 1]) continue;
    starts[run] = i;
    run += 1;
  }
  starts[runs] = sorted.length;
  return starts;
}

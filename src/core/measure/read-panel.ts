import { inputError } from '../contracts/input-error.ts';
import { requireColumn, requireNumbers, type Column, type DataTable } from '../numeric/columns.ts';
import { readTreatment } from './read-table.ts';
import { readTimes, timeLabels, type TimeColumn } from './time-axis.ts';

export type PanelColumns = {
  readonly outcome_column: string;
  readonly unit_column: string;
  readonly time_column: string;
  readonly treatment_column: string | null;
};

/** A long table as one series per unit, on a common axis of times in order. */
export type Panel = {
  readonly times: readonly string[];
  readonly timeColumn: TimeColumn;
  /** The place of each time on its own scale, ascending. */
  readonly timeValues: Float64Array;
  readonly units: readonly string[];
  /** Outcome by unit, then time; NaN where there is none. */
  readonly series: readonly Float64Array[];
  /** Row of the table by unit, then time; -1 where there is none. */
  readonly rowAt: readonly Int32Array[];
  /** Index of the first time each unit is treated, -1 for never; null without a treatment column. */
  readonly firstTreated: Int32Array | null;
};

/**
 * Reads a table with a row per unit and time; units in sorted order. Rows without unit or time are left out.
 * @throws InputError for absent columns, times that cannot be ordered, or two rows for the same unit and time.
 */
export function readPanel(table: DataTable, names: PanelColumns): Panel {
  const outcome = requireNumbers(table, names.outcome_column, 'outcome_column');
  const unitColumn = requireColumn(table, names.unit_column, 'unit_column');
  const timeColumn = readTimes(table, names.time_column, 'time_column');
  const treated = names.treatment_column === null ? null : readTreatment(table, names.treatment_column, 'treatment_column');
  const unitCodes = codesByLabel(unitColumn, table.rowCount);
  const timesSeen = new Map<number, number>();
  const isUsed = new Uint8Array(unitCodes.labels.length);
  for (let row = 0; row < table.rowCount; row += 1) {
    const code = unitCodes.codes[row]!;
    const time = timeColumn.values[row]!;
    if (code < 0 || Number.isNaN(time)) continue;
    isUsed[code] = 1;
    timesSeen.set(time, row);
  }
  const timeValues = Float64Array.from(timesSeen.keys()).sort();
  const timeIndex = new Map(Array.from(timeValues, (value, t) => [value, t]));
  const times = timeLabels(
    table,
    names.time_column,
    Array.from(timeValues, (value) => timesSeen.get(value)!),
  );
  const units = [...new Set(unitCodes.labels.filter((_, code) => isUsed[code] === 1))].sort();
  const unitIndex = new Map(units.map((unit, u) => [unit, u]));
  const unitOfCode = unitCodes.labels.map((label) => unitIndex.get(label) ?? -1);

  const series = units.map(() => new Float64Array(times.length).fill(NaN));
  const rowAt = units.map(() => new Int32Array(times.length).fill(-1));
  const firstTreated = treated === null ? null : new Int32Array(units.length).fill(-1);
  for (let row = 0; row < table.rowCount; row += 1) {
    const code = unitCodes.codes[row]!;
    const t = timeIndex.get(timeColumn.values[row]!);
    if (code < 0 || t === undefined) continue;
    const u = unitOfCode[code]!;
    if (rowAt[u]![t]! >= 0) {
      throw inputError(
        'time_column',
        `unit '${units[u]!}' has more than one row for ${times[t]!}; the data must hold one row per unit and time`,
        names.time_column,
      );
    }
    rowAt[u]![t] = row;
    if (Number.isFinite(outcome[row])) series[u]![t] = outcome[row]!;
    if (firstTreated !== null && treated![row] === 1 && (firstTreated[u]! < 0 || t < firstTreated[u]!)) firstTreated[u] = t;
  }
  return { times, timeColumn, timeValues, units, series, rowAt, firstTreated };
}

/** A code for each row, -1 where missing, and the label of each code. */
function codesByLabel(column: Column, rowCount: number): { readonly codes: Int32Array; readonly labels: readonly string[] } {
  if (column.kind === 'category') return { codes: column.codes, labels: column.levels };
  const codeOf = new Map<number, number>();
  const codes = new Int32Array(rowCount);
  for (let row = 0; row < rowCount; row += 1) {
    const value = column.values[row]!;
    const code = Number.isNaN(value) ? -1 : (codeOf.get(value) ?? codeOf.size);
    if (code === codeOf.size) codeOf.set(value, code);
    codes[row] = code;
  }
  return { codes, labels: Array.from(codeOf.keys(), String) };
}

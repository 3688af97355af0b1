import { inputError } from '../contracts/input-error.ts';
import { labelAt, requireColumn, requireNumbers, type DataTable } from '../numeric/columns.ts';
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
  const rows = Array.from({ length: table.rowCount }, (_, row) => row).filter(
    (row) => labelAt(unitColumn, row) !== null && !Number.isNaN(timeColumn.values[row]),
  );

  const rowAt = new Map(rows.map((row) => [timeColumn.values[row]!, row]));
  const timeValues = Float64Array.from(rowAt.keys()).sort();
  const timeIndex = new Map(Array.from(timeValues, (value, t) => [value, t]));
  const times = timeLabels(
    table,
    names.time_column,
    Array.from(timeValues, (value) => rowAt.get(value)!),
  );
  const units = [...new Set(rows.map((row) => labelAt(unitColumn, row)!))].sort();
  const unitIndex = new Map(units.map((unit, u) => [unit, u]));

  const series = units.map(() => new Float64Array(times.length).fill(NaN));
  const seen = units.map(() => new Uint8Array(times.length));
  const firstTreated = treated === null ? null : new Int32Array(units.length).fill(-1);
  for (const row of rows) {
    const u = unitIndex.get(labelAt(unitColumn, row)!)!;
    const t = timeIndex.get(timeColumn.values[row]!)!;
    if (seen[u]![t] === 1) {
      throw inputError(
        'time_column',
        `unit '${units[u]!}' has more than one row for ${times[t]!}; the data must hold one row per unit and time`,
        names.time_column,
      );
    }
    seen[u]![t] = 1;
    if (Number.isFinite(outcome[row])) series[u]![t] = outcome[row]!;
    if (firstTreated !== null && treated![row] === 1 && (firstTreated[u]! < 0 || t < firstTreated[u]!)) firstTreated[u] = t;
  }
  return { times, timeColumn, timeValues, units, series, firstTreated };
}

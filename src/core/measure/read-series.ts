import { inputError } from '../contracts/input-error.ts';
import { requireNumbers, type DataTable } from '../numeric/columns.ts';
import { readTimes, timeLabels, type TimeColumn } from './time-axis.ts';

/** One outcome per time, in order of time. */
export type Series = {
  readonly labels: readonly string[];
  readonly timeColumn: TimeColumn;
  /** Ascending. */
  readonly times: Float64Array;
  readonly outcome: Float64Array;
  /** Rows left out because time or outcome is missing. */
  readonly nMissing: number;
};

/** @throws InputError for absent columns, times that cannot be ordered, or two rows for the same time. */
export function readSeries(table: DataTable, outcomeColumn: string, outcomeParameter: string, timeColumn: string): Series {
  const outcome = requireNumbers(table, outcomeColumn, outcomeParameter);
  const times = readTimes(table, timeColumn, 'time_column');
  const timeOf = (row: number) => times.values[row]!;
  const rows = Array.from({ length: table.rowCount }, (_, row) => row)
    .filter((row) => !Number.isNaN(timeOf(row)) && Number.isFinite(outcome[row]))
    .sort((a, b) => timeOf(a) - timeOf(b));
  const labels = timeLabels(table, timeColumn, rows);
  const repeated = rows.findIndex((row, t) => t > 0 && timeOf(row) === timeOf(rows[t - 1]!));
  if (repeated >= 0)
    throw inputError('time_column', `there is more than one row for ${labels[repeated]!}; a series needs one row per time`, timeColumn);
  return {
    labels,
    timeColumn: times,
    times: Float64Array.from(rows, timeOf),
    outcome: Float64Array.from(rows, (row) => outcome[row]!),
    nMissing: table.rowCount - rows.length,
  };
}

import { requireNumbers, type DataTable } from '../numeric/columns.ts';
import type { MetricsApproximationValues } from './metrics-approximation-description.ts';
import { completeRows, missingRowsWarning, readTreatment, takeNumbers } from './read-table.ts';
import type { ResponseFunction } from './response-functions/response-function.ts';

/** The coefficient in use, and how far off it may be. */
export type Belief = { readonly coefficient: number; readonly standardError: number; readonly scale: number };

/** Treated units with both metrics and a baseline. */
export type ChangedUnits = {
  readonly n: number;
  readonly before: Float64Array;
  readonly after: Float64Array;
  readonly baseline: Float64Array;
  /** After the treatment; null where no outcome was named, NaN where a unit has none. */
  readonly outcome: Float64Array | null;
  readonly warnings: readonly string[];
};

/**
 * Reads the treated units. Those without a metric or a baseline, and those whose metric the response knows nothing of, are left
 * out and counted.
 * @throws InputError for columns that are not there or hold text.
 */
export function readChangedUnits(
  table: DataTable,
  values: MetricsApproximationValues,
  response: ResponseFunction,
  { coefficient, scale }: Belief,
): ChangedUnits {
  const treated = readTreatment(table, values.treatment_column, 'treatment_column');
  const before = requireNumbers(table, values.metric_before_column, 'metric_before_column');
  const after = requireNumbers(table, values.metric_after_column, 'metric_after_column');
  const baseline = requireNumbers(table, values.baseline_column, 'baseline_column');
  const outcome = values.outcome_column === null ? null : requireNumbers(table, values.outcome_column, 'outcome_column');

  const treatedRows = Int32Array.from(treated.keys()).filter((row) => treated[row] === 1);
  const complete = completeRows(table.rowCount, [treated, before, after, baseline], []).filter((row) => treated[row] === 1);
  const rows = complete.filter((row) => Number.isFinite(response.change(before[row]!, after[row]!, coefficient, scale)));
  const nOutside = complete.length - rows.length;
  return {
    n: rows.length,
    before: takeNumbers(before, rows),
    after: takeNumbers(after, rows),
    baseline: takeNumbers(baseline, rows),
    outcome: outcome === null ? null : takeNumbers(outcome, rows),
    warnings: [
      ...missingRowsWarning(treatedRows.length - complete.length, treatedRows.length).map((text) => text.replace('rows', 'treated rows')),
      ...(nOutside === 0
        ? []
        : [`For ${nOutside} of ${complete.length} treated units the response has no meaning at their metric; they were left out.`]),
    ],
  };
}

/** Why nothing can be approximated; null where it can. */
export function whyNotApproximable({ n, before, after, baseline }: ChangedUnits): string | null {
  if (n === 0) return 'No treated unit has the metric before and after, and a baseline.';
  if (n < 2) return 'A single treated unit cannot show how much units differ; at least two are needed.';
  if (after.every((value, i) => value === before[i]))
    return 'The metric did not change for any treated unit, so there is no change to value.';
  if (baseline.every((value) => value === 0))
    return 'The baseline is 0 for every treated unit, so a relative change of it is worth nothing.';
  return null;
}

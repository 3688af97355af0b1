import type { Measured, Replicate } from './diagnosand.ts';
import type { DiagnosandId } from './index.ts';

/** Replications by columns, as somebody's file has them: one entry per replication, NaN where a cell is missing. null: there is no such column. */
export type ReplicateColumns = {
  readonly estimate: Float64Array;
  readonly standard_error: Float64Array | null;
  readonly interval: { readonly lower: Float64Array; readonly upper: Float64Array } | null;
  /** For intervals by Student's t where no interval is given. */
  readonly df: Float64Array | null;
  readonly p_value: Float64Array | null;
  readonly truth: number | Float64Array;
};

/** How intervals and tests are made where the file has none. */
export type ReplicateConventions = {
  /** Of the intervals; the test is at 1 minus it. */
  readonly level: number;
  /** Degrees of freedom of the test of |estimate| / SE; null for the normal distribution. */
  readonly power_df: number | null;
};

/** The diagnosands of a study, and what is said besides of replications from anywhere. Power stands for the rejection rate. */
export type TableDiagnosandId =
  | Exclude<DiagnosandId, 'rejection_rate'>
  | 'power'
  | 'mean_estimate'
  | 'median_estimate'
  | 'mean_variance'
  | 'median_variance';
export type TableDiagnosands = Readonly<Record<TableDiagnosandId, Measured | null>>;

export type TableDiagnosis = {
  readonly replications: number;
  /** Those without an answer, by reason; the others are what the diagnosands are about. */
  readonly failures: { readonly count: number; readonly reasons: Readonly<Record<string, number>> };
  readonly diagnosands: TableDiagnosands;
};

/** A row as a replicate, or why it is none. */
export type RowReading = { readonly replicate: Replicate } | { readonly failure: string };

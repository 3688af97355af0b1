import { normalQuantile } from '../numeric/normal.ts';
import { studentTQuantile } from '../numeric/student-t.ts';
import type { Replicate } from './diagnosand.ts';

/** Replications by columns, as somebody's file has them: one entry per replication, NaN where a cell is missing; null where there is no such column. */
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

/** Larger figures would not survive being raised to the fourth power. */
const largest = 1e70;
/** Stands for an end of an interval that is open. */
const farAway = 1e75;

/**
 * Reads rows as replicates, or says why a row is none. Intervals: as given, else estimate -+ q SE with the quantile of Student's t where
 * there are degrees of freedom and of the normal distribution elsewhere. Test: p <= 1 - level where p values are given, else
 * |estimate| >= q SE; only its verdict is kept, as a p value of 0 or 1. These are the conventions of rsimsum.
 */
export function replicateReader(columns: ReplicateColumns, { level, power_df }: ReplicateConventions): (row: number) => Replicate | string {
  const alpha = Number((1 - level).toPrecision(12));
  const upperTail = 1 - alpha / 2;
  const normal = normalQuantile(upperTail);
  const critical = power_df === null ? normal : studentTQuantile(upperTail, power_df);
  const quantiles = new Map<number, number>();
  const { estimate: estimates, standard_error: errors, interval, df, p_value: ps, truth: truths } = columns;

  function quantileAt(row: number): number {
    const at = df?.[row] ?? Infinity;
    if (at === Infinity) return normal;
    const known = quantiles.get(at) ?? studentTQuantile(upperTail, at);
    quantiles.set(at, known);
    return known;
  }

  return (row) => {
    const failure = failureAt(columns, row);
    if (failure !== null) return failure;
    const estimate = estimates[row]!;
    const standard_error = errors?.[row] ?? null;
    const reach = standard_error === null || interval !== null ? 0 : quantileAt(row) * standard_error;
    const isRejected = ps === null ? standard_error !== null && Math.abs(estimate) >= critical * standard_error : ps[row]! <= alpha;
    return {
      estimate,
      standard_error,
      ci_lower: within(interval?.lower[row] ?? estimate - reach),
      ci_upper: within(interval?.upper[row] ?? estimate + reach),
      p_value: isRejected ? 0 : 1,
      truth: typeof truths === 'number' ? truths : truths[row]!,
    };
  };
}

/** A replication counts where every column in use has a figure. */
function failureAt({ estimate, standard_error: errors, interval, df, p_value, truth }: ReplicateColumns, row: number): string | null {
  const noEstimate = Number.isNaN(estimate[row]);
  const noError = errors !== null && Number.isNaN(errors[row]);
  if (noEstimate || noError) {
    if (noEstimate && noError) return 'estimate and standard error are missing';
    return noEstimate ? 'estimate is missing' : 'standard error is missing';
  }
  const size = sizeFailure('estimate', estimate[row]!) ?? sizeFailure('standard error', errors?.[row] ?? 0);
  if (size !== null) return size;
  if (interval !== null && (Number.isNaN(interval.lower[row]) || Number.isNaN(interval.upper[row]))) return 'interval is missing';
  if (interval === null && df !== null && Number.isNaN(df[row])) return 'degrees of freedom are missing';
  if (p_value !== null && Number.isNaN(p_value[row])) return 'p value is missing';
  const true_value = typeof truth === 'number' ? truth : truth[row]!;
  return Number.isNaN(true_value) ? 'true value is missing' : sizeFailure('true value', true_value);
}

function sizeFailure(what: string, value: number): string | null {
  if (Math.abs(value) <= largest) return null;
  return Number.isFinite(value) ? `${what} is beyond 1e70` : `${what} is infinite`;
}

function within(end: number): number {
  return Math.max(-farAway, Math.min(farAway, end));
}

/** An interval with an open end has no width. */
export function isOpenInterval({ ci_lower, ci_upper }: Replicate): boolean {
  return ci_lower === -farAway || ci_upper === farAway;
}

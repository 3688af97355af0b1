import { diagnose, type DiagnosandId } from './index.ts';
import type { Measured, Replicate } from './diagnosand.ts';
import { meanWithError } from './replicate-moments.ts';
import { addReplicate, emptyReplicateTally, type ReplicateTally } from './replicate-tally.ts';
import { isOpenInterval, replicateReader, type ReplicateColumns, type ReplicateConventions } from './replicates-table.ts';

/** The diagnosands of a study, power being its rejection rate, and what is said besides of replications from anywhere. */
export type TableDiagnosandId =
  Exclude<DiagnosandId, 'rejection_rate'> | 'power' | 'mean_estimate' | 'median_estimate' | 'mean_variance' | 'median_variance';
export type TableDiagnosands = Readonly<Record<TableDiagnosandId, Measured | null>>;

export type TableDiagnosis = {
  /** Those with an answer: what the diagnosands are about. */
  readonly replications: number;
  readonly failures: number;
  /** How many for which reason. */
  readonly failure_reasons: Readonly<Record<string, number>>;
  readonly diagnosands: TableDiagnosands;
};

/**
 * Diagnosands of the replications in these rows; a measure that the columns cannot tell is null. Where not one of the rows has a
 * standard error, the method has none, and its estimates count without.
 */
export function diagnoseReplicatesTable(
  columns: ReplicateColumns,
  conventions: ReplicateConventions,
  rows: Iterable<number>,
): TableDiagnosis {
  const chosen = [...rows];
  const hasErrors = columns.standard_error !== null && chosen.some((row) => !Number.isNaN(columns.standard_error![row]));
  const used: ReplicateColumns = hasErrors ? columns : { ...columns, standard_error: null };
  const read = replicateReader(used, conventions);
  const replicates: Replicate[] = [];
  const reasons = new Map<string, number>();
  const tally = emptyReplicateTally();
  for (const row of chosen) {
    const reading = read(row);
    if (typeof reading === 'string') reasons.set(reading, (reasons.get(reading) ?? 0) + 1);
    else {
      addReplicate(tally, reading);
      replicates.push(reading);
    }
  }
  return {
    replications: replicates.length,
    failures: chosen.length - replicates.length,
    failure_reasons: Object.fromEntries(reasons),
    diagnosands: measures(used, tally, replicates),
  };
}

function measures(columns: ReplicateColumns, tally: ReplicateTally, kept: readonly Replicate[]): TableDiagnosands {
  const {
    rejection_rate: power,
    type_s_error,
    type_m_error,
    coverage,
    bias_eliminated_coverage,
    interval_width,
    ...others
  } = diagnose({ tally, kept });
  const hasErrors = columns.standard_error !== null;
  const hasInterval = columns.interval !== null || hasErrors;
  const hasTest = columns.p_value !== null || hasErrors;
  const { sums } = tally;
  return {
    ...others,
    coverage: hasInterval ? coverage : null,
    bias_eliminated_coverage: hasInterval ? bias_eliminated_coverage : null,
    power: hasTest ? power : null,
    interval_width: hasInterval && !kept.some(isOpenInterval) ? interval_width : null,
    type_s_error: hasTest ? type_s_error : null,
    type_m_error: hasTest ? type_m_error : null,
    mean_estimate: meanWithError({ n: kept.length, sum: sums.estimate, squares: sums.estimate_squared }),
    median_estimate: median(kept.map(({ estimate }) => estimate)),
    mean_variance: hasErrors ? meanWithError({ n: kept.length, sum: sums.variance, squares: sums.variance_squared }) : null,
    median_variance: hasErrors ? median(kept.map(({ standard_error: se }) => (se ?? 0) * (se ?? 0))) : null,
  };
}

/** Without a Monte Carlo SE. */
function median(values: readonly number[]): Measured | null {
  if (values.length === 0) return null;
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  const value = sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  return { value, monte_carlo_se: null };
}

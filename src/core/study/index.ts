import { biasEliminatedCoverage } from './bias-eliminated-coverage.ts';
import { bias } from './bias.ts';
import { coverage } from './coverage.ts';
import type { DiagnosandDefinition, Measured, Replicate, ReplicateEvidence } from './diagnosand.ts';
import { empiricalSe } from './empirical-se.ts';
import { intervalWidth } from './interval-width.ts';
import { modelSe } from './model-se.ts';
import { mse } from './mse.ts';
import { rejectionRate } from './rejection-rate.ts';
import { relativeBias } from './relative-bias.ts';
import { relativeErrorModelSe } from './relative-error-model-se.ts';
import { addReplicate, emptyReplicateTally } from './replicate-tally.ts';
import { rmse } from './rmse.ts';
import { typeMError } from './type-m-error.ts';
import { typeSError } from './type-s-error.ts';

/** Every diagnosand by id, in the order they are listed. */
export const diagnosands = {
  bias,
  relative_bias: relativeBias,
  empirical_se: empiricalSe,
  model_se: modelSe,
  relative_error_model_se: relativeErrorModelSe,
  mse,
  rmse,
  coverage,
  bias_eliminated_coverage: biasEliminatedCoverage,
  rejection_rate: rejectionRate,
  interval_width: intervalWidth,
  type_s_error: typeSError,
  type_m_error: typeMError,
} as const;

export type DiagnosandId = keyof typeof diagnosands;
export type Diagnosed = Readonly<Record<DiagnosandId, Measured | null>>;

/** Every diagnosand of the evidence; null where it is not defined, or too large for a number. */
export function diagnose(evidence: ReplicateEvidence): Diagnosed {
  return Object.fromEntries(Object.entries(diagnosands).map(([id, { measure }]) => [id, finite(measure(evidence))])) as Diagnosed;
}

/** Of replicates in hand, all of which count as kept. */
export function diagnoseReplicates(replicates: readonly Replicate[]): Diagnosed {
  const tally = emptyReplicateTally();
  for (const replicate of replicates) addReplicate(tally, replicate);
  return diagnose({ tally, kept: replicates });
}

/** How many replicates a diagnosand of this evidence rests on. */
export function replicatesBehind({ about }: DiagnosandDefinition, { tally, kept }: ReplicateEvidence): number {
  return { all: tally.replications, kept: kept.length, rejected: tally.rejected }[about];
}

function finite(measured: Measured | null): Measured | null {
  if (measured === null || !Number.isFinite(measured.value)) return null;
  const { value, monte_carlo_se: error } = measured;
  return { value, monte_carlo_se: error !== null && Number.isFinite(error) ? error : null };
}

import { bias } from './bias.ts';
import { coverage } from './coverage.ts';
import type { Measured, Replicate } from './diagnosand.ts';
import { empiricalSe } from './empirical-se.ts';
import { modelSe } from './model-se.ts';
import { rejectionRate } from './rejection-rate.ts';
import { relativeErrorModelSe } from './relative-error-model-se.ts';

/** Every diagnosand by id, in the order they are listed. */
export const diagnosands = {
  bias,
  empirical_se: empiricalSe,
  model_se: modelSe,
  relative_error_model_se: relativeErrorModelSe,
  coverage,
  rejection_rate: rejectionRate,
} as const;

export type DiagnosandId = keyof typeof diagnosands;
export type Diagnosed = Readonly<Record<DiagnosandId, Measured | null>>;

export function diagnose(replicates: readonly Replicate[]): Diagnosed {
  return Object.fromEntries(Object.entries(diagnosands).map(([id, { measure }]) => [id, measure(replicates)])) as Diagnosed;
}

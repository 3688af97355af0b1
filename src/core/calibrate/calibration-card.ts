import type { Estimand } from '../contracts/shared-types.ts';
import type { Measured } from '../study/diagnosand.ts';
import type { DiagnosandId, Diagnosed } from '../study/index.ts';

/** What a card says of a world; the study knows more. */
export const cardDiagnosands = [
  'bias',
  'empirical_se',
  'model_se',
  'relative_error_model_se',
  'coverage',
  'rejection_rate',
] as const satisfies readonly DiagnosandId[];

export type CardDiagnosed = Pick<Diagnosed, (typeof cardDiagnosands)[number]>;

/** How a method did in one world of the battery. Diagnosands are about the expected effect on the estimand's group. */
export type CalibrationCell = CardDiagnosed & {
  /** Unique within the card: 'null', 'home', or a violation with its severity. */
  readonly world: string;
  readonly kind: 'null' | 'home' | 'violation';
  /** 'mild' or 'strong' violations by their dial; null elsewhere. */
  readonly severity: number | null;
  readonly label: string;
  readonly estimand: Estimand;
  readonly replications: number;
  /** Replications in which the data had no answer; the diagnosands are about the others. */
  readonly degenerate: number;
  /** Coverage of the effect in the very sample drawn, beside that of the expected effect. */
  readonly sample_coverage: Measured | null;
};

/** What the fixed battery says of a method with its default parameters. */
export type CalibrationCard = {
  readonly estimator: string;
  readonly cells: readonly CalibrationCell[];
  /** Where the interval on the home design covers something else than its level: what, and why. */
  readonly note: string | null;
};

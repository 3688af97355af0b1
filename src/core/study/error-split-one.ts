import type { DecisionSummary } from './decision-summary.ts';
import type { ScaleRecord } from './replication-record.ts';

/** The parts of one replication's error, money for the share that was funded; they add up to `error`. */
export type OneErrorSplit = {
  /** True return at scale minus predicted. */
  readonly error: number;
  /** Minus (this pilot's estimate - mean estimate where funded): luck of this replication. */
  readonly sampling_noise: number;
  readonly selection: number;
  readonly bias: number;
  readonly transport: number;
  readonly correction: number;
};

type Funded = Pick<ScaleRecord, 'initiative_id' | 'share' | 'predicted' | 'true_pilot' | 'true_scale'>;

/**
 * Splits true return at scale minus predicted of one funded initiative with the means of a study of the same scenario:
 * -(e - E[e | funded]) - (E[e | funded] - E[e]) - E[e] + (true at scale - true at pilot) - (predicted - estimate), e being estimate minus
 * the true return of the pilot's effect. `estimate` is R_med as the evidence has it, times the share; the prediction itself where
 * nothing corrects it. null where the study never funded the initiative.
 */
export function splitOneReplication(
  summary: Pick<DecisionSummary, 'error_split'>,
  { initiative_id: id, share, predicted, true_pilot: pilot, true_scale: scale }: Funded,
  estimate: number = predicted,
): OneErrorSplit | null {
  const means = summary.error_split.initiatives.find((split) => split.initiative_id === id);
  if (means === undefined) return null;
  const parts = {
    sampling_noise: means.mean_error_funded * share - (estimate - pilot),
    selection: (means.mean_error - means.mean_error_funded) * share,
    bias: -means.mean_error * share,
    transport: scale - pilot,
    correction: estimate - predicted,
  };
  return { error: scale - predicted, ...parts };
}

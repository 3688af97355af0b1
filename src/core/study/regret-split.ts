import type { Measured } from './diagnosand.ts';

/**
 * Expected realised regret, split by swapping the truth in stage by stage; the parts add up to it. Money. A part is what the
 * decision would save if that stage alone were made right, given that the ones before are.
 */
export type RegretSplit = {
  readonly expected_regret: Measured;
  /** Expected regret minus that of the decision on the average pilot. */
  readonly sampling_noise: Measured;
  /** The decision on the average pilot against the same pilot centred at its own truth. */
  readonly estimator_bias: Measured;
  /** Centred at the truth of the pilot against centred at the truth at scale; 0 where effects carry over as they are. */
  readonly transport: Measured;
  /** What is left when every estimate is true: penalty, threshold, floor, width of the intervals, the rule itself. */
  readonly decision_rule: Measured;
  readonly stages: readonly RegretStage[];
};

/** The decision with some of the evidence made true. */
export type RegretStage = {
  readonly evidence: 'average_pilot' | 'true_at_pilot' | 'true_at_scale';
  readonly selected: readonly string[];
  readonly shares?: Readonly<Record<string, number>>;
  readonly true_return: number;
  readonly regret: Measured;
};

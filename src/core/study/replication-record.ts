import type { PerState } from '../contracts/shared-types.ts';
import type { Estimand } from '../contracts/shared-types.ts';

/** What one method said of one initiative's pilot in one replication. Effects per product-period. */
export type EstimateRecord = {
  readonly initiative_id: string;
  /** 0 for the initiative's own method, then its comparisons in order. */
  readonly position: number;
  readonly method: string;
  readonly estimand: Estimand;
  /** null where the data have no answer; `reason` says why. */
  readonly answer: {
    readonly estimate: number;
    readonly standard_error: number | null;
    readonly df: number | null;
    readonly ci_lower: number;
    readonly ci_upper: number;
    readonly p_value: number;
  } | null;
  readonly reason: string | null;
  /** The effect in expectation and in the very sample; null where nobody is in the estimand's group. */
  readonly truth: { readonly population: number | null; readonly sample: number | null };
};

/** What one arm of the comparison of decisions funded. Money. */
export type DecisionRecord = {
  readonly arm: string;
  /** Whether anything could be funded within the floor and the constraints. */
  readonly feasible: boolean;
  /** In the order of the scenario. */
  readonly selected: readonly string[];
  /** Funded shares by id; absent where all are funded whole. */
  readonly shares?: Readonly<Record<string, number>>;
  /** Sum of the R_med that the arm decided with (corrected where it corrects). */
  readonly predicted_return: number;
  /** Sum of the true returns at scale of what it funded; null where some initiative has no truth. */
  readonly true_return: number | null;
  /** Oracle's true return minus this one; null where there is no oracle. */
  readonly realised_regret: number | null;
};

/** One initiative's evidence as ALLOCATE gets it, before any correction and without numbers set by hand; with its truth. Money. */
export type EvidenceRecord = {
  readonly initiative_id: string;
  /** null where the pilot has no estimate. */
  readonly returns: PerState<number> | null;
  /** Of the med return; null where the method has none. */
  readonly standard_error: number | null;
  readonly confidence: number | null;
  /** True return of the pilot's effect, and at scale; null where stated. */
  readonly true_pilot: number | null;
  readonly true_scale: number | null;
};

/** A funded initiative measured again at scale; money, for the share that was funded. */
export type ScaleRecord = {
  readonly initiative_id: string;
  readonly share: number;
  /** What the decision counted on: the R_med, corrected where the scenario corrects. */
  readonly predicted: number;
  readonly true_pilot: number;
  readonly true_scale: number;
  /** null where the second measurement has no estimate, or was not made. */
  readonly measured: number | null;
};

/** All that a study keeps of one replication. */
export type ReplicationRecord = {
  readonly replication: number;
  readonly estimates: readonly EstimateRecord[];
  /** Empty where the plan stops at the estimates. */
  readonly evidence: readonly EvidenceRecord[];
  /** The scenario's own arm first. */
  readonly decisions: readonly DecisionRecord[];
  /** What an oracle funds, in the order of the scenario, and its true return; null where some initiative has no truth. */
  readonly oracle: { readonly selected: readonly string[]; readonly true_return: number } | null;
  /** Of the scenario's own arm. */
  readonly funded: readonly ScaleRecord[];
};

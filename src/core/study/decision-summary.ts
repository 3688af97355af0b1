import type { DecisionArm } from './decision-arms.ts';
import type { Measured } from './diagnosand.ts';
import type { ErrorSplitSummary } from './error-split.ts';
import type { RegretSplit } from './regret-split.ts';

/** What a study says about the decision. Money, unless a share. null: cannot be told from these replications (no oracle, too few). */
export type DecisionSummary = {
  /** Replications that went as far as the decision. */
  readonly replications: number;
  /** Of those, how many have an oracle to compare with: all, or none where an initiative is stated. */
  readonly with_oracle: number;
  /** The scenario's own way first. */
  readonly arms: readonly ArmSummary[];
  /** In the order of the scenario. */
  readonly initiatives: readonly InitiativeSummary[];
  readonly portfolios: PortfolioSummary;
  /** null where there is no oracle, or before it has been worked out. */
  readonly regret_split: RegretSplit | null;
  /** What sampling noise costs: the expected regret that larger pilots of the same kind could save. */
  readonly value_of_better_evidence: Measured | null;
  readonly error_split: ErrorSplitSummary;
};

/** How one way to decide fares. */
export type ArmSummary = Pick<DecisionArm, 'id' | 'varies' | 'label'> & {
  readonly replications: number;
  /** Mean of the oracle's true return minus this arm's. */
  readonly expected_regret: Measured | null;
  readonly worst_regret: { readonly value: number; readonly replication: number } | null;
  /** Share of replications that fund the oracle's initiatives, or others that truly return as much. */
  readonly probability_of_oracle_set: Measured | null;
  /** Share of replications that fund something whose true return at scale is below 0. */
  readonly probability_of_harmful_pick: Measured | null;
  /** Share of replications in which floor and constraints allow no portfolio. */
  readonly probability_infeasible: Measured | null;
  readonly probability_nothing_funded: Measured | null;
  readonly expected_true_return: Measured | null;
  /** Mean of predicted minus true return of the portfolio, over the replications that fund something. */
  readonly winners_curse: (Measured & { readonly replications: number }) | null;
  /** Mean of this arm's regret minus the own arm's on the same replications; null for the own arm. */
  readonly difference_from_own: (Measured & { readonly replications_that_differ: number }) | null;
};

/** One initiative under the scenario's own way to decide. */
export type InitiativeSummary = {
  readonly initiative_id: string;
  readonly replications_with_estimate: number;
  readonly times_selected: number;
  readonly selection_frequency: Measured | null;
  readonly oracle_frequency: Measured | null;
  /** Mean of predicted minus true return at scale, of the whole initiative: where it was funded, and wherever it had an estimate. */
  readonly winners_curse_given_selected: Measured | null;
  readonly prediction_error: Measured | null;
};

/** What the own arm funded in the replications that are kept one by one. */
export type PortfolioSummary = {
  readonly replications: number;
  /** The most frequent first. */
  readonly chosen: readonly PortfolioShare[];
  readonly oracle: readonly PortfolioShare[];
};

export type PortfolioShare = { readonly initiatives: readonly string[]; readonly count: number; readonly share: Measured };

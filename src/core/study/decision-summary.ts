import { exactZero, mergeExact, type ExactSum } from '../numeric/exact-sum.ts';
import type { ArmTally } from './arm-tally.ts';
import { decisionArms, type DecisionArm } from './decision-arms.ts';
import type { DecisionTally, InitiativeTally } from './decision-tally.ts';
import type { Measured } from './diagnosand.ts';
import { errorSplits, type ErrorSplitSummary } from './error-split.ts';
import type { EvidenceCount, EvidenceSum } from './evidence-tally.ts';
import type { KeptDecisions } from './kept-decisions.ts';
import type { RegretSplit } from './regret-split.ts';
import { meanWithError, share } from './replicate-moments.ts';
import type { StudyPlan } from './study-plan.ts';

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

export function summariseDecisions(plan: StudyPlan, tally: DecisionTally, split: RegretSplit | null): DecisionSummary {
  const arms = decisionArms(plan.scenario).flatMap((arm) => {
    const found = tally.arms.get(arm.id);
    return found === undefined ? [] : [summariseArm(arm, found)];
  });
  const own = [...tally.arms.values()][0];
  return {
    replications: own?.counts.replications ?? 0,
    with_oracle: own?.counts.with_oracle ?? 0,
    arms,
    initiatives: [...tally.initiatives].map(([id, initiative]) => summariseInitiative(id, initiative, own?.counts.with_oracle ?? 0)),
    portfolios: summarisePortfolios(tally.kept),
    regret_split: split,
    value_of_better_evidence: split?.sampling_noise ?? null,
    error_split: errorSplits(tally),
  };
}

function summariseArm({ id, varies, label }: DecisionArm, { counts, sums, worst_regret }: ArmTally): ArmSummary {
  const { replications, with_oracle: known, funded } = counts;
  const curse = meanWithError({ n: funded, sum: sums.winners_curse, squares: sums.winners_curse_squared });
  const difference = varies === 'nothing' ? null : meanWithError({ n: known, sum: sums.difference, squares: sums.difference_squared });
  return {
    id,
    varies,
    label,
    replications,
    expected_regret: meanWithError({ n: known, sum: sums.regret, squares: sums.regret_squared }),
    worst_regret,
    probability_of_oracle_set: share(counts.oracle_set, known),
    probability_of_harmful_pick: share(counts.harmful_pick, known),
    probability_infeasible: share(replications - counts.feasible, replications),
    probability_nothing_funded: share(counts.nothing_funded, replications),
    expected_true_return: meanWithError({ n: known, sum: sums.true_return, squares: sums.true_return_squared }),
    winners_curse: curse && { ...curse, replications: funded },
    difference_from_own: difference && { ...difference, replications_that_differ: counts.differs_from_own },
  };
}

function summariseInitiative(id: string, { groups }: InitiativeTally, withOracle: number): InitiativeSummary {
  const count = (name: EvidenceCount) => groups.reduce((sum, { counts }) => sum + counts[name], 0);
  const sum = (name: EvidenceSum) => groups.reduce<ExactSum>((total, { sums }) => (mergeExact(total, sums[name]), total), exactZero());
  const [replications, selected] = [count('replications'), count('selected')];
  return {
    initiative_id: id,
    replications_with_estimate: count('estimates'),
    times_selected: selected,
    selection_frequency: share(selected, replications),
    oracle_frequency: share(count('oracle'), withOracle),
    winners_curse_given_selected: meanWithError({ n: count('funded'), sum: sum('curse'), squares: sum('curse_squared') }),
    prediction_error: meanWithError({ n: count('errors'), sum: sum('prediction_error'), squares: sum('prediction_error_squared') }),
  };
}

function summarisePortfolios(kept: KeptDecisions): PortfolioSummary {
  const rows = [...kept.values()];
  return {
    replications: rows.length,
    chosen: shares(rows.map(({ own }) => own)),
    oracle: shares(rows.flatMap(({ oracle }) => (oracle === null ? [] : [oracle]))),
  };
}

/** Of each that occurs, the most frequent first, equals by their ids. */
function shares(portfolios: readonly (readonly string[])[]): PortfolioShare[] {
  const found = new Map<string, { readonly initiatives: readonly string[]; count: number }>();
  for (const initiatives of portfolios) {
    const entry = found.get(initiatives.join('+'));
    if (entry === undefined) found.set(initiatives.join('+'), { initiatives, count: 1 });
    else entry.count += 1;
  }
  return [...found]
    .sort(([a, { count: m }], [b, { count: n }]) => n - m || (a < b ? -1 : 1))
    .map(([, { initiatives, count }]) => ({ initiatives, count, share: share(count, portfolios.length) as Measured }));
}

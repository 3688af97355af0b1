import type { Issue } from '../contracts/input-error.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { Measured } from './diagnosand.ts';
import type { EstimateSummary } from './study-document.ts';
import type { StudyPlan, StudySettings } from './study-plan.ts';

/**
 * A number of the scenario that can be swept, such as `initiatives.badges.flaws.spillover.severity`. Bounds are those of its own
 * description; whether a value fits the rest of the scenario is what `scenarioAt` says.
 */
export type SweepTarget = {
  readonly path: string;
  readonly label: string;
  /** What it belongs to in a list: the decision, all initiatives together, or one initiative. */
  readonly group: string;
  /** Id of the initiative; '*' for all that have it together, null for the scenario as a whole. */
  readonly initiative: string | null;
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly integer: boolean;
  /** null where it is not given, or differs between the initiatives. */
  readonly current: number | null;
  /** A grid to start from, ascending, with the current value in it. */
  readonly suggested: readonly number[];
};

/** `study.replications` of the scenario at each of the values. Streams are named by seed, initiative, stage, replication and purpose, so all points share theirs. */
export type SweepPlan = { readonly study: StudyPlan; readonly path: string; readonly values: readonly number[] };

export type SelectionShare = { readonly initiative_id: string; readonly share: Measured };

/** What the replications of one point decided, by the scenario's own way. */
export type SweepDecision = {
  readonly expected_regret: Measured | null;
  readonly oracle_probability: Measured | null;
  readonly selection: readonly SelectionShare[];
  /** The portfolio funded most often, and how often. */
  readonly modal_portfolio: { readonly initiatives: readonly string[]; readonly share: number } | null;
  /** What is funded on the evidence averaged over the replications: the decision without sampling noise. */
  readonly average_portfolio: readonly string[] | null;
};

export type SweepPoint = {
  readonly value: number;
  /** Why the scenario cannot have this value; null where it can. */
  readonly issues: readonly Issue[] | null;
  /** How many replications its figures rest on. */
  readonly replications: number;
  /** One per initiative: its own method, about the population. */
  readonly diagnosands: readonly EstimateSummary[];
  readonly decision: SweepDecision | null;
};

/** Two neighbouring grid values between which something happens. */
export type Bracket = readonly [number, number];

/**
 * Where coverage crosses the threshold along the grid. 'falls': it holds at the smallest value and is lost at `value`; 'rises': it
 * does not hold at the smallest and does from `value` on; 'never' below and 'always' below within the grid.
 */
export type CoverageBreakdown = {
  readonly initiative_id: string;
  readonly threshold: number;
  readonly kind: 'falls' | 'rises' | 'never' | 'always' | 'unknown';
  readonly value: number | null;
  readonly between: Bracket | null;
  /** Where the Monte Carlo band crosses; an end is null where it does not do so within the grid. */
  readonly interval: { readonly lower: number | null; readonly upper: number | null } | null;
};

/** `shares` says in how many of the replications each of the two was funded: where both are small, the change may be chance. */
export type DecisionFlip = {
  readonly between: Bracket;
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly shares: readonly [from: number, to: number];
};

export type DecisionBreakdown = {
  /** Every change of the portfolio funded most often from one grid value to the next. */
  readonly flips: readonly DecisionFlip[];
  /** The portfolio at the current value, and the nearest changes on either side of it; null where the grid lacks that value. */
  readonly from_current: {
    readonly portfolio: readonly string[];
    readonly below: DecisionFlip | null;
    readonly above: DecisionFlip | null;
  } | null;
};

export type SweepBreakdown = { readonly coverage: readonly CoverageBreakdown[]; readonly decision: DecisionBreakdown | null };

/** A sweep as a file. `digest` is the SHA-256 of settings, path, points and breakdown. */
export type SweepDocument = {
  readonly format: 'impact-workbench sweep';
  readonly version: 1;
  readonly scenario: Scenario;
  readonly settings: StudySettings;
  readonly path: string;
  readonly label: string;
  /** As in `SweepTarget`. */
  readonly initiative: string | null;
  readonly unit: string;
  readonly current: number | null;
  readonly values: readonly number[];
  /** Planned for each value. */
  readonly replications: number;
  readonly points: readonly SweepPoint[];
  readonly breakdown: SweepBreakdown;
  readonly digest: string;
};

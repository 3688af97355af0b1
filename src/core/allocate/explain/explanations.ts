import type { PerState, State } from '../../contracts/shared-types.ts';
import type { Allocation, Candidate } from '../decision-rule.ts';

/** What the objective of a rule is called, and whether it is to be small or large. */
export type ObjectiveSense = { readonly label: string; readonly sense: 'minimise' | 'maximise' };

/** One rule's answer to the problem, beside minimax regret's. */
export type RuleAnswer = {
  /** Tells the answers apart: the rule's id, or `laplace` for the Bayesian rule with equal weights. */
  readonly key: string;
  readonly rule: string;
  readonly label: string;
  /** As used: the problem's own where it is the problem's rule, else the rule's defaults. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly is_own: boolean;
  readonly objective: ObjectiveSense;
  readonly allocation: Allocation;
  /** V*_j minus the return in the worst of the common states; null where there is no choice. */
  readonly max_regret: number | null;
  readonly independent_regret: number | null;
  readonly because: RuleReason;
  /** A limit put on the search for the comparison's sake; null where there is none. */
  readonly node_limit: number | null;
  /** The rule funds nothing in shares: it was asked as if every initiative were whole. */
  readonly asked_whole: boolean;
};

/**
 * Why a rule's choice differs from the minimax-regret choice. `reference`: it is that choice. `same`: the rules agree.
 * `tie`: another portfolio of the same largest regret. `no_choice`: one of the two has none.
 */
export type RuleReason =
  | { readonly kind: 'reference' | 'same' | 'no_choice' }
  | {
      readonly kind: 'tie' | 'differs';
      readonly added: readonly string[];
      readonly dropped: readonly string[];
      /** The rule's own objective for its choice and for the minimax-regret choice; null where the rule has no such figure. */
      readonly objective: { readonly own: number; readonly reference: number } | null;
      /** Effective returns of both choices. */
      readonly returns: PerState<{ readonly own: number; readonly reference: number; readonly difference: number }>;
      /** The state in which it returns most more, and the one in which most less, than the minimax-regret choice; null for none. */
      readonly gains_most_in: State | null;
      readonly gives_up_most_in: State | null;
      /** Largest regret above the smallest possible one. */
      readonly extra_regret: number;
      /** To this rule the minimax-regret choice is as good: cost or names alone set its own apart. */
      readonly reference_is_as_good: boolean;
      readonly extra_independent_regret: number | null;
    };

/**
 * The rule's best portfolio with an initiative forced in and with it forced out. The benchmark V* stays that of the problem as it
 * is (but see `forcedChoices` for many initiatives), so that the figures compare with each other.
 */
export type ForcedChoice = {
  readonly id: string;
  /** Whether the rule's choice holds it. */
  readonly held: boolean;
  /** The rule's objective; null where no portfolio is feasible. */
  readonly regret_in: number | null;
  readonly regret_out: number | null;
  readonly portfolio_in: readonly string[] | null;
  readonly portfolio_out: readonly string[] | null;
  readonly reason_in: string | null;
  readonly reason_out: string | null;
};

/** From which confidence on the rule would fund an initiative, all else as it is. */
export type ConfidenceSwitch = {
  readonly id: string;
  /** Its confidence now, and whether the choice holds it now. */
  readonly confidence: number;
  readonly held: boolean;
  /** `always`: held at any confidence; `never`: at none; `unavailable`: see `reason`. */
  readonly standing: 'switches' | 'always' | 'never' | 'unavailable';
  /** Smallest confidence at which the choice holds it (at which a portfolio with it is at least as good as any without). */
  readonly enters_at: number | null;
  /** Above this every best portfolio holds it, below it not all do: portfolios with it and without it tie. null where they tie throughout. */
  readonly sure_from: number | null;
  /** It enters as soon as it reaches the confidence threshold: below, it is ineligible. */
  readonly at_threshold: boolean;
  /** 0: both are exact but for rounding; else the truth lies within (enters_at - precision, enters_at], and so for `sure_from`. */
  readonly precision: number;
  readonly reason: string | null;
};

/** How many of the portfolios that are nearly as good hold each initiative. */
export type NearOptimal = {
  /** The share asked for, what it is a share of (in the objective's unit), and the objective up to which portfolios count. */
  readonly tolerance: number;
  readonly base: number;
  readonly limit: number;
  readonly best: number;
  /** Portfolios that count, the best included. */
  readonly count: number;
  /** There are more than were counted; shares are then of those counted. That an initiative is core or exterior is proved all the same. */
  readonly capped: boolean;
  /** Empty where nothing can be counted; `reason` then says why. */
  readonly holdings: readonly Holding[];
  readonly reason: string | null;
};

export type Holding = {
  readonly id: string;
  readonly count: number;
  readonly share: number;
  readonly standing: 'core' | 'borderline' | 'exterior';
};

/** The rule's answer from one budget up to the next at which anything shown changes: [from, to). */
export type FrontierStep = {
  readonly from: number;
  /** null for the last step, which goes on for ever. */
  readonly to: number | null;
  /** null where no portfolio is feasible. */
  readonly selected_initiatives: readonly string[] | null;
  readonly total_cost: number | null;
  readonly objective_value: number | null;
  readonly max_regret: number | null;
  readonly returns: PerState<number> | null;
  readonly v_star: PerState<number>;
  /** Return of the choice under equal weights of the three states. */
  readonly expected: number | null;
};

export type Frontier = {
  readonly objective: ObjectiveSense;
  readonly steps: readonly FrontierStep[];
  /** Every breakpoint is exact and none is missing; otherwise `reason` says what was done instead. */
  readonly exact: boolean;
  readonly reason: string | null;
};

/** The answer to one menu of options. */
export type MenuAnswer = {
  readonly selected_initiatives: readonly string[];
  readonly max_regret: number;
  readonly v_star: PerState<number>;
  /** Regrets of both winners, the one before and the one after, on this menu. */
  readonly regrets_of_before: PerState<number>;
  readonly regrets_of_after: PerState<number>;
};

/** An option that is not funded and yet decides what is. */
export type MenuExample = {
  readonly option: Candidate;
  /** Whether it was made up, or is an initiative of the problem that is ineligible or excluded. */
  readonly source: 'constructed' | 'ineligible' | 'excluded';
  /** The state whose benchmark it raises. */
  readonly raises: State;
  readonly before: MenuAnswer;
  readonly after: MenuAnswer;
};

/** What adding or removing one option does to the choice. */
export type MenuChange = {
  readonly id: string;
  readonly change: 'added' | 'removed';
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** Whether the winner changed although the option is in neither choice. */
  readonly is_violation: boolean;
  readonly winner_changed: boolean;
  readonly option_picked: boolean;
};

/** An initiative that another beats: no dearer, no worse in any state, and cheaper or better in one. */
export type DominatedInitiative = { readonly id: string; readonly by: readonly string[] };

/** Positions in the list of portfolios. */
export type DominatedPortfolio = { readonly index: number; readonly by: readonly number[] };

/** A number as it was computed and in full as a decimal. */
export type ExactNumber = { readonly value: number; readonly decimal: string };

/** One line of a cell: (1 - gamma) R_j + gamma R_worst, times the share. */
export type CellTerm = {
  readonly id: string;
  readonly share: ExactNumber;
  readonly confidence: ExactNumber;
  readonly gamma: ExactNumber;
  readonly R_state: ExactNumber;
  readonly R_worst: ExactNumber;
  readonly effective: ExactNumber;
};

/** How a cell of the payoff table and the one of the regret table come about. */
export type CellArithmetic = {
  readonly state: State;
  readonly terms: readonly CellTerm[];
  readonly sum: ExactNumber;
  readonly v_star: ExactNumber;
  readonly v_star_portfolio: readonly string[];
  readonly regret: ExactNumber;
};

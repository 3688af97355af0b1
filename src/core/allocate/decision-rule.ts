import type { Parameters, ParameterValues } from '../contracts/parameter.ts';
import type { PerState, State } from '../contracts/shared-types.ts';
import type { Aim } from './aim.ts';
import type { Solver } from './solver.ts';

/** One initiative as ALLOCATE sees it. Returns and cost are in the same money. */
export type Candidate = {
  readonly id: string;
  readonly cost: number;
  readonly R_best: number;
  readonly R_med: number;
  readonly R_worst: number;
  readonly confidence: number;
  /** What a cap by category counts it under; none where absent or empty. */
  readonly category?: string;
  /** Whether any share of it may be funded, for that share of its cost and its returns. */
  readonly divisible?: boolean;
};

/** What a portfolio must respect beside budget and floor. A divisible initiative counts as chosen with any share above 0. */
export type SideConstraints = {
  /** Funded whole, come what may. */
  readonly required: readonly string[];
  readonly excluded: readonly string[];
  /** At most one of each group. */
  readonly exclusive: readonly (readonly string[])[];
  /** `id` may be chosen only where `requires` is. */
  readonly prerequisites: readonly { readonly id: string; readonly requires: string }[];
  /** Most initiatives that may be chosen; null for any number. */
  readonly at_most: number | null;
  readonly category_caps: readonly CategoryCap[];
};

/** At most so many initiatives of a category, and at most so much spent on them; null for no limit. */
export type CategoryCap = { readonly category: string; readonly max_initiatives: number | null; readonly max_cost: number | null };

export const noSideConstraints: SideConstraints = {
  required: [],
  excluded: [],
  exclusive: [],
  prerequisites: [],
  at_most: null,
  category_caps: [],
};

/**
 * What V*_j may choose from: every eligible portfolio within the budget (the paper's), or only those that the floor and the
 * side constraints allow as well.
 */
export const benchmarks = ['budget-only', 'same-feasible-set'] as const;
export type Benchmark = (typeof benchmarks)[number];

export type AllocationProblem = {
  readonly candidates: readonly Candidate[];
  readonly budget: number;
  readonly min_confidence_threshold: number;
  /** Floor on the portfolio's sum of R_worst; null for none. */
  readonly min_portfolio_worst_return: number | null;
  readonly rule: string;
  /** The rule's own parameters, unchecked. */
  readonly rule_parameters: Readonly<Record<string, unknown>>;
  /** budget-only where absent. */
  readonly benchmark?: Benchmark;
  /** How confidence discounts returns, by id of the penalty with its parameters; 1 - confidence where absent. */
  readonly penalty?: { readonly id: string; readonly parameters: Readonly<Record<string, unknown>> };
  readonly constraints?: Partial<SideConstraints>;
  /** Initiatives that constraints may name though they cannot be funded; `reason` continues 'X ...', as in 'has no estimate'. */
  readonly unavailable?: readonly { readonly id: string; readonly reason: string; readonly category?: string }[];
};

/** A portfolio with its row in the payoff and regret tables. `ids` in the order of the candidates. */
export type Portfolio = {
  readonly ids: readonly string[];
  readonly cost: number;
  /** Sum of effective returns in each state. */
  readonly returns: PerState<number>;
  /** V*_j minus the return, in each state. */
  readonly regrets: PerState<number>;
  readonly max_regret: number;
  /** Sum of raw R_worst, which the floor is about. */
  readonly worst_return: number;
  /** The rule's own objective for this portfolio, as in `Allocation.objective_value`. */
  readonly objective_value: number;
  /** Funded share by id; absent where all are funded whole. */
  readonly shares?: Readonly<Record<string, number>>;
};

/** How the answer was proved. */
export type Proof = {
  readonly method: 'enumeration' | 'branch_and_bound' | 'adversary_cuts' | 'linear_relaxation';
  /** Portfolios within the budget that were looked at (enumeration). */
  readonly portfolios_enumerated: number | null;
  /** Proved bound on the objective (from below where it is to be small, from above where large) and the gap to it, in its unit. */
  readonly bound: number;
  readonly gap: number;
  /** What the solver itself answered, recomputed from its x; null where it was not asked. */
  readonly solver: {
    readonly name: string;
    readonly selected_initiatives: readonly string[];
    readonly objective_value: number;
    readonly agrees: boolean;
  } | null;
  /** Why the solver's answer is missing or not proved by the solver; absent where there is nothing to say. */
  readonly solver_note?: string;
};

export type Allocation = {
  readonly rule: string;
  /** heuristic: the rule proves nothing about its choice. */
  readonly status: 'optimal' | 'node_limit' | 'infeasible' | 'heuristic';
  /** A plain sentence or two where status is not optimal, or the selection is empty. */
  readonly reason: string | null;
  readonly selected_initiatives: readonly string[];
  /** Funded share of each selected initiative; absent where all are funded whole. */
  readonly shares?: Readonly<Record<string, number>>;
  readonly total_cost: number;
  /** Largest regret (minimax_regret), or the rule's own objective; null where infeasible. */
  readonly objective_value: number | null;
  readonly total_actual_returns: PerState<number>;
  readonly v_star: PerState<number>;
  readonly regrets: PerState<number>;
  /** States in which the largest regret is attained. */
  readonly binding_states: readonly State[];
  /** Other optimal portfolios (the canonical one is `selected_initiatives`). */
  readonly ties: readonly (readonly string[])[];
  readonly ties_capped: boolean;
  readonly proof: Proof | null;
  /** (1 - gamma) R_j + gamma R_worst of every eligible candidate, gamma its confidence penalty. */
  readonly effective_returns: Readonly<Record<string, PerState<number>>>;
  readonly ineligible: readonly { readonly id: string; readonly reason: string }[];
  /** The portfolio that attains each V*_j. */
  readonly v_star_portfolios: PerState<readonly string[]>;
  /** Rows for the payoff and regret tables: the choice, its ties, the V* portfolios and the next best by the rule's objective. */
  readonly portfolios: readonly Portfolio[];
  /** Largest floor attained within budget and constraints; given where the floor cannot be met, null where nothing else is possible either. */
  readonly attainable_worst_return: number | null;
  /**
   * The most the choice can be regretted when every initiative may be anywhere in [worst, best] on its own, and the portfolio
   * one would then have wanted, from what the benchmark allows.
   */
  readonly independent_regret: { readonly value: number; readonly best_reply: readonly string[] } | null;
};

/** What a decision rule says of itself. Kept apart from its computation, as an estimator's is. */
export type DecisionRuleDescription<Id extends string = string, Ps extends Parameters = Parameters> = {
  readonly id: Id;
  readonly label: string;
  readonly summary: string;
  readonly parameters: Ps;
  /** What `objective_value` is, such as 'largest regret', and whether the rule wants it small or large. */
  readonly objective: { readonly label: string; readonly sense: 'minimise' | 'maximise' };
  readonly reference: string;
};

/** A decision rule. Adding one is a file with both, and its lines in `descriptions.ts` and `index.ts`. */
export type DecisionRuleDefinition<Id extends string = string, Ps extends Parameters = Parameters> = DecisionRuleDescription<Id, Ps> & {
  /** `solver` is null where no second opinion is wanted. */
  readonly allocate: (problem: AllocationProblem, parameters: ParameterValues<Ps>, solver: Solver | null) => Allocation;
  /** What its objective is on the common states; null where that is the regret of independent intervals. */
  readonly aim: ((parameters: ParameterValues<Ps>) => Aim) | null;
};

export function describeDecisionRule<const Id extends string, const Ps extends Parameters>(
  description: DecisionRuleDescription<Id, Ps>,
): DecisionRuleDescription<Id, Ps> {
  return description;
}

export function defineDecisionRule<Id extends string, Ps extends Parameters>(
  description: DecisionRuleDescription<Id, Ps>,
  allocate: DecisionRuleDefinition<Id, Ps>['allocate'],
  aim: DecisionRuleDefinition<Id, Ps>['aim'] = null,
): DecisionRuleDefinition<Id, Ps> {
  return { ...description, allocate, aim };
}

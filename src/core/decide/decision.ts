import type { PayoffSense } from './payoff-table.ts';

/** What one rule says. All figures are computed exactly and given as nearest doubles; ties are exact ties. */
export type RuleVerdict = {
  /** The first of the best options, in the order of the table. */
  readonly selected: string;
  /** The other options that are exactly as good by this rule. */
  readonly ties: readonly string[];
  /** The figure by which the rule compares the options, in the table's own money. */
  readonly values: Readonly<Record<string, number>>;
  /** What the figure is, and which one the rule chooses. */
  readonly value_is: string;
  readonly chosen: 'largest' | 'smallest';
};

export type MinimaxRegretVerdict = RuleVerdict & {
  readonly max_regrets: Readonly<Record<string, number>>;
  /** Per option and state: how far the option falls short of the best in that state. */
  readonly regrets: readonly (readonly number[])[];
  /** The best payoff in each state: the largest gain or the smallest cost. */
  readonly column_best: readonly number[];
  /** States in which the selected option is regretted most. */
  readonly worst_states: readonly string[];
};

export type HurwiczVerdict = RuleVerdict & { readonly alpha: number };

export type ExpectedValueVerdict = RuleVerdict & {
  readonly weights: Readonly<Record<string, number>>;
  /** Expected payoff of one who is told the state before choosing. */
  readonly expected_with_perfect_information: number;
  /** What being told is worth at most: the expected regret of the selected option. */
  readonly value_of_perfect_information: number;
};

/** `option` is never better than `by` and somewhere worse; `strictly` where it is worse in every state. */
export type Dominated = { readonly option: string; readonly by: string; readonly strictly: boolean };

/**
 * The lottery over options whose largest expected regret is smallest, with nature's lottery over states against which no
 * option has a smaller expected regret: each proves the other optimal. All of it is exact; fractions are as '2/3'.
 */
export type MixedRegret = {
  readonly probabilities: Readonly<Record<string, number>>;
  readonly fractions: Readonly<Record<string, string>>;
  readonly expected_regret: number;
  readonly expected_regret_fraction: string;
  /** States in which the lottery's expected regret is largest. */
  readonly worst_states: readonly string[];
  /** The smallest largest regret that a single option can have. */
  readonly pure_regret: number;
  readonly nature: Readonly<Record<string, number>>;
  readonly nature_fractions: Readonly<Record<string, string>>;
};

/** Without `removed`, which was not selected, minimax regret would select another option. */
export type MenuDependence = { readonly removed: string; readonly new_selected: string };

export type Decision = {
  readonly options: readonly string[];
  readonly states: readonly string[];
  readonly sense: PayoffSense;
  readonly minimax_regret: MinimaxRegretVerdict;
  readonly maximin: RuleVerdict;
  readonly maximax: RuleVerdict;
  readonly hurwicz: HurwiczVerdict;
  readonly laplace: RuleVerdict;
  /** Absent where the table gives no weights. */
  readonly expected_value?: ExpectedValueVerdict;
  readonly dominated: readonly Dominated[];
  readonly mixed_minimax_regret: MixedRegret;
  readonly menu_dependence: readonly MenuDependence[];
};

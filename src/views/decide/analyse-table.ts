import { InputError, type Issue } from '../../core/contracts/input-error.ts';
import { checkPayoffTable } from '../../core/decide/check-payoff-table.ts';
import type { Decision } from '../../core/decide/decision.ts';
import { dominatedOptions } from '../../core/decide/dominated-options.ts';
import { exactTable, type ExactTable } from '../../core/decide/exact-table.ts';
import { menuDependence } from '../../core/decide/menu-dependence.ts';
import type { PayoffTable } from '../../core/decide/payoff-table.ts';
import { tableRules } from '../../core/decide/rules/index.ts';
import type { DraftTable } from '../../interchange/payoff-table-text.ts';

/** All but the lottery, which takes longer and is worked out by a worker. */
export type QuickDecision = Omit<Decision, 'mixed_minimax_regret'>;

export type TableAnalysis = {
  /** null while the table is not complete. */
  readonly decision: QuickDecision | null;
  /** What was decided on, and is to be asked about for the lottery. */
  readonly complete: PayoffTable | null;
  readonly missing: number;
  readonly issues: readonly Issue[];
  /** Share of each weight in their sum; null where the sum is 0. */
  readonly probabilities: readonly number[] | null;
};

/** What the rules make of a table as it stands, or what keeps them from it. */
export function analyseTable(table: DraftTable): TableAnalysis {
  const { options, states, payoffs, sense, alpha } = table;
  const missing = payoffs.flat().filter((payoff) => payoff === null).length;
  const probabilities = probabilitiesOf(table.weights);
  const filled = payoffs.map((row) => row.map((payoff) => payoff ?? 0));
  try {
    const checked = checkPayoffTable({
      options,
      states,
      payoffs: filled,
      sense,
      alpha,
      ...(probabilities === null ? {} : { weights: probabilities }),
    });
    if (missing > 0) return { decision: null, complete: null, missing, issues: [], probabilities };
    return { decision: decided(exactTable(checked)), complete: checked, missing, issues: [], probabilities };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { decision: null, complete: null, missing, issues: error.issues, probabilities };
  }
}

function decided(table: ExactTable): QuickDecision {
  const { minimax_regret, maximin, maximax, hurwicz, laplace, expected_value } = tableRules;
  const expected = expected_value.judge(table);
  return {
    options: table.options,
    states: table.states,
    sense: table.sense,
    minimax_regret: minimax_regret.judge(table),
    maximin: maximin.judge(table),
    maximax: maximax.judge(table),
    hurwicz: hurwicz.judge(table),
    laplace: laplace.judge(table),
    ...(expected === null ? {} : { expected_value: expected }),
    dominated: dominatedOptions(table),
    menu_dependence: menuDependence(table),
  };
}

/** Weights that add up to 1 as they are written stay so; others are divided by their sum. */
function probabilitiesOf(weights: readonly number[]): readonly number[] | null {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (sum <= 0) return null;
  return Math.abs(sum - 1) <= 1e-9 ? weights : weights.map((weight) => weight / sum);
}

/** What is wrong at one place of the table, such as options.2, as a sentence; null where nothing is. */
export function problemAt(issues: readonly Issue[], path: string): string | null {
  const issue = issues.find((candidate) => candidate.path === path);
  if (issue === undefined) return null;
  if (issue.message.includes('used twice')) return 'Another one has this name too. Give each a name of its own.';
  return issue.message.includes('not empty') ? 'Give it a name.' : `It ${issue.message}.`;
}

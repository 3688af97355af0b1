import { fraction, fractionToNumber } from '../../numeric/exact-fraction.ts';
import { asDifference, asPayoff, columnBest, largest, regretsOf } from '../exact-table.ts';
import type { MinimaxRegretVerdict } from '../decision.ts';
import { defineTableRule, verdictOn, type RuleValue } from '../table-rule.ts';

const value: RuleValue = { label: 'largest regret', chosen: () => 'smallest' };

/** min over options i of max over states j of (best_j - payoff_ij), for costs (cost_ij - best_j). Savage 1951. */
export const minimaxRegret = defineTableRule({
  id: 'minimax_regret',
  label: 'Minimax regret',
  summary: 'Chooses the option whose largest regret over the states is smallest; regret is the distance to the best option of the state.',
  value,
  reference: 'Savage, L. J. (1951). The theory of statistical decision. Journal of the American Statistical Association 46, 55-67.',
  judge: (table): MinimaxRegretVerdict => {
    const regrets = regretsOf(table);
    const verdict = verdictOn(
      table,
      value,
      regrets.map((row) => asDifference(table, fraction(largest(row)))),
    );
    const ours = regrets[table.options.indexOf(verdict.selected)] ?? [];
    return {
      ...verdict,
      max_regrets: verdict.values,
      regrets: regrets.map((row) => row.map((regret) => fractionToNumber(asDifference(table, fraction(regret))))),
      column_best: columnBest(table).map((best) => fractionToNumber(asPayoff(table, fraction(best)))),
      worst_states: table.states.filter((_, j) => ours[j] === largest(ours)),
    };
  },
});

import { fractionToNumber, minus, type Fraction } from '../../numeric/exact-fraction.ts';
import type { ExpectedValueVerdict } from '../decision.ts';
import { asDifference, asPayoff, columnBest, weightedMean } from '../exact-table.ts';
import { bySense, byName, defineTableRule, verdictOn, type RuleValue } from '../table-rule.ts';

const value: RuleValue = { label: 'expected outcome', chosen: bySense };

/**
 * The mean payoff under given weights on the states. The value of perfect information is what the best option of each state
 * would have paid on average, less what the selected one does: its expected regret. Raiffa and Schlaifer 1961.
 */
export const expectedValue = defineTableRule({
  id: 'expected_value',
  label: 'Expected value',
  summary: 'Chooses the option with the best mean outcome under the weights given to the states.',
  value,
  reference: 'Raiffa, H. and Schlaifer, R. (1961). Applied Statistical Decision Theory. Harvard University, Boston.',
  judge: (table): ExpectedValueVerdict | null => {
    const { weights, options, states } = table;
    if (weights === null) return null;
    const means = table.gains.map((row) => weightedMean(row, weights));
    const verdict = verdictOn(
      table,
      value,
      means.map((mean) => asPayoff(table, mean)),
    );
    const informed = weightedMean(columnBest(table), weights);
    const ours = means[options.indexOf(verdict.selected)] as Fraction;
    return {
      ...verdict,
      weights: byName(states, (j) => fractionToNumber(weights[j] as Fraction)),
      expected_with_perfect_information: fractionToNumber(asPayoff(table, informed)),
      value_of_perfect_information: fractionToNumber(asDifference(table, minus(informed, ours))),
    };
  },
});

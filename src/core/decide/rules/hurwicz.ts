import { fraction, fractionToNumber, minus, oneFraction, plus, times } from '../../numeric/exact-fraction.ts';
import type { HurwiczVerdict } from '../decision.ts';
import { asPayoff, largest, smallest } from '../exact-table.ts';
import { bySense, defineTableRule, verdictOn, type RuleValue } from '../table-rule.ts';

const value: RuleValue = { label: 'weighted mean of best and worst outcome', chosen: bySense };

/** alpha times the best outcome plus (1 - alpha) times the worst one; the best of costs is the smallest. Hurwicz 1951. */
export const hurwicz = defineTableRule({
  id: 'hurwicz',
  label: 'Hurwicz',
  summary: 'Chooses by a weighted mean of the best and the worst outcome; the weight alpha on the best one states how optimistic one is.',
  value,
  reference:
    'Hurwicz, L. (1951). Optimality criteria for decision making under ignorance. Cowles Commission Discussion Paper, Statistics 370.',
  judge: (table): HurwiczVerdict => {
    const pessimism = minus(oneFraction, table.alpha);
    const mean = (row: readonly bigint[]) => plus(times(table.alpha, fraction(largest(row))), times(pessimism, fraction(smallest(row))));
    return {
      ...verdictOn(
        table,
        value,
        table.gains.map((row) => asPayoff(table, mean(row))),
      ),
      alpha: fractionToNumber(table.alpha),
    };
  },
});

import { fraction } from '../../numeric/exact-fraction.ts';
import { asPayoff, smallest } from '../exact-table.ts';
import { bySense, defineTableRule, verdictOn, type RuleValue } from '../table-rule.ts';

const value: RuleValue = { label: 'worst outcome', chosen: bySense };

/** max over options i of min over states j of payoff_ij; for costs the smallest largest cost (minimax). Wald 1950. */
export const maximin = defineTableRule({
  id: 'maximin',
  label: 'Maximin',
  summary: 'Chooses the option whose worst outcome is best.',
  value,
  reference: 'Wald, A. (1950). Statistical Decision Functions. Wiley, New York.',
  judge: (table) =>
    verdictOn(
      table,
      value,
      table.gains.map((row) => asPayoff(table, fraction(smallest(row)))),
    ),
});

import { fraction } from '../../numeric/exact-fraction.ts';
import { asPayoff, largest } from '../exact-table.ts';
import { bySense, defineTableRule, verdictOn, type RuleValue } from '../table-rule.ts';

const value: RuleValue = { label: 'best outcome', chosen: bySense };

/** max over options i of max over states j of payoff_ij; for costs the smallest smallest cost (minimin). */
export const maximax = defineTableRule({
  id: 'maximax',
  label: 'Maximax',
  summary: 'Chooses the option whose best outcome is best.',
  value,
  reference: 'Luce, R. D. and Raiffa, H. (1957). Games and Decisions, chapter 13. Wiley, New York.',
  judge: (table) =>
    verdictOn(
      table,
      value,
      table.gains.map((row) => asPayoff(table, fraction(largest(row)))),
    ),
});

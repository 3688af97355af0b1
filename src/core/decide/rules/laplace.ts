import { fraction } from '../../numeric/exact-fraction.ts';
import { asPayoff } from '../exact-table.ts';
import { bySense, defineTableRule, verdictOn, type RuleValue } from '../table-rule.ts';

const value: RuleValue = { label: 'mean outcome', chosen: bySense };

/** The mean payoff over the states, all taken as equally likely for want of a reason to think otherwise. Laplace 1814. */
export const laplace = defineTableRule({
  id: 'laplace',
  label: 'Laplace',
  summary: 'Chooses the option with the best mean outcome, as if all states were equally likely.',
  value,
  reference: 'Laplace, P. S. (1814). Essai philosophique sur les probabilites. Courcier, Paris.',
  judge: (table) =>
    verdictOn(
      table,
      value,
      table.gains.map((row) =>
        asPayoff(
          table,
          fraction(
            row.reduce((sum, gain) => sum + gain, 0n),
            BigInt(row.length),
          ),
        ),
      ),
    ),
});

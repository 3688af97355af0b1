import { checkPayoffTable } from './check-payoff-table.ts';
import type { Decision } from './decision.ts';
import { dominatedOptions } from './dominated-options.ts';
import { exactTable } from './exact-table.ts';
import { menuDependence } from './menu-dependence.ts';
import { mixedMinimaxRegret } from './mixed-regret.ts';
import type { PayoffTable } from './payoff-table.ts';
import { tableRules } from './rules/index.ts';

/**
 * What every rule makes of a payoff table, by exact arithmetic on the decimals as written: 0.1 + 0.2 ties with 0.3.
 * Source: Luce and Raiffa 1957, Games and Decisions, chapter 13.
 *
 * @throws InputError that lists everything wrong with the table, by path.
 * @example decide({ options: ['stay', 'go'], states: ['rain', 'sun'], payoffs: [[1, 1], [0, 3]], sense: 'gain' }).minimax_regret.selected // 'go'
 */
export function decide(given: PayoffTable): Decision {
  const table = exactTable(checkPayoffTable(given));
  const expected = tableRules.expected_value.judge(table);
  return {
    options: table.options,
    states: table.states,
    sense: table.sense,
    minimax_regret: tableRules.minimax_regret.judge(table),
    maximin: tableRules.maximin.judge(table),
    maximax: tableRules.maximax.judge(table),
    hurwicz: tableRules.hurwicz.judge(table),
    laplace: tableRules.laplace.judge(table),
    ...(expected === null ? {} : { expected_value: expected }),
    dominated: dominatedOptions(table),
    mixed_minimax_regret: mixedMinimaxRegret(table),
    menu_dependence: menuDependence(table),
  };
}

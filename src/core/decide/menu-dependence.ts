import type { MenuDependence } from './decision.ts';
import { largest, regretsOf, type ExactTable } from './exact-table.ts';

/**
 * The options that are not selected by minimax regret, and whose removal would nevertheless change which one is: regret
 * depends on the best of the whole menu, so that minimax regret breaks the independence of irrelevant alternatives.
 * Source: Chernoff 1954, Rational selection of decision functions, Econometrica 22; Luce and Raiffa 1957, section 13.2.
 */
export function menuDependence(table: ExactTable): readonly MenuDependence[] {
  const selected = minimaxRegretOption(table);
  return table.options.flatMap((removed, i) => {
    if (removed === selected || !isAloneBestSomewhere(table, i)) return [];
    const left = <T>(rows: readonly T[]) => rows.filter((_, k) => k !== i);
    const newSelected = minimaxRegretOption({ ...table, options: left(table.options), gains: left(table.gains) });
    return newSelected === selected ? [] : [{ removed, new_selected: newSelected }];
  });
}

/** Without an option that is nowhere alone the best, all other regrets stay as they are. */
function isAloneBestSomewhere({ gains }: ExactTable, i: number): boolean {
  const row = gains[i] as readonly bigint[];
  return row.some((gain, j) => gains.every((rival, k) => k === i || (rival[j] as bigint) < gain));
}

function minimaxRegretOption(table: ExactTable): string {
  const worst = regretsOf(table).map(largest);
  const least = worst.reduce((a, b) => (b < a ? b : a));
  return table.options[worst.indexOf(least)] ?? '';
}

import {
  dotFractions,
  fraction,
  fractionText,
  fractionToNumber,
  negative,
  oneFraction,
  sameFraction,
  zeroFraction,
  type Fraction,
} from '../numeric/exact-fraction.ts';
import { solveLinearProgram, type LinearRow } from '../numeric/exact-linear-program.ts';
import type { MixedRegret } from './decision.ts';
import { asDifference, largest, regretsOf, smallest, type ExactTable } from './exact-table.ts';
import { byName } from './table-rule.ts';

/**
 * The lottery p over options that minimises the largest expected regret, max_j sum_i p_i regret_ij, and nature's answer q to it:
 * two linear programs, each the other's dual, solved exactly, so that their equal values prove both. No single option has a
 * smaller largest regret than the lottery. Source: Savage 1951, JASA 46; von Neumann's minimax theorem 1928.
 *
 * Of several optimal lotteries the one shown is the selected option itself where it does as well on its own, else the one with
 * the largest probability on the first option, then on the second, and so on; of nature's likewise, by states.
 */
export function mixedMinimaxRegret(table: ExactTable): MixedRegret {
  const { options, states } = table;
  const regrets = regretsOf(table).map((row) => row.map((regret) => fraction(regret)));
  const byState = states.map((_, j) => regrets.map((row) => row[j] as Fraction));
  const worst = regretsOf(table).map(largest);
  const pure = fraction(smallest(worst));
  const lottery = equaliser(byState, '<=');
  const nature = equaliser(regrets, '>=');
  if (!sameFraction(lottery.value, nature.value)) throw new Error('The programs of the lottery and of nature differ in value');
  const selected = worst.indexOf(pure.numerator);
  const p = sameFraction(pure, lottery.value) ? options.map((_, i) => (i === selected ? oneFraction : zeroFraction)) : lottery.weights;
  const expected = asDifference(table, lottery.value);
  return {
    probabilities: byName(options, (i) => fractionToNumber(p[i] as Fraction)),
    fractions: byName(options, (i) => fractionText(p[i] as Fraction)),
    expected_regret: fractionToNumber(expected),
    expected_regret_fraction: fractionText(expected),
    worst_states: states.filter((_, j) => sameFraction(dotFractions(p, byState[j] as Fraction[]), lottery.value)),
    pure_regret: fractionToNumber(asDifference(table, pure)),
    nature: byName(states, (j) => fractionToNumber(nature.weights[j] as Fraction)),
    nature_fractions: byName(states, (j) => fractionText(nature.weights[j] as Fraction)),
  };
}

/** Weights w adding up to 1 that make the smallest value with every row . w <= value, or the largest with every row . w >= value. */
function equaliser(
  rows: readonly (readonly Fraction[])[],
  relation: '<=' | '>=',
): { readonly weights: readonly Fraction[]; readonly value: Fraction } {
  const n = rows[0]?.length ?? 0;
  const unit = (k: number) => Array.from({ length: n + 1 }, (_, j) => (j === k ? oneFraction : zeroFraction));
  const solution = solveLinearProgram({
    objective: relation === '<=' ? unit(n).map(negative) : unit(n),
    then: Array.from({ length: n }, (_, k) => unit(k)),
    rows: [
      ...rows.map((row): LinearRow => ({ coefficients: [...row, negative(oneFraction)], relation, bound: zeroFraction })),
      { coefficients: [...Array.from({ length: n }, () => oneFraction), zeroFraction], relation: '=', bound: oneFraction },
    ],
  });
  if (solution.status !== 'optimal') throw new Error(`A lottery always has a best answer (found ${solution.status})`);
  return { weights: solution.x.slice(0, n), value: solution.x[n] as Fraction };
}

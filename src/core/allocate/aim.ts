import { states, type PerState } from '../contracts/shared-types.ts';
import { exactColumns } from './exact-columns.ts';
import { decimal, multiply, powerOfTen, toNumber, type Decimal } from './exact-decimal.ts';
import { sumOver, type Stakes } from './stakes.ts';
import type { Chosen } from './exact-costs.ts';

/**
 * What a rule on the states best, med and worst is after: the least largest regret, or the largest sum of what each
 * initiative's effective returns are worth to it, divided by `divisor` (1 where absent: for weights such as thirds, which no
 * decimal writes).
 *
 * Every usual rule but regret is such a sum: R_best >= R_med >= R_worst holds for each initiative and discounting keeps the
 * order, so every portfolio is at its best in the state best and at its worst in the state worst.
 */
export type Aim =
  | { readonly kind: 'regret' }
  | { readonly kind: 'return'; readonly worth: (effective: PerState<Decimal>) => Decimal; readonly divisor?: number };

/** The aim in whole numbers. */
export type Objective = {
  /** What each row is worth; null where regret is the aim. */
  readonly worth: Float64Array | null;
  /** Money from units of worth or regret. */
  readonly money: (units: number) => number;
  /** `objective_value` of a portfolio, from its largest regret in money where that is the aim. */
  readonly valueOf: (chosen: Chosen, maxRegret: number) => number;
};

export function objectiveOf(aim: Aim, stakes: Stakes): Objective {
  if (aim.kind === 'regret') {
    return { worth: null, money: (units) => toNumber(units, stakes.returnExponent), valueOf: (_, maxRegret) => maxRegret };
  }
  // From the returns as the tables have them, so that a return in one state is worth exactly that.
  const inMoney = (units: number) => multiply({ digits: BigInt(units), exponent: stakes.returnExponent }, decimal(1));
  const rows = stakes.ids.map((_, i) => {
    const [best, med, worst] = states.map((__, j) => inMoney(stakes.returns[j]?.[i] ?? 0)) as [Decimal, Decimal, Decimal];
    return [aim.worth({ best, med, worst })];
  });
  const { columns, exponent } = exactColumns(rows, 1);
  const worth = columns[0] ?? new Float64Array(0);
  const money = (units: number) => divided({ digits: BigInt(units), exponent }, aim.divisor ?? 1);
  return { worth, money, valueOf: (chosen) => money(sumOver(worth, chosen)) };
}

/** The objective of a portfolio with these returns in all, funded in shares or not. */
export function returnValue(aim: Extract<Aim, { kind: 'return' }>, returns: PerState<Decimal>): number {
  return divided(aim.worth(returns), aim.divisor ?? 1);
}

const digitsOfQuotient = 25;

function divided({ digits, exponent }: Decimal, divisor: number): number {
  if (divisor === 1) return toNumber(digits, exponent);
  return toNumber((digits * powerOfTen(digitsOfQuotient)) / BigInt(divisor), exponent - digitsOfQuotient);
}

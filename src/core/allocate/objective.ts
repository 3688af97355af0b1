import { states, type PerState } from '../contracts/shared-types.ts';
import type { Aim } from './aim.ts';
import { exactColumns } from './exact/exact-columns.ts';
import type { Chosen } from './exact/exact-costs.ts';
import { decimal, multiply, powerOfTen, toNumber, type Decimal } from './exact/exact-decimal.ts';
import { sumOver, type Stakes } from './stakes.ts';

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

import { decimal, powerOfTen, toNumber, unitsOf } from './exact-decimal.ts';

export type Chosen = (i: number) => boolean;

/**
 * Costs and a budget, compared as the decimals they were written in. Where the common unit keeps the total below 2^53,
 * `values` and `budget` are exact and `slack` is 0. Otherwise they are rounded down to whole units, so that a sum of
 * values above `budget` is certainly too dear, a sum at most `budget - slack` certainly fits, and only what lies between
 * is settled with whole numbers of any length.
 */
export type ExactCosts = {
  readonly values: Float64Array;
  readonly budget: number;
  readonly slack: number;
  /** Whether the chosen rows cost at most the budget; `sum` is their sum of `values`. */
  readonly fits: (sum: number, chosen: Chosen) => boolean;
  /** Negative where the first portfolio is cheaper, 0 where they cost the same. */
  readonly compare: (sumA: number, chosenA: Chosen, sumB: number, chosenB: Chosen) => number;
  /** Cost of the chosen rows, in money. */
  readonly total: (chosen: Chosen) => number;
};

const largestExact = 9007199254740991n;
const digitsKept = 15;

export function exactCosts(costs: readonly number[], budget: number): ExactCosts {
  const decimals = costs.map(decimal);
  const exponent = decimals.reduce((least, d) => Math.min(least, d.exponent), decimals[0]?.exponent ?? 0);
  const units = decimals.map((d) => unitsOf(d, exponent, 'down'));
  const total = units.reduce((sum, cost) => sum + cost, 0n);
  const given = unitsOf(decimal(budget), exponent, 'down');
  // A budget above the total binds no more than the total does, and it may be too large for a double.
  const limit = given < total ? given : total;
  const isExact = total <= largestExact;
  const shrink = isExact ? 1n : powerOfTen(String(total).length - digitsKept);
  const roundedLimit = Number(limit / shrink);
  const slack = isExact ? 0 : costs.length;
  const sumOf = (chosen: Chosen) => units.reduce((sum, cost, i) => (chosen(i) ? sum + cost : sum), 0n);
  return {
    values: Float64Array.from(units, (cost) => Number(cost / shrink)),
    budget: roundedLimit,
    slack,
    fits: (sum, chosen) => sum <= roundedLimit - slack || (sum <= roundedLimit && sumOf(chosen) <= limit),
    compare: (sumA, chosenA, sumB, chosenB) => {
      const difference = sumA - sumB;
      if (slack === 0 || Math.abs(difference) > slack) return difference;
      return Number(sumOf(chosenA) - sumOf(chosenB));
    },
    total: (chosen) => toNumber(sumOf(chosen), exponent),
  };
}

import {
  compareFractions,
  dotFractions,
  largerFraction,
  minus,
  negative,
  plus,
  smallerFraction,
  times,
  zeroFraction,
  type Fraction,
} from '../../numeric/exact-fraction.ts';
import type { DivisibleBenchmarks, Shares } from './divisible-answer.ts';
import { divisibleSearch } from './divisible-search.ts';
import type { DivisibleStakes } from './divisible-stakes.ts';

/**
 * The most the shares x can be regretted when every initiative may be anywhere between its worst and best effective return, each on
 * its own, and the reply one would then have wanted. Per initiative the adversary has it at its best where the reply holds more of
 * it than x does, else at its worst: best (y - x) or worst (y - x), which is convex in the reply's share y. So for every initiative
 * that x funds in part the reply is searched for above and below that part. Exact; null where x funds more than `mostParts` in part
 * or a search ran out of nodes. Source: Averbakh 2001, Mathematical Programming 90, for whole initiatives.
 */
export function divisibleIndependentRegret(
  { returns }: DivisibleStakes,
  { feasible, shares }: DivisibleBenchmarks,
  x: Shares,
  maxNodes: number,
): { readonly value: Fraction; readonly reply: Shares } | null {
  const [best, , worst] = returns as readonly [Shares, Shares, Shares];
  const parts = x.flatMap((share, i) => (share.denominator === 1n ? [] : [i]));
  if (parts.length > mostParts) return null;
  const regretOf = (y: Shares) =>
    y.reduce((sum, share, i) => {
      const more = minus(share, x[i] as Fraction);
      const value = (more.numerator > 0n ? best : worst)[i] as Fraction;
      return plus(sum, times(more, value));
    }, zeroFraction);
  let reply = shares.reduce((a, b) => (compareFractions(regretOf(b), regretOf(a)) > 0 ? b : a));
  const nodes = { left: maxNodes };
  for (let mask = 0; mask < 1 << parts.length; mask += 1) {
    const isAbove = (i: number) => {
      const k = parts.indexOf(i);
      return k < 0 ? (x[i] as Fraction).numerator === 0n : ((mask >> k) & 1) === 1;
    };
    const row = x.map((_, i) => (isAbove(i) ? best : worst)[i] as Fraction);
    const lower = feasible.lower.map((bound, i) => (parts.includes(i) && isAbove(i) ? largerFraction(bound, x[i] as Fraction) : bound));
    const upper = feasible.upper.map((bound, i) => (parts.includes(i) && !isAbove(i) ? smallerFraction(bound, x[i] as Fraction) : bound));
    // The regret is row . y - row . x: a smaller value of row . x - row . y than what is known.
    const goal = { target: dotFractions(row, x), row };
    const { answer, complete } = divisibleSearch({ ...feasible, lower, upper, goals: [goal] }, { nodes, below: negative(regretOf(reply)) });
    if (!complete) return null;
    if (answer !== null) reply = answer.x;
  }
  return { value: regretOf(reply), reply };
}

const mostParts = 6;

import {
  compareFractions,
  dotFractions,
  fraction,
  minus,
  negative,
  oneFraction,
  plus,
  sameFraction,
  zeroFraction,
  type Fraction,
} from '../numeric/exact-fraction.ts';
import { solveLinearProgram } from '../numeric/exact-linear-program.ts';
import type { Benchmark } from './decision-rule.ts';
import { leastShare, touchedBy, type DivisibleProgram, type Goal, type ResourceRow } from './divisible-program.ts';
import { divisibleSearch, type DivisibleAnswer } from './divisible-search.ts';
import type { DivisibleStakes } from './divisible-stakes.ts';

export type Shares = readonly Fraction[];
type Feasible = Omit<DivisibleProgram, 'goals'>;

/** V* in money, per state, with the shares that attain them. */
export type DivisibleBenchmarks = {
  readonly vStar: readonly Fraction[];
  readonly shares: readonly Shares[];
  /** What V* may lie above `vStar` at most; 0 where it is proved. */
  readonly doubt: Fraction;
  /** What replies may choose from. */
  readonly feasible: Feasible;
};

export type DivisibleChoice = DivisibleAnswer & {
  /** Whether `x` is sure to be the cheapest and first of the optimal ones, and whether other optimal shares were looked for to the end. */
  readonly isCanonical: boolean;
  /** Other optimal shares: one of each kind that was found. Where there are any there may be infinitely many. */
  readonly others: readonly Shares[];
};

export function divisibleBenchmarks(stakes: DivisibleStakes, benchmark: Benchmark, maxNodes: number): DivisibleBenchmarks {
  const alike = benchmark === 'same-feasible-set' ? benchmarksWithin(stakes, stakes.allowed, maxNodes) : null;
  // Where nothing meets the floor there is nothing to compare with but what the budget allows.
  return alike ?? (benchmarksWithin(stakes, stakes.affordable, maxNodes) as DivisibleBenchmarks);
}

function benchmarksWithin(stakes: DivisibleStakes, feasible: Feasible, maxNodes: number): DivisibleBenchmarks | null {
  const nothing = feasible === stakes.affordable ? stakes.ids.map(() => zeroFraction) : undefined;
  const found = stakes.returns.map(
    (row) => divisibleSearch({ ...feasible, goals: [making(row)] }, { nodes: { left: maxNodes }, start: nothing }).answer,
  );
  const answers = found.filter((answer) => answer !== null);
  if (answers.length < found.length) return null;
  return {
    vStar: answers.map(({ value }) => negative(value)),
    shares: answers.map(({ x }) => x),
    doubt: answers.map(({ value, bound }) => minus(value, bound)).reduce(larger),
    feasible,
  };
}

/** The optimal shares: of those with the same objective the cheapest, of those the first by `lexicographic`. Null where none were found. */
export function divisibleChoice(stakes: DivisibleStakes, { vStar, doubt }: DivisibleBenchmarks, maxNodes: number) {
  const { worth, returns, allowed } = stakes;
  const goals: readonly Goal[] = worth === null ? returns.map((row, j) => ({ target: vStar[j] as Fraction, row })) : [making(worth)];
  // Whatever is allowed is among what V* is the best of.
  const least = worth === null && doubt.numerator === 0n ? zeroFraction : undefined;
  const { answer, complete } = divisibleSearch({ ...allowed, goals }, { nodes: { left: maxNodes }, least });
  if (answer === null) return { choice: null, complete };
  if (!answer.proved) return { choice: { ...answer, isCanonical: false, others: [] }, complete };
  return { choice: canonical(stakes, goals, answer, maxNodes), complete };
}

function canonical(stakes: DivisibleStakes, goals: readonly Goal[], answer: DivisibleAnswer, maxNodes: number): DivisibleChoice {
  const { allowed, costs } = stakes;
  const nodes = { left: maxNodes };
  const optimal = within(
    allowed,
    goals.map(({ target, row }) => ({ row: row.map(negative), bound: minus(answer.value, target) })),
  );
  const best = (feasible: Feasible, goal: Goal, start: Shares) =>
    divisibleSearch({ ...feasible, goals: [goal] }, { nodes, start }).answer as DivisibleAnswer;
  const cheapest = best(optimal, sparing(costs), answer.x);
  const asCheap = within(optimal, [{ row: costs, bound: cheapest.value }]);
  const first = byIds(asCheap, cheapest.x, making, nodes);
  const x = lexicographic(asCheap, first.x, oneFraction);

  const dearest = best(optimal, making(costs), x);
  const last = byIds(asCheap, x, sparing, nodes);
  const lowest = lexicographic(asCheap, x, negative(oneFraction));
  const others = [dearest.x, last.x, lowest].filter((other, k, all) => ![x, ...all.slice(0, k)].some((known) => isSame(known, other)));
  return { ...answer, x, isCanonical: cheapest.proved && first.proved, others };
}

/** From x on, the shares with the first (making) or last (sparing) list of whole ones by ids, some ids at a time so that doubles tell them apart. */
function byIds(
  feasible: Feasible,
  x: Shares,
  goal: (row: Shares) => Goal,
  nodes: { left: number },
): { readonly x: Shares; readonly proved: boolean } {
  const { isDivisible } = feasible;
  const whole = isDivisible.flatMap((divisible, i) => (divisible ? [] : [i]));
  let found: { x: Shares; proved: boolean } = { x, proved: true };
  let { lower, upper } = feasible;
  for (let from = 0; from < whole.length && found.proved; from += idsAtATime) {
    const now = whole.slice(from, from + idsAtATime);
    const row = isDivisible.map((_, i) => (now.includes(i) ? fraction(1n << BigInt(idsAtATime - now.indexOf(i))) : zeroFraction));
    found = divisibleSearch({ ...feasible, lower, upper, goals: [goal(row)] }, { nodes, start: found.x }).answer as DivisibleAnswer;
    const settled = (bounds: Shares) => bounds.map((bound, i) => (now.includes(i) ? (found.x[i] as Fraction) : bound));
    [lower, upper] = [settled(lower), settled(upper)];
  }
  return found;
}

const idsAtATime = 20;

/** With whole ones and what is chosen as in x: the largest (or, by the sign, smallest) share of the first row, then of the second, and so on. */
function lexicographic(feasible: Feasible, x: Shares, sign: Fraction): Shares {
  const touched = touchedBy({ ...feasible, goals: [] });
  const settled = x.map((share, i) => (!feasible.isDivisible[i] || (touched[i] === true && share.numerator === 0n) ? share : null));
  const [objective = [], ...then] = x.map((_, i) => x.map((__, k) => (k === i ? sign : zeroFraction)));
  const solution = solveLinearProgram({
    objective,
    then,
    rows: feasible.rows.map(({ row, bound }) => ({ coefficients: row, relation: '<=', bound })),
    lower: feasible.lower.map((lower, i) => settled[i] ?? (touched[i] ? larger(lower, leastShare) : lower)),
    upper: feasible.upper.map((upper, i) => settled[i] ?? upper),
  });
  return solution.status === 'optimal' ? solution.x : x;
}

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
      return plus(sum, fraction(more.numerator * value.numerator, more.denominator * value.denominator));
    }, zeroFraction);
  let reply = shares.reduce((a, b) => (compareFractions(regretOf(b), regretOf(a)) > 0 ? b : a));
  const nodes = { left: maxNodes };
  for (let mask = 0; mask < 1 << parts.length; mask += 1) {
    const isAbove = (i: number) => {
      const k = parts.indexOf(i);
      return k < 0 ? (x[i] as Fraction).numerator === 0n : ((mask >> k) & 1) === 1;
    };
    const row = x.map((_, i) => (isAbove(i) ? best : worst)[i] as Fraction);
    const lower = feasible.lower.map((bound, i) => (parts.includes(i) && isAbove(i) ? larger(bound, x[i] as Fraction) : bound));
    const upper = feasible.upper.map((bound, i) => (parts.includes(i) && !isAbove(i) ? smaller(bound, x[i] as Fraction) : bound));
    // The regret is row . y - row . x: a smaller value of row . x - row . y than what is known.
    const goal = { target: dotFractions(row, x), row };
    const { answer, complete } = divisibleSearch({ ...feasible, lower, upper, goals: [goal] }, { nodes, below: negative(regretOf(reply)) });
    if (!complete) return null;
    if (answer !== null) reply = answer.x;
  }
  return { value: regretOf(reply), reply };
}

const mostParts = 6;

function within(feasible: Feasible, rows: readonly ResourceRow[]): Feasible {
  return { ...feasible, rows: [...feasible.rows, ...rows] };
}

/** The goal of making row . x large; its shortfall is minus that. */
export function making(row: Shares): Goal {
  return { target: zeroFraction, row };
}

function sparing(row: Shares): Goal {
  return { target: zeroFraction, row: row.map(negative) };
}

function isSame(a: Shares, b: Shares): boolean {
  return a.every((share, i) => sameFraction(share, b[i] as Fraction));
}

function larger(a: Fraction, b: Fraction): Fraction {
  return compareFractions(a, b) >= 0 ? a : b;
}

function smaller(a: Fraction, b: Fraction): Fraction {
  return compareFractions(a, b) <= 0 ? a : b;
}

import {
  fraction,
  largerFraction,
  minus,
  negative,
  oneFraction,
  sameFraction,
  zeroFraction,
  type Fraction,
} from '../../numeric/exact-fraction.ts';
import { solveLinearProgram } from '../../numeric/exact-linear-program.ts';
import type { Benchmark } from '../decision-rule.ts';
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
    doubt: answers.map(({ value, bound }) => minus(value, bound)).reduce(largerFraction),
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
    lower: feasible.lower.map((lower, i) => settled[i] ?? (touched[i] ? largerFraction(lower, leastShare) : lower)),
    upper: feasible.upper.map((upper, i) => settled[i] ?? upper),
  });
  return solution.status === 'optimal' ? solution.x : x;
}

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

import {
  compareFractions,
  fractionOf,
  fractionToNumber,
  largerFraction,
  minus,
  negative,
  oneFraction,
  over,
  smallerFraction,
  times,
  zeroFraction,
  type Fraction,
} from '../../numeric/exact-fraction.ts';
import { solveLinearProgram, type LinearRow } from '../../numeric/exact-linear-program.ts';
import {
  inWholeNumbers,
  leastShare,
  roundedProgram,
  shortfallOf,
  touchedBy,
  type CountRow,
  type DivisibleProgram,
  type RoundedProgram,
} from './divisible-program.ts';
import { divisibleRelaxation, type DivisibleRelaxation } from './divisible-relaxation.ts';

export type DivisibleAnswer = {
  readonly x: readonly Fraction[];
  readonly value: Fraction;
  /** No shares have a smaller value; equal to `value` where `proved`. */
  readonly bound: Fraction;
  readonly proved: boolean;
};

export type SearchLimits = {
  /** What is left of the nodes; the search takes from it. */
  readonly nodes: { left: number };
  /** Shares that respect everything, to start from. */
  readonly start?: readonly Fraction[] | undefined;
  /** Only smaller values than this are looked for. */
  readonly below?: Fraction | undefined;
  /** No value is smaller than this; one that is equal ends the search. */
  readonly least?: Fraction | undefined;
};

/** `answer` is null where nothing was found; `complete` says that then there is nothing. */
export type DivisibleOutcome = { readonly answer: DivisibleAnswer | null; readonly complete: boolean };

/**
 * The shares with the smallest largest shortfall, exactly. Depth-first search over which whole initiatives are funded and, where a
 * count has to know, which divisible ones are chosen at all; the rest of each node is a linear program. Doubles rule out what is
 * certainly worse; what could be best is solved in fractions, so that the answer and its proof are exact.
 * Source: Land and Doig 1960, An automatic method of solving discrete programming problems, Econometrica 28(3).
 */
export function divisibleSearch(program: DivisibleProgram, limits: SearchLimits): DivisibleOutcome {
  const { whole, scale } = inWholeNumbers(program);
  const scaled = (value: Fraction | undefined) => (value === undefined ? undefined : times(value, scale));
  const back = (value: Fraction) => over(value, scale);
  const { answer, complete } = searchWhole(whole, {
    ...limits,
    below: scaled(limits.below),
    least: scaled(limits.least),
  });
  return { answer: answer === null ? null : { ...answer, value: back(answer.value), bound: back(answer.bound) }, complete };
}

function searchWhole(program: DivisibleProgram, { nodes, start, below, least }: SearchLimits): DivisibleOutcome {
  const n = program.isDivisible.length;
  const rounded = roundedProgram(program);
  const touched = touchedBy(program);
  let best = start === undefined ? null : { x: start, value: shortfallOf(program, start) };
  let limit = best?.value ?? below ?? null;
  let reached = limit === null ? Infinity : fractionToNumber(limit);
  const open: Node[] = [{ settled: program.isDivisible.map(() => undecided), bound: -Infinity }];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.bound > reached) continue;
    if (best !== null && least !== undefined && compareFractions(best.value, least) <= 0) break;
    if (nodes.left <= 0) {
      const lowest = open.reduce((bound, other) => Math.min(bound, other.bound), node.bound);
      return {
        answer:
          best === null
            ? null
            : { ...best, bound: lowest === -Infinity ? best.value : smallerFraction(fractionOf(lowest), best.value), proved: false },
        complete: false,
      };
    }
    const { settled } = node;
    if (!mayKeepCounts(program.counts, settled)) continue;
    nodes.left -= roundedCost * n;
    const box = boundsOf(program, touched, settled);
    const counts = countsAt(program, settled);
    const relaxed = divisibleRelaxation(
      withCounts(rounded, counts),
      Float64Array.from(box.lower, fractionToNumber),
      Float64Array.from(box.upper, fractionToNumber),
    );
    const bound = Math.max(node.bound, relaxed.bound);
    if (bound > reached) continue;
    const isClear = reached === Infinity || bound < reached - Math.max(Math.abs(reached) * nearness, 4 * relaxed.doubt);
    let branch = isClear ? fractionalWhole(program, relaxed.x) : null;
    if (branch === null) {
      nodes.left -= exactCost * n;
      const exact = solveNode(program, box, counts, relaxed);
      if (exact === null || (limit !== null && compareFractions(exact.value, limit) >= 0)) continue;
      branch = toSettle(program, touched, settled, exact.x);
      if (branch === null) {
        best = exact;
        limit = exact.value;
        reached = fractionToNumber(limit);
        continue;
      }
    }
    const { row, likely } = branch;
    for (const value of [1 - likely, likely]) open.push({ settled: settled.map((old, i) => (i === row ? value : old)), bound });
  }
  return { answer: best === null ? null : { ...best, bound: best.value, proved: true }, complete: true };
}

/** What a linear program costs per row, in decisions of the search among whole initiatives, which `max_nodes` counts. */
const roundedCost = 20;
const exactCost = 200;
/** Closer than this to the best, doubles do not tell better from worse. */
const nearness = 1e-9;
const wholeTolerance = 1e-7;

const undecided = -1;
/** `settled[i]` is 1 where row i is chosen, 0 where it is not. */
type Node = { readonly settled: readonly number[]; readonly bound: number };
type Box = { readonly lower: readonly Fraction[]; readonly upper: readonly Fraction[] };
type Branch = { readonly row: number; readonly likely: number };

function boundsOf({ isDivisible, lower, upper }: DivisibleProgram, touched: readonly boolean[], settled: readonly number[]): Box {
  return {
    lower: lower.map((least, i) =>
      settled[i] !== 1 ? least : isDivisible[i] ? (touched[i] ? largerFraction(least, leastShare) : least) : oneFraction,
    ),
    upper: upper.map((most, i) => (settled[i] === 0 ? zeroFraction : most)),
  };
}

/** Whether the rows still undecided could keep every count. */
function mayKeepCounts(counts: readonly CountRow[], settled: readonly number[]): boolean {
  return counts.every(({ values, most }) => {
    const least = values.reduce((sum, value, i) => sum + (settled[i] === 1 ? value : settled[i] === 0 ? 0 : Math.min(0, value)), 0);
    return least <= most;
  });
}

/** The counts as rows over shares: a share counts at least for itself, and at most for one. */
function countsAt({ isDivisible, counts }: DivisibleProgram, settled: readonly number[]): readonly CountRow[] {
  return counts.map(({ values, most }) => {
    let left = most;
    const weights = values.map((value, i) => {
      if (value === 0 || settled[i] === 0) return 0;
      const isSettled = settled[i] === 1;
      if (isSettled || (value < 0 && isDivisible[i])) {
        left -= value;
        return 0;
      }
      return value;
    });
    return { values: weights, most: left };
  });
}

function withCounts({ goals, rows }: RoundedProgram, counts: readonly CountRow[]): RoundedProgram {
  return { goals, rows: [...rows, ...counts.map(({ values, most }) => ({ bound: most, row: Float64Array.from(values) }))] };
}

function fractionalWhole({ isDivisible }: DivisibleProgram, x: Float64Array): Branch | null {
  let [row, distance] = [-1, wholeTolerance];
  x.forEach((share, i) => {
    const own = Math.min(share, 1 - share);
    if (!isDivisible[i] && own > distance) [row, distance] = [i, own];
  });
  return row < 0 ? null : { row, likely: (x[row] as number) > 0.5 ? 1 : 0 };
}

/** What keeps the shares from being an answer: a whole row in part, or a divisible one that a count does not know about yet. */
function toSettle(
  { isDivisible, counts }: DivisibleProgram,
  touched: readonly boolean[],
  settled: readonly number[],
  x: readonly Fraction[],
): Branch | null {
  const whole = x.findIndex((share, i) => !isDivisible[i] && share.denominator !== 1n);
  if (whole >= 0) return { row: whole, likely: fractionToNumber(x[whole] as Fraction) > 0.5 ? 1 : 0 };
  const isOpen = (i: number) => touched[i] === true && settled[i] === undecided;
  const tiny = x.findIndex((share, i) => isOpen(i) && share.numerator > 0n && compareFractions(share, leastShare) < 0);
  if (tiny >= 0) return { row: tiny, likely: 0 };
  const isChosen = (i: number) => (x[i] as Fraction).numerator > 0n;
  const broken = counts.find(({ values, most }) => values.reduce((sum, value, i) => (isChosen(i) ? sum + value : sum), 0) > most);
  if (broken === undefined) return null;
  const row = broken.values.findIndex((value, i) => value !== 0 && isOpen(i));
  return { row, likely: isChosen(row) ? 1 : 0 };
}

/**
 * The node's linear program in fractions; null where no shares are allowed. Its variable beside the shares is by how much the largest
 * shortfall is below the one at the lower bounds, so that the simplex method can begin there.
 */
function solveNode(
  { goals, rows }: DivisibleProgram,
  { lower, upper }: Box,
  counts: readonly CountRow[],
  near: DivisibleRelaxation,
): { readonly x: readonly Fraction[]; readonly value: Fraction } | null {
  const n = lower.length;
  const start = shortfallOf({ goals }, lower);
  const solution = solveLinearProgram(
    {
      objective: [...lower.map(() => zeroFraction), oneFraction],
      rows: [
        ...goals.map(({ target, row }): LinearRow => ({
          coefficients: [...row.map(negative), oneFraction],
          relation: '<=',
          bound: minus(start, target),
        })),
        ...rows.map(({ row, bound }): LinearRow => ({ coefficients: [...row, zeroFraction], relation: '<=', bound })),
        ...counts.map(({ values, most }): LinearRow => ({
          coefficients: [...values, 0].map(fractionOf),
          relation: '<=',
          bound: fractionOf(most),
        })),
      ],
      lower: [...lower, null],
      upper: [...upper, null],
    },
    [...near.x, fractionToNumber(start) - near.shortfall],
  );
  return solution.status === 'optimal' ? { x: solution.x.slice(0, n), value: minus(start, solution.objective) } : null;
}

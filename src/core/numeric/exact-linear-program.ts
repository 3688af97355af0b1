import {
  dotFractions,
  fraction,
  fractionToNumber,
  commonDenominator,
  greatestCommonDivisor,
  minus,
  negative,
  oneFraction,
  plus,
  times,
  zeroFraction,
  type Fraction,
} from './exact-fraction.ts';
import { integerTableau, type IntegerRow, type Tableau } from './integer-tableau.ts';

/** coefficients . x  relation  bound */
export type LinearRow = { readonly coefficients: readonly Fraction[]; readonly relation: '<=' | '>=' | '='; readonly bound: Fraction };

/** Maximise objective . x subject to rows and lower <= x <= upper. */
export type LinearProgram = {
  readonly objective: readonly Fraction[];
  /** Further objectives, each maximised in turn among the points that are optimal so far; the rest is left out where one has no maximum. */
  readonly then?: readonly (readonly Fraction[])[];
  readonly rows: readonly LinearRow[];
  /** 0 where absent; an entry of null is no bound. */
  readonly lower?: readonly (Fraction | null)[];
  /** No bounds where absent; an entry of null is no bound. */
  readonly upper?: readonly (Fraction | null)[];
};

export type LinearSolution =
  | {
      readonly status: 'optimal';
      readonly x: readonly Fraction[];
      readonly objective: Fraction;
      /**
       * Prices y of the rows (>= 0 for <=, <= 0 for >=) that prove the optimum of the first objective c: with reduced costs
       * d = c - yA, no x within its bounds has more than y . bound + sum of max over the bounds of d_j x_j, and x attains it.
       */
      readonly duals: readonly Fraction[];
    }
  | {
      readonly status: 'infeasible';
      /** Multipliers y (signs as above) with min over the bounds of yA x above y . bound: no x satisfies all rows. All 0 where a lower bound is above its upper one. */
      readonly certificate: readonly Fraction[];
    }
  | { readonly status: 'unbounded' };

/**
 * A linear program solved in rational arithmetic, without any rounding, by the two-phase simplex method for bounded variables.
 * The tableau holds whole numbers over one common denominator (integer-preserving pivots, Edmonds 1967, Bareiss 1968), so that no
 * fraction is ever reduced on the way. The largest coefficient enters; while steps have length 0 it is the first by Bland's
 * rule (1977), so that it cannot cycle. Meant for dense programs of up to some hundred rows and columns.
 *
 * Where several x are optimal, which one comes out depends on the order of rows and columns only; `then` settles it by meaning.
 *
 * `near`, in doubles, is about where the optimum is thought to lie, and saves the way there; the answer is proved all the same. Not
 * used where there are equations.
 *
 * @throws RangeError where the lengths do not fit together.
 * @example maximise x + y with x + 2y <= 4, 3x + y <= 6: x = 8/5, y = 6/5, duals 2/5 and 1/5
 */
export function solveLinearProgram(program: LinearProgram, near: readonly number[] | null = null): LinearSolution {
  checkLengths(program);
  const columns = columnsOf(program);
  if (columns === null) return { status: 'infeasible', certificate: program.rows.map(() => zeroFraction) };
  const rows = program.rows.map((row) => integerRow(row, columns));
  const tableau = integerTableau(
    rows.map(({ row }) => row),
    columns.list.map(({ isBounded }) => isBounded),
    near === null || program.rows.some(({ relation }) => relation === '=') ? null : inColumns(near, columns),
  );
  const asGiven = (prices: readonly Fraction[], scale: bigint) =>
    prices.map((price, i) => times(price, over(rows[i]?.scale ?? oneFraction, scale)));
  if (!tableau.findFeasible()) return { status: 'infeasible', certificate: asGiven(tableau.prices(), 1n) };
  let duals: readonly Fraction[] | null = null;
  for (const objective of [program.objective, ...(program.then ?? [])]) {
    const { integers, scale } = integersOf(objective, columns);
    if (!tableau.maximise(integers)) {
      if (duals === null) return { status: 'unbounded' };
      break;
    }
    duals ??= asGiven(tableau.prices(), scale);
    if (!tableau.stayOptimal()) break;
  }
  const x = pointOf(tableau, columns);
  return { status: 'optimal', x, objective: dotFractions(program.objective, x), duals: duals ?? [] };
}

/** x_j = offset_j + sum of factor * z over its columns, where z is at least 0 and, where bounded, at most 1. */
type Columns = {
  readonly offsets: readonly Fraction[];
  readonly list: readonly { readonly variable: number; readonly factor: Fraction; readonly isBounded: boolean }[];
};

/** Null where a lower bound is above the upper one. */
function columnsOf({ objective, lower, upper }: LinearProgram): Columns | null {
  const list: { variable: number; factor: Fraction; isBounded: boolean }[] = [];
  const offsets: Fraction[] = [];
  for (let variable = 0; variable < objective.length; variable += 1) {
    const least = lower === undefined ? zeroFraction : (lower[variable] ?? null);
    const most = upper?.[variable] ?? null;
    offsets.push(least ?? most ?? zeroFraction);
    if (least !== null && most !== null) {
      const width = minus(most, least);
      if (width.numerator < 0n) return null;
      if (width.numerator > 0n) list.push({ variable, factor: width, isBounded: true });
      continue;
    }
    if (least !== null || most === null) list.push({ variable, factor: oneFraction, isBounded: false });
    if (least === null) list.push({ variable, factor: negative(oneFraction), isBounded: false });
  }
  return { offsets, list };
}

function inColumns(point: readonly number[], { offsets, list }: Columns): readonly number[] {
  const bases = offsets.map(fractionToNumber);
  return list.map(({ variable, factor }) =>
    Math.max(0, ((point[variable] as number) - (bases[variable] as number)) / fractionToNumber(factor)),
  );
}

/** The row in whole numbers, as <= or =; `scale` times the given row, with the sign turned for >=. */
function integerRow(
  { coefficients, relation, bound }: LinearRow,
  columns: Columns,
): { readonly row: IntegerRow; readonly scale: Fraction } {
  const room = minus(bound, dotFractions(coefficients, columns.offsets));
  const entries = columns.list.map(({ variable, factor }) => times(coefficients[variable] as Fraction, factor));
  const all = [...entries, room];
  const denominator = commonDenominator(all);
  const whole =
    denominator === 1n ? all.map(({ numerator }) => numerator) : all.map((entry) => entry.numerator * (denominator / entry.denominator));
  const content = whole.reduce((common, value) => (common === 1n ? 1n : greatestCommonDivisor(common, value)), 0n) || 1n;
  const scale = fraction(relation === '>=' ? -denominator : denominator, content);
  const sign = relation === '>=' ? -1n : 1n;
  const integers = whole.map((value) => (sign * value) / content);
  return {
    row: { coefficients: integers.slice(0, -1), bound: integers[integers.length - 1] as bigint, isEquation: relation === '=' },
    scale,
  };
}

function integersOf(objective: readonly Fraction[], { list }: Columns): { readonly integers: readonly bigint[]; readonly scale: bigint } {
  const entries = list.map(({ variable, factor }) => times(objective[variable] as Fraction, factor));
  const scale = commonDenominator(entries);
  return { integers: entries.map(({ numerator, denominator }) => numerator * (scale / denominator)), scale };
}

function pointOf(tableau: Tableau, { offsets, list }: Columns): readonly Fraction[] {
  const x = [...offsets];
  tableau.point().forEach((value, k) => {
    const { variable, factor } = list[k] as Columns['list'][number];
    x[variable] = plus(x[variable] as Fraction, times(factor, value));
  });
  return x;
}

function over({ numerator, denominator }: Fraction, divisor: bigint): Fraction {
  return fraction(numerator, denominator * divisor);
}

function checkLengths({ objective, then = [], rows, lower, upper }: LinearProgram): void {
  const n = objective.length;
  const lists = [...then, ...rows.map(({ coefficients }) => coefficients), ...(lower ? [lower] : []), ...(upper ? [upper] : [])];
  if (lists.some((list) => list.length !== n)) throw new RangeError(`Every row, objective and list of bounds needs ${n} entries`);
}

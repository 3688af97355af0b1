import {
  commonDenominator,
  compareFractions,
  dotFractions,
  fraction,
  fractionToNumber,
  minus,
  times,
  type Fraction,
} from '../../numeric/exact-fraction.ts';

/**
 * Choose shares x within their bounds, whole ones 0 or 1, to make the largest of target - row . x over the goals small, within the
 * rows and the counts. All in fractions.
 */
export type DivisibleProgram = {
  readonly isDivisible: readonly boolean[];
  readonly lower: readonly Fraction[];
  readonly upper: readonly Fraction[];
  readonly goals: readonly Goal[];
  readonly rows: readonly ResourceRow[];
  readonly counts: readonly CountRow[];
};

export type Goal = { readonly target: Fraction; readonly row: readonly Fraction[] };

/** row . x <= bound */
export type ResourceRow = { readonly row: readonly Fraction[]; readonly bound: Fraction };

/** Sum of values over what is chosen <= most; a share counts as chosen from `leastShare` on. */
export type CountRow = { readonly values: readonly number[]; readonly most: number };

/**
 * Where a side constraint asks whether a divisible initiative is chosen, it is with this share or more and is not with 0; shares
 * between are left out, because more than nothing has no least value for what another initiative needs.
 */
export const leastShare: Fraction = { numerator: 1n, denominator: 1_000_000n };

/** The largest shortfall of the shares. */
export function shortfallOf({ goals }: Pick<DivisibleProgram, 'goals'>, x: readonly Fraction[]): Fraction {
  return goals.map(({ target, row }) => minus(target, dotFractions(row, x))).reduce((a, b) => (compareFractions(b, a) > 0 ? b : a));
}

/** The divisible ones of which a count has to know whether they are chosen. */
export function touchedBy({ isDivisible, counts }: DivisibleProgram): readonly boolean[] {
  return isDivisible.map((divisible, i) => divisible && counts.some(({ values }) => values[i] !== 0));
}

/** The same program with whole coefficients, its goals multiplied by `scale`: its values are `scale` times as large. */
export function inWholeNumbers(program: DivisibleProgram): { readonly whole: DivisibleProgram; readonly scale: Fraction } {
  const multiplied = (row: readonly Fraction[], factor: Fraction) => row.map((value) => times(value, factor));
  const scale = fraction(commonDenominator(program.goals.flatMap(({ target, row }) => [target, ...row])));
  const goals = program.goals.map(({ target, row }) => ({ target: times(target, scale), row: multiplied(row, scale) }));
  const rows = program.rows.map(({ row, bound }) => {
    const factor = fraction(commonDenominator([bound, ...row]));
    return { row: multiplied(row, factor), bound: times(bound, factor) };
  });
  return { whole: { ...program, goals, rows }, scale };
}

/** The same program in doubles, for bounds that allow for rounding. */
export type RoundedProgram = {
  readonly goals: readonly { readonly target: number; readonly row: Float64Array }[];
  readonly rows: readonly { readonly bound: number; readonly row: Float64Array }[];
};

export function roundedProgram({ goals, rows }: DivisibleProgram): RoundedProgram {
  const rounded = (row: readonly Fraction[]) => Float64Array.from(row, fractionToNumber);
  return {
    goals: goals.map(({ target, row }) => ({ target: fractionToNumber(target), row: rounded(row) })),
    rows: rows.map(({ bound, row }) => ({ bound: fractionToNumber(bound), row: rounded(row) })),
  };
}

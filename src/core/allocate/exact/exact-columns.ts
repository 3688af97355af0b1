import { magnitude, powerOfTen, unitsOf, type Decimal } from './exact-decimal.ts';

/**
 * Decimals as whole multiples of one unit, 10^exponent, small enough that every sum over a subset of rows is an exact
 * double. Sums then do not depend on their order, and two portfolios tie exactly when their sums are equal.
 */
export type ExactColumns = {
  readonly columns: readonly Float64Array[];
  readonly exponent: number;
  /** false where the decimals are longer than the unit: they were then rounded to it (14 digits of the total). */
  readonly exact: boolean;
};

/** Largest total that leaves room for a difference of two totals below 2^53. */
const largestTotal = 2251799813685248n;
const digitsKept = 14;

/**
 * `rows[i][j]` becomes `columns[j][i]`. The unit is the finest one any entry needs. Where the total (sum over rows of the
 * largest magnitude) would then exceed 2^51 units, it is the finest one in which the total has at most 14 digits: coarse
 * enough to wipe out the rounding noise of entries that were computed (12218.400000000001), fine enough to move no total
 * by more than 1e-13 of it for up to 20 rows.
 */
export function exactColumns(rows: readonly (readonly Decimal[])[], width: number): ExactColumns {
  const finest = rows.flat().reduce((least, d) => (d.digits === 0n ? least : Math.min(least, d.exponent)), Infinity);
  const start = finest === Infinity ? 0 : finest;
  const total = rows.reduce((sum, row) => sum + largestMagnitude(row, start), 0n);
  const exact = total <= largestTotal;
  const exponent = exact ? start : start + String(total).length - digitsKept;
  const columns = Array.from({ length: width }, (_, j) => Float64Array.from(rows, (row) => Number(unitsOf(row[j] as Decimal, exponent, 'nearest'))));
  return { columns, exponent, exact };
}

function largestMagnitude(row: readonly Decimal[], exponent: number): bigint {
  let most = 0n;
  for (const { digits, exponent: own } of row) {
    if (digits === 0n) continue;
    const units = magnitude(digits) * powerOfTen(own - exponent);
    if (units > most) most = units;
  }
  return most;
}

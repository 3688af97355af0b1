import { standardDeviation, weightedMean } from '../numeric/moments.ts';
import { balanceColumns, type Covariate } from './read-table.ts';

export type BalanceRow = { readonly covariate: string; readonly before: number; readonly after: number };

/**
 * Standardised mean differences (treated minus control) before and after weighting the units; `weights` of 0 leave a unit out.
 * Both are divided by the same number: the standard deviation among the treated before (over all units, where the treated do
 * not vary; 0 where nobody does). `after` repeats `before` where an arm has no weight.
 */
export function balanceRows(covariates: readonly Covariate[], treated: Uint8Array, weights: Float64Array): BalanceRow[] {
  const { names, columns } = balanceColumns(covariates);
  const ones = new Float64Array(treated.length).fill(1);
  return columns.map((column, k) => {
    const spread = spreadOf(column, treated);
    const before = meanDifference(column, treated, ones);
    const after = meanDifference(column, treated, weights);
    const standardise = (difference: number) => (spread === 0 ? 0 : difference / spread);
    return { covariate: names[k] ?? '', before: standardise(before), after: standardise(Number.isNaN(after) ? before : after) };
  });
}

/** The largest absolute standardised mean differences, before and after; null without covariates. */
export function worstBalance(rows: readonly BalanceRow[]): { readonly before: number | null; readonly after: number | null } {
  if (rows.length === 0) return { before: null, after: null };
  const worst = (side: 'before' | 'after') => rows.reduce((most, row) => Math.max(most, Math.abs(row[side])), 0);
  return { before: worst('before'), after: worst('after') };
}

/** The same, by the names under which methods report them. */
export function describeBalance(rows: readonly BalanceRow[]): {
  readonly max_smd_before: number | null;
  readonly max_smd_after: number | null;
} {
  const { before, after } = worstBalance(rows);
  return { max_smd_before: before, max_smd_after: after };
}

/** Kish's effective number of units: the square of the sum over the sum of squares. */
export function effectiveSampleSize(weights: ArrayLike<number>): number {
  let total = 0;
  let squares = 0;
  for (let i = 0; i < weights.length; i += 1) {
    total += weights[i]!;
    squares += weights[i]! * weights[i]!;
  }
  return squares > 0 ? (total * total) / squares : 0;
}

function meanDifference(column: Float64Array, treated: Uint8Array, weights: Float64Array): number {
  const among = (arm: number) =>
    weightedMean(
      column,
      weights.map((weight, i) => (treated[i] === arm ? weight : 0)),
    );
  return among(1) - among(0);
}

function spreadOf(column: Float64Array, treated: Uint8Array): number {
  const spread = standardDeviation(column.filter((_, i) => treated[i] === 1));
  return spread > 0 ? spread : standardDeviation(column) || 0;
}

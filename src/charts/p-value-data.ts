import { binomialBand, type CountBand } from './uniformity.ts';

export type PValueBin = { readonly from: number; readonly to: number; readonly count: number };

export type PValueCounts = {
  readonly bins: readonly PValueBin[];
  /** How many p values are between 0 and 1, and how many are not. */
  readonly n: number;
  readonly lost: number;
  /** Of p values at or below alpha. */
  readonly rejected: number;
  /** Where there is no effect: the count expected in each bin, and the 95% band that holds all bins at once. */
  readonly uniform: { readonly expected: number; readonly band: CountBand } | null;
};

export const binCount = 20;

/** A bin holds its upper edge, so that the first holds what is significant at 0.05. */
export function countPValues(
  pValues: readonly number[],
  { alpha, nullHolds }: { readonly alpha: number; readonly nullHolds: boolean },
): PValueCounts {
  const valid = pValues.filter((p) => p >= 0 && p <= 1);
  const counts = new Array<number>(binCount).fill(0);
  for (const p of valid) counts[Math.max(Math.ceil(Number((p * binCount).toPrecision(14))) - 1, 0)]! += 1;
  const n = valid.length;
  return {
    bins: counts.map((count, i) => ({ from: i / binCount, to: (i + 1) / binCount, count })),
    n,
    lost: pValues.length - n,
    rejected: valid.filter((p) => p <= alpha).length,
    uniform: nullHolds && n > 0 ? { expected: n / binCount, band: binomialBand(n, 1 / binCount, 0.025 / binCount) } : null,
  };
}

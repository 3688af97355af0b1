/** A figure worked out without one group of the cases, and how many cases that group has. */
export type LeftOut = { readonly cases: number; readonly value: number };

/**
 * Standard error of a figure by leaving out one group of independent cases at a time; with equal groups
 * sqrt((g - 1) / g sum (v_-j - mean v_-.)^2), with unequal ones by pseudo-values h v - (h - 1) v_-j, h = n / n_j. null of fewer than two
 * groups. Delete-m_j jackknife: Busing, Meijer and van der Leeden 1999, Statistics and Computing 9: 3-8.
 *
 * @example jackknifeSe(2, [1, 2, 3].map((x) => ({ cases: 1, value: (6 - x) / 2 }))) // sd / sqrt(3) of 1, 2, 3
 */
export function jackknifeSe(value: number, leftOut: readonly LeftOut[]): number | null {
  const groups = leftOut.filter(({ cases }) => cases > 0);
  if (groups.length < 2) return null;
  const n = groups.reduce((sum, { cases }) => sum + cases, 0);
  const pull = groups.reduce((sum, group) => sum + (1 - group.cases / n) * (value - group.value), 0);
  const squares = groups.reduce((sum, group) => {
    const odds = n / group.cases - 1;
    const deviation = odds * (value - group.value) - pull;
    return sum + (deviation * deviation) / odds;
  }, 0);
  return Math.sqrt(squares / groups.length);
}

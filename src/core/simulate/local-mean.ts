/** Share of the points, on both sides together, that the fit is over, and the fewest products that must be on either. */
const WINDOW_SHARE = 0.12;
const FEWEST_ON_A_SIDE = 8;

/** Local linear fit at x = c, by triangular weights over the points nearest to it; null where they are not on both sides. */
export function localMean(x: readonly number[], y: readonly number[], c: number): number | null {
  const distances = x.map((value) => Math.abs(value - c)).sort((a, b) => a - b);
  const width = distances[Math.min(distances.length - 1, Math.ceil(WINDOW_SHARE * distances.length))] ?? 0;
  if (!(width > 0)) return null;
  const sums = { w: 0, wx: 0, wxx: 0, wy: 0, wxy: 0, below: 0, above: 0 };
  x.forEach((value, i) => {
    const d = value - c;
    const w = 1 - Math.abs(d) / width;
    if (!(w > 0)) return;
    if (d <= 0) sums.below += 1;
    if (d >= 0) sums.above += 1;
    sums.w += w;
    sums.wx += w * d;
    sums.wxx += w * d * d;
    sums.wy += w * y[i]!;
    sums.wxy += w * d * y[i]!;
  });
  const determinant = sums.w * sums.wxx - sums.wx * sums.wx;
  if (sums.below < FEWEST_ON_A_SIDE || sums.above < FEWEST_ON_A_SIDE || !(determinant > 0)) return null;
  return (sums.wxx * sums.wy - sums.wx * sums.wxy) / determinant;
}

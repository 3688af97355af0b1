import type { Interval } from './chart-types.ts';
import { paddedDomain, type Range } from './axis-geometry.ts';

/**
 * A domain for intervals that one huge interval does not ruin: all points are inside, an interval reaches at most four
 * typical half-widths from its estimate. Where everything fits in little more room than that, nothing is cut.
 */
export function robustDomain(
  intervals: readonly Interval[],
  points: readonly number[],
  include: readonly number[] = [0],
): { readonly domain: Range; readonly cut: boolean } {
  const finite = intervals.filter((i) => [i.estimate, i.lower, i.upper].every(Number.isFinite));
  const halves = finite
    .map((i) => (i.upper - i.lower) / 2)
    .filter((half) => half > 0)
    .sort((a, b) => a - b);
  const reach = 4 * (halves[Math.floor((halves.length - 1) / 2)] ?? 0);
  const marks = [...points.filter(Number.isFinite), ...finite.map((i) => i.estimate)];
  const near = [...marks, ...finite.flatMap((i) => [Math.max(i.lower, i.estimate - reach), Math.min(i.upper, i.estimate + reach)])];
  const all = [...marks, ...finite.flatMap((i) => [i.lower, i.upper])];
  const wide = paddedDomain(all, { include });
  const tight = paddedDomain(near, { include });
  const cut = wide[1] - wide[0] > 1.6 * (tight[1] - tight[0]);
  const domain = cut ? tight : wide;
  return { domain, cut: cut && finite.some((i) => i.lower < domain[0] || i.upper > domain[1]) };
}

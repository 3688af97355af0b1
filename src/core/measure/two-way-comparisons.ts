import type { Cohort, TreatedPanel } from './panel-treatment.ts';

/** One difference in differences among those that two-way fixed effects average. */
export type TwoWayComparison = {
  /** First treated time index of the cohort whose start is compared, and of its controls; -1 for the never treated. */
  readonly treated: number;
  readonly control: number;
  /** Whether the controls are treated already: if their effect still grows, that growth is subtracted. */
  readonly isForbidden: boolean;
  readonly weight: number;
  readonly estimate: number;
};

/**
 * The comparisons whose weighted mean two-way fixed effects are on a complete panel: each cohort with the never treated, with later
 * cohorts before these start, and with earlier cohorts after those have started. Weights sum to 1 and grow with the size of the groups
 * and the variance of treatment between them. Null for an incomplete panel.
 * Source: Goodman-Bacon (2021, J. Econometrics 225, 254-277), theorem 1.
 */
export function twoWayComparisons(panel: TreatedPanel): TwoWayComparison[] | null {
  if (!panel.isComplete) return null;
  const { nTimes, nNever, cohorts } = panel;
  const never = { start: nTimes, from: 0, to: nNever };
  const groups = nNever > 0 ? [...cohorts, never] : cohorts;
  const means = new Map(groups.map((group) => [group, meanPath(panel, group)]));
  const comparisons: TwoWayComparison[] = [];
  groups.forEach((early, e) => {
    for (const late of groups.slice(e + 1)) {
      const [earlyMean, lateMean] = [means.get(early)!, means.get(late)!];
      const sizes = (early.to - early.from) * (late.to - late.from);
      const before = early.start;
      const between = late.start - early.start;
      const after = nTimes - late.start;
      const control = late === never ? -1 : late.start;
      comparisons.push({
        treated: early.start,
        control,
        isForbidden: false,
        weight: sizes * before * between,
        estimate: change(earlyMean, lateMean, 0, early.start, late.start),
      });
      if (late === never) continue;
      comparisons.push({
        treated: late.start,
        control: early.start,
        isForbidden: true,
        weight: sizes * between * after,
        estimate: change(lateMean, earlyMean, early.start, late.start, nTimes),
      });
    }
  });
  const total = comparisons.reduce((sum, { weight }) => sum + weight, 0);
  return comparisons.map((comparison) => ({ ...comparison, weight: comparison.weight / total }));
}

function meanPath({ nUnits, nTimes, outcome }: TreatedPanel, { from, to }: Cohort): Float64Array {
  const means = new Float64Array(nTimes);
  for (let t = 0; t < nTimes; t += 1) {
    for (let u = from; u < to; u += 1) means[t] = means[t]! + outcome[t * nUnits + u]! / (to - from);
  }
  return means;
}

/** Change of a from [from, start) to [start, to), minus that of b. */
function change(a: Float64Array, b: Float64Array, from: number, start: number, to: number): number {
  const gap = (first: number, last: number) => {
    let sum = 0;
    for (let t = first; t < last; t += 1) sum += a[t]! - b[t]!;
    return sum / (last - first);
  };
  return gap(start, to) - gap(from, start);
}

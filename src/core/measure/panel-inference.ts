import type { TreatedPanel } from './panel-treatment.ts';

/** What a variance from influence is multiplied by, and the degrees of freedom that go with it: null for the normal. */
export type VarianceRule = { readonly factor: number; readonly df: number | null | 'welch' };

export type PanelInference = { readonly standardError: number; readonly df: number | null };

/** Standard error of an estimate from each unit's contribution to its error, summed within clusters. */
export function influenceInference(panel: TreatedPanel, influence: Float64Array, rule: VarianceRule): PanelInference {
  const sums = clusterSums(panel, influence);
  const variance = rule.factor * sums.reduce((sum, value) => sum + value * value, 0);
  return { standardError: Math.sqrt(variance), df: rule.df === 'welch' ? welchDf(panel, [influence]) : rule.df };
}

/** Contributions by cluster; the same array where every unit is its own. */
export function clusterSums({ hasClusters, clusters, nClusters }: TreatedPanel, influence: Float64Array): Float64Array {
  if (!hasClusters) return influence;
  const sums = new Float64Array(nClusters);
  for (let u = 0; u < influence.length; u += 1) sums[clusters[u]!] = sums[clusters[u]!]! + influence[u]!;
  return sums;
}

/**
 * Welch's and Satterthwaite's degrees of freedom over the groups whose variances are estimated separately: the never treated and each
 * cohort; cohorts of one unit count as one group. Of several estimates, for the trace of their covariance.
 */
export function welchDf(panel: TreatedPanel, influences: readonly Float64Array[]): number {
  const groups = [{ from: 0, to: panel.nNever }, ...panel.cohorts];
  const singles = { variance: 0, n: 0 };
  let total = 0;
  let squares = 0;
  for (const { from, to } of groups) {
    let variance = 0;
    for (const influence of influences) for (let u = from; u < to; u += 1) variance += influence[u]! * influence[u]!;
    if (to - from === 1) {
      singles.variance += variance;
      singles.n += 1;
      continue;
    }
    total += variance;
    if (to - from > 1) squares += (variance * variance) / (to - from - 1);
  }
  total += singles.variance;
  if (singles.n > 0) squares += (singles.variance * singles.variance) / Math.max(1, singles.n - 1);
  return squares > 0 ? (total * total) / squares : 1;
}

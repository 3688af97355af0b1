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
 * Satterthwaite's degrees of freedom over the groups whose variances are estimated separately: the never treated and each cohort;
 * cohorts of one unit count as one group. Of several estimates, for the trace of their covariance.
 *
 * The smaller of two: with the variances as estimated (Welch), and with those that equal errors would give groups of these sizes (Bell
 * and McCaffrey). The first alone is misled where two or three treated units happen to be alike.
 */
export function welchDf(panel: TreatedPanel, influences: readonly Float64Array[]): number {
  const varianceOf = ({ from, to }: { readonly from: number; readonly to: number }) => {
    let variance = 0;
    for (const influence of influences) for (let u = from; u < to; u += 1) variance += influence[u]! * influence[u]!;
    return { variance, n: to - from };
  };
  const never = varianceOf({ from: 0, to: panel.nNever });
  const cohorts = panel.cohorts.map(varianceOf).filter(({ variance }) => variance > 0);
  const singles = cohorts.filter(({ n }) => n === 1);
  const treated = [
    ...cohorts.filter(({ n }) => n > 1),
    ...(singles.length === 0 ? [] : [{ variance: singles.reduce((sum, { variance }) => sum + variance, 0), n: singles.length }]),
  ];
  const nTreated = treated.reduce((sum, { n }) => sum + n, 0);
  const controls = never.variance > 0 ? [never] : [];
  const equal = [
    ...treated.map(({ n }) => ({ variance: n / (nTreated * nTreated), n })),
    ...controls.map(({ n }) => ({ variance: 1 / n, n })),
  ];
  return Math.max(1, Math.min(satterthwaite([...treated, ...controls]), satterthwaite(equal)));
}

function satterthwaite(groups: readonly { readonly variance: number; readonly n: number }[]): number {
  const total = groups.reduce((sum, { variance }) => sum + variance, 0);
  const squares = groups.reduce((sum, { variance, n }) => sum + (variance * variance) / Math.max(1, n - 1), 0);
  return squares > 0 ? (total * total) / squares : 1;
}

import type { PanelInference } from './panel-inference.ts';
import { biasReducedInference } from './two-way-bias-reduced.ts';
import type { TwoWayFit } from './two-way-fixed-effects.ts';

export type ClusterConvention = 'CR2' | 'CR1' | 'CR1_all_dummies' | 'CR1_groups' | 'CR0';

/**
 * Standard error with errors free to depend within clusters. CR0: White's form; CR1_groups: times G / (G - 1); CR1: also times
 * (n - 1) / (n - k), k leaving out unit constants, which the clusters hold (as areg, reghdfe and fixest do); CR1_all_dummies: k counting
 * them; CR2: Bell and McCaffrey's with Satterthwaite's degrees of freedom. The others have G - 1.
 */
export function twoWayInference(fit: TwoWayFit, convention: ClusterConvention): PanelInference {
  if (convention === 'CR2') return biasReducedInference(fit);
  const { projection, clusters, nClusters, treatment, residuals, information } = fit;
  const { nUnits, nTimes } = projection.cells;
  const scores = new Float64Array(nClusters);
  for (let t = 0; t < nTimes; t += 1) {
    for (let u = 0; u < nUnits; u += 1) {
      const c = clusters[u]!;
      if (c >= 0) scores[c] = scores[c]! + treatment[t * nUnits + u]! * residuals[t * nUnits + u]!;
    }
  }
  const k = convention === 'CR1' ? projection.rank - projection.nUnits + 2 : projection.rank + 1;
  const factor = clusterFactor(convention, nClusters, projection.nCells, k);
  return { standardError: Math.sqrt(factor * scores.reduce((sum, score) => sum + score * score, 0)) / information, df: nClusters - 1 };
}

/** What CR0's variance is multiplied by, with n rows and k coefficients. */
export function clusterFactor(convention: Exclude<ClusterConvention, 'CR2'>, groups: number, n: number, k: number): number {
  if (convention === 'CR0') return 1;
  return (groups / (groups - 1)) * (convention === 'CR1_groups' ? 1 : (n - 1) / (n - k));
}

import type { TreatedPanel } from './panel-treatment.ts';
import { twoWayProjection, type TwoWayProjection } from './two-way-projection.ts';

export type TwoWayFit = {
  readonly estimate: number;
  readonly projection: TwoWayProjection;
  /** First treated time of each unit, -1 for never. */
  readonly start: Int32Array;
  /** Treatment and outcome after unit and time constants (and the outcome after treatment); 0 in cells that do not take part. */
  readonly treatment: Float64Array;
  readonly residuals: Float64Array;
  /** Sum of squares of `treatment`. */
  readonly information: number;
  /** Cluster of each unit, coded 0 ... nClusters - 1 over the clusters that take part. */
  readonly clusters: Int32Array;
  readonly nClusters: number;
  readonly residualDf: number;
  readonly residualSquares: number;
  readonly rSquared: number;
  readonly withinRSquared: number;
  /** Of the estimate, if errors were independent over cells: classical, and with HC1. */
  readonly classicalError: number;
  readonly hc1Error: number;
  readonly negativeWeights: NegativeWeights;
};

/** The estimate is a weighted sum of the effects in all treated cells, weights summing to 1; some may be negative. */
export type NegativeWeights = { readonly share: number; readonly sum: number; readonly cells: number };

const SPANNED = 1e-12;

/**
 * Two-way fixed effects: b in outcome = unit + time + b treated + error, by least squares.
 *
 * With x the residual of treatment after unit and time constants, b = sum x y / sum x^2. Treated cells weigh x / (sum of x over
 * treated cells) in b, so effects of early starters at late times may count negatively: where effects grow or differ, b can have the
 * wrong sign. Cells within `anticipation` periods before a unit's start are left out (for everybody, where all start together).
 * Null where constants explain all of treatment, or use up all cells.
 * Source: Wooldridge (2010), 10.5; weights from de Chaisemartin and D'Haultfoeuille (2020, AER 110, 2964-2996), theorem 1.
 */
export function twoWayFixedEffects(panel: TreatedPanel, anticipation: number): TwoWayFit | null {
  const { nUnits, nTimes, outcome, start } = panel;
  const isUsed = new Uint8Array(nUnits * nTimes);
  const treated = new Float64Array(nUnits * nTimes);
  const common = panel.cohorts.length === 1 ? panel.cohorts[0]!.start : null;
  let nTreatedCells = 0;
  for (let t = 0; t < nTimes; t += 1) {
    for (let u = 0; u < nUnits; u += 1) {
      const own = common ?? start[u]!;
      const at = t * nUnits + u;
      if (!Number.isFinite(outcome[at]!) || (own >= 0 && t < own && t >= own - anticipation)) continue;
      isUsed[at] = 1;
      if (start[u]! >= 0 && t >= start[u]!) {
        treated[at] = 1;
        nTreatedCells += 1;
      }
    }
  }
  const projection = twoWayProjection({ nUnits, nTimes, isUsed });
  const treatment = projection.residuals(treated);
  const information = dot(treatment, treatment);
  const residualDf = projection.nCells - projection.rank - 1;
  if (!(information > SPANNED * nTreatedCells) || residualDf < 1) return null;
  const within = projection.residuals(outcome);
  const estimate = dot(treatment, within) / information;
  const residuals = within.map((value, at) => value - estimate * treatment[at]!);
  const residualSquares = dot(residuals, residuals);
  const total = totalSquares(outcome, isUsed, projection.nCells);
  let hc0 = 0;
  for (let at = 0; at < residuals.length; at += 1) hc0 += treatment[at]! * treatment[at]! * residuals[at]! * residuals[at]!;
  return {
    estimate,
    projection,
    start,
    treatment,
    residuals,
    information,
    ...clustersThatCount(panel, projection),
    residualDf,
    residualSquares,
    rSquared: total > 0 ? Math.max(0, 1 - residualSquares / total) : 0,
    withinRSquared: residualSquares > 0 ? Math.max(0, 1 - residualSquares / dot(within, within)) : 1,
    classicalError: Math.sqrt(residualSquares / residualDf / information),
    hc1Error: Math.sqrt((hc0 * projection.nCells) / residualDf) / information,
    negativeWeights: negativeWeights(treatment, treated, isUsed),
  };
}

function clustersThatCount({ clusters, nClusters }: TreatedPanel, { unitCounts }: TwoWayProjection) {
  const code = new Int32Array(nClusters).fill(-1);
  let count = 0;
  const own = Int32Array.from(clusters, (cluster, u) => {
    if (unitCounts[u] === 0) return -1;
    if (code[cluster]! < 0) code[cluster] = count++;
    return code[cluster]!;
  });
  return { clusters: own, nClusters: count };
}

function negativeWeights(treatment: Float64Array, treated: Float64Array, isUsed: Uint8Array): NegativeWeights {
  let total = 0;
  let below = 0;
  let cells = 0;
  const rounding = 1e-12;
  for (let at = 0; at < treatment.length; at += 1) {
    if (isUsed[at] !== 1 || treated[at] !== 1) continue;
    total += treatment[at]!;
    if (treatment[at]! >= -rounding) continue;
    below += treatment[at]!;
    cells += 1;
  }
  return { share: cells === 0 ? 0 : -below / (total - 2 * below), sum: below / total, cells };
}

function totalSquares(outcome: Float64Array, isUsed: Uint8Array, n: number): number {
  let sum = 0;
  for (let at = 0; at < outcome.length; at += 1) if (isUsed[at] === 1) sum += outcome[at]!;
  const mean = sum / n;
  let squares = 0;
  for (let at = 0; at < outcome.length; at += 1) if (isUsed[at] === 1) squares += (outcome[at]! - mean) * (outcome[at]! - mean);
  return squares;
}

function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i += 1) sum += x[i]! * y[i]!;
  return sum;
}

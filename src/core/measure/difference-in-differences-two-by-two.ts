import { adjustedContrast, type AdjustmentMethod } from './group-time-adjustment.ts';
import { armScale } from './group-time-effects.ts';
import { influenceInference, type PanelInference, type VarianceRule } from './panel-inference.ts';
import type { TreatedPanel } from './panel-treatment.ts';
import { regression } from './regression.ts';
import { clusterFactor, type ClusterConvention } from './two-way-inference.ts';
import { welch } from './two-arms.ts';

export type TwoByTwo = PanelInference & {
  readonly estimate: number;
  readonly nTreated: number;
  readonly nControl: number;
  /** Units not seen both before and after (or without covariates), left out. */
  readonly nLeftOut: number;
  /** Means over unit means: controls before and after, treated before and after. */
  readonly means: { readonly controlPre: number; readonly controlPost: number; readonly treatedPre: number; readonly treatedPost: number };
  /** Of the regression of all rows on arm, period and both, if errors were independent over rows. */
  readonly pooled: { readonly classicalError: number; readonly hc1Error: number; readonly rSquared: number; readonly nRows: number };
};

export type TwoByTwoOptions = {
  readonly anticipation: number;
  readonly standardErrors: ClusterConvention | 'welch';
  readonly adjustment: AdjustmentMethod;
  /** Used where there are covariates. */
  readonly rule: VarianceRule;
  readonly confidenceLevel: number;
};

/** Coefficients of the regression on arm, period and their product. */
const POOLED_COEFFICIENTS = 4;

/**
 * Mean change of the treated units minus mean change of the never treated, each unit's change being its mean after minus its mean
 * before the start (without the periods of anticipation). With covariates, the changes are compared given their means before.
 *
 * Errors by cluster are those of the regression of all rows on arm, period and both (k = 4); CR2 has Satterthwaite's degrees of freedom
 * for equal variances, welch has those for unequal ones, from the same standard error where each unit is its own cluster.
 * Null where an arm has fewer than two units with a change.
 * Source: Bertrand, Duflo and Mullainathan (2004, QJE 119, 249-275) for collapsing to two periods.
 */
export function twoByTwo(panel: TreatedPanel, options: TwoByTwoOptions): TwoByTwo | null {
  const first = panel.cohorts[0]!.start;
  const { nUnits, nTimes, start } = panel;
  const pre = unitMeans(panel, panel.outcome, 0, first - options.anticipation);
  const post = unitMeans(panel, panel.outcome, first, nTimes);
  const covariates = panel.covariates.columns.map((column) => unitMeans(panel, column, 0, first - options.anticipation).mean);
  const seen = Array.from({ length: nUnits }, (_, u) => u).filter(
    (u) => pre.count[u]! > 0 && post.count[u]! > 0 && covariates.every((column) => Number.isFinite(column[u]!)),
  );
  const treated = Uint8Array.from(seen, (u) => (start[u]! >= 0 ? 1 : 0));
  const nTreated = treated.reduce((sum, value) => sum + value, 0);
  const nControl = seen.length - nTreated;
  if (nTreated < 2 || nControl < 2) return null;
  const change = Float64Array.from(seen, (u) => post.mean[u]! - pre.mean[u]!);
  const meanOf = (means: Float64Array, arm: number) =>
    seen.reduce((sum, u, k) => sum + (treated[k] === arm ? means[u]! : 0), 0) / (arm === 1 ? nTreated : nControl);
  const pooled = pooledErrors(panel, seen, treated, first, options.anticipation);
  const compared =
    covariates.length > 0
      ? adjusted(panel, seen, change, treated, covariates, options)
      : plain(panel, seen, change, treated, pooled.nRows, options);
  return compared === null
    ? null
    : {
        ...compared,
        nTreated,
        nControl,
        nLeftOut: nUnits - seen.length,
        means: {
          controlPre: meanOf(pre.mean, 0),
          controlPost: meanOf(post.mean, 0),
          treatedPre: meanOf(pre.mean, 1),
          treatedPost: meanOf(post.mean, 1),
        },
        pooled,
      };
}

function plain(
  panel: TreatedPanel,
  seen: readonly number[],
  change: Float64Array,
  treated: Uint8Array,
  nRows: number,
  options: TwoByTwoOptions,
) {
  const { standardErrors, confidenceLevel } = options;
  const arm = Float64Array.from(treated);
  if (standardErrors === 'welch') return welch(change, arm);
  const clusters = codesOf(seen.map((u) => panel.clusters[u]!));
  const { coefficients } = regression({
    outcome: change,
    columns: [new Float64Array(change.length).fill(1), arm],
    names: ['constant', 'treated'],
    intercept: true,
    standardErrors: standardErrors === 'CR2' ? 'CR2' : 'CR0',
    clusters,
    confidenceLevel,
  });
  const { estimate, standard_error: error, df } = coefficients.get('treated')!;
  if (standardErrors === 'CR2') return { estimate, standardError: error, df };
  const groups = clusters.reduce((most, code) => Math.max(most, code), 0) + 1;
  return { estimate, standardError: error * Math.sqrt(clusterFactor(standardErrors, groups, nRows, POOLED_COEFFICIENTS)), df: groups - 1 };
}

function adjusted(
  panel: TreatedPanel,
  seen: readonly number[],
  change: Float64Array,
  treated: Uint8Array,
  covariates: readonly Float64Array[],
  options: TwoByTwoOptions,
) {
  const compare = adjustedContrast(
    { treated, names: panel.covariates.names, covariates: covariates.map((column) => Float64Array.from(seen, (u) => column[u]!)) },
    options.adjustment,
  );
  if (compare === null) return null;
  const contrast = compare(change);
  const nTreated = treated.reduce((sum, value) => sum + value, 0);
  const scales = options.standardErrors === 'CR2' ? [armScale(seen.length - nTreated, contrast.rank), armScale(nTreated, 1)] : [1, 1];
  const influence = new Float64Array(panel.nUnits);
  seen.forEach((u, k) => (influence[u] = contrast.influence[k]! * scales[treated[k]!]!));
  return { estimate: contrast.estimate, ...influenceInference(panel, influence, options.rule) };
}

/** Means over the times from ... to - 1 at which the outcome was seen. */
function unitMeans({ nUnits, outcome }: TreatedPanel, column: Float64Array, from: number, to: number) {
  const mean = new Float64Array(nUnits);
  const count = new Int32Array(nUnits);
  for (let t = from; t < to; t += 1) {
    for (let u = 0; u < nUnits; u += 1) {
      if (!Number.isFinite(outcome[t * nUnits + u]!)) continue;
      mean[u] = mean[u]! + column[t * nUnits + u]!;
      count[u] = count[u]! + 1;
    }
  }
  return { mean: mean.map((sum, u) => sum / count[u]!), count };
}

function pooledErrors(
  { nUnits, nTimes, outcome }: TreatedPanel,
  seen: readonly number[],
  treated: Uint8Array,
  first: number,
  anticipation: number,
) {
  const cells = Array.from({ length: 4 }, () => ({ n: 0, sum: 0, squares: 0 }));
  const each = (visit: (cell: { n: number; sum: number; squares: number }, value: number) => void) => {
    for (let t = 0; t < nTimes; t += 1) {
      if (t < first && t >= first - anticipation) continue;
      seen.forEach((u, k) => {
        const value = outcome[t * nUnits + u]!;
        if (Number.isFinite(value)) visit(cells[2 * treated[k]! + (t >= first ? 1 : 0)]!, value);
      });
    }
  };
  each((cell, value) => {
    cell.n += 1;
    cell.sum += value;
  });
  each((cell, value) => (cell.squares += (value - cell.sum / cell.n) * (value - cell.sum / cell.n)));
  const nRows = cells.reduce((sum, { n }) => sum + n, 0);
  const residual = cells.reduce((sum, { squares }) => sum + squares, 0);
  const centre = cells.reduce((sum, cell) => sum + cell.sum, 0) / nRows;
  const between = cells.reduce((sum, cell) => sum + cell.n * (cell.sum / cell.n - centre) * (cell.sum / cell.n - centre), 0);
  const df = nRows - POOLED_COEFFICIENTS;
  return {
    classicalError: Math.sqrt((residual / df) * cells.reduce((sum, { n }) => sum + 1 / n, 0)),
    hc1Error: Math.sqrt((nRows / df) * cells.reduce((sum, { n, squares }) => sum + squares / (n * n), 0)),
    rSquared: between + residual > 0 ? between / (between + residual) : 0,
    nRows,
  };
}

function codesOf(labels: readonly number[]): Int32Array {
  const codeOf = new Map<number, number>();
  return Int32Array.from(labels, (label) => {
    const code = codeOf.get(label) ?? codeOf.size;
    codeOf.set(label, code);
    return code;
  });
}

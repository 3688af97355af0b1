import { inputError } from '../contracts/input-error.ts';
import { fitPropensity, type PropensityFit } from './propensity.ts';
import { designColumns, takeCovariate, takeNumbers, whyNotComparable, type DesignColumns, type UnitRows } from './read-table.ts';

export type Trimming = { readonly trimming: 'none' | 'bounds' | 'crump'; readonly trim_lower: number; readonly trim_upper: number };

/** The units that are compared, and how likely each was to be treated. */
export type OverlapSample = {
  readonly units: UnitRows;
  readonly columns: DesignColumns;
  /** Fitted to the units kept. */
  readonly propensity: PropensityFit;
  /** Scores of all units, before trimming. */
  readonly scores: Float64Array;
  /** Position among all units of each unit kept. */
  readonly kept: Int32Array;
  readonly keptRange: readonly [number, number] | null;
};

/**
 * Fits the propensity score, leaves out the units whose score lies outside the bounds, and fits it again to the rest.
 * Text instead of a sample says why there is nothing to compare.
 * @throws InputError for bounds that leave no room.
 */
export function overlapSample(units: UnitRows, trimming: Trimming): OverlapSample | string {
  if (trimming.trimming === 'bounds' && trimming.trim_lower >= trimming.trim_upper)
    throw inputError('trim_lower', `must lie below trim_upper, which is ${trimming.trim_upper}`, trimming.trim_lower);
  const columns = designColumns(units.covariates);
  const propensity = fitPropensity(units.treated, columns);
  const scores = propensity.probability;
  const keptRange = rangeToKeep(scores, trimming);
  const kept = positionsWithin(scores, keptRange);
  if (kept.length === units.n) return { units, columns, propensity, scores, kept, keptRange };

  const rest = keepUnits(units, kept);
  const unusable = whyNotComparable(rest);
  if (unusable !== null) return `After trimming to scores from ${keptRange?.map((bound) => bound.toFixed(3)).join(' to ')}: ${unusable}`;
  const restColumns = designColumns(rest.covariates);
  return { units: rest, columns: restColumns, propensity: fitPropensity(rest.treated, restColumns), scores, kept, keptRange };
}

/**
 * Margin a of the scores a ... 1 - a between which the average effect can be estimated most precisely: the set of units with
 * g = 1 / (e (1 - e)) at most 1 / (a (1 - a)) = twice the mean of g over that set; 0 where that is everybody. Of several
 * solutions, the one with the least sum of g over the squared number of units.
 * Source: Crump, Hotz, Imbens and Mitnik (2009, Biometrika 96), for errors of equal variance.
 */
export function crumpMargin(scores: Float64Array): number {
  const g = scores.map((score) => 1 / (score * (1 - score))).sort();
  let total = 0;
  let least = Infinity;
  let bound = Infinity;
  for (let k = 0; k < g.length; k += 1) {
    total += g[k]!;
    const twiceMean = (2 * total) / (k + 1);
    const isSolution = g[k]! <= twiceMean && (k + 1 === g.length || twiceMean < g[k + 1]!);
    const spread = total / (k + 1) / (k + 1);
    if (isSolution && spread < least) {
      least = spread;
      bound = k + 1 === g.length ? Infinity : twiceMean;
    }
  }
  return bound === Infinity ? 0 : 0.5 - Math.sqrt(0.25 - 1 / bound);
}

function rangeToKeep(scores: Float64Array, { trimming, trim_lower: lower, trim_upper: upper }: Trimming): readonly [number, number] | null {
  switch (trimming) {
    case 'none':
      return null;
    case 'bounds':
      return [lower, upper];
    case 'crump': {
      const margin = crumpMargin(scores);
      return margin > 0 ? [margin, 1 - margin] : null;
    }
    default:
      return trimming satisfies never;
  }
}

function positionsWithin(scores: Float64Array, range: readonly [number, number] | null): Int32Array {
  const kept = new Int32Array(scores.length);
  let count = 0;
  for (let i = 0; i < scores.length; i += 1) {
    if (range === null || (scores[i]! >= range[0] && scores[i]! <= range[1])) kept[count++] = i;
  }
  return kept.subarray(0, count);
}

function keepUnits(units: UnitRows, kept: Int32Array): UnitRows {
  const treated = Uint8Array.from(kept, (i) => units.treated[i]!);
  const nTreated = treated.reduce((sum, value) => sum + value, 0);
  return {
    ...units,
    n: kept.length,
    rows: Int32Array.from(kept, (i) => units.rows[i]!),
    outcome: takeNumbers(units.outcome, kept),
    treated,
    nTreated,
    nControl: kept.length - nTreated,
    covariates: units.covariates.map((covariate) => takeCovariate(covariate.name, covariate, kept)),
  };
}

import { mean, standardDeviation, variance } from '../numeric/moments.ts';
import { quantileOfSorted } from '../numeric/quantile.ts';
import { namedStream } from '../random/stream.ts';
import { standardNormal, uniformInteger } from '../random/variates.ts';
import type { Belief, ChangedUnits } from './metrics-approximation-rows.ts';
import type { ResponseFunction } from './response-functions/response-function.ts';

/** Units drawn in all, so that a bootstrap takes about a second. */
const MOST_DRAWN = 20_000_000;
/** More units than this cannot be drawn often enough. */
export const MOST_BOOTSTRAP_UNITS = 50_000;
/** Share of draws without a meaning beyond which those that are left no longer stand for the belief. */
const MOST_MEANINGLESS = 0.1;

export type DeltaUncertainty = {
  readonly standardError: number;
  readonly df: number | null;
  /** Share of the variance that is the coefficient's. */
  readonly coefficientShare: number;
};

/**
 * Delta method: variance = s^2 / n of the units' gains + (mean derivative)^2 * variance of the coefficient. The first has n - 1
 * degrees of freedom and the second none to lose, hence Satterthwaite's for the sum; null where the first is 0.
 */
export function deltaUncertainty(units: ChangedUnits, gains: Float64Array, response: ResponseFunction, belief: Belief): DeltaUncertainty {
  const { coefficient, scale, standardError } = belief;
  const derivative = mean(units.baseline.map((value, i) => value * response.slope(units.before[i]!, units.after[i]!, coefficient, scale)));
  const ofUnits = variance(gains) / units.n;
  const ofCoefficient = derivative * standardError * (derivative * standardError);
  const total = ofUnits + ofCoefficient;
  const share = ofUnits / total;
  return {
    standardError: Math.sqrt(total),
    df: ofUnits > 0 ? (units.n - 1) / (share * share) : null,
    coefficientShare: total > 0 ? ofCoefficient / total : 0,
  };
}

export type BootstrapUncertainty = {
  readonly standardError: number;
  readonly pValue: number;
  readonly lower: number;
  readonly upper: number;
  readonly draws: number;
  /** Draws of the coefficient at which the response has no meaning for some unit; left out. */
  readonly nMeaningless: number;
};

/**
 * Percentiles of the mean gain when units are drawn with replacement and the coefficient from its normal distribution. The p value
 * is twice the smaller share of draws on either side of 0, each counted with one draw more, so that it is never 0. The stream's
 * name is fixed: same table and parameters, same bits. null where too many draws of
 * the coefficient have no meaning.
 */
export function bootstrapUncertainty(
  units: ChangedUnits,
  response: ResponseFunction,
  { coefficient, scale, standardError }: Belief,
  draws: number,
  confidenceLevel: number,
): BootstrapUncertainty | null {
  const { n, before, after, baseline } = units;
  const stream = namedStream({ seed: 'metrics-approximation', initiative: '', stage: 'pilot', replication: 0, purpose: 'bootstrap' });
  const made = Math.min(draws, Math.floor(MOST_DRAWN / n));
  const means: number[] = [];
  for (let draw = 0; draw < made; draw += 1) {
    const drawn = coefficient + standardError * standardNormal(stream);
    let total = 0;
    for (let k = 0; k < n; k += 1) {
      const i = uniformInteger(stream, n);
      total += baseline[i]! * response.change(before[i]!, after[i]!, drawn, scale);
    }
    if (Number.isFinite(total)) means.push(total / n);
  }
  if (made - means.length > MOST_MEANINGLESS * made) return null;
  const sorted = Float64Array.from(means).sort();
  const atMost = sorted.filter((value) => value <= 0).length;
  const atLeast = sorted.filter((value) => value >= 0).length;
  return {
    standardError: standardDeviation(sorted),
    pValue: Math.min(1, (2 * (Math.min(atMost, atLeast) + 1)) / (sorted.length + 1)),
    lower: quantileOfSorted(sorted, 0.5 - confidenceLevel / 2),
    upper: quantileOfSorted(sorted, 0.5 + confidenceLevel / 2),
    draws: sorted.length,
    nMeaningless: made - sorted.length,
  };
}

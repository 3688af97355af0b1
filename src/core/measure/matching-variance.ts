import type { MatchedSet } from './match-units.ts';
import { neighbourSearch, squaredDistance, type PointSet } from './neighbour-search.ts';

/** Matches found for one arm. `sign` is 1 where the treated look for controls, -1 where controls look for treated. */
export type Direction = {
  readonly sign: 1 | -1;
  readonly sets: readonly MatchedSet[];
  /** Outcomes, less what the covariates explain of them where matches are corrected for bias. */
  readonly adjusted: Float64Array;
};

/** How often each unit serves as a match: sum of 1/m over the sets of m matches it is in, and the sum of 1/m^2. */
export type MatchCounts = { readonly times: Float64Array; readonly squares: Float64Array; readonly uses: Int32Array };

export type UnitEffects = {
  readonly estimate: number;
  /** Units that have a match. */
  readonly matched: number;
  /** sum over matched units of (own effect - estimate)^2 */
  readonly effectSquares: number;
  /** The same over pairs, weighted by 1/m. */
  readonly pairSquares: number;
};

export function countMatches(n: number, sets: readonly MatchedSet[]): MatchCounts {
  const counts = { times: new Float64Array(n), squares: new Float64Array(n), uses: new Int32Array(n) };
  for (const { focal, partners } of sets) {
    const m = partners.length;
    for (const partner of partners) {
      counts.times[partner] = counts.times[partner]! + focal.length / m;
      counts.squares[partner] = counts.squares[partner]! + focal.length / (m * m);
      counts.uses[partner] = counts.uses[partner]! + focal.length;
    }
  }
  return counts;
}

/** The mean over matched units of own outcome minus mean outcome of the matches (or the reverse, for controls). */
export function averageEffect(directions: readonly Direction[]): UnitEffects {
  let matched = 0;
  let total = 0;
  eachEffect(directions, (effect) => {
    matched += 1;
    total += effect;
  });
  const estimate = total / matched;
  let effectSquares = 0;
  let pairSquares = 0;
  eachEffect(directions, (effect, spread) => {
    const deviation = (effect - estimate) * (effect - estimate);
    effectSquares += deviation;
    pairSquares += deviation + spread;
  });
  return { estimate, matched, effectSquares, pairSquares };
}

/**
 * Variance of a matching estimator for the population effect (Abadie and Imbens 2006, Econometrica 74, theorem 7):
 * [sum (effect_i - estimate)^2 + sum sigma2_i (K_i^2 - sum 1/m^2 (+ 2 K_i where both arms look for matches))] / N^2.
 * `conditional` is sigma2 by unit.
 */
export function matchingVariance(effects: UnitEffects, counts: MatchCounts, conditional: Float64Array, bothArms: boolean): number {
  let reuse = 0;
  counts.times.forEach((times, i) => {
    reuse += conditional[i]! * (times * times - counts.squares[i]! + (bothArms ? 2 * times : 0));
  });
  return (effects.effectSquares + reuse) / (effects.matched * effects.matched);
}

/** One sigma2 for all units: half the mean squared deviation of the pairs' differences, right when effects and variances are constant. */
export function pooledConditionalVariance(n: number, effects: UnitEffects): Float64Array {
  return new Float64Array(n).fill((0.5 * effects.pairSquares) / effects.matched);
}

/**
 * sigma2 by unit from its `neighbours` nearest units of its own arm (ties included): J/(J+1) (Y_i - mean of theirs)^2.
 * Each arm must have two units.
 */
export function localConditionalVariance(
  points: PointSet,
  arms: readonly Int32Array[],
  outcome: Float64Array,
  neighbours: number,
  tieTolerance: number,
): Float64Array {
  const result = new Float64Array(points.n);
  for (const arm of arms) {
    const search = neighbourSearch(points, arm);
    const answered = new Map<string, { sum: number; size: number }>();
    for (const unit of arm) {
      const place = points.coordinates.subarray(unit * points.dimension, (unit + 1) * points.dimension).join();
      // The unit itself is among the answers, at distance 0, so one more is asked for and it is taken out again.
      let group = answered.get(place);
      if (group === undefined) {
        const near = search.nearest(unit, Math.min(neighbours + 1, arm.length), tieTolerance, () => true);
        group = { sum: near.reduce((sum, { point }) => sum + outcome[point]!, 0), size: near.length };
        answered.set(place, group);
      }
      const others = group.size - 1;
      const deviation = outcome[unit]! - (group.sum - outcome[unit]!) / others;
      result[unit] = (others / (others + 1)) * deviation * deviation;
    }
  }
  return result;
}

/** Mean distance between a unit and its matches, over matched units. */
export function meanDistance(points: PointSet, directions: readonly Direction[]): number {
  let total = 0;
  let matched = 0;
  for (const { sets } of directions) {
    for (const { focal, partners } of sets) {
      const distance = partners.reduce((sum, partner) => sum + Math.sqrt(squaredDistance(points, focal[0]!, partner)), 0) / partners.length;
      total += focal.length * distance;
      matched += focal.length;
    }
  }
  return total / matched;
}

function eachEffect(directions: readonly Direction[], visit: (effect: number, spread: number) => void): void {
  for (const { sign, sets, adjusted } of directions) {
    for (const { focal, partners } of sets) {
      const centre = partners.reduce((sum, partner) => sum + adjusted[partner]!, 0) / partners.length;
      const spread =
        partners.reduce((sum, partner) => sum + (adjusted[partner]! - centre) * (adjusted[partner]! - centre), 0) / partners.length;
      for (const unit of focal) visit(sign * (adjusted[unit]! - centre), spread);
    }
  }
}

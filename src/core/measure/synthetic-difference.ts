import { pow } from '../numeric/elementary.ts';
import { standardDeviation } from '../numeric/moments.ts';
import type { SimplexFit } from './simplex-least-squares.ts';
import { penalisedSimplex } from './synthetic-difference-weights.ts';

export type SyntheticDifference = {
  /** (treated after - treated before, by time weights) minus the same of the donors, by their weights. */
  readonly estimate: number;
  readonly donorWeights: Float64Array;
  readonly timeWeights: Float64Array;
  /** Treated minus weighted donors, less the time-weighted gap before the treatment: their mean afterwards is the estimate. */
  readonly gaps: Float64Array;
  readonly donorFit: SimplexFit;
  readonly timeFit: SimplexFit;
};

/** Ridge penalties on the weights of donors and of times, in units of the outcome. */
export type Penalties = { readonly donors: number; readonly times: number };

/** Of the noise; so small that it only picks among time weights that fit alike. */
const TIME_PENALTY = 1e-6;

/**
 * Penalties from the donors' noise, the standard deviation of their changes from period to period before the treatment: on
 * donors (treated units x treated periods)^(1/4) times it, on times next to none.
 */
export function penaltiesFor(donors: readonly Float64Array[], treatmentIndex: number): Penalties {
  const changes = donors.flatMap((series) => Array.from({ length: treatmentIndex - 1 }, (_, t) => series[t + 1]! - series[t]!));
  const noise = changes.length > 1 ? standardDeviation(changes) : 0;
  return { donors: pow(donors[0]!.length - treatmentIndex, 1 / 4) * noise, times: TIME_PENALTY * noise };
}

/**
 * Synthetic difference in differences for one treated unit.
 *
 * Donor weights w (not negative, sum 1) make the donors move along with the treated unit before the treatment, up to a constant:
 *   least sum_t (a + sum_j w_j Y_jt - Y_1t)^2 + zeta^2 T0 |w|^2;
 * time weights l (likewise) make the times before foretell the donors' mean afterwards, up to a constant:
 *   least sum_j (b + sum_t l_t Y_jt - mean after of Y_j)^2 + zeta_l^2 J |l|^2.
 * Source: Arkhangelsky, Athey, Hirshberg, Imbens and Wager (2021, American Economic Review 111, 4088-4118), algorithm 1.
 */
export function syntheticDifference(
  donors: readonly Float64Array[],
  target: Float64Array,
  treatmentIndex: number,
  penalties: Penalties,
): SyntheticDifference {
  const before = donors.map((series) => series.subarray(0, treatmentIndex));
  const donorFit = penalisedSimplex(before, target.subarray(0, treatmentIndex), penalties.donors);
  const periods = Array.from({ length: treatmentIndex }, (_, t) => Float64Array.from(donors, (series) => series[t]!));
  const after = Float64Array.from(donors, (series) => meanFrom(series, treatmentIndex));
  const timeFit = penalisedSimplex(periods, after, penalties.times);

  const gaps = new Float64Array(target.length);
  donorFit.weights.forEach((weight, j) => {
    if (weight > 0) for (let t = 0; t < gaps.length; t += 1) gaps[t] = gaps[t]! + weight * (target[t]! - donors[j]![t]!);
  });
  const offset = timeFit.weights.reduce((sum, weight, t) => sum + weight * gaps[t]!, 0);
  for (let t = 0; t < gaps.length; t += 1) gaps[t] = gaps[t]! - offset;
  return {
    estimate: meanFrom(gaps, treatmentIndex),
    donorWeights: donorFit.weights,
    timeWeights: timeFit.weights,
    gaps,
    donorFit,
    timeFit,
  };
}

function meanFrom(values: Float64Array, from: number): number {
  let sum = 0;
  for (let i = from; i < values.length; i += 1) sum += values[i]!;
  return sum / (values.length - from);
}

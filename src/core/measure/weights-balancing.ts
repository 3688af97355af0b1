import { exp, logistic } from '../numeric/elementary.ts';

/** Whom the weights make both arms look like: all, the treated, the controls, or those who could well have been either. */
export type Target = 'ate' | 'att' | 'atc' | 'overlap';

export type BalancingWeights = {
  readonly weights: Float64Array;
  /** Derivative of each weight with respect to the unit's linear predictor. */
  readonly slopes: Float64Array;
};

/** Beyond this a score is 0 or 1 to working precision, and e^40 is still far from overflow. */
const FARTHEST = 40;

/**
 * Weight of each unit in its own arm, from the log-odds of treatment.
 *
 * With e the propensity score, treated and control units weigh: ate 1/e and 1/(1-e); att 1 and e/(1-e); atc (1-e)/e and 1;
 * overlap 1-e and e. Worked out from the log-odds, so that 1-e loses no digits where e is near 1.
 * Source: Rosenbaum (1987, JASA 82); Hirano, Imbens and Ridder (2003, Econometrica 71); Li, Morgan and Zaslavsky (2018, JASA 113).
 * @example balancingWeights(Float64Array.of(0, 0), Uint8Array.of(1, 0), 'ate').weights // 2, 2
 */
export function balancingWeights(logOdds: Float64Array, treated: Uint8Array, target: Target): BalancingWeights {
  const weights = new Float64Array(logOdds.length);
  const slopes = new Float64Array(logOdds.length);
  for (let i = 0; i < logOdds.length; i += 1) {
    const isTreated = treated[i] === 1;
    const forOther = Math.max(-FARTHEST, Math.min(FARTHEST, isTreated ? -logOdds[i]! : logOdds[i]!));
    const sign = isTreated ? -1 : 1;
    if (target === 'overlap') {
      weights[i] = logistic(forOther);
      slopes[i] = sign * weights[i]! * logistic(-forOther);
      continue;
    }
    const isOwnTarget = (target === 'att' && isTreated) || (target === 'atc' && !isTreated);
    const odds = isOwnTarget ? 0 : exp(forOther);
    weights[i] = isOwnTarget || target === 'ate' ? 1 + odds : odds;
    slopes[i] = sign * odds;
  }
  return { weights, slopes };
}

/** The weights divided by their sum in the unit's arm. */
export function sharesOfArm(weights: Float64Array, treated: Uint8Array): Float64Array {
  const totals = [0, 0];
  weights.forEach((weight, i) => (totals[treated[i]!] = totals[treated[i]!]! + weight));
  return weights.map((weight, i) => weight / totals[treated[i]!]!);
}

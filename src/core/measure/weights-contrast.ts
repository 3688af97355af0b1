import { leastSquares } from '../numeric/least-squares.ts';
import type { PropensityFit } from './propensity.ts';
import type { BalancingWeights, Target } from './weights-balancing.ts';
import { armsDegrees, effectiveDegrees, freedomOf } from './weights-degrees.ts';

export type WeightedSample = {
  readonly outcome: Float64Array;
  readonly treated: Uint8Array;
  /** Regressors of the propensity score, a constant among them, n x width, by column. */
  readonly design: Float64Array;
  readonly width: number;
  readonly propensity: Pick<PropensityFit, 'probability'>;
};

export type WeightedContrast = {
  readonly estimate: number;
  readonly meanTreated: number;
  readonly meanControl: number;
  readonly standardError: number;
  /** Degrees of freedom of the t distribution; null for the normal. */
  readonly df: number | null;
};

export type ContrastOptions = {
  readonly target: Target;
  /** Hajek's weights, not Horvitz and Thompson's. */
  readonly isNormalised: boolean;
  readonly isScoreKnown: boolean;
  readonly isCorrected: boolean;
};

/**
 * Weighted mean of the treated minus weighted mean of the controls.
 *
 * Normalised (Hajek): mean_a = sum w y / sum w over arm a. Otherwise (Horvitz-Thompson): sum w y over the number of units in the
 * target group. The standard error is that of stacked estimating equations for the propensity score and both means:
 * phi = psi + D' A^-1 s, with psi the contrast's own estimating function, s = (t - e) x the score of the logistic regression, A
 * its information and D the derivative of psi; SE = sqrt(sum phi^2) / n. Where the score is taken as known, phi = psi.
 * Corrected, each part of phi is what leaving the unit out does to first order: psi over 1 - the unit's share of its arm's weight,
 * the other over 1 - its leverage in the logistic regression; and t with Satterthwaite's degrees of freedom from effective arm sizes.
 * Source: Lunceford and Davidian (2004, Stat. Med. 23); Stefanski and Boos (2002, Am. Stat. 56).
 */
export function weightedContrast(
  sample: WeightedSample,
  { weights, slopes }: BalancingWeights,
  { target, isNormalised, isScoreKnown, isCorrected }: ContrastOptions,
): WeightedContrast {
  const { outcome, treated } = sample;
  const n = outcome.length;
  const inTarget = (arm: number) => (target === 'ate' || (target === 'att' ? arm === 1 : arm === 0) ? 1 : 0);
  const sums = [0, 0];
  const totals = [0, 0];
  for (let i = 0; i < n; i += 1) {
    const arm = treated[i]!;
    sums[arm] = sums[arm]! + weights[i]! * outcome[i]!;
    if (isNormalised) totals[arm] = totals[arm]! + weights[i]!;
    else totals.fill(totals[0]! + inTarget(arm));
  }
  const means = [sums[0]! / totals[0]!, sums[1]! / totals[1]!];

  const influence = new Float64Array(n);
  const derivative = new Float64Array(n);
  for (let i = 0; i < n; i += 1) {
    const arm = treated[i]!;
    const perTotal = (arm === 1 ? n : -n) / totals[arm]!;
    const deviation = outcome[i]! - (isNormalised ? means[arm]! : 0);
    influence[i] = perTotal * weights[i]! * deviation;
    derivative[i] = perTotal * slopes[i]! * deviation;
    if (!isNormalised) influence[i] = influence[i]! - (n * inTarget(arm) * (means[1]! - means[0]!)) / totals[0]!;
    else if (isCorrected) influence[i] = influence[i]! / freedomOf(weights[i]! / totals[arm]!);
  }
  if (!isScoreKnown) addScoreInfluence(influence, derivative, sample, isCorrected);
  const squares = influence.reduce((sum, value) => sum + value * value, 0);
  return {
    estimate: means[1]! - means[0]!,
    meanTreated: means[1]!,
    meanControl: means[0]!,
    standardError: Math.sqrt(squares) / n,
    df: isCorrected ? armsDegrees(influence, treated, effectiveDegrees(weights, treated)) : null,
  };
}

/** D' A^-1 x is the fit of D / v on x with weights v = e (1 - e), so that no information matrix is ever inverted. */
function addScoreInfluence(
  influence: Float64Array,
  derivative: Float64Array,
  { treated, design, width, propensity }: WeightedSample,
  isCorrected: boolean,
): void {
  const { probability } = propensity;
  const variance = probability.map((e) => e * (1 - e));
  const outcome = derivative.map((value, i) => (variance[i]! > 0 ? value / variance[i]! : 0));
  const problem = { design, rows: influence.length, columns: width, outcome, weights: variance, tolerance: 1e-9, leverages: isCorrected };
  const { residuals, leverages } = leastSquares(problem);
  for (let i = 0; i < influence.length; i += 1) {
    const part = (outcome[i]! - residuals[i]!) * (treated[i]! - probability[i]!);
    influence[i] = influence[i]! + (leverages === undefined ? part : part / freedomOf(leverages[i]!));
  }
}

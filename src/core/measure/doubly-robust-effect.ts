import type { LeastSquaresFit } from '../numeric/least-squares.ts';
import { variance } from '../numeric/moments.ts';
import type { ModelledUnits, Nuisance } from './doubly-robust-models.ts';
import { armsDegrees, effectiveDegrees, freedomOf } from './weights-degrees.ts';
import type { Estimand } from '../contracts/shared-types.ts';

export type Group = Exclude<Estimand, 'at_cutoff'>;
export type Effect = { readonly estimate: number; readonly standardError: number; readonly df: number | null };

/**
 * Augmented inverse probability weighting, with the standard error of its influence function.
 *
 * With m1, m0 the predicted outcomes, w the unit's own-arm weight for the group and s = 1 for treated, -1 for control units:
 * ate: mean of m1 - m0 + s w (y - own m); att: sum of s w (y - m0) over the number of treated; atc: sum of s w (y - m1) over the
 * number of controls. SE = sd(influence) / sqrt(n), divisor n - 1. Corrected, residuals in the influence function are those from
 * regressions without the unit, y - own m over 1 - leverage, and t has Satterthwaite's degrees of freedom from effective arm sizes.
 * Source: Robins, Rotnitzky and Zhao (1994, JASA 89); Hahn (1998, Econometrica 66) for the treated.
 */
export function augmentedEffect(
  units: ModelledUnits,
  nuisance: Nuisance,
  weights: Float64Array,
  group: Group,
  isCorrected: boolean,
): Effect {
  const { outcome, treated } = units;
  const { withTreatment, withoutTreatment, leverages } = nuisance;
  const n = outcome.length;
  const inGroup = membership(treated, group);
  const size = inGroup.reduce((sum, value) => sum + value, 0);
  const influence = new Float64Array(n);
  let total = 0;
  for (let i = 0; i < n; i += 1) {
    const arm = treated[i]!;
    const model = group === 'ate' ? arm : group === 'att' ? 0 : 1;
    const base = group === 'ate' ? withTreatment[i]! - withoutTreatment[i]! : 0;
    const residual = (arm === 1 ? weights[i]! : -weights[i]!) * (outcome[i]! - (model === 1 ? withTreatment : withoutTreatment)[i]!);
    total += base + residual;
    influence[i] = base + (isCorrected && leverages !== null && model === arm ? residual / freedomOf(leverages[i]!) : residual);
  }
  const estimate = total / size;
  for (let i = 0; i < n; i += 1) influence[i] = ((influence[i]! - inGroup[i]! * estimate) * n) / size;
  return {
    estimate,
    standardError: Math.sqrt(variance(influence) / n),
    df: isCorrected ? armsDegrees(influence, treated, effectiveDegrees(weights, treated)) : null,
  };
}

/**
 * The difference between both arms' regressions, averaged over the group (g-computation); relies on the outcome models alone.
 * The standard error is that of the stacked estimating equations of both regressions and the average, with divisor n. Corrected,
 * residuals are over 1 - leverage, and t has Satterthwaite's degrees of freedom from those of both regressions.
 * Source: Robins (1986, Math. Modelling 7); Stefanski and Boos (2002, Am. Stat. 56).
 */
export function outcomeOnlyEffect(
  units: ModelledUnits,
  nuisance: Nuisance,
  fits: Record<0 | 1, LeastSquaresFit>,
  group: Group,
  isCorrected: boolean,
): Effect {
  const { treated, design, width } = units;
  const n = treated.length;
  const inGroup = membership(treated, group);
  const size = inGroup.reduce((sum, value) => sum + value, 0);
  const effects = nuisance.withTreatment.map((value, i) => value - nuisance.withoutTreatment[i]!);
  const estimate = effects.reduce((sum, value, i) => sum + inGroup[i]! * value, 0) / size;

  const groupMeans = Float64Array.from({ length: width }, (_, k) => {
    let sum = 0;
    for (let i = 0; i < n; i += 1) sum += inGroup[i]! * design[k * n + i]!;
    return sum / size;
  });
  const directions = [0, 1].map((arm) => symmetricTimes(fits[arm as 0 | 1].unscaledCovariance, groupMeans));
  const contributions = new Float64Array(n);
  for (let i = 0; i < n; i += 1) {
    const arm = treated[i] as 0 | 1;
    let direction = 0;
    for (let k = 0; k < width; k += 1) direction += directions[arm]![k]! * design[k * n + i]!;
    const own = (direction * fits[arm].residuals[i]!) / (isCorrected ? freedomOf(fits[arm].leverages?.[i] ?? 0) : 1);
    contributions[i] = (inGroup[i]! * (effects[i]! - estimate)) / size + (arm === 1 ? own : -own);
  }
  const degrees = { treated: fits[1].observations - fits[1].rank, control: fits[0].observations - fits[0].rank };
  return {
    estimate,
    standardError: Math.sqrt(contributions.reduce((sum, value) => sum + value * value, 0)),
    df: isCorrected ? armsDegrees(contributions, treated, degrees) : null,
  };
}

function membership(treated: Uint8Array, group: Group): Uint8Array {
  return treated.map((value) => (group === 'ate' || (group === 'att' ? value === 1 : value === 0) ? 1 : 0));
}

function symmetricTimes(matrix: Float64Array, vector: Float64Array): Float64Array {
  const size = vector.length;
  return vector.map((_, a) => {
    let sum = 0;
    for (let b = 0; b < size; b += 1) sum += matrix[a * size + b]! * vector[b]!;
    return sum;
  });
}

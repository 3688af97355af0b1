import type { LeastSquaresFit } from '../numeric/least-squares.ts';
import { variance } from '../numeric/moments.ts';
import type { ModelledUnits, Nuisance } from './doubly-robust-models.ts';
import type { Estimand } from '../contracts/shared-types.ts';

export type Group = Exclude<Estimand, 'at_cutoff'>;
export type Effect = { readonly estimate: number; readonly standardError: number };

/**
 * Augmented inverse probability weighting, with the standard error of its influence function.
 *
 * With m1, m0 the predicted outcomes, w the unit's own-arm weight for the group and s = 1 for treated, -1 for control units:
 * ate: mean of m1 - m0 + s w (y - own m); att: sum of s w (y - m0) over the number of treated; atc: sum of s w (y - m1) over the
 * number of controls. SE = sd(influence) / sqrt(n), divisor n - 1.
 * Source: Robins, Rotnitzky and Zhao (1994, JASA 89); Hahn (1998, Econometrica 66) for the treated.
 */
export function augmentedEffect(units: ModelledUnits, nuisance: Nuisance, weights: Float64Array, group: Group): Effect {
  const { outcome, treated } = units;
  const { withTreatment, withoutTreatment } = nuisance;
  const scores = outcome.map((y, i) => {
    const isTreated = treated[i] === 1;
    const weight = isTreated ? weights[i]! : -weights[i]!;
    if (group === 'ate')
      return withTreatment[i]! - withoutTreatment[i]! + weight * (y - (isTreated ? withTreatment : withoutTreatment)[i]!);
    return weight * (y - (group === 'att' ? withoutTreatment : withTreatment)[i]!);
  });
  return averageOver(scores, membership(treated, group));
}

/**
 * The difference between both arms' regressions, averaged over the group (g-computation); relies on the outcome models alone.
 * The standard error is that of the stacked estimating equations of both regressions and the average, with divisor n.
 * Source: Robins (1986, Math. Modelling 7); Stefanski and Boos (2002, Am. Stat. 56).
 */
export function outcomeOnlyEffect(units: ModelledUnits, nuisance: Nuisance, fits: Record<0 | 1, LeastSquaresFit>, group: Group): Effect {
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
  let squares = 0;
  for (let i = 0; i < n; i += 1) {
    const arm = treated[i] as 0 | 1;
    let leverage = 0;
    for (let k = 0; k < width; k += 1) leverage += directions[arm]![k]! * design[k * n + i]!;
    const own = leverage * fits[arm].residuals[i]!;
    const part = (inGroup[i]! * (effects[i]! - estimate)) / size + (arm === 1 ? own : -own);
    squares += part * part;
  }
  return { estimate, standardError: Math.sqrt(squares) };
}

function averageOver(scores: Float64Array, inGroup: Uint8Array): Effect {
  const n = scores.length;
  const size = inGroup.reduce((sum, value) => sum + value, 0);
  const estimate = scores.reduce((sum, value) => sum + value, 0) / size;
  const influence = scores.map((value, i) => ((value - inGroup[i]! * estimate) * n) / size);
  return { estimate, standardError: Math.sqrt(variance(influence) / n) };
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

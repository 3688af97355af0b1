import { pow } from '../numeric/elementary.ts';
import { symmetricEigen } from '../numeric/linear-algebra.ts';
import { simplexLeastSquares, type SimplexFit } from './simplex-least-squares.ts';

export type AugmentedFit = {
  /** One per donor, summing to 1; some may be negative. */
  readonly weights: Float64Array;
  readonly simplex: SimplexFit;
  /** The ridge penalty over the largest squared singular value of the donors' centred series. */
  readonly penalty: number;
  /** Root mean squared error of each period as foretold by weights from the others. */
  readonly holdoutRmspe: number;
};

const GRID = 20;
const LEAST_PENALTY = 1e-8;

/**
 * Synthetic control weights with a ridge correction of what they leave unmatched before the treatment:
 *   w = w_simplex + X (X'X + lambda I)^-1 (x_treated - X'w_simplex),
 * X the donors' series before the treatment, donors by periods, centred over donors by period, so that the weights still sum
 * to 1. lambda to infinity gives the simplex weights; lambda to 0 an exact fit where there are more donors than periods.
 *
 * Where no penalty is given, every period is left out in turn and foretold with weights (simplex and ridge) from the others;
 * lambda is the largest of a grid from the largest squared singular value down to 1e-8 of it whose mean squared error is
 * within one standard error of the least. The ridge part of leaving out goes by the hat matrix, without refitting.
 * Source: Ben-Michael, Feller and Rothstein (2021, JASA 116, 1789-1803), sections 3 and 5.
 */
export function augmentedRidge(donors: readonly Float64Array[], target: Float64Array, penalty: number | null): AugmentedFit {
  const periods = target.length;
  const centred = centreByPeriod(donors);
  const simplex = simplexLeastSquares(donors, target);
  const system = decompose(centred, periods);
  const largest = system.squares.reduce((most, value) => Math.max(most, value), 0);
  const remainders = Array.from({ length: periods }, (_, t) => remainderWithout(donors, target, t, simplex.weights));
  const penalties = penalty === null ? Array.from({ length: GRID + 1 }, (_, k) => pow(LEAST_PENALTY, k / GRID)) : [penalty];
  const projections = projectionsWithout(system, remainders);
  const errors = penalties.map((share) => squaredHoldoutErrors(system, remainders, projections, share * largest));
  const means = errors.map((squares) => squares.reduce((sum, value) => sum + value, 0) / periods);
  const chosen = withinOneError(errors, means);
  return {
    weights: corrected(simplex, system, centred, penalties[chosen]! * largest),
    simplex,
    penalty: penalties[chosen]!,
    holdoutRmspe: Math.sqrt(means[chosen]!),
  };
}

/** Singular vectors of the centred series on the side of the periods, with squared singular values; rows of `vectors` are periods. */
type System = { readonly squares: Float64Array; readonly vectors: readonly Float64Array[]; readonly periods: number };

function decompose(centred: readonly Float64Array[], periods: number): System {
  const isWide = centred.length >= periods;
  const size = isWide ? periods : centred.length;
  const gram = new Float64Array(size * size);
  for (let a = 0; a < size; a += 1) {
    for (let b = 0; b <= a; b += 1) {
      let sum = 0;
      if (isWide) for (const series of centred) sum += series[a]! * series[b]!;
      else for (let t = 0; t < periods; t += 1) sum += centred[a]![t]! * centred[b]![t]!;
      gram[a * size + b] = sum;
      gram[b * size + a] = sum;
    }
  }
  const { values, vectors } = symmetricEigen(gram, size);
  const largest = values[size - 1]!;
  const kept = Array.from({ length: size }, (_, k) => k).filter((k) => values[k]! > 1e-14 * largest);
  return {
    squares: Float64Array.from(kept, (k) => values[k]!),
    periods,
    vectors: kept.map((k) => {
      const vector = vectors.subarray(k * size, (k + 1) * size);
      if (isWide) return vector.slice();
      const scale = 1 / Math.sqrt(values[k]!);
      return Float64Array.from({ length: periods }, (_, t) => scale * centred.reduce((sum, series, j) => sum + vector[j]! * series[t]!, 0));
    }),
  };
}

/** Target minus the simplex mean of the donors at every period, with weights from all periods but one. */
function remainderWithout(donors: readonly Float64Array[], target: Float64Array, left: number, start: Float64Array): Float64Array {
  const rest = (series: Float64Array) => series.filter((_, t) => t !== left);
  const { weights } = simplexLeastSquares(donors.map(rest), rest(target), start);
  const remainder = new Float64Array(target.length);
  weights.forEach((weight, j) => {
    if (weight > 0) for (let t = 0; t < remainder.length; t += 1) remainder[t] = remainder[t]! + weight * (target[t]! - donors[j]![t]!);
  });
  return remainder;
}

/** Per period left out, and vector: the vector times the remainders of the other periods. */
function projectionsWithout({ vectors, periods }: System, remainders: readonly Float64Array[]): Float64Array[] {
  return remainders.map((remainder, t) =>
    Float64Array.from(vectors, (vector) => {
      let along = -vector[t]! * remainder[t]!;
      for (let s = 0; s < periods; s += 1) along += vector[s]! * remainder[s]!;
      return along;
    }),
  );
}

/** With H the ridge hat matrix over periods: error = r_t - sum over s != t of H_ts r_s / (1 - H_tt). */
function squaredHoldoutErrors(
  { squares, vectors }: System,
  remainders: readonly Float64Array[],
  projections: readonly Float64Array[],
  lambda: number,
): Float64Array {
  const shares = squares.map((square) => square / (square + lambda));
  return Float64Array.from(remainders, (remainder, t) => {
    let own = 0;
    let foretold = 0;
    for (let k = 0; k < shares.length; k += 1) {
      const weight = shares[k]! * vectors[k]![t]!;
      own += weight * vectors[k]![t]!;
      foretold += weight * projections[t]![k]!;
    }
    const error = remainder[t]! - (own < 1 ? foretold / (1 - own) : 0);
    return error * error;
  });
}

function withinOneError(errors: readonly Float64Array[], means: readonly number[]): number {
  const best = means.reduce((least, value, k) => (value < means[least]! ? k : least), 0);
  const n = errors[best]!.length;
  const spread = errors[best]!.reduce((sum, value) => sum + (value - means[best]!) * (value - means[best]!), 0);
  const allowed = means[best]! + (n > 1 ? Math.sqrt(spread / (n - 1) / n) : 0);
  // Penalties fall along the grid, so the first within reach is the largest.
  return Math.max(
    0,
    means.findIndex((value) => value <= allowed),
  );
}

function corrected(
  simplex: SimplexFit,
  { squares, vectors, periods }: System,
  centred: readonly Float64Array[],
  lambda: number,
): Float64Array {
  const solution = new Float64Array(periods);
  vectors.forEach((vector, k) => {
    let along = 0;
    for (let t = 0; t < periods; t += 1) along += vector[t]! * simplex.residuals[t]!;
    const factor = along / (squares[k]! + lambda);
    for (let t = 0; t < periods; t += 1) solution[t] = solution[t]! + factor * vector[t]!;
  });
  return simplex.weights.map((weight, j) => {
    let sum = 0;
    for (let t = 0; t < periods; t += 1) sum += centred[j]![t]! * solution[t]!;
    return weight + sum;
  });
}

function centreByPeriod(donors: readonly Float64Array[]): Float64Array[] {
  const means = donors[0]!.map((_, t) => donors.reduce((sum, series) => sum + series[t]!, 0) / donors.length);
  return donors.map((series) => series.map((value, t) => value - means[t]!));
}

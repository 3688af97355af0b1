import { invertSymmetric } from '../numeric/linear-algebra.ts';
import { likelihoodAt, profileLikelihood, type ArmaProblem, type Profile } from './arma-likelihood.ts';
import { naturalCovariance, processOf, type ArmaOrder } from './arma-parameters.ts';

export type Curvature = {
  /** Of the regression coefficients. */
  readonly covariance: Float64Array;
  /** Of the process as it is reported; null where the likelihood is not curved downwards in every direction. */
  readonly processCovariance: Float64Array | null;
};

type Loss = { readonly loss: number; readonly score: Float64Array };

/**
 * Covariances from the inverse Hessian of minus the log likelihood, the variance concentrated out. Full likelihood: in process
 * and coefficients together, the coefficients' block exact, the others by central differences in x. Restricted: in the process
 * alone, beside the covariance of generalised least squares.
 */
export function inverseCurvature(problem: ArmaProblem, order: ArmaOrder, inside: number, x: Float64Array, best: Profile): Curvature {
  const free = x.length;
  const width = problem.isRestricted ? 0 : problem.columns.length;
  const scale = best.divisor / best.squares;
  const known = best.unscaled.map((value) => value / scale);
  if (free === 0) return { covariance: known, processCovariance: new Float64Array(0) };

  const lossAt = (at: Float64Array): Loss => {
    const arma = processOf(at, order, inside);
    if (problem.isRestricted) return { loss: profileLikelihood(problem, arma).loss, score: new Float64Array(0) };
    return likelihoodAt(problem, arma, best.coefficients);
  };
  const size = free + width;
  const hessian = new Float64Array(size * size);
  const information = invertSymmetric(best.unscaled, problem.columns.length);
  if (information === undefined) return { covariance: known, processCovariance: null };
  for (let a = 0; a < width; a += 1)
    for (let b = 0; b < width; b += 1) hessian[(free + a) * size + free + b] = scale * information[a * width + b]!;
  fillProcessRows(hessian, size, x, scale, lossAt);
  const inverse = invertSymmetric(hessian, size);
  if (inverse === undefined) return { covariance: known, processCovariance: null };
  const block = (from: number, count: number) =>
    Float64Array.from({ length: count * count }, (_, k) => inverse[(from + Math.floor(k / count)) * size + from + (k % count)]!);
  return {
    covariance: problem.isRestricted ? known : block(free, width),
    processCovariance: naturalCovariance(block(0, free), x, order, inside),
  };
}

/** Rows and columns of the Hessian that involve the process, by central differences. */
function fillProcessRows(hessian: Float64Array, size: number, x: Float64Array, scale: number, lossAt: (at: Float64Array) => Loss): void {
  const free = x.length;
  const step = x.map((value) => 1e-3 * Math.max(1, Math.abs(value)));
  const moved = (i: number, di: number, j = i, dj = 0) => {
    const at = x.slice();
    at[i] = at[i]! + di * step[i]!;
    at[j] = at[j]! + dj * step[j]!;
    return lossAt(at);
  };
  const set = (a: number, b: number, value: number) => {
    hessian[a * size + b] = value;
    hessian[b * size + a] = value;
  };
  const centre = lossAt(x).loss;
  for (let i = 0; i < free; i += 1) {
    const [up, down] = [moved(i, 1), moved(i, -1)];
    set(i, i, (up.loss - 2 * centre + down.loss) / (step[i]! * step[i]!));
    up.score.forEach((above, k) => set(i, free + k, (-scale * (above - down.score[k]!)) / (2 * step[i]!)));
    for (let j = 0; j < i; j += 1) {
      const twist = moved(i, 1, j, 1).loss - moved(i, 1, j, -1).loss - moved(i, -1, j, 1).loss + moved(i, -1, j, -1).loss;
      set(i, j, twist / (4 * step[i]! * step[j]!));
    }
  }
}

import { BLOCK_ROWS, dot } from '../numeric/householder.ts';
import { invertUpperTriangle, orthogonalRows, type LeastSquaresFit, type LeastSquaresProblem } from '../numeric/least-squares.ts';
import { multiply, symmetricEigen, transpose } from '../numeric/linear-algebra.ts';

export const standardErrorTypes = ['classical', 'HC0', 'HC1', 'HC2', 'HC3', 'CR0', 'CR1', 'CR2'] as const;
export type StandardErrorType = (typeof standardErrorTypes)[number];

/** Covariance of the kept coefficients (rank x rank, in the order of `fit.kept`) and the df of each coefficient's t distribution. */
export type CoefficientCovariance = {
  readonly covariance: Float64Array;
  readonly df: Float64Array;
  /** Rows (or clusters) that a coefficient fits exactly, whose errors therefore cannot be seen. */
  readonly unseen: number;
};

const EXACT = 1e-10;

/**
 * Classical, heteroskedasticity-consistent and cluster-robust covariance of least-squares coefficients.
 * HC0: White (1980); HC1 times n/(n-k); HC2 and HC3 divide squared residuals by 1-h and (1-h)^2 (MacKinnon and White 1985).
 * CR0: sums over clusters; CR1 times G/(G-1) (n-1)/(n-k); CR2: Bell and McCaffrey (2002) with Satterthwaite df.
 * All sums run over rows of Q in X = Q R, so that nothing is squared before it has to be.
 */
export function coefficientCovariance(
  problem: LeastSquaresProblem,
  fit: LeastSquaresFit,
  type: StandardErrorType,
  clusters?: Int32Array,
): CoefficientCovariance {
  const n = fit.observations;
  const residualDf = n - fit.rank;
  if (type === 'classical') {
    const variance = fit.residualSumOfSquares / residualDf;
    const meat = identity(fit.rank).map((value) => value * variance);
    return { covariance: sandwich(meat, fit), df: new Float64Array(fit.rank).fill(residualDf), unseen: 0 };
  }
  if (type === 'CR0' || type === 'CR1' || type === 'CR2') {
    if (clusters === undefined) throw new TypeError(`${type} needs clusters`);
    return type === 'CR2' ? biasReduced(problem, fit, clusters) : clustered(problem, fit, type, clusters);
  }
  const { meat, unseen } = heteroskedasticMeat(problem, fit, type);
  if (type === 'HC1') scale(meat, n / residualDf);
  return { covariance: sandwich(meat, fit), df: new Float64Array(fit.rank).fill(residualDf), unseen };
}

function heteroskedasticMeat(problem: LeastSquaresProblem, fit: LeastSquaresFit, type: 'HC0' | 'HC1' | 'HC2' | 'HC3') {
  const { rows, weights } = problem;
  const { rank } = fit;
  const meat = new Float64Array(rank * rank);
  const block = new Float64Array(Math.min(rows, BLOCK_ROWS) * rank);
  const weight = new Float64Array(Math.min(rows, BLOCK_ROWS));
  const weighted = new Float64Array(weight.length);
  let unseen = 0;
  for (let from = 0; from < rows; from += BLOCK_ROWS) {
    const count = Math.min(BLOCK_ROWS, rows - from);
    orthogonalRows(problem, fit, from, count, block);
    weight.fill(0);
    for (let c = 0; c < rank; c += 1) {
      for (let i = 0; i < count; i += 1) weight[i] = weight[i]! + block[c * count + i]! * block[c * count + i]!;
    }
    for (let i = 0; i < count; i += 1) {
      const square = fit.residuals[from + i]! * fit.residuals[from + i]! * (weights === undefined ? 1 : weights[from + i]!);
      const free = 1 - weight[i]!;
      const isExact = free < EXACT;
      if (isExact) unseen += 1;
      weight[i] = type === 'HC2' || type === 'HC3' ? (isExact ? 0 : type === 'HC2' ? square / free : square / (free * free)) : square;
    }
    for (let a = 0; a < rank; a += 1) {
      for (let i = 0; i < count; i += 1) weighted[i] = weight[i]! * block[a * count + i]!;
      for (let b = a; b < rank; b += 1) meat[b * rank + a] = meat[b * rank + a]! + dot(weighted, 0, block, b * count, count);
    }
  }
  for (let a = 0; a < rank; a += 1) for (let b = 0; b < a; b += 1) meat[b * rank + a] = meat[a * rank + b]!;
  return { meat, unseen };
}

function clustered(problem: LeastSquaresProblem, fit: LeastSquaresFit, type: 'CR0' | 'CR1', clusters: Int32Array): CoefficientCovariance {
  const { rank, observations: n } = fit;
  const { scores, count } = clusterScores(problem, fit, clusters);
  const meat = new Float64Array(rank * rank);
  for (let g = 0; g < count; g += 1) addOuter(meat, scores.subarray(g * rank, (g + 1) * rank), rank);
  if (type === 'CR1') scale(meat, (count / (count - 1)) * ((n - 1) / (n - rank)));
  return { covariance: sandwich(meat, fit), df: new Float64Array(rank).fill(count - 1), unseen: 0 };
}

/**
 * CR2: with M_g = Q_g'Q_g, the adjustment (I - H_gg)^(-1/2) of a cluster's residuals acts on its score as (I - M_g)^(-1/2), so only
 * rank x rank matrices are ever decomposed. Satterthwaite df as in Pustejovsky and Tipton (2018), identity working model.
 */
function biasReduced(problem: LeastSquaresProblem, fit: LeastSquaresFit, clusters: Int32Array): CoefficientCovariance {
  const { rank } = fit;
  const { scores, inner, count } = clusterScores(problem, fit, clusters);
  const meat = new Float64Array(rank * rank);
  const inverse = invertUpperTriangle(fit.triangle, rank);
  const directions = transpose(inverse, rank, rank);
  const sums = new Float64Array(rank);
  const squares = new Float64Array(rank);
  const overlap = Array.from({ length: rank }, () => new Float64Array(rank * rank));
  let unseen = 0;
  for (let g = 0; g < count; g += 1) {
    const { values, vectors } = symmetricEigen(inner.subarray(g * rank * rank, (g + 1) * rank * rank), rank);
    const free = values.map((value) => 1 - value);
    if (free.some((value) => value < EXACT)) unseen += 1;
    const roots = free.map((value) => (value < EXACT ? 0 : 1 / Math.sqrt(value)));
    const turned = multiply(transpose(vectors, rank, rank), directions, rank, rank, rank);
    addOuter(meat, spectral(vectors, roots, scores.subarray(g * rank, (g + 1) * rank), rank), rank);
    for (let c = 0; c < rank; c += 1) {
      const along = turned.subarray(c * rank, (c + 1) * rank);
      let own = 0;
      let shared = 0;
      for (let m = 0; m < rank; m += 1) {
        const length = along[m]! * along[m]!;
        own += length * values[m]! * roots[m]! * roots[m]!;
        shared += length * values[m]! * values[m]! * roots[m]! * roots[m]!;
      }
      sums[c] = sums[c]! + own - shared;
      squares[c] = squares[c]! + own * own - 2 * own * shared;
      const weights = roots.map((root, m) => root * values[m]! * along[m]!);
      addOuter(overlap[c]!, multiply(vectors, weights, rank, rank, 1), rank);
    }
  }
  const df = Float64Array.from(sums, (total, c) => (total * total) / (squares[c]! + sumOfSquares(overlap[c]!)));
  return { covariance: sandwich(meat, fit), df, unseen };
}

/** Per cluster: the score Q_g'e_g and, beside it, Q_g'Q_g. Clusters are coded 0 ... G-1. */
function clusterScores(problem: LeastSquaresProblem, fit: LeastSquaresFit, clusters: Int32Array) {
  const { rows, weights } = problem;
  const { rank } = fit;
  const count = clusters.reduce((most, code) => Math.max(most, code), -1) + 1;
  const scores = new Float64Array(count * rank);
  const inner = new Float64Array(count * rank * rank);
  const block = new Float64Array(Math.min(rows, BLOCK_ROWS) * rank);
  for (let from = 0; from < rows; from += BLOCK_ROWS) {
    const size = Math.min(BLOCK_ROWS, rows - from);
    orthogonalRows(problem, fit, from, size, block);
    for (let i = 0; i < size; i += 1) {
      const g = clusters[from + i]!;
      const residual = fit.residuals[from + i]! * (weights === undefined ? 1 : Math.sqrt(weights[from + i]!));
      for (let a = 0; a < rank; a += 1) {
        const value = block[a * size + i]!;
        scores[g * rank + a] = scores[g * rank + a]! + value * residual;
        const column = g * rank * rank + a * rank;
        for (let b = 0; b < rank; b += 1) inner[column + b] = inner[column + b]! + value * block[b * size + i]!;
      }
    }
  }
  return { scores, inner, count };
}

/** R^-1 meat R^-T. */
function sandwich(meat: Float64Array, fit: LeastSquaresFit): Float64Array {
  const { rank } = fit;
  const inverse = invertUpperTriangle(fit.triangle, rank);
  return multiply(multiply(inverse, meat, rank, rank, rank), transpose(inverse, rank, rank), rank, rank, rank);
}

/** V diag(d) V' x. */
function spectral(vectors: Float64Array, diagonal: Float64Array, x: Float64Array, size: number): Float64Array {
  const turned = multiply(transpose(vectors, size, size), x, size, size, 1);
  return multiply(
    vectors,
    turned.map((value, m) => value * diagonal[m]!),
    size,
    size,
    1,
  );
}

function addOuter(matrix: Float64Array, x: Float64Array, size: number): void {
  for (let c = 0; c < size; c += 1) for (let r = 0; r < size; r += 1) matrix[c * size + r] = matrix[c * size + r]! + x[r]! * x[c]!;
}

function identity(size: number): Float64Array {
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < size; i += 1) matrix[i * size + i] = 1;
  return matrix;
}

function scale(values: Float64Array, factor: number): void {
  for (let i = 0; i < values.length; i += 1) values[i] = values[i]! * factor;
}

function sumOfSquares(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}

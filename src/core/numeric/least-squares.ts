import { BLOCK_ROWS, keptColumns, reduceToKept, triangulate, type WeightedDesign } from './householder.ts';

const DEFAULT_TOLERANCE = 1e-7;

export interface LeastSquaresProblem extends WeightedDesign {
  /** Relative length below which a column counts as aliased. Default 1e-7, as in R. */
  readonly tolerance?: number;
  /** Compute the hat values too. */
  readonly leverages?: boolean;
}

export interface LeastSquaresFit {
  /** One per column of the design; 0 for aliased columns. */
  readonly coefficients: Float64Array;
  /** outcome - design * coefficients, unweighted. */
  readonly residuals: Float64Array;
  readonly rank: number;
  /** Rows with positive weight. */
  readonly observations: number;
  /** Indices of the columns that were set aside, ascending. */
  readonly aliased: readonly number[];
  /** Indices of the columns that were kept, ascending. */
  readonly kept: readonly number[];
  /** (X'WX)^-1, columns x columns, symmetric; zero rows and columns for aliased ones. */
  readonly unscaledCovariance: Float64Array;
  /** Weighted residual sum of squares. */
  readonly residualSumOfSquares: number;
  /** Upper triangle R of the kept columns, rank x rank, column-major: X = Q R. */
  readonly triangle: Float64Array;
  readonly leverages?: Float64Array;
}

/**
 * Fits outcome = design * b by (weighted) least squares, by Householder QR and one pass for the residuals.
 * Rank deficiency is handled as R's lm does: a column whose part orthogonal to the columns before it is shorter than
 * `tolerance` times its length is set aside as aliased (limited pivoting).
 *
 * @example
 * leastSquares({ design: Float64Array.of(1, 1, 1, 0, 1, 2), rows: 3, columns: 2, outcome: Float64Array.of(1, 3, 5) }).coefficients // 1, 2
 */
export function leastSquares(problem: LeastSquaresProblem): LeastSquaresFit {
  const { columns, rows, weights } = problem;
  const size = columns + 1;
  const full = triangulate(problem);
  const kept = keptColumns(full, columns, Math.min(rows, columns), problem.tolerance ?? DEFAULT_TOLERANCE);
  const rank = kept.length;
  const reduced = reduceToKept(full, size, kept);
  const triangle = new Float64Array(rank * rank);
  for (let c = 0; c < rank; c += 1) for (let r = 0; r <= c; r += 1) triangle[c * rank + r] = reduced[c * size + r]!;

  const coefficients = new Float64Array(columns);
  const solution = new Float64Array(rank);
  for (let r = rank - 1; r >= 0; r -= 1) {
    let sum = reduced[rank * size + r]!;
    for (let c = r + 1; c < rank; c += 1) sum -= triangle[c * rank + r]! * solution[c]!;
    solution[r] = sum / triangle[r * rank + r]!;
    coefficients[kept[r]!] = solution[r]!;
  }

  const residuals = residualsOf(problem, coefficients, kept);
  let residualSumOfSquares = 0;
  let observations = 0;
  for (let i = 0; i < rows; i += 1) {
    const weight = weights === undefined ? 1 : weights[i]!;
    residualSumOfSquares += weight * residuals[i]! * residuals[i]!;
    if (weight > 0) observations += 1;
  }
  const fit = {
    coefficients,
    residuals,
    rank,
    observations,
    aliased: others(kept, columns),
    kept,
    unscaledCovariance: unscaledCovariance(triangle, kept, columns),
    residualSumOfSquares,
    triangle,
  };
  return problem.leverages ? { ...fit, leverages: leveragesOf(problem, fit) } : fit;
}

/**
 * Rows `from` ... `from + count - 1` of Q = W^(1/2) X R^-1 into `into` (count x rank, column-major, leading dimension `count`).
 * Sums over rows of Q are how leverages and robust variances stay stable and fast.
 */
export function orthogonalRows(
  problem: Pick<LeastSquaresProblem, 'design' | 'rows' | 'weights'>,
  fit: Pick<LeastSquaresFit, 'kept' | 'rank' | 'triangle'>,
  from: number,
  count: number,
  into: Float64Array,
): void {
  const { design, rows, weights } = problem;
  const { kept, rank, triangle } = fit;
  for (let c = 0; c < rank; c += 1) {
    const target = c * count;
    const source = kept[c]! * rows + from;
    if (weights === undefined) for (let i = 0; i < count; i += 1) into[target + i] = design[source + i]!;
    else for (let i = 0; i < count; i += 1) into[target + i] = Math.sqrt(weights[from + i]!) * design[source + i]!;
    let earlier = 0;
    for (; earlier + 1 < c; earlier += 2) {
      const factor = triangle[c * rank + earlier]!;
      const nextFactor = triangle[c * rank + earlier + 1]!;
      const other = earlier * count;
      const next = other + count;
      for (let i = 0; i < count; i += 1) into[target + i] = into[target + i]! - factor * into[other + i]! - nextFactor * into[next + i]!;
    }
    if (earlier < c) {
      const factor = triangle[c * rank + earlier]!;
      const other = earlier * count;
      for (let i = 0; i < count; i += 1) into[target + i] = into[target + i]! - factor * into[other + i]!;
    }
    const scale = 1 / triangle[c * rank + c]!;
    for (let i = 0; i < count; i += 1) into[target + i] = into[target + i]! * scale;
  }
}

function residualsOf({ design, rows, outcome }: LeastSquaresProblem, coefficients: Float64Array, kept: readonly number[]): Float64Array {
  const residuals = outcome.slice(0, rows);
  for (let from = 0; from < rows; from += BLOCK_ROWS) {
    const to = Math.min(from + BLOCK_ROWS, rows);
    for (const column of kept) {
      const factor = coefficients[column]!;
      const offset = column * rows;
      for (let i = from; i < to; i += 1) residuals[i] = residuals[i]! - factor * design[offset + i]!;
    }
  }
  return residuals;
}

function leveragesOf(problem: LeastSquaresProblem, fit: Pick<LeastSquaresFit, 'kept' | 'rank' | 'triangle'>): Float64Array {
  const { rows } = problem;
  const leverages = new Float64Array(rows);
  const block = new Float64Array(Math.min(rows, BLOCK_ROWS) * fit.rank);
  for (let from = 0; from < rows; from += BLOCK_ROWS) {
    const count = Math.min(BLOCK_ROWS, rows - from);
    orthogonalRows(problem, fit, from, count, block);
    for (let c = 0; c < fit.rank; c += 1) {
      for (let i = 0; i < count; i += 1) leverages[from + i] = leverages[from + i]! + block[c * count + i]! * block[c * count + i]!;
    }
  }
  return leverages;
}

/** R^-1 R^-T, put back into the places of the kept columns. */
function unscaledCovariance(triangle: Float64Array, kept: readonly number[], columns: number): Float64Array {
  const inverse = invertUpperTriangle(triangle, kept.length);
  const covariance = new Float64Array(columns * columns);
  const rank = kept.length;
  for (let a = 0; a < rank; a += 1) {
    for (let b = a; b < rank; b += 1) {
      let sum = 0;
      for (let c = b; c < rank; c += 1) sum += inverse[c * rank + a]! * inverse[c * rank + b]!;
      covariance[kept[a]! * columns + kept[b]!] = sum;
      covariance[kept[b]! * columns + kept[a]!] = sum;
    }
  }
  return covariance;
}

/** Inverse of an upper triangular matrix, column-major. */
export function invertUpperTriangle(triangle: Float64Array, size: number): Float64Array {
  const inverse = new Float64Array(size * size);
  for (let c = 0; c < size; c += 1) {
    inverse[c * size + c] = 1 / triangle[c * size + c]!;
    for (let r = c - 1; r >= 0; r -= 1) {
      let sum = 0;
      for (let m = r + 1; m <= c; m += 1) sum += triangle[m * size + r]! * inverse[c * size + m]!;
      inverse[c * size + r] = -sum / triangle[r * size + r]!;
    }
  }
  return inverse;
}

function others(kept: readonly number[], columns: number): number[] {
  const set = new Set(kept);
  return Array.from({ length: columns }, (_, c) => c).filter((c) => !set.has(c));
}

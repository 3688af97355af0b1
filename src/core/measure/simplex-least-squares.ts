import { leastSquares } from '../numeric/least-squares.ts';

export type SimplexFit = {
  /** One per column, >= 0, summing to 1; exactly 0 off the support. */
  readonly weights: Float64Array;
  /** target - columns * weights */
  readonly residuals: Float64Array;
  /** How far the worst column falls short of optimality, relative to the columns' squared distances from the target. */
  readonly optimalityGap: number;
  /** False where a column without weight is as good as those with weight, so that other weights may fit as well. */
  readonly isUnique: boolean;
};

const TIE = 1e-9;

/**
 * Least squares of a target on columns with weights that are not negative and sum to 1.
 *
 * The fit is the point nearest to the target in the convex hull of the columns, found by Wolfe's (1976, Mathematical
 * Programming 11) active set method: finite, and exact up to rounding, because the weights on the final support solve that
 * support's own least squares problem (by Householder QR, with the weights' sum built in). Columns as long as the target,
 * at least one. `start`, weights that are not negative, saves steps where they are near the answer.
 */
export function simplexLeastSquares(columns: readonly Float64Array[], target: Float64Array, start?: Float64Array): SimplexFit {
  // The hull is moved so that the target is at the origin: its nearest point to the origin is wanted.
  const points = columns.map((column) => column.map((value, t) => value - target[t]!));
  const squares = points.map((point) => dot(point, point));
  const scale = Math.max(...squares, Number.MIN_VALUE);
  let corral = [indexOfLeast(squares)];
  let weights: Float64Array = new Float64Array(columns.length);
  weights[corral[0]!] = 1;
  let nearest: Float64Array = points[corral[0]!]!;
  let stalls = 0;
  const support = Array.from(start ?? []).flatMap((weight, j) => (weight > 0 ? [j] : []));
  if (start !== undefined && support.length > 0) {
    ({ corral, weights } = settle(points, support, start));
    nearest = combine(points, weights);
  }

  for (let round = 0; round < 20 * columns.length + 100; round += 1) {
    const products = points.map((point) => dot(point, nearest));
    const entering = indexOfLeast(products);
    const length = dot(nearest, nearest);
    if (length - products[entering]! <= 1e-16 * scale || corral.includes(entering)) break;
    const next = settle(points, [...corral, entering], weights);
    const moved = combine(points, next.weights);
    // The gap falls on while the distance, being flat at its least, no longer does; rounding must not make it go round.
    const movedLength = dot(moved, moved);
    if (!(movedLength < length)) stalls += 1;
    if (!(movedLength <= length * (1 + 1e-15)) || stalls > columns.length) break;
    ({ corral, weights } = next);
    nearest = moved;
  }

  const products = points.map((point) => dot(point, nearest));
  const length = dot(nearest, nearest);
  const isTied = products.some(
    (product, j) => weights[j] === 0 && Math.abs(product - length) <= TIE * Math.sqrt(length * squares[j]!) + 1e-14 * scale,
  );
  return {
    weights,
    residuals: nearest.map((value) => (value === 0 ? 0 : -value)),
    optimalityGap: Math.max(0, length - Math.min(...products)) / scale,
    isUnique: !isTied,
  };
}

/** Moves to the nearest point of the corral's affine hull, dropping columns until that point lies inside their convex hull. */
function settle(
  points: readonly Float64Array[],
  start: readonly number[],
  from: Float64Array,
): { corral: number[]; weights: Float64Array } {
  let corral = [...start];
  let weights = from.slice();
  for (;;) {
    const wanted = affineWeights(points, corral);
    if (wanted.every((value) => value > 0)) {
      weights = new Float64Array(weights.length);
      corral.forEach((j, k) => (weights[j] = wanted[k]!));
      return { corral, weights };
    }
    let step = 1;
    let leaving = -1;
    corral.forEach((j, k) => {
      if (wanted[k]! > 0) return;
      const reach = weights[j]! > 0 ? weights[j]! / (weights[j]! - wanted[k]!) : 0;
      if (leaving < 0 || reach < step) {
        step = reach;
        leaving = j;
      }
    });
    corral.forEach((j, k) => (weights[j] = weights[j]! + step * (wanted[k]! - weights[j]!)));
    corral = corral.filter((j) => j !== leaving && weights[j]! > 0);
    weights.forEach((_, j) => {
      if (!corral.includes(j)) weights[j] = 0;
    });
  }
}

/** Weights summing to 1 of the point of the affine hull nearest to the origin; 0 for columns that add nothing to the others. */
function affineWeights(points: readonly Float64Array[], corral: readonly number[]): Float64Array {
  const base = points[corral[0]!]!;
  const columns = corral.length - 1;
  const rows = base.length;
  const weights = new Float64Array(corral.length);
  if (columns > 0) {
    const design = new Float64Array(rows * columns);
    for (let c = 0; c < columns; c += 1) {
      const point = points[corral[c + 1]!]!;
      for (let t = 0; t < rows; t += 1) design[c * rows + t] = point[t]! - base[t]!;
    }
    const fit = leastSquares({ design, rows, columns, outcome: base.map((value) => -value), tolerance: 1e-12 });
    weights.set(fit.coefficients, 1);
  }
  weights[0] = 1 - weights.reduce((total, value) => total + value, 0);
  return weights;
}

function combine(points: readonly Float64Array[], weights: Float64Array): Float64Array {
  const result = new Float64Array(points[0]!.length);
  points.forEach((point, j) => {
    const weight = weights[j]!;
    if (weight > 0) for (let t = 0; t < result.length; t += 1) result[t] = result[t]! + weight * point[t]!;
  });
  return result;
}

function indexOfLeast(values: readonly number[]): number {
  let least = 0;
  values.forEach((value, i) => {
    if (value < values[least]!) least = i;
  });
  return least;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let t = 0; t < a.length; t += 1) sum += a[t]! * b[t]!;
  return sum;
}

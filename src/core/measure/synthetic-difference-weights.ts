import { choleskyFactor, choleskySolve } from '../numeric/linear-algebra.ts';
import { simplexLeastSquares, type SimplexFit } from './simplex-least-squares.ts';

const MOST_EXCHANGES = 200;
const PATIENCE = 10;

/**
 * Weights that are not negative and sum to 1, with a free constant a and a ridge penalty:
 *   least sum_i (a + sum_j w_j x_ij - y_i)^2 + penalty^2 x rows x |w|^2.
 *
 * The constant goes by centring, the penalty by an added row per column; the answer is that of the exact active-set method,
 * which a guess by exchanging whole blocks of columns (on the normal equations) spares most of its steps.
 */
export function penalisedSimplex(columns: readonly Float64Array[], target: Float64Array, penalty: number): SimplexFit {
  const rows = target.length;
  const ridge = penalty * Math.sqrt(rows);
  const centredColumns = columns.map(centred);
  const centredTarget = centred(target);
  const extended = (series: Float64Array, own: number): Float64Array => {
    const long = new Float64Array(rows + columns.length);
    long.set(series);
    if (own >= 0) long[rows + own] = ridge;
    return long;
  };
  return simplexLeastSquares(
    centredColumns.map((series, j) => extended(series, j)),
    extended(centredTarget, -1),
    guessWeights(centredColumns, centredTarget, ridge),
  );
}

/**
 * Block principal pivoting: all columns that break a condition of optimality change sides at once, or, when that does not help,
 * only the last of them. undefined where it fails to end or the penalty is too small for the normal equations.
 * Source: Judice and Pires (1994, Computers and Operations Research 21), with the sum of the weights eliminated.
 */
function guessWeights(columns: readonly Float64Array[], target: Float64Array, ridge: number): Float64Array | undefined {
  const size = columns.length;
  const gram = new Float64Array(size * size);
  const right = new Float64Array(size);
  let largest = 0;
  for (let a = 0; a < size; a += 1) {
    right[a] = dot(columns[a]!, target);
    for (let b = 0; b <= a; b += 1) {
      const product = dot(columns[a]!, columns[b]!) + (a === b ? ridge * ridge : 0);
      gram[a * size + b] = product;
      gram[b * size + a] = product;
    }
    largest = Math.max(largest, gram[a * size + a]!);
  }
  if (!(ridge * ridge > 1e-9 * largest)) return undefined;
  let inside = Array.from({ length: size }, () => true);
  let fewest = size + 1;
  let patience = PATIENCE;
  for (let exchange = 0; exchange < MOST_EXCHANGES; exchange += 1) {
    const solution = weightsOf(gram, right, size, inside);
    if (solution === undefined) return undefined;
    const { weights, level } = solution;
    const wrong: number[] = [];
    for (let j = 0; j < size; j += 1) {
      if (inside[j]!) {
        if (weights[j]! < 0) wrong.push(j);
        continue;
      }
      let slope = -right[j]! - level;
      for (let k = 0; k < size; k += 1) slope += gram[j * size + k]! * weights[k]!;
      if (slope < -1e-12 * largest) wrong.push(j);
    }
    if (wrong.length === 0) return weights;
    if (wrong.length < fewest) {
      fewest = wrong.length;
      patience = PATIENCE;
    } else patience -= 1;
    const changing = new Set(patience >= 0 ? wrong : wrong.slice(-1));
    inside = inside.map((value, j) => (changing.has(j) ? !value : value));
  }
  return undefined;
}

/** Weights of the columns inside, without regard to sign, and the multiplier of their sum. */
function weightsOf(gram: Float64Array, right: Float64Array, size: number, inside: readonly boolean[]) {
  const chosen = Array.from({ length: size }, (_, j) => j).filter((j) => inside[j]);
  const k = chosen.length;
  if (k === 0) return undefined;
  const part = new Float64Array(k * k);
  chosen.forEach((a, i) => {
    chosen.forEach((b, j) => {
      part[i * k + j] = gram[a * size + b]!;
    });
  });
  const factor = choleskyFactor(part, k);
  if (factor === undefined) return undefined;
  const own = choleskySolve(
    factor,
    k,
    Float64Array.from(chosen, (j) => right[j]!),
  );
  const ones = choleskySolve(factor, k, new Float64Array(k).fill(1));
  const level = (1 - own.reduce((sum, value) => sum + value, 0)) / ones.reduce((sum, value) => sum + value, 0);
  const weights = new Float64Array(size);
  chosen.forEach((j, i) => (weights[j] = own[i]! + level * ones[i]!));
  return { weights, level };
}

function centred(series: Float64Array): Float64Array {
  const centre = series.reduce((sum, value) => sum + value, 0) / series.length;
  return series.map((value) => value - centre);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let t = 0; t < a.length; t += 1) sum += a[t]! * b[t]!;
  return sum;
}

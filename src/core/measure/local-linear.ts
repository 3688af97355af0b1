import { leastSquares } from '../numeric/least-squares.ts';

export type Kernel = 'triangular' | 'epanechnikov' | 'uniform';

/** One side of a cutoff: places relative to it in ascending order, and where each run of equal places begins (and the last ends). */
export type CutoffSide = { readonly x: Float64Array; readonly starts: Int32Array };

/** Rows `from` to `to` (excluded) of a side, and its runs of equal places `firstRun` to `lastRun` (excluded). */
export type LocalWindow = { readonly from: number; readonly to: number; readonly firstRun: number; readonly lastRun: number };

export type LocalFit = {
  readonly order: number;
  readonly bandwidth: number;
  readonly window: LocalWindow;
  /** Places over the bandwidth, and kernel weights, of the rows in the window. */
  readonly u: Float64Array;
  readonly weights: Float64Array;
  /** Of the powers 0 ... order of u. */
  readonly coefficients: Float64Array;
  /** (U'WU)^-1, (order + 1) squared. */
  readonly inverse: Float64Array;
};

/** Below this relative length a power of u counts as a combination of the lower ones. */
const ALIASED = 1e-10;

/**
 * Weighted polynomial fit to the rows of one side within a bandwidth of the cutoff, in powers of place over bandwidth, by
 * Householder QR. null where the window holds too few distinct places for the order.
 * Source: Fan and Gijbels (1996), chapter 3.
 */
export function fitLocal(side: CutoffSide, outcome: Float64Array, order: number, bandwidth: number, kernel: Kernel): LocalFit | null {
  const window = windowOf(side, bandwidth, kernel);
  if (window.lastRun - window.firstRun < order + 1) return null;
  const rows = window.to - window.from;
  const u = side.x.slice(window.from, window.to);
  const weights = new Float64Array(rows);
  for (let i = 0; i < rows; i += 1) {
    u[i] = u[i]! / bandwidth;
    weights[i] = kernelWeight(u[i]!, kernel);
  }
  const design = new Float64Array(rows * (order + 1)).fill(1, 0, rows);
  for (let power = 1; power <= order; power += 1) {
    const into = power * rows;
    for (let i = 0; i < rows; i += 1) design[into + i] = design[into - rows + i]! * u[i]!;
  }
  const fit = leastSquares({
    design,
    rows,
    columns: order + 1,
    outcome: outcome.subarray(window.from, window.to),
    weights,
    tolerance: ALIASED,
  });
  if (fit.rank <= order) return null;
  return { order, bandwidth, window, u, weights, coefficients: fit.coefficients, inverse: fit.unscaledCovariance };
}

/** How much each outcome in the window counts in the coefficient of that power of u. */
export function influence(fit: LocalFit, power: number): Float64Array {
  const { u, weights, inverse, order } = fit;
  const row = inverse.subarray(power * (order + 1), (power + 1) * (order + 1));
  return u.map((place, i) => weights[i]! * polynomial(row, place));
}

/** Weighted hat values of the rows in the window. */
export function leverages({ u, weights, inverse, order }: LocalFit): Float64Array {
  const size = order + 1;
  const powers = new Float64Array(size);
  return u.map((place, i) => {
    let sum = 0;
    for (let a = 0; a < size; a += 1) {
      powers[a] = a === 0 ? 1 : powers[a - 1]! * place;
      for (let b = 0; b < a; b += 1) sum += 2 * powers[a]! * powers[b]! * inverse[a * size + b]!;
      sum += powers[a]! * powers[a]! * inverse[a * size + a]!;
    }
    return weights[i]! * sum;
  });
}

/** Value of a polynomial with these coefficients, lowest power first. */
export function polynomial(coefficients: Float64Array, place: number): number {
  let value = 0;
  for (let power = coefficients.length - 1; power >= 0; power -= 1) value = value * place + coefficients[power]!;
  return value;
}

/** The rows with positive weight. */
export function windowOf({ x, starts }: CutoffSide, bandwidth: number, kernel: Kernel): LocalWindow {
  const runs = starts.length - 1;
  const isInside = (run: number) => kernelWeight(x[starts[run]!]! / bandwidth, kernel) > 0;
  const isLeft = x.length > 0 && x[0]! < 0;
  let low = 0;
  let high = runs;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isInside(middle) === isLeft) high = middle;
    else low = middle + 1;
  }
  return isLeft
    ? { from: starts[low]!, to: x.length, firstRun: low, lastRun: runs }
    : { from: 0, to: starts[low]!, firstRun: 0, lastRun: low };
}

function kernelWeight(u: number, kernel: Kernel): number {
  const distance = Math.abs(u);
  if (kernel === 'uniform') return distance <= 1 ? 0.5 : 0;
  if (distance >= 1) return 0;
  return kernel === 'triangular' ? 1 - distance : 0.75 * (1 - distance * distance);
}

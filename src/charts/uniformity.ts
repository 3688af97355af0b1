/** The least and the most of n replications that fall in one bin, with the given probability in each tail. */
export type CountBand = { readonly low: number; readonly high: number };

/**
 * Quantiles of a binomial count: P(count < low) <= tail and P(count > high) <= tail, the narrowest such range.
 * Probabilities by recursion from the mode, P(k + 1) / P(k) = (n - k) p / ((k + 1) (1 - p)), so that none underflows to 0 / 0.
 */
export function binomialBand(n: number, p: number, tail: number): CountBand {
  const weights = binomialWeights(n, p);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let [low, below] = [0, 0];
  while (low < n && below + weights[low]! / total <= tail) below += weights[low++]! / total;
  let [high, above] = [n, 0];
  while (high > 0 && above + weights[high]! / total <= tail) above += weights[high--]! / total;
  return { low, high };
}

function binomialWeights(n: number, p: number): number[] {
  const mode = Math.min(Math.floor((n + 1) * p), n);
  const weights = new Array<number>(n + 1).fill(0);
  weights[mode] = 1;
  for (let k = mode; k < n; k++) weights[k + 1] = (weights[k]! * (n - k) * p) / ((k + 1) * (1 - p));
  for (let k = mode; k > 0; k--) weights[k - 1] = (weights[k]! * k * (1 - p)) / ((n - k + 1) * p);
  return weights;
}

export type KolmogorovSmirnov = {
  /** Largest distance between the share of values up to x and x. */
  readonly distance: number;
  readonly pValue: number;
  readonly method: 'exact' | 'asymptotic';
};

/** Up to so many values the distribution of the distance is computed exactly. */
const mostExact = 100;

/**
 * Kolmogorov-Smirnov test that values are uniform on [0, 1]: D = max |F_n(x) - x|. Assumes independent values of a continuous
 * distribution; with ties (p values of a randomisation test) it is conservative. P(D_n >= D) exactly by the matrix of Durbin as in
 * Marsaglia, Tsang and Wang (2003, J. Stat. Softw. 8(18)) up to 100 values; above, the limit of Kolmogorov at
 * (sqrt(n) + 0.12 + 0.11 / sqrt(n)) D, Stephens (1970, JRSS B 32).
 */
export function kolmogorovSmirnov(values: readonly number[]): KolmogorovSmirnov | null {
  const sorted = values.filter((value) => value >= 0 && value <= 1).sort((a, b) => a - b);
  const n = sorted.length;
  if (n === 0) return null;
  const distance = sorted.reduce((most, value, i) => Math.max(most, (i + 1) / n - value, value - i / n), 0);
  if (n <= mostExact) return { distance, pValue: clamp(1 - exactBelow(n, distance)), method: 'exact' };
  const root = Math.sqrt(n);
  return { distance, pValue: kolmogorovTail((root + 0.12 + 0.11 / root) * distance), method: 'asymptotic' };
}

/** P(sup |Brownian bridge| > x) = 2 sum over j of (-1)^(j - 1) exp(-2 j^2 x^2); for small x its Jacobi transform, which converges there. */
export function kolmogorovTail(x: number): number {
  if (x <= 0) return 1;
  let sum = 0;
  if (x < 1) {
    for (let j = 1; j <= 20; j++) sum += Math.exp((-((2 * j - 1) ** 2) * Math.PI ** 2) / (8 * x * x));
    return clamp(1 - (Math.sqrt(2 * Math.PI) / x) * sum);
  }
  for (let j = 1; j <= 20; j++) sum += (j % 2 === 1 ? 2 : -2) * Math.exp(-2 * j * j * x * x);
  return clamp(sum);
}

/** P(D_n < d): n! / n^n times the middle element of H^n. */
function exactBelow(n: number, d: number): number {
  const k = Math.floor(n * d) + 1;
  const size = 2 * k - 1;
  let matrix = durbinMatrix(size, k - n * d);
  let result: number[][] | null = null;
  for (let power = n; power > 0; power = Math.floor(power / 2)) {
    if (power % 2 === 1) result = result === null ? matrix : product(result, matrix);
    if (power > 1) matrix = product(matrix, matrix);
  }
  let probability = result![k - 1]![k - 1]!;
  for (let i = 1; i <= n; i++) probability *= i / n;
  return clamp(probability);
}

function durbinMatrix(size: number, h: number): number[][] {
  const matrix = Array.from({ length: size }, (_, i) => Array.from({ length: size }, (_, j) => (i - j + 1 < 0 ? 0 : 1)));
  for (let i = 0; i < size; i++) {
    matrix[i]![0]! -= h ** (i + 1);
    matrix[size - 1]![i]! -= h ** (size - i);
  }
  matrix[size - 1]![0]! += 2 * h - 1 > 0 ? (2 * h - 1) ** size : 0;
  let factorial = 1;
  const factorials = Array.from({ length: size + 1 }, (_, i) => (factorial *= Math.max(i, 1)));
  return matrix.map((row, i) => row.map((value, j) => (i - j + 1 > 0 ? value / factorials[i - j + 1]! : value)));
}

function product(a: readonly (readonly number[])[], b: readonly (readonly number[])[]): number[][] {
  return a.map((row) => b[0]!.map((_, j) => row.reduce((sum, value, l) => sum + value * b[l]![j]!, 0)));
}

function clamp(probability: number): number {
  return Math.min(Math.max(probability, 0), 1);
}

import { log } from '../numeric/elementary.ts';

/** ARMA(p, q) with unit innovation variance: x_t = sum phi_j x_(t-j) + e_t + sum theta_j e_(t-j). Both lists start at lag 1. */
export type Arma = { readonly phi: readonly number[]; readonly theta: readonly number[] };

/** Turns a column into independent errors of unit variance (in `into` where given), and says how it stretches volume. */
export type Whitener = {
  readonly whiten: (column: Float64Array, into?: Float64Array) => Float64Array;
  /** The column's one-step prediction errors, not divided by their standard deviations. */
  readonly innovations: (column: Float64Array, into?: Float64Array) => Float64Array;
  /** log det of the covariance matrix of n successive values. */
  readonly logDeterminant: number;
};

/**
 * The exact innovations transform of n successive values of a stationary ARMA process, by the banded Cholesky
 * factorisation of Ansley (1979, Biometrika 66): the first m = max(p, q) values as they are, the others after the
 * autoregressive filter, so that the covariance matrix has at most m bands. O(n q) after the first m rows.
 * @throws RangeError where the process is not stationary.
 */
export function armaWhitener(arma: Arma, n: number): Whitener {
  const phi = Float64Array.from(arma.phi);
  const [p, q] = [arma.phi.length, arma.theta.length];
  const start = Math.min(Math.max(p, q), n);
  const width = Math.max(start, q + 1);
  const { lower, variances } = factorise(arma, n, start, width);
  let logDeterminant = 0;
  for (let t = 0; t < n; t += 1) if (variances[t] !== 1) logDeterminant += log(variances[t]!);

  function innovations(column: Float64Array, errors: Float64Array = new Float64Array(n)): Float64Array {
    for (let t = 0; t < n; t += 1) {
      let value = column[t]!;
      if (t >= start) for (let j = 0; j < p; j += 1) value -= phi[j]! * column[t - 1 - j]!;
      for (let s = t < start ? 0 : Math.max(0, t - q); s < t; s += 1) value -= lower[t * width + t - s]! * errors[s]!;
      errors[t] = value;
    }
    return errors;
  }

  function whiten(column: Float64Array, into?: Float64Array): Float64Array {
    const errors = innovations(column, into);
    for (let t = 0; t < n; t += 1) if (variances[t] !== 1) errors[t] = errors[t]! / Math.sqrt(variances[t]!);
    return errors;
  }

  return { whiten, innovations, logDeterminant };
}

type Factor = {
  /** Unit lower triangle by bands, entry (t, s) at t * width + t - s. */
  readonly lower: Float64Array;
  /** Variances of the innovations. */
  readonly variances: Float64Array;
};

/** L D L' of the covariance matrix of the filtered series. Rows after `start` reach back q rows, and settle. */
function factorise(arma: Arma, n: number, start: number, width: number): Factor {
  const q = arma.theta.length;
  const covariance = filteredCovariance(arma, start);
  const lower = new Float64Array(n * width);
  const variances = new Float64Array(n);
  let settled = 0;
  for (let t = 0; t < n; t += 1) {
    // Once q variances in a row are 1 the rows no longer change.
    if (t > start + q && settled >= q) {
      variances[t] = 1;
      lower.copyWithin(t * width, (t - 1) * width, t * width);
      continue;
    }
    const first = t < start ? 0 : Math.max(0, t - q);
    let variance = covariance(t, t);
    for (let s = first; s < t; s += 1) {
      let sum = covariance(t, s);
      for (let r = Math.max(first, s < start ? 0 : s - q); r < s; r += 1)
        sum -= lower[t * width + t - r]! * lower[s * width + s - r]! * variances[r]!;
      const weight = sum / variances[s]!;
      lower[t * width + t - s] = weight;
      variance -= weight * sum;
    }
    // No innovation has less than unit variance; near the edge of stationarity rounding may say otherwise.
    variances[t] = variance - 1 > 1e-15 ? variance : 1;
    settled = t >= start && variances[t] === 1 ? settled + 1 : 0;
  }
  return { lower, variances };
}

/**
 * Coefficients of the stationary autoregression with these partial autocorrelations, each in (-1, 1)
 * (Durbin-Levinson; Barndorff-Nielsen and Schou 1973).
 */
export function coefficientsFromPartials(partials: readonly number[]): number[] {
  let phi: number[] = [];
  for (const partial of partials) phi = [...phi.map((value, j) => value - partial * at(phi, phi.length - 1 - j)), partial];
  return phi;
}

/** The inverse; null where the coefficients are not those of a stationary autoregression. */
export function partialsFromCoefficients(phi: readonly number[]): number[] | null {
  const partials: number[] = [];
  for (let current = [...phi]; current.length > 0;) {
    const last = current.pop() ?? 0;
    if (!(Math.abs(last) < 1)) return null;
    partials.unshift(last);
    current = current.map((value, j) => (value + last * at(current, current.length - 1 - j)) / (1 - last * last));
  }
  return partials;
}

/** Autocovariances at lags 0 to `lags` for unit innovation variance. @throws RangeError where the process is not stationary. */
export function armaAutocovariances({ phi, theta }: Arma, lags: number): Float64Array {
  const q = theta.length;
  const own = autoregressiveAutocovariances(phi, lags + q);
  const weights = [1, ...theta];
  return Float64Array.from({ length: lags + 1 }, (_, lag) => {
    let sum = 0;
    for (let i = 0; i <= q; i += 1) for (let j = 0; j <= q; j += 1) sum += at(weights, i) * at(weights, j) * at(own, Math.abs(lag + i - j));
    return sum;
  });
}

/** Product of (1 - sum a_j B^j) and (1 - sum b_j B^(j s)), as autoregressive coefficients. */
export function seasonalProduct(ordinary: readonly number[], seasonal: readonly number[], season: number): number[] {
  const product = new Array<number>(ordinary.length + seasonal.length * season).fill(0);
  const left = [-1, ...ordinary];
  const right = [-1, ...seasonal];
  left.forEach((a, i) => {
    right.forEach((b, j) => {
      const lag = i + j * season;
      if (lag > 0) product[lag - 1] = at(product, lag - 1) - a * b;
    });
  });
  return product;
}

function autoregressiveAutocovariances(phi: readonly number[], lags: number): Float64Array {
  const partials = partialsFromCoefficients(phi);
  if (partials === null) throw new RangeError(`armaWhitener: the autoregression ${phi.join(', ')} is not stationary`);
  const result = new Float64Array(lags + 1);
  result[0] = partials.reduce((variance, partial) => variance / (1 - partial * partial), 1);
  let residual = at(result, 0);
  let current: number[] = [];
  for (let lag = 1; lag <= lags; lag += 1) {
    const partial = partials[lag - 1] ?? 0;
    let sum = partial * residual;
    current.forEach((value, j) => (sum += value * at(result, Math.abs(lag - 1 - j))));
    result[lag] = sum;
    if (lag > partials.length) continue;
    current = [...current.map((value, j) => value - partial * at(current, current.length - 1 - j)), partial];
    residual *= 1 - partial * partial;
  }
  return result;
}

/** Covariance of the values t and s of the filtered series, s <= t, in which the first `start` values are not filtered. */
function filteredCovariance(arma: Arma, start: number): (t: number, s: number) => number {
  const { phi, theta } = arma;
  const q = theta.length;
  const raw = armaAutocovariances(arma, Math.max(start - 1, 0));
  const weights = [1, ...theta];
  const psi = [1];
  for (let k = 1; k <= q; k += 1)
    psi.push(at(weights, k) + phi.reduce((sum, value, j) => sum + (k - 1 - j >= 0 ? value * at(psi, k - 1 - j) : 0), 0));
  const productSum = (other: readonly number[], lag: number): number => {
    let sum = 0;
    for (let k = 0; k + lag <= q; k += 1) sum += at(weights, k + lag) * at(other, k);
    return sum;
  };
  const mixed = weights.map((_, lag) => productSum(psi, lag));
  const moving = weights.map((_, lag) => productSum(weights, lag));
  return (t, s) => (t < start ? at(raw, t - s) : ((s < start ? mixed : moving)[t - s] ?? 0));
}

function at(values: ArrayLike<number>, index: number): number {
  return values[index] ?? 0;
}

import { exp, log, log1p } from './elementary.ts';
import { complement, logDeviation, nonZero, reachOfTail, stirlingError, type Tails } from './gamma.ts';
import { integrateGaussLegendre } from './gauss-legendre.ts';

const HALF_LOG_TWO_PI = 0.9189385332046728;
const INVERSE_SQRT_TWO_PI = 0.3989422804014327;
const LARGE_SHAPE = 400;
const MAX_TERMS = 20000;

/** Logarithm of the beta function, a, b > 0, without the cancellation of three large log-gammas. */
export function logBeta(a: number, b: number): number {
  if (!(a > 0 && b > 0)) return a >= 0 && b >= 0 ? Infinity : NaN;
  const powers = -a * log1p(b / a) - b * log1p(a / b) + 0.5 * (log1p(a / b) - log(a));
  return powers + HALF_LOG_TWO_PI + (stirlingError(a) + stirlingError(b) - stirlingError(a + b));
}

/** Regularised incomplete beta I_x(a, b), the distribution function of a Beta(a, b) variable. */
export function incompleteBetaLower(a: number, b: number, x: number): number {
  return betaTails(a, b, x, 1 - x).lower;
}

/** 1 - I_x(a, b), accurate in its own right. */
export function incompleteBetaUpper(a: number, b: number, x: number): number {
  return betaTails(a, b, x, 1 - x).upper;
}

/**
 * I_x(a, b) and its complement. The caller gives x, y = 1 - x and, where it can do better than the difference,
 * `offset` = x b - y a (0 at the mean), so that neither end nor the middle loses digits.
 * Series with positive terms near an end, a continued fraction that is stable for one huge parameter, and Gauss-Legendre integration
 * of the tail when both are large.
 */
export function betaTails(a: number, b: number, x: number, y: number, offset: number = x * b - y * a): Tails {
  if (!(a > 0 && b > 0) || x !== x || y !== y) return { lower: NaN, upper: NaN };
  if (x <= 0) return { lower: 0, upper: 1 };
  if (y <= 0) return { lower: 1, upper: 0 };
  if (offset > 0) {
    const { lower, upper } = tailsBelowMean(b, a, y, x, -offset);
    return { lower: upper, upper: lower };
  }
  return tailsBelowMean(a, b, x, y, offset);
}

/** x^a y^b / B(a, b): x y times the beta density. */
export function betaKernel(a: number, b: number, x: number, y: number, offset: number = x * b - y * a): number {
  const total = a + b;
  const exponent = a * logDeviation(offset / a, (x / a) * total) + b * logDeviation(-offset / b, (y / b) * total);
  const correction = stirlingError(total) - stirlingError(a) - stirlingError(b);
  return Math.sqrt(a < b ? a * (b / total) : b * (a / total)) * INVERSE_SQRT_TWO_PI * exp(correction - exponent);
}

function tailsBelowMean(a: number, b: number, x: number, y: number, offset: number): Tails {
  const kernel = betaKernel(a, b, x, y, offset);
  if (a > LARGE_SHAPE && b > LARGE_SHAPE) return complement(kernel * integrateTail(a, b, offset / a), true);
  if (x < 0.3 || (a + b) * x < 0.6 * (a + 1)) return complement((kernel / a) * positiveSeries(a, b, x), true);
  if (y < 0.5 && (a + b) * y < b + 1.5) return complement((kernel / b) * positiveSeries(b, a, y), false);
  return complement(kernel / fraction(a, b, x, -offset), true);
}

/** Sum over n of (a+b)_n / (a+1)_n x^n. */
function positiveSeries(a: number, b: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 0; n < MAX_TERMS; n += 1) {
    term *= ((a + b + n) / (a + 1 + n)) * x;
    sum += term;
    if (term < sum * 1e-17) break;
  }
  return sum;
}

/** The even part of the classical continued fraction for I_x(a, b), by Lentz's method; excess = y a - x b >= 0. */
function fraction(a: number, b: number, x: number, excess: number): number {
  let value = nonZero((a * (excess + 1)) / (a + 1));
  let c = value;
  let d = 0;
  for (let n = 1; n < MAX_TERMS; n += 1) {
    const denominator = a + 2 * n - 1;
    const cross = (n * (b - n) * x) / denominator;
    const numerator = ((a + n - 1) / denominator) * (a + b + n - 1) * x * cross;
    if (numerator === 0) break;
    const partial = n + cross + ((a + n) / (a + 2 * n + 1)) * (excess + 1 + n * (2 - x));
    d = 1 / nonZero(partial + numerator * d);
    c = nonZero(partial + numerator / c);
    const factor = c * d;
    value *= factor;
    if (Math.abs(factor - 1) < 2e-16) break;
  }
  return value;
}

/** Integral of the density over its value (times x y) from x down, in w = x (a + b) / a - 1, for large a and b. */
function integrateTail(a: number, b: number, w: number): number {
  const ratio = a / b;
  const energy = (v: number): number => a * logDeviation(v) + b * logDeviation(-v * ratio);
  const start = energy(w);
  const up = 1 - w * ratio;
  const slope = Math.abs(a * (1 / up - 1 / (1 + w)));
  const curvature = a / ((1 + w) * (1 + w)) + (a * ratio) / (up * up);
  const reach = reachOfTail((d) => energy(w - d) - start, slope, curvature, 1 + w);
  const integral = integrateGaussLegendre((d) => exp(start - energy(w - d)) / ((1 + w - d) * (1 - (w - d) * ratio)), 0, reach);
  return integral * (1 + ratio);
}

import { exp, log, log1p } from './elementary.ts';
import { integrateGaussLegendre } from './gauss-legendre.ts';

const HALF_LOG_TWO_PI = 0.9189385332046728;
const ONE_MINUS_EULER = 0.42278433509846713;
const INVERSE_SQRT_TWO_PI = 0.3989422804014327;
/** zeta(k) - 1 for k = 2, 3, ... */
const ZETA_MINUS_ONE = [
  0.6449340668482264, 0.2020569031595943, 0.08232323371113819, 0.03692775514336993, 0.01734306198444914, 0.008349277381922827,
  0.00407735619794434, 0.0020083928260822143, 0.0009945751278180853, 0.0004941886041194645, 0.0002460865533080483, 0.00012271334757848915,
  6.124813505870483e-5, 3.058823630702049e-5, 1.528225940865187e-5, 7.637197637899763e-6, 3.81729326499984e-6, 1.908212716553939e-6,
  9.539620338727962e-7, 4.769329867878064e-7, 2.38450502727733e-7, 1.1921992596531106e-7, 5.960818905125948e-8, 2.980350351465228e-8,
  1.4901554828365043e-8, 7.45071178983543e-9, 3.725334024788457e-9, 1.862659723513049e-9,
] as const;
/** (-1)^k (zeta(k) - 1) / k: the Taylor coefficients of logGamma around 2. */
const SERIES_NEAR_TWO = Float64Array.from(ZETA_MINUS_ONE, (value, i) => (i % 2 === 0 ? value : -value) / (i + 2));
const STIRLING_ERROR_OF_HALF = 0.15342640972002736;
const LARGE_SHAPE = 200;
const MAX_TERMS = 20000;

/** Both tails of a distribution function; each keeps its own relative accuracy. */
export interface Tails {
  readonly lower: number;
  readonly upper: number;
}

/**
 * Logarithm of the gamma function for x > 0 (NaN below 0, Infinity at 0).
 * Taylor series around 2 with zeta coefficients, recurrence, and Stirling's series from 10 on.
 */
export function logGamma(x: number): number {
  if (!(x > 0)) return x === 0 ? Infinity : NaN;
  if (x === Infinity) return Infinity;
  if (x >= 10) return (x - 0.5) * log(x) - x + HALF_LOG_TWO_PI + stirlingSeries(x);
  if (x < 0.5) return logGammaNearTwo(x) - log(x) - log1p(x);
  if (x < 1.5) return logGammaNearTwo(x - 1) - log1p(x - 1);
  let factor = 1;
  let rest = x;
  while (rest > 2.5) {
    rest -= 1;
    factor *= rest;
  }
  return logGammaNearTwo(rest - 2) + log(factor);
}

/** What Stirling's formula leaves out: logGamma(x) - (x - 1/2) log x + x - log(2 pi) / 2. */
export function stirlingError(x: number): number {
  if (x === 0.5) return STIRLING_ERROR_OF_HALF;
  return x >= 10 ? stirlingSeries(x) : logGamma(x) - (x - 0.5) * log(x) + x - HALF_LOG_TWO_PI;
}

/** w - log(1 + w), without cancellation near 0. `onePlus` is 1 + w where the caller knows it better. */
export function logDeviation(w: number, onePlus: number = 1 + w): number {
  if (w < -0.25 || w > 0.35) return w - log(onePlus);
  const s = w / (2 + w);
  const z = s * s;
  let series = 1 / 23;
  for (let odd = 21; odd >= 3; odd -= 2) series = series * z + 1 / odd;
  return s * (w - 2 * z * series);
}

/** Regularised lower incomplete gamma P(a, x), a > 0, x >= 0. */
export function incompleteGammaLower(shape: number, x: number): number {
  return gammaTails(shape, x).lower;
}

/** Regularised upper incomplete gamma Q(a, x) = 1 - P(a, x), accurate in its own right. */
export function incompleteGammaUpper(shape: number, x: number): number {
  return gammaTails(shape, x).upper;
}

/**
 * P(a, x) and Q(a, x) together. Power series below the mean, Legendre's continued fraction above it, and for large shapes
 * Gauss-Legendre integration of the tail, whose integrand is written through w - log(1 + w) so that nothing cancels.
 */
export function gammaTails(shape: number, x: number): Tails {
  if (!(shape > 0) || x !== x) return { lower: NaN, upper: NaN };
  if (x <= 0) return { lower: 0, upper: 1 };
  if (x === Infinity) return { lower: 1, upper: 0 };
  const w = (x - shape) / shape;
  const density = gammaKernel(shape, x);
  if (shape > LARGE_SHAPE) {
    const tail = density * integrateTail(shape, w);
    return w < 0 ? complement(tail, true) : complement(tail, false);
  }
  if (x < shape + 1) return complement((density / shape) * lowerSeries(shape, x), true);
  return complement(density * upperFraction(shape, x), false);
}

/** x^a e^-x / Gamma(a): x times the gamma density. */
export function gammaKernel(shape: number, x: number): number {
  const w = (x - shape) / shape;
  return Math.sqrt(shape) * INVERSE_SQRT_TWO_PI * exp(-shape * logDeviation(w, x / shape) - stirlingError(shape));
}

export function complement(tail: number, isLower: boolean): Tails {
  const clipped = tail > 1 ? 1 : tail;
  return isLower ? { lower: clipped, upper: 1 - clipped } : { lower: 1 - clipped, upper: clipped };
}

function logGammaNearTwo(z: number): number {
  let sum = 0;
  for (let k = SERIES_NEAR_TWO.length - 1; k >= 0; k -= 1) sum = z * (SERIES_NEAR_TWO[k]! + sum);
  return z * (ONE_MINUS_EULER + sum);
}

function stirlingSeries(x: number): number {
  const z = 1 / (x * x);
  return (
    (1 / 12 +
      z * (-1 / 360 + z * (1 / 1260 + z * (-1 / 1680 + z * (1 / 1188 + z * (-691 / 360360 + z * (1 / 156 + z * (-3617 / 122400)))))))) /
    x
  );
}

function lowerSeries(shape: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 1; n < MAX_TERMS && term > sum * 1e-17; n += 1) {
    term *= x / (shape + n);
    sum += term;
  }
  return sum;
}

function upperFraction(shape: number, x: number): number {
  let b = x + 1 - shape;
  let c = 1e300;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < MAX_TERMS; n += 1) {
    const a = -n * (n - shape);
    b += 2;
    d = 1 / nonZero(a * d + b);
    c = nonZero(b + a / c);
    const factor = c * d;
    fraction *= factor;
    if (Math.abs(factor - 1) < 2e-16) break;
  }
  return fraction;
}

export function nonZero(value: number): number {
  return value > -1e-300 && value < 1e-300 ? 1e-300 : value;
}

/** Integral of (t/x)^(a-1) e^(x-t) dt/x over the tail away from the mean, for large a. */
function integrateTail(shape: number, w: number): number {
  const start = shape * logDeviation(w);
  const excess = (v: number): number => shape * logDeviation(v) - start;
  const direction = w < 0 ? -1 : 1;
  const slope = Math.abs((shape * w) / (1 + w));
  const curvature = shape / ((1 + w) * (1 + w));
  const limit = w < 0 ? 1 + w : Infinity;
  const reach = reachOfTail((d) => excess(w + direction * d), slope, curvature, limit);
  return integrateGaussLegendre((d) => exp(-excess(w + direction * d)) / (1 + w + direction * d), 0, reach);
}

/** How far from the start the integrand has fallen by about e^-42, kept short so that a fixed rule resolves it. */
export function reachOfTail(excess: (distance: number) => number, slope: number, curvature: number, limit: number): number {
  let reach = 84 / (slope + Math.sqrt(slope * slope + 84 * curvature));
  if (reach > 0.99 * limit) reach = 0.99 * limit;
  for (let i = 0; i < 200 && excess(reach) < 38 && reach * 1.08 < limit; i += 1) reach *= 1.08;
  for (let i = 0; i < 200 && excess(reach) > 48; i += 1) reach /= 1.05;
  return reach;
}

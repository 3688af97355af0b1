import { exp, log } from './elementary.ts';

const INVERSE_SQRT_TWO_PI = 0.3989422804014327;

/**
 * Chebyshev coefficients in t = (x - 5) / (x + 5) of (1 + x) times Mills' ratio (survival over density), x >= 0.
 * Made by test/reference/make-normal-coefficients.py.
 */
const MILLS = [
  1.1579976221305188, -0.1633449388451398, -0.013683136055781576, 0.03082200019810004, -0.016220073012046806, 0.005616691016460094,
  -0.0014133933783549216, 0.0002502625460725661, -2.468907239728387e-5, -1.0107964061837592e-6, 7.495419179740573e-7, -7.600274268728337e-8,
  -1.1574771441328644e-8, 3.333386472599843e-9, 7.538039628171347e-11, -1.1104247263727494e-10, 3.509243776551059e-12,
  3.6894953861750955e-12, -2.3376697776383095e-13, -1.3271797523541405e-13, 9.921706995888276e-15, 5.276004995455379e-15,
  -3.373097694187922e-16, -2.2804338776379946e-16, 7.496330565808626e-18,
] as const;

/** Density of the standard normal distribution. */
export function normalDensity(x: number): number {
  return INVERSE_SQRT_TWO_PI * expOfMinusHalfSquare(x);
}

/** P(Z <= x) for a standard normal Z, with full relative accuracy in the lower tail. */
export function normalCdf(x: number): number {
  return normalSurvival(-x);
}

/** P(Z > x) for a standard normal Z, with full relative accuracy in the upper tail: density times Mills' ratio. */
export function normalSurvival(x: number): number {
  if (x < 0) return 1 - normalSurvival(-x);
  if (!(x < 40)) return x > 0 ? 0 : NaN;
  const t = (x - 5) / (x + 5);
  let next = 0;
  let current = 0;
  for (let i = MILLS.length - 1; i > 0; i -= 1) {
    const value = 2 * t * current - next + MILLS[i]!;
    next = current;
    current = value;
  }
  return (normalDensity(x) * (t * current - next + MILLS[0])) / (1 + x);
}

/**
 * The x with P(Z <= x) = p. -Infinity at 0, Infinity at 1, NaN outside.
 * Wichura (1988), Algorithm AS 241, PPND16, then one Halley step on our own distribution function.
 */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) return p === 0 ? -Infinity : p === 1 ? Infinity : NaN;
  const start = wichura(p);
  if (Math.abs(p - 0.5) <= 0.425) return start;
  const error = p < 0.5 ? normalCdf(start) - p : 1 - p - normalSurvival(start);
  const step = error / normalDensity(start);
  return step === step ? start - step / (1 + (start * step) / 2) : start;
}

function wichura(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * polynomial(CENTRE_TOP, r)) / polynomial(CENTRE_BOTTOM, r);
  }
  const r = Math.sqrt(-log(q < 0 ? p : 1 - p));
  const size =
    r <= 5
      ? polynomial(MIDDLE_TOP, r - 1.6) / polynomial(MIDDLE_BOTTOM, r - 1.6)
      : polynomial(TAIL_TOP, r - 5) / polynomial(TAIL_BOTTOM, r - 5);
  return q < 0 ? -size : size;
}

/** e^(-x^2/2): the square is split so that its rounding error is not blown up by the exponential. */
function expOfMinusHalfSquare(x: number): number {
  const size = Math.abs(x);
  if (!(size < 40)) return size > 0 ? 0 : NaN;
  const coarse = Math.floor(size * 16 + 0.5) / 16;
  return exp(-0.5 * coarse * coarse) * exp(-0.5 * (size - coarse) * (size + coarse));
}

function polynomial(coefficients: readonly number[], x: number): number {
  let value = 0;
  for (let i = coefficients.length - 1; i >= 0; i -= 1) value = value * x + coefficients[i]!;
  return value;
}

const CENTRE_TOP = [
  3.387132872796366608, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125, 45921.953931549871457, 67265.770927008700853,
  33430.575583588128105, 2509.0809287301226727,
];
const CENTRE_BOTTOM = [
  1, 42.313330701600911252, 687.1870074920579083, 5394.1960214247511077, 21213.794301586595867, 39307.89580009271061, 28729.085735721942674,
  5226.495278852854561,
];
const MIDDLE_TOP = [
  1.42343711074968357734, 4.6303378461565452959, 5.7694972214606914055, 3.64784832476320460504, 1.27045825245236838258,
  0.24178072517745061177, 0.0227238449892691845833, 0.00077454501427834140764,
];
const MIDDLE_BOTTOM = [
  1, 2.05319162663775882187, 1.6763848301838038494, 0.68976733498510000455, 0.14810397642748007459, 0.0151986665636164571966,
  0.0005475938084995344946, 1.05075007164441684324e-9,
];
const TAIL_TOP = [
  6.6579046435011037772, 5.4637849111641143699, 1.7848265399172913358, 0.29656057182850489123, 0.026532189526576123093,
  0.0012426609473880784386, 0.0000271155556874348757815, 2.01033439929228813265e-7,
];
const TAIL_BOTTOM = [
  1, 0.59983220655588793769, 0.13692988092273580531, 0.0148753612908506148525, 0.0007868691311456132591, 0.000018463183175100546818,
  1.4215117583164458887e-7, 2.04426310338993978564e-15,
];

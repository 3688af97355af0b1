/**
 * exp, log and their family with the same bits in every engine: only + - * / and table look-ups.
 * Arguments are reduced by tables (after Tang 1989, 1990), so that short Taylor polynomials with exact rational
 * coefficients are enough; results are within 1 unit in the last place.
 */
import { ANGLE, reduceAngle } from './angle-reduction.ts';
import { LEAST_EXPONENT, powersOfTwo, splitLogarithm, splitPowerOfTwo } from './exact-constants.ts';

const LN2 = splitLogarithm(2, 1, 38);
const LN2_HIGH = LN2.high;
const LN2_LOW = LN2.low;

const EXP_STEPS = 32;
const EXP_HIGH = new Float64Array(EXP_STEPS);
const EXP_LOW = new Float64Array(EXP_STEPS);
for (let j = 0; j < EXP_STEPS; j += 1) {
  const value = splitPowerOfTwo(j, EXP_STEPS);
  EXP_HIGH[j] = value.high;
  EXP_LOW[j] = value.low;
}
const STEPS_PER_UNIT = EXP_STEPS / (LN2_HIGH + LN2_LOW);
const STEP_HIGH = LN2_HIGH / EXP_STEPS;
const STEP_LOW = LN2_LOW / EXP_STEPS;

const LOG_STEPS = 128;
const LOG_FIRST = 90;
const LOG_LAST = 182;
const LOG_HIGH = new Float64Array(LOG_LAST + 1);
const LOG_LOW = new Float64Array(LOG_LAST + 1);
for (let j = LOG_FIRST; j <= LOG_LAST; j += 1) {
  const value = splitLogarithm(j, LOG_STEPS, 38);
  LOG_HIGH[j] = value.high;
  LOG_LOW[j] = value.low;
}

const SQRT_TWO = 1.4142135623730951;
const TWO_TO_54 = 18014398509481984;
const TWO_TO_MINUS_54 = 1 / TWO_TO_54;
const POWERS_OF_TWO = powersOfTwo();
const POWER_OF_ZERO = -LEAST_EXPONENT;
const TWO_TO_MINUS_1000 = powerOfTwo(-1000);
const SMALLEST_NORMAL = 2.2250738585072014e-308;
const ROUND_TO_INTEGER = 6755399441055744;
const DEKKER = 134217729;
const LARGEST_EXPONENT = 709.782712893384;
const SMALLEST_EXPONENT = -745.1332191019412;

const SCRATCH = new Float64Array(1);
const SCRATCH_WORDS = new Uint32Array(SCRATCH.buffer);
const HIGH_WORD = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0;

/** e^x. Overflows to Infinity above 709.78, underflows through the subnormals to 0 below -745.13. */
export function exp(x: number): number {
  if (!(x <= LARGEST_EXPONENT)) return x > 0 ? Infinity : NaN;
  if (x < SMALLEST_EXPONENT) return 0;
  const n = x * STEPS_PER_UNIT + ROUND_TO_INTEGER - ROUND_TO_INTEGER;
  const r = x - n * STEP_HIGH - n * STEP_LOW;
  const p = r + r * r * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720)))));
  const j = n & (EXP_STEPS - 1);
  const high = EXP_HIGH[j]!;
  return scaleByPowerOfTwo(high + (EXP_LOW[j]! + high * p), n >> 5);
}

/** e^x - 1 without cancellation near 0. */
export function expm1(x: number): number {
  if (x < 0.17 && x > -0.17) return x === 0 ? x : x + x * x * expm1Tail(x);
  if (!(x <= 40 && x >= -40)) return x < 0 ? -1 : exp(x);
  const n = x * STEPS_PER_UNIT + ROUND_TO_INTEGER - ROUND_TO_INTEGER;
  const r = x - n * STEP_HIGH - n * STEP_LOW;
  const p = r + r * r * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720)))));
  const j = n & (EXP_STEPS - 1);
  const scale = powerOfTwo(n >> 5);
  const high = EXP_HIGH[j]! * scale;
  const sum = high - 1;
  const lost = sum > high ? 0 : high >= 1 ? -1 - (sum - high) : high - (sum + 1);
  return sum + (lost + (EXP_LOW[j]! * scale + high * p));
}

/** Natural logarithm. -Infinity at 0, NaN below. */
export function log(x: number): number {
  if (!(x > 0 && x < Infinity)) return x === 0 ? -Infinity : x === Infinity ? x : NaN;
  if (x > 0.9375 && x < 1.0625) return logNearOne(x - 1);
  return logAwayFromOne(x, 0);
}

/** log(1 + x) without cancellation near 0. -Infinity at -1, NaN below. */
export function log1p(x: number): number {
  if (x > -0.0625 && x < 0.0625) return logNearOne(x);
  if (!(x > -1 && x < Infinity)) return x === -1 ? -Infinity : x === Infinity ? x : NaN;
  const sum = 1 + x;
  if (x > TWO_TO_54) return log(x);
  const lost = x < 1 ? x - (sum - 1) : 1 - (sum - x);
  return logAwayFromOne(sum, lost / sum);
}

/** x^y with the special cases of ECMAScript's exponentiation. */
export function pow(x: number, y: number): number {
  if (y === 0) return 1;
  if (x !== x || y !== y) return NaN;
  if (y === 1) return x;
  if (y === 2) return x * x;
  const size = Math.abs(x);
  if (y === Infinity || y === -Infinity) {
    if (size === 1) return NaN;
    return size > 1 === y > 0 ? Infinity : 0;
  }
  const isInteger = Math.floor(y) === y;
  const isOdd = isInteger && Math.abs(y) <= 9007199254740991 && y % 2 !== 0;
  if (size === 0 || size === Infinity) {
    const magnitude = (size === 0) === y > 0 ? 0 : Infinity;
    return isOdd && (x < 0 || 1 / x < 0) ? -magnitude : magnitude;
  }
  if (x < 0 && !isInteger) return NaN;
  const magnitude = powerOfPositive(size, y);
  return x < 0 && isOdd ? -magnitude : magnitude;
}

/** 1 / (1 + e^-x), with full relative accuracy in the lower tail. */
export function logistic(x: number): number {
  if (x >= 0) return 1 / (1 + exp(-x));
  const e = exp(x);
  return e / (1 + e);
}

/** Sine of x in radians. */
export function sin(x: number): number {
  if (x === 0) return x;
  const quadrant = reduceAngle(x);
  const value = quadrant & 1 ? cosineCore(ANGLE[0]!, ANGLE[1]!) : sineCore(ANGLE[0]!, ANGLE[1]!);
  return quadrant & 2 ? -value : value;
}

/** Cosine of x in radians. */
export function cos(x: number): number {
  const quadrant = reduceAngle(x);
  const value = quadrant & 1 ? sineCore(ANGLE[0]!, ANGLE[1]!) : cosineCore(ANGLE[0]!, ANGLE[1]!);
  return (quadrant + 1) & 2 ? -value : value;
}

function powerOfTwo(exponent: number): number {
  return POWERS_OF_TWO[exponent + POWER_OF_ZERO]!;
}

function scaleByPowerOfTwo(value: number, exponent: number): number {
  if (exponent > 1022) return value * powerOfTwo(exponent - 1) * 2;
  if (exponent < -1021) return value * powerOfTwo(exponent + 1000) * TWO_TO_MINUS_1000;
  return value * powerOfTwo(exponent);
}

/** (e^x - 1 - x) / x^2 for |x| < 0.17. */
function expm1Tail(x: number): number {
  return (
    1 / 2 +
    x *
      (1 / 6 +
        x *
          (1 / 24 +
            x * (1 / 120 + x * (1 / 720 + x * (1 / 5040 + x * (1 / 40320 + x * (1 / 362880 + x * (1 / 3628800 + x * (1 / 39916800)))))))))
  );
}

/** log(1 + f) for |f| <= 1/16: with s = f / (2 + f), log(1 + f) = 2 atanh(s) and 2 s = f - s f. */
function logNearOne(f: number): number {
  const s = f / (2 + f);
  const z = s * s;
  return f - s * (f - z * (2 / 3 + z * (2 / 5 + z * (2 / 7 + z * (2 / 9 + z * (2 / 11 + z * (2 / 13)))))));
}

/** log(x) + extra, for positive finite x and |extra| below an ulp of x over x. */
function logAwayFromOne(x: number, extra: number): number {
  const isSubnormal = x < SMALLEST_NORMAL;
  const scaled = isSubnormal ? x * TWO_TO_54 : x;
  SCRATCH[0] = scaled;
  let exponent = (SCRATCH_WORDS[HIGH_WORD]! >>> 20) - 1023;
  let m = scaled * POWERS_OF_TWO[POWER_OF_ZERO - exponent]!;
  if (isSubnormal) exponent -= 54;
  if (m > SQRT_TWO) {
    m *= 0.5;
    exponent += 1;
  }
  const j = (m * LOG_STEPS + 0.5) | 0;
  const centre = j / LOG_STEPS;
  const s = (m - centre) / (m + centre);
  const z = s * s;
  const high = exponent * LN2_HIGH + LOG_HIGH[j]!;
  return high + (2 * s + (exponent * LN2_LOW + LOG_LOW[j]! + extra + s * z * (2 / 3 + z * (2 / 5 + z * (2 / 7)))));
}

/** e^(y log x) for x > 0, the logarithm and the product carried in two doubles. */
function powerOfPositive(x: number, y: number): number {
  if (x === 1) return 1;
  const isSubnormal = x < SMALLEST_NORMAL;
  const scaled = isSubnormal ? x * TWO_TO_54 : x;
  SCRATCH[0] = scaled;
  let exponent = (SCRATCH_WORDS[HIGH_WORD]! >>> 20) - 1023;
  let m = scaled * POWERS_OF_TWO[POWER_OF_ZERO - exponent]!;
  if (isSubnormal) exponent -= 54;
  if (m > SQRT_TWO) {
    m *= 0.5;
    exponent += 1;
  }
  const j = (m * LOG_STEPS + 0.5) | 0;
  const centre = j / LOG_STEPS;
  const f = m - centre;
  const sum = m + centre;
  const sumLow = m < centre ? m - (sum - centre) : centre - (sum - m);
  const s = f / sum;
  const sLow = (f - s * sum - productError(s, sum) - s * sumLow) / sum;
  const z = s * s;

  const base = exponent * LN2_HIGH + LOG_HIGH[j]!;
  const twice = 2 * s;
  const a = base + twice;
  const b = base === 0 ? 0 : twice - (a - base);
  const rest = b + (2 * sLow + (exponent * LN2_LOW + LOG_LOW[j]! + s * z * (2 / 3 + z * (2 / 5 + z * (2 / 7)))));
  const logHigh = a + rest;
  const logLow = rest - (logHigh - a);

  const rough = y * logHigh;
  if (rough > 710) return Infinity;
  if (rough < -746) return 0;
  if (Math.abs(rough) < 1e-17) return 1 + rough;
  const low = productError(y, logHigh) + y * logLow;
  const main = rough + low;
  return expOfSum(main, low - (main - rough));
}

/** e^(x + tiny) where tiny is below an ulp of x. */
function expOfSum(x: number, tiny: number): number {
  const n = x * STEPS_PER_UNIT + ROUND_TO_INTEGER - ROUND_TO_INTEGER;
  const r = x - n * STEP_HIGH - (n * STEP_LOW - tiny);
  const p = r + r * r * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720)))));
  const j = n & (EXP_STEPS - 1);
  const high = EXP_HIGH[j]!;
  return scaleByPowerOfTwo(high + (EXP_LOW[j]! + high * p), n >> 5);
}

/** a * b - fl(a * b) by Dekker's splitting; huge factors are scaled so that the split does not overflow. */
function productError(a: number, b: number): number {
  if (Math.abs(a) > 1e290) return productError(a * TWO_TO_MINUS_54, b) * TWO_TO_54;
  const scaledA = a * DEKKER;
  const aHigh = scaledA - (scaledA - a);
  const aLow = a - aHigh;
  const scaledB = b * DEKKER;
  const bHigh = scaledB - (scaledB - b);
  const bLow = b - bHigh;
  return aLow * bLow - (a * b - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}

function sineCore(x: number, low: number): number {
  const z = x * x;
  const tail =
    -1 / 6 +
    z *
      (1 / 120 +
        z *
          (-1 / 5040 +
            z * (1 / 362880 + z * (-1 / 39916800 + z * (1 / 6227020800 + z * (-1 / 1307674368000 + z * (1 / 355687428096000)))))));
  return x + (x * z * tail + low * (1 - 0.5 * z));
}

function cosineCore(x: number, low: number): number {
  const z = x * x;
  const tail =
    1 / 24 +
    z * (-1 / 720 + z * (1 / 40320 + z * (-1 / 3628800 + z * (1 / 479001600 + z * (-1 / 87178291200 + z * (1 / 20922789888000))))));
  const half = 0.5 * z;
  const main = 1 - half;
  return main + (1 - main - half + (z * z * tail - x * low));
}

/**
 * Constants and tables of the elementary functions, worked out at load in integer arithmetic (192 fractional bits),
 * so that no digit has to be trusted and every engine gets the same bits.
 */

const FRACTION_BITS = 192n;
const ONE = 1n << FRACTION_BITS;
/** Exponent of the smallest positive double. */
export const LEAST_EXPONENT = -1074;

/** A real number as an unevaluated sum of two doubles; `high` alone is the number to about `highBits` bits. */
export interface SplitNumber {
  readonly high: number;
  readonly low: number;
}

/** ln(numerator / denominator) = 2 atanh((n - d) / (n + d)), split. */
export function splitLogarithm(numerator: number, denominator: number, fractionalBitsOfHigh: number): SplitNumber {
  return split(logarithm(BigInt(numerator), BigInt(denominator)), fractionalBitsOfHigh);
}

/** 2^(numerator / denominator), split; `high` is the nearest double. */
export function splitPowerOfTwo(numerator: number, denominator: number): SplitNumber {
  const exponent = (logarithm(2n, 1n) * BigInt(numerator)) / BigInt(denominator);
  return split(exponential(exponent), 52);
}

/** 2^-1074 ... 2^1023: a look-up is faster than writing an exponent field and reading it back. */
export function powersOfTwo(): Float64Array {
  const powers = new Float64Array(1024 - LEAST_EXPONENT);
  powers[0] = 5e-324;
  for (let i = 1; i < powers.length; i += 1) powers[i] = 2 * powers[i - 1]!;
  return powers;
}

/** pi * 2^bits, truncated, by Machin's formula. */
export function scaledPi(bits: number): bigint {
  const guard = 32n;
  const one = 1n << (BigInt(bits) + guard);
  return (4n * (4n * arctangentOfReciprocal(5n, one) - arctangentOfReciprocal(239n, one))) >> guard;
}

function logarithm(numerator: bigint, denominator: bigint): bigint {
  const ratio = ((numerator - denominator) * ONE) / (numerator + denominator);
  const square = (ratio * ratio) / ONE;
  let sum = 0n;
  let power = ratio;
  for (let odd = 1n; power !== 0n; odd += 2n) {
    sum += power / odd;
    power = (power * square) / ONE;
  }
  return 2n * sum;
}

function exponential(x: bigint): bigint {
  let sum = ONE;
  let term = ONE;
  for (let n = 1n; term !== 0n; n += 1n) {
    term = (term * x) / (ONE * n);
    sum += term;
  }
  return sum;
}

function arctangentOfReciprocal(divisor: bigint, one: bigint): bigint {
  let power = one / divisor;
  let sum = power;
  for (let odd = 3n, sign = -1n; power !== 0n; odd += 2n, sign = -sign) {
    power /= divisor * divisor;
    sum += (sign * power) / odd;
  }
  return sum;
}

function split(fixedPoint: bigint, fractionalBitsOfHigh: number): SplitNumber {
  const drop = FRACTION_BITS - BigInt(fractionalBitsOfHigh);
  const rounded = ((fixedPoint + (1n << (drop - 1n))) >> drop) << drop;
  return { high: fixedToDouble(rounded), low: fixedToDouble(fixedPoint - rounded) };
}

/** Exact scaling by 2^-192 after one correct rounding of the integer. */
function fixedToDouble(fixedPoint: bigint): number {
  let scaled = Number(fixedPoint);
  for (let i = 0; i < 6; i += 1) scaled /= 4294967296;
  return scaled;
}

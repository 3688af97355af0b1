/**
 * mantissa * 2^exponent: sums of doubles and of their products, kept without any rounding, so that neither the order of the terms
 * nor how they are split over several sums changes a bit. `add...` and `mergeExact` change the sum that they are given.
 */
import { bitLength, fractionToNumber } from './exact-fraction.ts';
import { inputError } from '../contracts/input-error.ts';

export type ExactSum = { mantissa: bigint; exponent: number };

export function exactZero(): ExactSum {
  return { mantissa: 0n, exponent: 0 };
}

/** @throws RangeError where the value is not finite, as do all that take doubles. */
export function exactOf(value: number): ExactSum {
  const sum = exactZero();
  addNumber(sum, value);
  return sum;
}

export function addNumber(sum: ExactSum, value: number): void {
  if (value === 0) return;
  const mantissa = mantissaOf(value);
  addTerm(sum, mantissa, exponentFound);
}

export function addProduct(sum: ExactSum, a: number, b: number): void {
  const left = mantissaOf(a);
  const exponent = exponentFound;
  addTerm(sum, left * mantissaOf(b), exponent + exponentFound);
}

/** Adds value to the first sum, its square to the second. */
export function addWithSquare(first: ExactSum, second: ExactSum, value: number): void {
  if (value === 0) return;
  const mantissa = mantissaOf(value);
  const exponent = exponentFound;
  addTerm(first, mantissa, exponent);
  addTerm(second, mantissa * mantissa, 2 * exponent);
}

/** Adds the square of value to the first sum, its fourth power to the second. */
export function addEvenPowers(second: ExactSum, fourth: ExactSum, value: number): void {
  if (value === 0) return;
  const mantissa = mantissaOf(value);
  const exponent = exponentFound;
  const square = mantissa * mantissa;
  addTerm(second, square, 2 * exponent);
  addTerm(fourth, square * square, 4 * exponent);
}

export function mergeExact(into: ExactSum, from: ExactSum): void {
  addTerm(into, from.mantissa, from.exponent);
}

export function exactProduct(a: ExactSum, b: ExactSum): ExactSum {
  return { mantissa: a.mantissa * b.mantissa, exponent: a.exponent + b.exponent };
}

export function exactDifference(a: ExactSum, b: ExactSum): ExactSum {
  const result = { ...a };
  addTerm(result, -b.mantissa, b.exponent);
  return result;
}

/** The sum times a whole number. */
export function exactTimes(a: ExactSum, count: bigint): ExactSum {
  return { mantissa: a.mantissa * count, exponent: a.exponent };
}

/** The double nearest to the sum, halves to even; an infinity beyond the largest double. */
export function exactToNumber(sum: ExactSum): number {
  return exactQuotient(sum, 1n);
}

/** The double nearest to the sum over a whole number above 0, rounded once; an infinity beyond the largest double. */
export function exactQuotient({ mantissa, exponent }: ExactSum, divisor: bigint): number {
  if (exponent >= 0) return fractionToNumber({ numerator: mantissa << BigInt(exponent), denominator: divisor });
  return fractionToNumber({ numerator: mantissa, denominator: divisor << BigInt(-exponent) });
}

/** '-1fp-4' is -31/16: hexadecimal digits times a power of two, the digits odd, so that the same value has the same text; '0' of nothing. */
export function exactText({ mantissa, exponent }: ExactSum): string {
  if (mantissa === 0n) return '0';
  const zeros = bitLength(mantissa & -mantissa) - 1;
  return `${(mantissa >> BigInt(zeros)).toString(16)}p${exponent + zeros}`;
}

const pattern = /^(-?)([0-9a-f]{1,3000})p(-?\d{1,4})$/;

/** @throws InputError where the text is none that `exactText` writes. */
export function readExact(text: unknown, path = ''): ExactSum {
  if (text === '0') return exactZero();
  const found = typeof text === 'string' ? pattern.exec(text) : null;
  if (found === null) throw inputError(path, "must be an exact sum such as '1fp-4'; take the file as it was written", text);
  const magnitude = BigInt(`0x${found[2] as string}`);
  return { mantissa: found[1] === '-' ? -magnitude : magnitude, exponent: Number(found[3]) };
}

const scratch = new Float64Array(1);
const words = new Uint32Array(scratch.buffer);
const highWord = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0;
/** Of the double that `mantissaOf` took apart last: returned aside, since a pair would be allocated at every term. */
let exponentFound = 0;

function mantissaOf(value: number): bigint {
  if (!Number.isFinite(value)) throw new RangeError(`Only finite numbers can be summed exactly (found ${value})`);
  scratch[0] = value;
  const high = words[highWord] as number;
  const low = words[1 - highWord] as number;
  const biased = (high >>> 20) & 0x7ff;
  const whole = (biased === 0 ? high & 0xfffff : (high & 0xfffff) | 0x100000) * 0x100000000 + low;
  exponentFound = (biased === 0 ? 1 : biased) - 1075;
  return BigInt(value < 0 ? -whole : whole);
}

function addTerm(sum: ExactSum, mantissa: bigint, exponent: number): void {
  if (mantissa === 0n) return;
  const shift = exponent - sum.exponent;
  if (shift === 0) {
    sum.mantissa += mantissa;
  } else if (sum.mantissa === 0n) {
    sum.mantissa = mantissa;
    sum.exponent = exponent;
  } else if (shift > 0) {
    sum.mantissa += mantissa << BigInt(shift);
  } else {
    sum.mantissa = (sum.mantissa << BigInt(-shift)) + mantissa;
    sum.exponent = exponent;
  }
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../../../src/core/contracts/input-error.ts';
import {
  addEvenPowers,
  addNumber,
  addProduct,
  addWithSquare,
  exactDifference,
  exactOf,
  exactProduct,
  exactQuotient,
  exactText,
  exactTimes,
  exactToNumber,
  exactZero,
  mergeExact,
  readExact,
  type ExactSum,
} from '../../../../src/core/numeric/exact-sum.ts';

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const ordinary = fc.double({ noNaN: true, min: -1e6, max: 1e6 });
const several = fc.array(fc.oneof(finite, ordinary), { maxLength: 30 });
const UNIT = 1074n;

/** Every finite double is a whole number of 2^-1074: by doubling it until it is whole, without a look at its bits. */
function units(value: number): bigint {
  let [scaled, doublings] = [value, 0n];
  while (!Number.isInteger(scaled)) [scaled, doublings] = [scaled * 2, doublings + 1n];
  return BigInt(scaled) << (UNIT - doublings);
}

function bitsOf(value: number): bigint {
  return new BigUint64Array(new Float64Array([value]).buffer)[0]!;
}

/** The doubles next to a finite one. */
function neighbours(value: number): readonly number[] {
  const bits = bitsOf(Math.abs(value));
  const above = new Float64Array(new BigUint64Array([bits + 1n]).buffer)[0]!;
  if (value === 0) return [-above, above];
  const below = new Float64Array(new BigUint64Array([bits - 1n]).buffer)[0]!;
  return [Math.sign(value) * below, Math.sign(value) * above];
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

/** `rounded` is the double nearest to numerator / divisor units, halves to even. */
function expectNearest(rounded: number, numerator: bigint, divisor: bigint): void {
  const largest = units(Number.MAX_VALUE);
  const limit = (largest + (1n << (UNIT + 970n))) * divisor;
  if (magnitude(numerator) >= limit) return expect(rounded).toBe(numerator > 0n ? Infinity : -Infinity);
  expect(Number.isFinite(rounded)).toBe(true);
  const distance = magnitude(numerator - units(rounded) * divisor);
  for (const other of neighbours(rounded)) {
    if (!Number.isFinite(other)) continue;
    const there = magnitude(numerator - units(other) * divisor);
    expect(distance <= there, `${rounded} is no farther than ${other}`).toBe(true);
    if (distance === there) expect(bitsOf(rounded) & 1n).toBe(0n);
  }
}

function sumOf(values: readonly number[]): ExactSum {
  const sum = exactZero();
  for (const value of values) addNumber(sum, value);
  return sum;
}

describe('an exact sum', () => {
  it('keeps what doubles lose', () => {
    expect(exactToNumber(sumOf([1e308, 1, -1e308]))).toBe(1);
    expect(exactToNumber(sumOf([1e16, 1, 1, -1e16]))).toBe(2);
    expect(exactToNumber(sumOf([Number.MIN_VALUE, 1e300, Number.MIN_VALUE, -1e300]))).toBe(2 * Number.MIN_VALUE);
    expect(exactToNumber(sumOf(Array<number>(10).fill(0.1)))).toBe(1);
  });

  it('is that of whole multiples of the smallest double, rounded once', () => {
    fc.assert(
      fc.property(several, (values) => {
        const expected = values.reduce((sum, value) => sum + units(value), 0n);
        expectNearest(exactToNumber(sumOf(values)), expected, 1n);
      }),
    );
  });

  it('rounds halves to even, at the largest double and among the subnormals too', () => {
    expect(exactToNumber(sumOf([1, 2 ** -53]))).toBe(1);
    expect(exactToNumber(sumOf([1 + 2 ** -52, 2 ** -53]))).toBe(1 + 2 ** -51);
    expect(exactToNumber(sumOf([1, 2 ** -53, Number.MIN_VALUE]))).toBe(1 + 2 ** -52);
    expect(exactToNumber(sumOf([Number.MAX_VALUE, 2 ** 969]))).toBe(Number.MAX_VALUE);
    expect(exactToNumber(sumOf([Number.MAX_VALUE, 2 ** 970]))).toBe(Infinity);
    expect(exactToNumber(sumOf([-Number.MAX_VALUE, -Number.MAX_VALUE]))).toBe(-Infinity);
    expect(exactQuotient(exactOf(3 * Number.MIN_VALUE), 2n)).toBe(2 * Number.MIN_VALUE);
    expect(exactQuotient(exactOf(Number.MIN_VALUE), 2n)).toBe(0);
  });

  it('is the same text however the terms are split and in whatever order', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.oneof(finite, ordinary), fc.nat(3), fc.nat())), fc.boolean(), (terms, backwards) => {
        const whole = sumOf(terms.map(([value]) => value));
        const parts = Array.from({ length: 4 }, exactZero);
        for (const [value, part] of [...terms].sort((a, b) => a[2] - b[2])) addNumber(parts[part]!, value);
        const merged = exactZero();
        for (const part of backwards ? parts.reverse() : parts) mergeExact(merged, part);
        expect(exactText(merged)).toBe(exactText(whole));
        expect(exactToNumber(merged)).toBe(exactToNumber(whole));
      }),
    );
  });

  it('divides by a whole number with one rounding', () => {
    fc.assert(
      fc.property(several, fc.bigInt({ min: 1n, max: 10n ** 12n }), (values, divisor) => {
        const expected = values.reduce((sum, value) => sum + units(value), 0n);
        expectNearest(exactQuotient(sumOf(values), divisor), expected, divisor);
      }),
    );
  });
});

describe('exact powers and products', () => {
  const scaled = (power: bigint, total: bigint) => ({ top: total, bottom: 1n << (UNIT * (power - 1n)) });

  it('squares and fourth powers are exact', () => {
    fc.assert(
      fc.property(several, (values) => {
        const [first, second, again, fourth] = [exactZero(), exactZero(), exactZero(), exactZero()];
        for (const value of values) {
          addWithSquare(first, second, value);
          addEvenPowers(again, fourth, value);
        }
        const power = (exponent: bigint) => values.reduce((sum, value) => sum + units(value) ** exponent, 0n);
        expect(exactText(first)).toBe(exactText(sumOf(values)));
        expect(exactText(again)).toBe(exactText(second));
        const [squares, fourths] = [scaled(2n, power(2n)), scaled(4n, power(4n))];
        expectNearest(exactToNumber(second), squares.top, squares.bottom);
        expectNearest(exactToNumber(fourth), fourths.top, fourths.bottom);
      }),
    );
  });

  it('products of two doubles are exact', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(finite, finite), { maxLength: 20 }), (pairs) => {
        const sum = exactZero();
        for (const [a, b] of pairs) addProduct(sum, a, b);
        const { top, bottom } = scaled(
          2n,
          pairs.reduce((total, [a, b]) => total + units(a) * units(b), 0n),
        );
        expectNearest(exactToNumber(sum), top, bottom);
      }),
    );
  });

  it('n sum x^2 - (sum x)^2 of values far from zero does not cancel', () => {
    const values = [1e9 + 0.25, 1e9 - 0.25, 1e9 + 0.5, 1e9 - 0.5];
    const [first, second] = [exactZero(), exactZero()];
    for (const value of values) addWithSquare(first, second, value);
    const spread = exactDifference(exactTimes(second, 4n), exactProduct(first, first));
    // 4 times the sum of squared deviations, 0.0625 + 0.0625 + 0.25 + 0.25.
    expect(exactToNumber(spread)).toBe(2.5);
    expect(exactToNumber(first)).toBe(4e9);
  });
});

describe('the text of an exact sum', () => {
  it('is odd hexadecimal digits and a power of two', () => {
    expect(exactText(exactOf(0))).toBe('0');
    expect(exactText(exactOf(-0))).toBe('0');
    expect(exactText(exactOf(-31 / 16))).toBe('-1fp-4');
    expect(exactText(exactOf(40))).toBe('5p3');
    expect(exactText(exactOf(Number.MIN_VALUE))).toBe('1p-1074');
    expect(exactText(sumOf([0.1, -0.1]))).toBe('0');
  });

  it('reads back as the same sum', () => {
    fc.assert(
      fc.property(several, (values) => {
        const second = exactZero();
        const fourth = exactZero();
        for (const value of values) addEvenPowers(second, fourth, value);
        for (const sum of [sumOf(values), second, fourth]) expect(exactText(readExact(exactText(sum)))).toBe(exactText(sum));
      }),
    );
  });

  it.each([undefined, null, 3, '', 'p3', '1p', '1p99999', 'xp3', '1.5p2', '-0', `${'f'.repeat(4000)}p0`])('refuses %j', (text) => {
    expect(() => readExact(text, 'sums.error')).toThrow(InputError);
    expect(() => readExact(text, 'sums.error')).toThrow(/^sums\.error: must be an exact sum/);
  });
});

it.each([NaN, Infinity, -Infinity])('refuses to sum %d', (value) => {
  for (const add of [addNumber, (sum: ExactSum) => addProduct(sum, 1, value), (sum: ExactSum) => addWithSquare(sum, exactZero(), value)])
    expect(() => add(exactZero(), value)).toThrow(RangeError);
  expect(() => addEvenPowers(exactZero(), exactZero(), value)).toThrow('Only finite numbers');
  expect(() => exactOf(value)).toThrow('Only finite numbers');
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bitLength,
  compareFractions,
  dotFractions,
  fraction,
  fractionOf,
  fractionText,
  fractionToNumber,
  minus,
  over,
  plus,
  times,
} from '../../../../src/core/numeric/exact-fraction.ts';

fc.configureGlobal({ seed: 7 });

const integers = fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n });
const fractions = fc.tuple(integers, fc.bigInt({ min: 1n, max: 10n ** 40n })).map(([n, d]) => fraction(n, d));

/** Every double is a fraction exactly, by its bits. */
function bitsOf(value: number): { readonly n: bigint; readonly d: bigint } {
  let [n, d] = [value, 0];
  while (!Number.isInteger(n)) [n, d] = [n * 2, d + 1];
  return { n: BigInt(n), d: 1n << BigInt(d) };
}

/** Distance |n/d - value| as a fraction of two whole numbers. */
function distance({ numerator, denominator }: { numerator: bigint; denominator: bigint }, value: number) {
  const { n, d } = bitsOf(value);
  const difference = numerator * d - n * denominator;
  return { n: difference < 0n ? -difference : difference, d: denominator * d };
}

function next(value: number, up: boolean): number {
  if (value === 0) return up ? Number.MIN_VALUE : -Number.MIN_VALUE;
  const bits = new BigInt64Array([0n]);
  const double = new Float64Array(bits.buffer);
  double[0] = value;
  bits[0] = (bits[0] as bigint) + (value > 0 === up ? 1n : -1n);
  return double[0];
}

describe('exact fractions', () => {
  it('are in lowest terms with a denominator above 0', () => {
    expect(fraction(6n, -4n)).toEqual({ numerator: -3n, denominator: 2n });
    expect(fraction(0n, -7n)).toEqual({ numerator: 0n, denominator: 1n });
    expect(() => fraction(1n, 0n)).toThrow(RangeError);
  });

  it('read a double as the decimal it is written as', () => {
    expect(plus(fractionOf(0.1), fractionOf(0.2))).toEqual(fractionOf(0.3));
    expect(fractionOf(-1.5e-7)).toEqual({ numerator: -3n, denominator: 20_000_000n });
    expect(fractionOf(1e21)).toEqual({ numerator: 10n ** 21n, denominator: 1n });
    expect(fractionText(fractionOf(-0.75))).toBe('-3/4');
    expect(fractionText(fractionOf(12))).toBe('12');
  });

  it('form a field', () => {
    fc.assert(
      fc.property(fractions, fractions, fractions, (a, b, c) => {
        expect(plus(a, b)).toEqual(plus(b, a));
        expect(minus(plus(a, b), b)).toEqual(a);
        expect(times(a, plus(b, c))).toEqual(plus(times(a, b), times(a, c)));
        if (b.numerator !== 0n) expect(times(over(a, b), b)).toEqual(a);
        expect(dotFractions([a, b], [c, c])).toEqual(times(plus(a, b), c));
        expect(compareFractions(a, b)).toBe(compareFractions(minus(a, b), fraction(0n)));
      }),
    );
  });

  it('round to the nearest double, halves to even', () => {
    expect(distance(fraction(0n), next(0, true))).toEqual({ n: 1n, d: 1n << 1074n });
    expect(fractionToNumber(fraction(1n, 3n))).toBe(1 / 3);
    expect(fractionToNumber(fraction(-2n, 3n))).toBe(-2 / 3);
    // 1 + 2^-53 lies halfway: the even neighbour is 1; one part in 2^200 more goes up.
    expect(fractionToNumber(fraction((1n << 53n) + 1n, 1n << 53n))).toBe(1);
    expect(fractionToNumber(fraction((1n << 253n) + (1n << 200n) + 1n, 1n << 253n))).toBe(1 + Number.EPSILON);
    fc.assert(
      fc.property(fractions, (a) => {
        const value = fractionToNumber(a);
        const own = distance(a, value);
        for (const up of [true, false]) {
          const other = distance(a, next(value, up));
          expect(own.n * other.d <= other.n * own.d).toBe(true);
        }
      }),
    );
  });

  it('give back every double, the smallest and the largest among them', () => {
    const doubles = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.constantFrom(5e-324, 2.2250738585072014e-308, 1.7976931348623157e308),
    );
    fc.assert(fc.property(doubles, (value) => fractionToNumber(fractionOf(value)) === (value === 0 ? 0 : value)));
    expect(fractionToNumber(fraction(1n, 10n ** 400n))).toBe(0);
    expect(fractionToNumber(fraction(10n ** 400n + 1n, 3n))).toBe(Infinity);
    // Half of the smallest double ties with 0, which is even; a little more does not.
    expect(fractionToNumber(fraction(1n, 1n << 1075n))).toBe(0);
    expect(fractionToNumber(fraction(3n, 1n << 1076n))).toBe(5e-324);
    expect(fractionToNumber(fraction(3n, 1n << 1075n))).toBe(1e-323);
  });

  it('knows the length of a number in bits', () => {
    fc.assert(fc.property(fc.bigInt({ min: 1n, max: 10n ** 60n }), (value) => bitLength(value) === value.toString(2).length));
  });
});

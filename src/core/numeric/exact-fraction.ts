/**
 * numerator / denominator in lowest terms, the denominator above 0: arithmetic without rounding, for answers that have to be
 * provably right. A double stands for its shortest decimal, which is what a person typed: 0.1 is one tenth.
 */
export type Fraction = { readonly numerator: bigint; readonly denominator: bigint };

/** The fraction numerator / denominator, e.g. `fraction(6n, -4n)` is -3/2. @throws RangeError where the denominator is 0. */
export function fraction(numerator: bigint, denominator = 1n): Fraction {
  if (denominator === 1n) return { numerator, denominator };
  if (denominator === 0n) throw new RangeError('A fraction needs a denominator other than 0');
  const common = greatestCommonDivisor(numerator, denominator) * (denominator < 0n ? -1n : 1n);
  return { numerator: numerator / common, denominator: denominator / common };
}

export const zeroFraction: Fraction = { numerator: 0n, denominator: 1n };
export const oneFraction: Fraction = { numerator: 1n, denominator: 1n };

/** digits * 10^exponent. */
export function fractionOfDecimal({ digits, exponent }: { readonly digits: bigint; readonly exponent: number }): Fraction {
  return exponent >= 0 ? fraction(digits * powerOfTen(exponent)) : fraction(digits, powerOfTen(-exponent));
}

/** The shortest decimal of a finite double. */
export function fractionOf(value: number): Fraction {
  const [mantissa = '0', power = '0'] = String(value).split('e');
  const [whole = '0', decimals = ''] = mantissa.split('.');
  return fractionOfDecimal({ digits: BigInt(whole + decimals), exponent: Number(power) - decimals.length });
}

export function plus(a: Fraction, b: Fraction): Fraction {
  if (a.denominator === b.denominator) return fraction(a.numerator + b.numerator, a.denominator);
  return fraction(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
}

export function minus(a: Fraction, b: Fraction): Fraction {
  return plus(a, negative(b));
}

export function times(a: Fraction, b: Fraction): Fraction {
  return fraction(a.numerator * b.numerator, a.denominator * b.denominator);
}

/** @throws RangeError where b is 0. */
export function over(a: Fraction, b: Fraction): Fraction {
  return fraction(a.numerator * b.denominator, a.denominator * b.numerator);
}

export function negative(a: Fraction): Fraction {
  return { numerator: -a.numerator, denominator: a.denominator };
}

/** -1, 0 or 1 as a is below, equal to or above b. */
export function compareFractions(a: Fraction, b: Fraction): -1 | 0 | 1 {
  const left = a.numerator * b.denominator;
  const right = b.numerator * a.denominator;
  return left < right ? -1 : left > right ? 1 : 0;
}

export function largerFraction(a: Fraction, b: Fraction): Fraction {
  return compareFractions(a, b) >= 0 ? a : b;
}

export function smallerFraction(a: Fraction, b: Fraction): Fraction {
  return compareFractions(a, b) <= 0 ? a : b;
}

export function sameFraction(a: Fraction, b: Fraction): boolean {
  return a.numerator === b.numerator && a.denominator === b.denominator;
}

/** Sum of a_i b_i over two lists of the same length. */
export function dotFractions(a: readonly Fraction[], b: readonly Fraction[]): Fraction {
  let [numerator, denominator] = [0n, 1n];
  a.forEach((left, i) => {
    const right = b[i] as Fraction;
    if (left.numerator === 0n || right.numerator === 0n) return;
    const top = left.numerator * right.numerator;
    const bottom = left.denominator * right.denominator;
    // In lowest terms only at the end; denominators are mostly powers of ten, of which one divides the other.
    if (bottom === denominator) numerator += top;
    else if (denominator % bottom === 0n) numerator += top * (denominator / bottom);
    else if (bottom % denominator === 0n) [numerator, denominator] = [numerator * (bottom / denominator) + top, bottom];
    else [numerator, denominator] = [numerator * bottom + top * denominator, denominator * bottom];
  });
  return fraction(numerator, denominator);
}

/** As people write it: 2/3, -5. */
export function fractionText({ numerator, denominator }: Fraction): string {
  return denominator === 1n ? String(numerator) : `${numerator}/${denominator}`;
}

/** The double nearest to the fraction, halves to even; an infinity beyond the largest double. */
export function fractionToNumber({ numerator, denominator }: Fraction): number {
  if (denominator === 1n) return Number(numerator);
  if (numerator < 0n) return -fractionToNumber({ numerator: -numerator, denominator });
  const shift = bitsKept - (bitLength(numerator) - bitLength(denominator));
  if (shift > largestShift) return Number(roundedToEven(numerator << smallestExponent, denominator)) * Number.MIN_VALUE;
  const [top, bottom] = shift >= 0 ? [numerator << BigInt(shift), denominator] : [numerator, denominator << BigInt(-shift)];
  const quotient = top / bottom;
  // A last bit for what is left makes Number() round the quotient the way the fraction itself would round.
  return scaled(Number(quotient * bottom === top ? quotient : quotient | 1n), -shift);
}

/** More than the 53 of a double by enough that the last one can stand for all that follow. */
const bitsKept = 64;
/** From here on the result may lie below 2^-1022, where doubles have fewer bits. */
const largestShift = 1022 + bitsKept - 1;
const smallestExponent = 1074n;

function roundedToEven(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  const twice = 2n * (numerator - quotient * denominator);
  return twice > denominator || (twice === denominator && quotient % 2n === 1n) ? quotient + 1n : quotient;
}

/** value * 2^power in two steps, since 2^power alone may be out of range. */
function scaled(value: number, power: number): number {
  const half = Math.trunc(power / 2);
  return value * powerOfTwo(half) * powerOfTwo(power - half);
}

function powerOfTwo(power: number): number {
  return power >= 0 ? Number(1n << BigInt(power)) : 1 / Number(1n << BigInt(-power));
}

export function bitLength(positive: bigint): number {
  const hexadecimal = positive.toString(16);
  return 4 * (hexadecimal.length - 1) + (32 - Math.clz32(Number(`0x${hexadecimal.charAt(0)}`)));
}

export function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** The least number that all denominators divide. */
export function commonDenominator(list: readonly Fraction[]): bigint {
  return list.reduce(
    (common, { denominator }) =>
      common % denominator === 0n ? common : (common / greatestCommonDivisor(common, denominator)) * denominator,
    1n,
  );
}

function powerOfTen(power: number): bigint {
  return BigInt(`1${'0'.repeat(power)}`);
}

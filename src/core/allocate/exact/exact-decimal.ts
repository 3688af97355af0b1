/**
 * digits * 10^exponent, exactly. A double stands for its shortest decimal, which is what a person typed or a page shows:
 * 0.1 is one tenth, so that 0.1 + 0.2 is 0.3. `digits` has no trailing zeros; zero has exponent 0.
 */
export type Decimal = { readonly digits: bigint; readonly exponent: number };

export const zero: Decimal = { digits: 0n, exponent: 0 };

/** The shortest decimal of a finite double. */
export function decimal(value: number): Decimal {
  const [mantissa = '0', power = '0'] = String(value).split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  return normal(BigInt(whole + fraction), Number(power) - fraction.length);
}

export function add(a: Decimal, b: Decimal): Decimal {
  const exponent = Math.min(a.exponent, b.exponent);
  return normal(unitsOf(a, exponent, 'nearest') + unitsOf(b, exponent, 'nearest'), exponent);
}

export function subtract(a: Decimal, b: Decimal): Decimal {
  return add(a, { digits: -b.digits, exponent: b.exponent });
}

export function multiply(a: Decimal, b: Decimal): Decimal {
  return normal(a.digits * b.digits, a.exponent + b.exponent);
}

/** How many units of 10^exponent the value is; `nearest` rounds halves away from zero. */
export function unitsOf(value: Decimal, exponent: number, rounding: 'nearest' | 'down' | 'up'): bigint {
  const shift = value.exponent - exponent;
  if (shift >= 0) return value.digits * powerOfTen(shift);
  const unit = powerOfTen(-shift);
  const { digits } = value;
  if (rounding === 'nearest') return digits < 0n ? -((-digits + unit / 2n) / unit) : (digits + unit / 2n) / unit;
  const towardsZero = digits / unit;
  if (towardsZero * unit === digits) return towardsZero;
  if (rounding === 'down') return digits < 0n ? towardsZero - 1n : towardsZero;
  return digits < 0n ? towardsZero : towardsZero + 1n;
}

/** The double nearest to units * 10^exponent. */
export function toNumber(units: bigint | number, exponent: number): number {
  return Number(`${units}e${exponent}`);
}

export function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

/** 10^power as a whole number; power >= 0. */
export function powerOfTen(power: number): bigint {
  return BigInt(`1${'0'.repeat(power)}`);
}

function normal(digits: bigint, exponent: number): Decimal {
  if (digits === 0n) return zero;
  const text = String(digits);
  let zeros = 0;
  while (text.charCodeAt(text.length - 1 - zeros) === 48) zeros += 1;
  return zeros === 0 ? { digits, exponent } : { digits: BigInt(text.slice(0, text.length - zeros)), exponent: exponent + zeros };
}

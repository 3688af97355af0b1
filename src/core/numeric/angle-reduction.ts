import { LEAST_EXPONENT, powersOfTwo, scaledPi } from './exact-constants.ts';

const ROUND_TO_INTEGER = 6755399441055744;
const TWO_TO_54 = 18014398509481984;
const TWO_TO_MINUS_200 = powersOfTwo()[-200 - LEAST_EXPONENT]!;
const TWO_TO_MINUS_256 = powersOfTwo()[-256 - LEAST_EXPONENT]!;
/** The reduced angle as two doubles; shared, so that no call allocates. */
export const ANGLE = new Float64Array(2);
const HALF_PI_BITS = 1300;
const HALF_PI = 1.5707963267948966;
const QUARTER_TURNS_PER_RADIAN = 1 / HALF_PI;
const [HALF_PI_1, HALF_PI_2, HALF_PI_3, HALF_PI_REST] = halfPiParts();
let longHalfPi: bigint | undefined;

/** Puts x mod pi/2, centred on 0, into ANGLE as two doubles, and returns the quadrant. */
export function reduceAngle(x: number): number {
  ANGLE[0] = x;
  ANGLE[1] = 0;
  const size = Math.abs(x);
  if (size < 0.7853981633974483) return 0;
  if (!(size < 1e5)) return size < Infinity ? reduceHugeAngle(x) : invalidAngle();
  const n = x * QUARTER_TURNS_PER_RADIAN + ROUND_TO_INTEGER - ROUND_TO_INTEGER;
  const first = x - n * HALF_PI_1;
  const second = n * HALF_PI_2;
  const high = first - second;
  ANGLE[0] = high;
  ANGLE[1] = first - high - second - n * HALF_PI_3 - n * HALF_PI_REST;
  return n & 3;
}

function invalidAngle(): number {
  ANGLE[0] = NaN;
  return 0;
}

/** Exact integer reduction: x = mantissa * 2^exponent against pi/2 to 1,300 bits. */
function reduceHugeAngle(x: number): number {
  longHalfPi ??= scaledPi(HALF_PI_BITS) >> 1n;
  const fixed = BigInt(Math.abs(x) >= TWO_TO_54 ? x : Math.trunc(x)) << BigInt(HALF_PI_BITS);
  const fraction = Math.abs(x) >= TWO_TO_54 ? 0 : x - Math.trunc(x);
  const total = fixed + (BigInt(fraction * TWO_TO_54) << BigInt(HALF_PI_BITS - 54));
  let turns = total / longHalfPi;
  let rest = total - turns * longHalfPi;
  while (2n * rest > longHalfPi) {
    rest -= longHalfPi;
    turns += 1n;
  }
  while (-2n * rest > longHalfPi) {
    rest += longHalfPi;
    turns -= 1n;
  }
  const kept = rest >> BigInt(HALF_PI_BITS - 200);
  const high = Number(kept);
  ANGLE[0] = high * TWO_TO_MINUS_200;
  ANGLE[1] = Number(kept - BigInt(high)) * TWO_TO_MINUS_200;
  return Number(((turns % 4n) + 4n) % 4n);
}

/** pi/2 as three parts of 33 bits, whose multiples by up to 2^20 are exact, and a rest. */
function halfPiParts(): readonly [number, number, number, number] {
  let rest = scaledPi(256) >> 1n;
  const take = (bits: bigint): number => {
    const drop = 257n - bits;
    const part = (rest >> drop) << drop;
    rest -= part;
    return Number(part) * TWO_TO_MINUS_256;
  };
  return [take(33n), take(66n), take(99n), take(257n)];
}

import { betaKernel, betaTails, logBeta } from './beta.ts';
import { exp, log } from './elementary.ts';
import { invertTail } from './invert-tail.ts';
import { normalCdf, normalQuantile, normalSurvival } from './normal.ts';

/** P(T <= t) for Student's t with df > 0 degrees of freedom (real; Infinity is the normal). Relative accuracy in the lower tail. */
export function studentTCdf(t: number, df: number): number {
  return studentTSurvival(-t, df);
}

/** P(T > t), with full relative accuracy in the upper tail. */
export function studentTSurvival(t: number, df: number): number {
  if (df === Infinity) return normalSurvival(t);
  const { outside } = split(t, df);
  return t > 0 ? outside / 2 : 1 - outside / 2;
}

/** P(|T| > |t|), the two-sided p value. */
export function studentTTwoSidedP(t: number, df: number): number {
  if (df === Infinity) return 2 * normalCdf(-Math.abs(t));
  return split(t, df).outside;
}

/** The t with P(T <= t) = p. -Infinity at 0, Infinity at 1, NaN outside. */
export function studentTQuantile(p: number, df: number): number {
  if (!(p > 0 && p < 1) || !(df > 0)) return !(df > 0) ? NaN : p === 0 ? -Infinity : p === 1 ? Infinity : NaN;
  if (df === Infinity) return normalQuantile(p);
  if (p === 0.5) return 0;
  const tail = p < 0.5 ? p : 1 - p;
  const size = tail < 0.25 ? fromTail(2 * tail, df) : fromCentre(p < 0.5 ? 1 - 2 * p : 2 * p - 1, df);
  return p < 0.5 ? -size : size;
}

/** P(|T| > |t|) and P(|T| <= |t|). */
function split(t: number, df: number): { outside: number; inside: number } {
  const size = Math.abs(t);
  if (!(df > 0) || t !== t) return { outside: NaN, inside: NaN };
  if (size === Infinity) return { outside: 0, inside: 1 };
  if (size > 1e150) {
    const outside = powerTail(size, df);
    return { outside, inside: 1 - outside };
  }
  const square = size * size;
  const total = df + square;
  const { lower, upper } = betaTails(df / 2, 0.5, df / total, square / total, (df * (1 - square)) / (2 * total));
  return { outside: lower, inside: upper };
}

/** |t| times the density of |T|, which is 2 y^(1/2) x^(df/2) / B. */
function kernel(size: number, df: number): number {
  const square = size * size;
  const total = df + square;
  return 2 * betaKernel(df / 2, 0.5, df / total, square / total, (df * (1 - square)) / (2 * total));
}

function fromTail(twoSided: number, df: number): number {
  const normal = -normalQuantile(twoSided / 2);
  const start = df > 2 ? normal * (1 + (normal * normal + 1) / (4 * df)) : normal;
  if (smallestTail(df) > twoSided) return exp((log(df) - (2 / df) * (log(twoSided) + log(df / 2) + logBeta(df / 2, 0.5))) / 2);
  return invertTail((t) => ({ tail: split(t, df).outside, kernel: kernel(t, df) }), twoSided, false, start);
}

function fromCentre(inside: number, df: number): number {
  const start = inside * 1.2533141373155003;
  return invertTail((t) => ({ tail: split(t, df).inside, kernel: kernel(t, df) }), inside, true, start);
}

/** Beyond this point the tail is a pure power of t to double precision. */
function smallestTail(df: number): number {
  return powerTail(1e12 * Math.sqrt(Math.max(df, 1)), df);
}

function powerTail(size: number, df: number): number {
  const a = df / 2;
  return exp(a * (log(df) - 2 * log(size)) - log(a) - logBeta(a, 0.5));
}

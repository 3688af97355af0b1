import { betaKernel, betaTails, logBeta } from './beta.ts';
import { chiSquareCdf, chiSquareQuantile, chiSquareSurvival, chiSquareSurvivalQuantile } from './chi-square.ts';
import { complement, type Tails } from './gamma.ts';
import { exp, log } from './elementary.ts';
import { invertTail } from './invert-tail.ts';

/** P(F <= f) for an F variable with df1 and df2 degrees of freedom (real, positive; Infinity for df2 is chi-square / df1). */
export function fCdf(f: number, df1: number, df2: number): number {
  return df2 === Infinity ? chiSquareCdf(f * df1, df1) : tails(f, df1, df2).lower;
}

/** P(F > f), with full relative accuracy in the upper tail. */
export function fSurvival(f: number, df1: number, df2: number): number {
  return df2 === Infinity ? chiSquareSurvival(f * df1, df1) : tails(f, df1, df2).upper;
}

/** The f with P(F <= f) = p. 0 at 0, Infinity at 1, NaN outside. */
export function fQuantile(p: number, df1: number, df2: number): number {
  if (df2 === Infinity) return chiSquareQuantile(p, df1) / df1;
  return p <= 0.5 ? quantile(p, df1, df2, true) : quantile(1 - p, df1, df2, false);
}

/** The f with P(F > f) = q, for upper tails too small to write as 1 - p. */
export function fSurvivalQuantile(q: number, df1: number, df2: number): number {
  if (df2 === Infinity) return chiSquareSurvivalQuantile(q, df1) / df1;
  return q <= 0.5 ? quantile(q, df1, df2, false) : quantile(1 - q, df1, df2, true);
}

function quantile(tail: number, df1: number, df2: number, isLower: boolean): number {
  if (!(tail >= 0 && tail <= 1 && df1 > 0 && df2 > 0)) return NaN;
  if (tail === 0) return isLower ? 0 : Infinity;
  const tailAt = (f: number): { tail: number; kernel: number } => {
    const both = tails(f, df1, df2);
    const { x, y, offset } = coordinates(f, df1, df2);
    return { tail: isLower ? both.lower : both.upper, kernel: betaKernel(df1 / 2, df2 / 2, x, y, offset) };
  };
  return invertTail(tailAt, tail, isLower, 1);
}

function tails(f: number, df1: number, df2: number): Tails {
  if (f <= 0) return { lower: 0, upper: 1 };
  if (f === Infinity) return { lower: 1, upper: 0 };
  if (df1 * f === Infinity) return complement(powerTail(f, df1, df2), false);
  const { x, y, offset } = coordinates(f, df1, df2);
  return betaTails(df1 / 2, df2 / 2, x, y, offset);
}

/** Where df1 f overflows, the upper tail is a pure power of f to double precision. */
function powerTail(f: number, df1: number, df2: number): number {
  const b = df2 / 2;
  return exp(b * (log(df2) - log(df1) - log(f)) - log(b) - logBeta(df1 / 2, b));
}

/** F as a Beta(df1 / 2, df2 / 2) variable x, its complement, and its offset from the mean. */
function coordinates(f: number, df1: number, df2: number): { x: number; y: number; offset: number } {
  const total = df1 * f + df2;
  if (total === Infinity) return { x: 1, y: df2 / df1 / f, offset: df2 / 2 };
  return { x: (df1 * f) / total, y: df2 / total, offset: ((df1 / total) * df2 * (f - 1)) / 2 };
}

import { gammaKernel, gammaTails } from './gamma.ts';
import { invertTail } from './invert-tail.ts';
import { normalQuantile } from './normal.ts';

/** P(X <= x) for a chi-square variable with df > 0 (real) degrees of freedom. */
export function chiSquareCdf(x: number, df: number): number {
  return gammaTails(df / 2, x / 2).lower;
}

/** P(X > x), with full relative accuracy in the upper tail. */
export function chiSquareSurvival(x: number, df: number): number {
  return gammaTails(df / 2, x / 2).upper;
}

/** The x with P(X <= x) = p. 0 at 0, Infinity at 1, NaN outside. */
export function chiSquareQuantile(p: number, df: number): number {
  return p <= 0.5 ? quantile(p, df, true) : quantile(1 - p, df, false);
}

/** The x with P(X > x) = q, for upper tails too small to write as 1 - p. */
export function chiSquareSurvivalQuantile(q: number, df: number): number {
  return q <= 0.5 ? quantile(q, df, false) : quantile(1 - q, df, true);
}

function quantile(tail: number, df: number, isLower: boolean): number {
  if (!(tail >= 0 && df > 0 && tail <= 1)) return NaN;
  if (tail === 0) return isLower ? 0 : Infinity;
  const shape = df / 2;
  const z = normalQuantile(tail) * (isLower ? 1 : -1);
  const cube = 1 - 2 / (9 * df) + z * Math.sqrt(2 / (9 * df));
  const start = shape * Math.max(cube * cube * cube, 1e-3);
  const tailAt = (x: number): { tail: number; kernel: number } => {
    const tails = gammaTails(shape, x);
    return { tail: isLower ? tails.lower : tails.upper, kernel: gammaKernel(shape, x) };
  };
  return 2 * invertTail(tailAt, tail, isLower, start);
}

import { effectiveSampleSize } from './balance.ts';

/**
 * Satterthwaite's degrees of freedom of a difference between arms whose variances are the sums of squares of their units'
 * contributions: (v1 + v0)^2 / (v1^2 / d1 + v0^2 / d0), with d the degrees of freedom of each arm.
 * Source: Satterthwaite (1946, Biometrics Bulletin 2).
 */
export function armsDegrees(
  contributions: Float64Array,
  treated: Uint8Array,
  degrees: { readonly treated: number; readonly control: number },
): number {
  const squares = [0, 0];
  contributions.forEach((value, i) => (squares[treated[i]!] = squares[treated[i]!]! + value * value));
  const total = squares[0]! + squares[1]!;
  const [control, treatment] = [squares[0]! / total, squares[1]! / total];
  return 1 / ((treatment * treatment) / degrees.treated + (control * control) / degrees.control);
}

/** Degrees of freedom of each arm's weighted mean: its effective number of units less one. */
export function effectiveDegrees(weights: Float64Array, treated: Uint8Array): { readonly treated: number; readonly control: number } {
  const degrees = (arm: number) => effectiveSampleSize(weights.filter((_, i) => treated[i] === arm)) - 1;
  return { treated: degrees(1), control: degrees(0) };
}

/** In words, for the diagnostics. */
export function intervalMethod(df: number | null, basis: string): string {
  return df === null ? `normal, ${basis}` : `t with ${df.toFixed(1)} degrees of freedom, ${basis}, corrected for small samples`;
}

/** 1 - leverage; 1 where a unit is fitted exactly, whose error cannot be seen and is 0. */
export function freedomOf(leverage: number): number {
  const free = 1 - leverage;
  return free < 1e-10 ? 1 : free;
}

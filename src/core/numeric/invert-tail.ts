import { exp, log1p, log } from './elementary.ts';

/** A tail probability and x times the density at a point. */
export interface TailAt {
  readonly tail: number;
  readonly kernel: number;
}

const MAX_STEPS = 400;

/**
 * The x > 0 at which a tail probability of a positive variable equals `target` in (0, 1): Newton's method on the logarithm of the
 * tail against the logarithm of x, inside a bracket that every step narrows, so that it cannot diverge.
 */
export function invertTail(tailAt: (x: number) => TailAt, target: number, isLower: boolean, start: number): number {
  let low = 0;
  let high = Infinity;
  let x = start > 0 && start < Infinity ? start : 1;
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const { tail, kernel } = tailAt(x);
    if (tail === target) return x;
    if (tail < target === isLower) low = x;
    else high = x;
    const gap = tail > 0.5 * target && tail < 2 * target ? log1p((tail - target) / target) : log(tail) - log(target);
    const newton = (gap * tail) / kernel;
    let next = x * exp(isLower ? -newton : newton);
    if (!(next > low && next < high)) next = insideBracket(low, high, x);
    if (Math.abs(next - x) <= 2.3e-16 * x) return next;
    x = next;
    if (x === 0 || x === Infinity) return x;
  }
  return x;
}

function insideBracket(low: number, high: number, x: number): number {
  if (low === 0) return x > 1e-300 ? Math.min(x * 1e-3, x * x) : x / 1024;
  if (high === Infinity) return x < 1e300 ? Math.max(x * 1e3, Math.min(x * x, 1e300)) : x * 1024;
  return high / low > 4 ? Math.sqrt(low) * Math.sqrt(high) : low + (high - low) / 2;
}

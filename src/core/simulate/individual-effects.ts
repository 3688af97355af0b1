import type { Assignment, EffectsBin } from './pilot.ts';

const MOST_BINS = 24;

/**
 * The spread of the effects on single products: `effects` holds each product's mean effect per product-period of its own
 * window. Bins are of one round width (1, 2 or 5 times a power of ten), a multiple of which is their edge, so that 0 is never
 * inside a bin; where all effects are the same there is one bin around them.
 */
export function effectsHistogram(effects: Float64Array, assignment: Assignment): readonly EffectsBin[] {
  if (effects.length === 0) return [];
  let lowest = Infinity;
  let highest = -Infinity;
  for (const effect of effects) {
    lowest = Math.min(lowest, effect);
    highest = Math.max(highest, effect);
  }
  const width = highest > lowest ? roundWidth((highest - lowest) / MOST_BINS) : 1;
  const first = highest > lowest ? Math.floor(lowest / width) : lowest - 0.5;
  const count = highest > lowest ? Math.floor(highest / width) - first + 1 : 1;
  const bins = Array.from({ length: count }, (_, k) => ({
    from: (first + k) * width,
    to: (first + k + 1) * width,
    treated: 0,
    control: 0,
  }));
  effects.forEach((effect, i) => {
    const bin = bins[Math.min(count - 1, Math.max(0, Math.floor(effect / width) - first))]!;
    if (assignment.firstTreated[i]! >= 0) bin.treated += 1;
    else bin.control += 1;
  });
  return bins;
}

/** The smallest of 1, 2, 5 times a power of ten that is at least x > 0. */
function roundWidth(x: number): number {
  let power = 1;
  while (power > x) power /= 10;
  while (power * 10 <= x) power *= 10;
  for (const step of [1, 2, 5]) if (step * power >= x) return step * power;
  return 10 * power;
}

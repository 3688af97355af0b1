import type { SweptNumber } from './sweep-fields.ts';

/** Ranges no wider than this are gone through from end to end. */
const narrow = 2.5;
const multiples = [0, 0.25, 0.5, 0.75, 1, 1.5, 2, 3];
const doublings = [0, 1, 2, 4, 8, 16, 32];

/**
 * A grid to start from, ascending and within the bounds, with the current value in it: even steps through a narrow range, multiples
 * of what there is in a wide one, doublings from the least where there is nothing.
 */
export function suggestedValues(number: SweptNumber, current: number | null): number[] {
  const { min, max, integer } = number;
  const fit = (value: number) => Math.min(Math.max(integer ? Math.round(value) : rounded(value), min), max);
  const grid = [...raw(number, current).map(fit), ...(current === null ? [] : [current])];
  return [...new Set(grid)].filter((value) => value >= min && value <= max).sort((a, b) => a - b);
}

function raw({ min, max, integer, typical }: SweptNumber, current: number | null): number[] {
  const isNarrow = !integer && max - min <= narrow;
  if (isNarrow || (integer && max - min <= 8)) return even(min, max, integer ? max - min : 5);
  const centre = current === null || current === 0 ? (typical ?? 0) : current;
  if (centre !== 0) return multiples.map((times) => times * centre);
  const from = Math.max(min, Math.min(0, max));
  return doublings.map((step) => from + (integer ? step : step * 0.1));
}

function even(from: number, to: number, steps: number): number[] {
  return Array.from({ length: steps + 1 }, (_, k) => (k === steps ? to : from + ((to - from) * k) / steps));
}

/** To two digits: a grid is read by people. */
function rounded(value: number): number {
  return Number(value.toPrecision(2));
}

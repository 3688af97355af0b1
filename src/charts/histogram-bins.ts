import { tickStep } from 'd3-array';
import { paddedDomain, type Range } from './axis-geometry.ts';

/** Items of one bin, in the order they were given. */
export type Bin<T> = { readonly from: number; readonly to: number; readonly items: readonly T[] };
export type Binned<T> = { readonly bins: readonly Bin<T>[]; readonly below: readonly T[]; readonly above: readonly T[] };

/**
 * A range for values that a few far ones do not ruin: in each group three interquartile ranges beyond the quartiles (where
 * those are equal, the first to the last percent).
 * Where everything fits in little more room than that, nothing is left out. Always holds `include`.
 */
export function robustRange(groups: readonly (readonly number[])[], include: readonly number[] = []): Range {
  const drawable = groups.map((values) => Float64Array.from(values.filter(Number.isFinite)).sort());
  const ends = drawable.flatMap((sorted) => (sorted.length === 0 ? [] : [sorted[0]!, sorted.at(-1)!]));
  const wide = paddedDomain([...ends, ...include], { pad: 0.02 });
  const tight = paddedDomain([...drawable.flatMap(fences), ...include], { pad: 0.02 });
  return wide[1] - wide[0] > 1.6 * (tight[1] - tight[0]) ? tight : wide;
}

function fences(sorted: Float64Array): number[] {
  if (sorted.length === 0) return [];
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))]!;
  const [low, high] = [at(0.25), at(0.75)];
  const reach = 3 * (high - low);
  if (reach === 0) return [at(0.01), at(0.99)];
  return [Math.max(sorted[0]!, low - reach), Math.min(sorted.at(-1)!, high + reach)];
}

/** About so many bins of one width that cover a range, their edges round numbers; one bin where numbers cannot be told apart. */
export function binEdges([low, high]: Range, about: number): number[] {
  const step = tickStep(low, high, Math.max(about, 1));
  const [first, last] = [Math.floor(low / step), Math.ceil(high / step)];
  const count = last - first;
  if (!Number.isSafeInteger(first) || !Number.isSafeInteger(last) || count < 1 || count > 1000) return [low, high];
  const edges = Array.from({ length: count + 1 }, (_, i) => Number(((first + i) * step).toPrecision(14)));
  return edges.every((edge, i) => i === 0 || edge > edges[i - 1]!) ? edges : [low, high];
}

/** More replications carry finer bins: three times the cube root of their number, as far as the width allows. */
export function binsFor(count: number, width: number): number {
  return Math.round(Math.min(Math.max(3 * Math.cbrt(count), 8), 60, Math.max(width / 6, 4)));
}

/** A value on an edge belongs to the bin it opens; the last edge to the last bin. Values that are no numbers are left out. */
export function binned<T>(items: readonly T[], valueOf: (item: T) => number, edges: readonly number[]): Binned<T> {
  const bins = edges.slice(1).map((to, i) => ({ from: edges[i]!, to, items: [] as T[] }));
  const [below, above]: [T[], T[]] = [[], []];
  const last = edges.length - 1;
  for (const item of items) {
    const value = valueOf(item);
    if (Number.isNaN(value)) continue;
    if (value < edges[0]!) below.push(item);
    else if (value > edges[last]!) above.push(item);
    else bins[Math.min(lastAtOrBelow(edges, value), bins.length - 1)]!.items.push(item);
  }
  return { bins, below, above };
}

/** The item that stands for a bin: nearest its middle; of a bin without an end, the farthest out. */
export function exampleOf<T>({ from, to, items }: Bin<T>, valueOf: (item: T) => number): T {
  const distance = (item: T) => {
    if (from === -Infinity) return valueOf(item);
    return to === Infinity ? -valueOf(item) : Math.abs(valueOf(item) - (from + (to - from) / 2));
  };
  return items.reduce((best, item) => (distance(item) < distance(best) ? item : best));
}

function lastAtOrBelow(edges: readonly number[], value: number): number {
  let [low, high] = [0, edges.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (edges[middle]! <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

import type { IntervalProgram } from './interval-program.ts';
import type { Work } from './interval-work.ts';

/**
 * What is known of the adversary: every reply y says that regret(x) >= constant - sum_i slope_i x_i with slope_i = best_i where
 * y holds row i and worst_i where it does not. Cuts are kept in one array, n + 1 numbers each: the slopes, then the constant.
 */
export type Cuts = {
  readonly count: () => number;
  /** The number of the cut of y, a new one if need be; -1 where there is no room for it. */
  readonly add: (y: Uint8Array) => number;
  /** The figures of cut k start at k * (n + 1). */
  readonly figures: () => Float64Array;
  /** The number of a cut that puts the regret of x above a limit, or -1; `first` is tried first. */
  readonly against: (x: Uint8Array, limit: number, first: number) => number;
};

export function cutPool({ best, worst }: IntervalProgram, capacity: number, work: Work): Cuts {
  const n = best.length;
  const known = new Map<string, number>();
  let figures = new Float64Array(64 * (n + 1));
  const says = (k: number, x: Uint8Array): number => {
    work.done += n;
    const start = k * (n + 1);
    let sum = figures[start + n] as number;
    for (let i = 0; i < n; i += 1) if (x[i] === 1) sum -= figures[start + i] as number;
    return sum;
  };
  return {
    count: () => known.size,
    figures: () => figures,
    add(y) {
      const key = keyOf(y);
      const seen = known.get(key);
      if (seen !== undefined) return seen;
      const k = known.size;
      if (k === capacity) return -1;
      if ((k + 1) * (n + 1) > figures.length) {
        const grown = new Float64Array(figures.length * 2);
        grown.set(figures);
        figures = grown;
      }
      let constant = 0;
      for (let i = 0; i < n; i += 1) {
        const taken = y[i] === 1;
        figures[k * (n + 1) + i] = (taken ? best[i] : worst[i]) as number;
        if (taken) constant += best[i] as number;
      }
      figures[k * (n + 1) + n] = constant;
      known.set(key, k);
      return k;
    },
    against(x, limit, first) {
      if (first >= 0 && first < known.size && says(first, x) > limit) return first;
      for (let k = known.size - 1; k >= 0; k -= 1) if (says(k, x) > limit) return k;
      return -1;
    },
  };
}

/** A short text that no other choice of rows has. */
export function keyOf(x: Uint8Array): string {
  let text = '';
  for (let from = 0; from < x.length; from += bitsInCode) {
    let code = 0;
    for (let i = from; i < Math.min(x.length, from + bitsInCode); i += 1) code = code * 2 + (x[i] as number);
    text += String.fromCharCode(code);
  }
  return text;
}

const bitsInCode = 15;

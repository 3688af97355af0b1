import type { Work } from './interval-work.ts';

/** The most that the rows of a list can be worth together within a room; `bound` is proved, `x` marks the rows taken. */
export type Filling = { readonly value: number; readonly bound: number };

/**
 * A solver of small knapsacks with values of any kind, made to be called very often: depth-first search in order of value per
 * cost under Dantzig's bound. After `limit` turns it keeps the best filling found and Dantzig's bound of the whole.
 * `least` is how much better a filling must be to count: 1 for whole values, 0 for others.
 * Source: Horowitz and Sahni 1974, Journal of the ACM 21(2).
 */
export function fillingSolver(costs: Float64Array, work: Work) {
  const n = costs.length;
  const row = new Int32Array(n);
  const value = new Float64Array(n);
  const cost = new Float64Array(n);
  const ratio = new Float64Array(n);
  const taken = new Uint8Array(n);

  const sortRows = (values: Float64Array, rows: Int32Array, count: number, room: number): number => {
    let m = 0;
    for (let k = 0; k < count; k += 1) {
      const i = rows[k] as number;
      const [v, c] = [values[i] as number, costs[i] as number];
      if (v <= 0 || c > room) continue;
      const r = v / c;
      let place = m;
      for (; place > 0 && (ratio[place - 1] as number) < r; place -= 1) {
        ratio[place] = ratio[place - 1] as number;
        row[place] = row[place - 1] as number;
      }
      ratio[place] = r;
      row[place] = i;
      m += 1;
    }
    for (let k = 0; k < m; k += 1) {
      value[k] = values[row[k] as number] as number;
      cost[k] = costs[row[k] as number] as number;
    }
    return m;
  };

  /** Dantzig's bound on what the rows from k on add to a room. */
  const dantzig = (from: number, m: number, space: number): number => {
    let sum = 0;
    let left = space;
    for (let k = from; k < m; k += 1) {
      if ((cost[k] as number) > left) return sum + left * (ratio[k] as number);
      left -= cost[k] as number;
      sum += value[k] as number;
    }
    return sum;
  };

  return (values: Float64Array, rows: Int32Array, count: number, room: number, least: 0 | 1, limit: number, x: Uint8Array): Filling => {
    const m = sortRows(values, rows, count, room);
    for (let k = 0; k < count; k += 1) x[rows[k] as number] = 0;
    const whole = dantzig(0, m, room);
    work.done += 2 * count + m * sortingCharge;
    let [best, sum, left, j, turns] = [-1, 0, room, 0, 0];
    for (;;) {
      work.done += m - j + turnCharge;
      for (; j < m; j += 1) {
        if ((cost[j] as number) <= left) {
          left -= cost[j] as number;
          sum += value[j] as number;
          taken[j] = 1;
        } else taken[j] = 0;
      }
      if (sum > best) {
        best = sum;
        for (let k = 0; k < m; k += 1) x[row[k] as number] = taken[k] as number;
      }
      for (;;) {
        j -= 1;
        while (j >= 0 && taken[j] === 0) j -= 1;
        if (j < 0) return { value: best, bound: best };
        taken[j] = 0;
        left += cost[j] as number;
        sum -= value[j] as number;
        const reach = sum + dantzig(j + 1, m, left);
        turns += 1;
        if (least === 1 ? reach * roundingMargin >= best + 1 : reach > best) break;
      }
      if (turns > limit) return { value: best, bound: whole * roundingMargin };
      // Where the next ones are like this one, taking them in its place makes nothing that has not been seen.
      for (j += 1; j < m && value[j] === value[j - 1] && cost[j] === cost[j - 1]; j += 1) taken[j] = 0;
    }
  };
}

/** What sorting a row and going back to one cost, as steps along the list. */
const sortingCharge = 8;
const turnCharge = 4;
const roundingMargin = 1 + 1 / 281474976710656;

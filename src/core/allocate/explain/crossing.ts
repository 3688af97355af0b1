/** numerator / denominator, exactly; the denominator is above 0. */
export type Ratio = { readonly numerator: bigint; readonly denominator: bigint };

/**
 * Losses of a set of portfolios as functions of k in [0, 1], each the largest of up to three lines in whole numbers: a constant
 * (the first column), and one line with each of two slopes that all of them share. -Infinity where there is no such line.
 */
export type LossLines = {
  readonly starts: readonly [Float64Array, Float64Array, Float64Array];
  readonly slopes: readonly [0, number, number];
};

/**
 * The smallest k in [0, 1] at which some falling loss is no larger than every rising one; null where there is none.
 *
 * A single falling loss x and a single rising one y have one crossing, found from their lines. For one x the largest crossing with
 * any y is reached from below: the least y at some k tells the next k. From there the least x tells a smaller k, until none is
 * less; those that tie there are looked at as well, because the smallest k is attained by one of them. All comparisons are exact.
 */
export function firstCrossing(falling: LossLines, rising: LossLines): Ratio | null {
  if (countOf(falling) === 0) return null;
  const slack = 1e-14 * Math.max(1, magnitudeOf(falling), magnitudeOf(rising));
  const leastFalling = leastAt(falling, slack);
  const leastRising = leastAt(rising, slack);
  const reached = (x: number): Ratio | null => {
    let k = zero;
    for (;;) {
      const least = leastRising(k);
      const y = least.at[0];
      if (y === undefined || compare(valueAt(falling, x, k), least.value as Ratio) <= 0) return k;
      const next = pairCrossing(falling, x, rising, y);
      if (next === null || compare(next, one) > 0) return null;
      k = next;
    }
  };
  const start = leastFalling(one).at.map(reached).reduce(smaller, null);
  if (start === null) return null;
  for (let k = start; ; ) {
    const next = leastFalling(k).at.map(reached).reduce(smaller, null);
    if (next === null || compare(next, k) >= 0) return k;
    k = next;
  }
}

/** The same losses as functions of 1 - k. */
export function reversed({ starts, slopes }: LossLines): LossLines {
  const at = (line: 1 | 2) => starts[line].map((start) => start + slopes[line]);
  return { starts: [starts[0], at(1), at(2)], slopes: [0, 0 - slopes[1], 0 - slopes[2]] };
}

export const zero: Ratio = { numerator: 0n, denominator: 1n };
const one: Ratio = { numerator: 1n, denominator: 1n };

export function compare(a: Ratio, b: Ratio): number {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

function smaller(a: Ratio | null, b: Ratio | null): Ratio | null {
  if (a === null || b === null) return a ?? b;
  return compare(b, a) < 0 ? b : a;
}

function countOf({ starts }: LossLines): number {
  return starts[0].length;
}

function magnitudeOf({ starts, slopes }: LossLines): number {
  let most = 0;
  starts.forEach((column, line) => {
    for (const start of column) if (start !== -Infinity) most = Math.max(most, Math.abs(start) + Math.abs(slopes[line] as number));
  });
  return most;
}

/** Which losses are least at k: by doubles, then exactly among those too close to tell. */
function leastAt(lines: LossLines, slack: number): (k: Ratio) => { readonly value: Ratio | null; readonly at: readonly number[] } {
  const [constant, first, second] = lines.starts;
  const values = new Float64Array(constant.length);
  return (k) => {
    const approximate = Number(k.numerator) / Number(k.denominator);
    const [rise, climb] = [lines.slopes[1] * approximate, lines.slopes[2] * approximate];
    let least = Infinity;
    for (let x = 0; x < values.length; x += 1) {
      const value = Math.max(constant[x] as number, (first[x] as number) + rise, (second[x] as number) + climb);
      values[x] = value;
      if (value < least) least = value;
    }
    let value: Ratio | null = null;
    let at: number[] = [];
    for (let x = 0; x < values.length; x += 1) {
      if ((values[x] as number) > least + slack) continue;
      const exact = valueAt(lines, x, k);
      const order = value === null ? -1 : compare(exact, value);
      if (order < 0) [value, at] = [exact, [x]];
      else if (order === 0) at.push(x);
    }
    return { value, at };
  };
}

function valueAt({ starts, slopes }: LossLines, x: number, { numerator, denominator }: Ratio): Ratio {
  let most: bigint | null = null;
  for (let line = 0; line < 3; line += 1) {
    const start = (starts[line] as Float64Array)[x] as number;
    if (start === -Infinity) continue;
    const value = BigInt(start) * denominator + BigInt(slopes[line] as number) * numerator;
    if (most === null || value > most) most = value;
  }
  return { numerator: most ?? 0n, denominator };
}

/** The smallest k >= 0 from which on every line of x lies under one of y. */
function pairCrossing(falling: LossLines, x: number, rising: LossLines, y: number): Ratio | null {
  let last: Ratio = zero;
  for (let own = 0; own < 3; own += 1) {
    const start = (falling.starts[own] as Float64Array)[x] as number;
    if (start === -Infinity) continue;
    let under: Ratio | null = null;
    for (let other = 0; other < 3; other += 1) {
      const base = (rising.starts[other] as Float64Array)[y] as number;
      if (base === -Infinity) continue;
      const gap = start - base;
      const closing = (rising.slopes[other] as number) - (falling.slopes[own] as number);
      if (gap <= 0) under = zero;
      else if (closing > 0) under = smaller(under, { numerator: BigInt(gap), denominator: BigInt(closing) });
    }
    if (under === null) return null;
    if (compare(under, last) > 0) last = under;
  }
  return last;
}

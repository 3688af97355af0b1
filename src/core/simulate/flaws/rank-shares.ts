/**
 * Where each member stands among the others: 0 for the lowest of many, 1 for the highest, equal values alike (the mean of
 * their ranks, less one half, over their number). Entries of products that are not members are 0.
 */
export function rankShares(values: Float64Array, members: readonly number[]): Float64Array {
  const sorted = Array.from(members).sort((a, b) => values[a]! - values[b]!);
  const shares = new Float64Array(values.length);
  let from = 0;
  while (from < sorted.length) {
    let to = from + 1;
    while (to < sorted.length && values[sorted[to]!] === values[sorted[from]!]) to += 1;
    for (let k = from; k < to; k += 1) shares[sorted[k]!] = (from + to) / 2 / sorted.length;
    from = to;
  }
  return shares;
}

/** Sum of each product's row over the periods from..to. */
export function rowSums(values: Float64Array, nProducts: number, nPeriods: number, from: number, to: number): Float64Array {
  const sums = new Float64Array(nProducts);
  for (let i = 0; i < nProducts; i += 1) {
    let sum = 0;
    for (let t = from; t < to; t += 1) sum += values[i * nPeriods + t]!;
    sums[i] = sum;
  }
  return sums;
}

/** Hyndman and Fan's (1996) sample quantile types; 7 is the default of R and NumPy. */
export type QuantileType = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

const ROUNDING = 8.881784197001252e-16;

/** Sample quantile at probability in [0, 1] of unsorted values; NaN for no values. */
export function quantile(values: ArrayLike<number>, probability: number, type: QuantileType = 7): number {
  return quantileOfSorted(Float64Array.from(values).sort(), probability, type);
}

/** Sample median. */
export function median(values: ArrayLike<number>): number {
  return quantile(values, 0.5);
}

/** Sample quantile of values in ascending order. */
export function quantileOfSorted(sorted: ArrayLike<number>, probability: number, type: QuantileType = 7): number {
  const n = sorted.length;
  if (n === 0 || !(probability >= 0 && probability <= 1)) return NaN;
  if (type === 7) {
    const position = (n - 1) * probability;
    const below = Math.floor(position + 4 * 2.220446049250313e-16);
    return between(sorted, below, position - below);
  }
  return type <= 3 ? discontinuous(sorted, n, probability, type) : continuous(sorted, n, probability, type);
}

function discontinuous(sorted: ArrayLike<number>, n: number, probability: number, type: QuantileType): number {
  const position = n * probability - (type === 3 ? 0.5 : 0);
  const below = Math.floor(position + ROUNDING);
  const isWhole = Math.abs(position - below) < ROUNDING;
  if (type === 1) return at(sorted, isWhole ? below - 1 : below);
  if (type === 2) return isWhole ? (at(sorted, below - 1) + at(sorted, below)) / 2 : at(sorted, below);
  return isWhole && below % 2 === 0 ? at(sorted, below - 1) : at(sorted, below);
}

function continuous(sorted: ArrayLike<number>, n: number, probability: number, type: QuantileType): number {
  const [a, b] = PLOTTING_POSITIONS[type as 4 | 5 | 6 | 8 | 9];
  const position = a + probability * (n + 1 - a - b);
  const below = Math.floor(position + ROUNDING);
  const fraction = position - below;
  return between(sorted, below - 1, Math.abs(fraction) < ROUNDING ? 0 : fraction);
}

const PLOTTING_POSITIONS = {
  4: [0, 1],
  5: [0.5, 0.5],
  6: [0, 0],
  8: [1 / 3, 1 / 3],
  9: [3 / 8, 3 / 8],
} as const;

function between(sorted: ArrayLike<number>, below: number, fraction: number): number {
  const low = at(sorted, below);
  return fraction > 0 ? low + fraction * (at(sorted, below + 1) - low) : low;
}

function at(sorted: ArrayLike<number>, index: number): number {
  return sorted[Math.max(0, Math.min(sorted.length - 1, index))]!;
}

import { invertSymmetric } from '../numeric/linear-algebra.ts';

/** Which cells of a panel take part: entry (unit u, time t) at t * nUnits + u, 1 for those that do. */
export type UsedCells = { readonly nUnits: number; readonly nTimes: number; readonly isUsed: Uint8Array };

/** The projection off all unit and time constants. */
export type TwoWayProjection = {
  readonly cells: UsedCells;
  readonly nCells: number;
  readonly nUnits: number;
  /** Dimension of the space of unit and time constants. */
  readonly rank: number;
  /** Every unit that takes part does so at every time that does. */
  readonly isComplete: boolean;
  /** Times at which each unit takes part. */
  readonly unitCounts: Int32Array;
  /** What is left of a column; 0 in cells that do not take part. */
  readonly residuals: (column: Float64Array) => Float64Array;
  /** Time constants z with (sum over units of the unit-demeaned time indicators' cross products) z = sums; determined up to constants. */
  readonly solveTimes: (sums: Float64Array) => Float64Array;
};

/**
 * Residuals from unit and time effects without dummy columns. On a complete panel x - unit mean - time mean + mean. Otherwise units
 * are absorbed and the normal equations in the time effects are solved, a times x times system with one time of each connected part
 * of the panel left out; a second pass over the residuals brings them to machine precision.
 * Source: the within transformation, as in Baltagi (2021), chapter 3; for incomplete panels Wansbeek and Kapteyn (1989).
 */
export function twoWayProjection(cells: UsedCells): TwoWayProjection {
  const { nUnits, nTimes, isUsed } = cells;
  const unitCounts = new Int32Array(nUnits);
  const timeCounts = new Int32Array(nTimes);
  for (let t = 0; t < nTimes; t += 1) {
    for (let u = 0; u < nUnits; u += 1) {
      if (isUsed[t * nUnits + u] !== 1) continue;
      unitCounts[u] = unitCounts[u]! + 1;
      timeCounts[t] = timeCounts[t]! + 1;
    }
  }
  const usedUnits = unitCounts.filter((count) => count > 0).length;
  const usedTimes = timeCounts.filter((count) => count > 0).length;
  const nCells = timeCounts.reduce((sum, count) => sum + count, 0);
  const isComplete = nCells === usedUnits * usedTimes;
  const firstTimes = isComplete ? [0] : firstOfEachPart(cells, timeCounts);
  const solveTimes = isComplete
    ? (sums: Float64Array) => sums.map((sum) => sum / usedUnits)
    : timeSolver(cells, timeCounts, unitCounts, firstTimes);
  const residuals = (column: Float64Array): Float64Array => {
    const once = offConstants(cells, unitCounts, solveTimes, column);
    return isComplete ? once : offConstants(cells, unitCounts, solveTimes, once);
  };
  return {
    cells,
    nCells,
    nUnits: usedUnits,
    rank: usedUnits + usedTimes - firstTimes.length,
    isComplete,
    unitCounts,
    residuals,
    solveTimes,
  };
}

/** Subtracts from each unit's used values their mean; 0 elsewhere. */
function offUnitMeans({ nUnits, nTimes, isUsed }: UsedCells, unitCounts: Int32Array, column: Float64Array): Float64Array {
  const means = new Float64Array(nUnits);
  for (let t = 0; t < nTimes; t += 1) {
    for (let u = 0; u < nUnits; u += 1) if (isUsed[t * nUnits + u] === 1) means[u] = means[u]! + column[t * nUnits + u]!;
  }
  for (let u = 0; u < nUnits; u += 1) means[u] = means[u]! / unitCounts[u]!;
  const result = new Float64Array(nUnits * nTimes);
  for (let t = 0; t < nTimes; t += 1) {
    for (let u = 0; u < nUnits; u += 1) {
      const at = t * nUnits + u;
      if (isUsed[at] === 1) result[at] = column[at]! - means[u]!;
    }
  }
  return result;
}

function offConstants(cells: UsedCells, unitCounts: Int32Array, solveTimes: (sums: Float64Array) => Float64Array, column: Float64Array) {
  const { nUnits, nTimes, isUsed } = cells;
  const result = offUnitMeans(cells, unitCounts, column);
  const sums = new Float64Array(nTimes);
  for (let t = 0; t < nTimes; t += 1) for (let u = 0; u < nUnits; u += 1) sums[t] = sums[t]! + result[t * nUnits + u]!;
  const effects = solveTimes(sums);
  for (let t = 0; t < nTimes; t += 1) {
    for (let u = 0; u < nUnits; u += 1) if (isUsed[t * nUnits + u] === 1) result[t * nUnits + u] = result[t * nUnits + u]! - effects[t]!;
  }
  return offUnitMeans(cells, unitCounts, result);
}

function timeSolver(
  cells: UsedCells,
  timeCounts: Int32Array,
  unitCounts: Int32Array,
  left: readonly number[],
): (sums: Float64Array) => Float64Array {
  const { nUnits, nTimes, isUsed } = cells;
  const inSystem = Int32Array.from(Array.from({ length: nTimes }, (_, t) => t).filter((t) => timeCounts[t]! > 0 && !left.includes(t)));
  const place = new Int32Array(nTimes).fill(-1);
  inSystem.forEach((t, k) => (place[t] = k));
  const size = inSystem.length;
  const matrix = new Float64Array(size * size);
  const seen = new Int32Array(nTimes);
  for (let u = 0; u < nUnits; u += 1) {
    let count = 0;
    for (let t = 0; t < nTimes; t += 1) if (isUsed[t * nUnits + u] === 1 && place[t]! >= 0) seen[count++] = place[t]!;
    const share = 1 / unitCounts[u]!;
    for (let a = 0; a < count; a += 1) {
      const column = seen[a]! * size;
      for (let b = a; b < count; b += 1) matrix[column + seen[b]!] = matrix[column + seen[b]!]! - share;
    }
  }
  inSystem.forEach((t, k) => (matrix[k * size + k] = matrix[k * size + k]! + timeCounts[t]!));
  // Applied to thousands of right sides: a product is quicker than two triangular solves, and the second pass of `residuals` corrects it.
  const inverse = invertSymmetric(matrix, size);
  if (inverse === undefined) return (sums) => new Float64Array(sums.length);
  return (sums) => {
    const effects = new Float64Array(nTimes);
    const right = new Float64Array(size);
    for (let k = 0; k < size; k += 1) right[k] = sums[inSystem[k]!]!;
    for (let k = 0; k < size; k += 1) {
      let sum = 0;
      for (let m = 0; m < size; m += 1) sum += inverse[k * size + m]! * right[m]!;
      effects[inSystem[k]!] = sum;
    }
    return effects;
  };
}

/** The first time of each connected part: times are connected where a unit takes part at both. */
function firstOfEachPart({ nUnits, nTimes, isUsed }: UsedCells, timeCounts: Int32Array): number[] {
  const parent = Int32Array.from({ length: nTimes }, (_, t) => t);
  const root = (t: number): number => {
    let at = t;
    while (parent[at] !== at) at = parent[at]!;
    return at;
  };
  for (let u = 0; u < nUnits; u += 1) {
    let last = -1;
    for (let t = 0; t < nTimes; t += 1) {
      if (isUsed[t * nUnits + u] !== 1) continue;
      if (last >= 0) {
        const [a, b] = [root(last), root(t)];
        parent[Math.max(a, b)] = Math.min(a, b);
      }
      last = t;
    }
  }
  return Array.from(parent.keys()).filter((t) => timeCounts[t]! > 0 && parent[t] === t);
}

/** The data of a least-squares problem. */
export interface WeightedDesign {
  /** rows x columns, column-major; finite numbers. */
  readonly design: Float64Array;
  readonly rows: number;
  readonly columns: number;
  readonly outcome: Float64Array;
  /** One weight per row, >= 0; the fit minimises sum w (y - x b)^2. */
  readonly weights?: Float64Array;
}

/** Rows that are worked on together: few enough for the cache, many enough for the loops. */
export const BLOCK_ROWS = 512;

/**
 * R of the QR decomposition of [X y], (columns + 1) square, column-major, by Householder reflections in one pass over blocks of rows.
 * Each block is folded into the triangle so far (sequential TSQR), which is as stable as the textbook algorithm.
 * Source: Golub and Van Loan, Matrix Computations, 5.2; Demmel et al. (2012) for the blocked form.
 */
export function triangulate({ design, rows, columns, outcome, weights }: WeightedDesign): Float64Array {
  const size = columns + 1;
  const triangle = new Float64Array(size * size);
  const stride = Math.min(rows, BLOCK_ROWS);
  const block = new Float64Array(stride * size);
  const roots = weights === undefined ? undefined : new Float64Array(stride);
  for (let from = 0; from < rows; from += BLOCK_ROWS) {
    const count = Math.min(BLOCK_ROWS, rows - from);
    if (roots !== undefined) for (let i = 0; i < count; i += 1) roots[i] = Math.sqrt(weights![from + i]!);
    for (let c = 0; c < size; c += 1) {
      const source = c < columns ? design : outcome;
      const offset = (c < columns ? c * rows : 0) + from;
      const target = c * stride;
      if (roots === undefined) for (let i = 0; i < count; i += 1) block[target + i] = source[offset + i]!;
      else for (let i = 0; i < count; i += 1) block[target + i] = roots[i]! * source[offset + i]!;
    }
    foldBlock(triangle, size, block, stride, count);
  }
  return triangle;
}

/** Householder reflections that annihilate the block against the triangle. */
function foldBlock(triangle: Float64Array, size: number, block: Float64Array, stride: number, count: number): void {
  for (let j = 0; j < size; j += 1) {
    const pivot = j * stride;
    const below = dot(block, pivot, block, pivot, count);
    if (below === 0) continue;
    const head = triangle[j * size + j]!;
    const length = Math.sqrt(head * head + below);
    const newHead = head > 0 ? -length : length;
    const first = head - newHead;
    const factor = 2 / (first * first + below);
    triangle[j * size + j] = newHead;
    let c = j + 1;
    for (; c + 1 < size; c += 2) reflectPair(triangle, size, block, stride, count, j, c, first, factor);
    if (c < size) {
      const column = c * stride;
      const row = c * size + j;
      const weight = factor * (first * triangle[row]! + dot(block, pivot, block, column, count));
      triangle[row] = triangle[row]! - weight * first;
      for (let i = 0; i < count; i += 1) block[column + i] = block[column + i]! - weight * block[pivot + i]!;
    }
  }
}

/** Applies the reflection of column j to columns c and c + 1 together: each entry of the reflector is read once for both. */
function reflectPair(
  triangle: Float64Array,
  size: number,
  block: Float64Array,
  stride: number,
  count: number,
  j: number,
  c: number,
  first: number,
  factor: number,
): void {
  const pivot = j * stride;
  const a = c * stride;
  const b = a + stride;
  let a0 = 0;
  let a1 = 0;
  let b0 = 0;
  let b1 = 0;
  const even = count - (count % 2);
  for (let i = 0; i < even; i += 2) {
    const v0 = block[pivot + i]!;
    const v1 = block[pivot + i + 1]!;
    a0 += v0 * block[a + i]!;
    a1 += v1 * block[a + i + 1]!;
    b0 += v0 * block[b + i]!;
    b1 += v1 * block[b + i + 1]!;
  }
  if (even < count) {
    a0 += block[pivot + even]! * block[a + even]!;
    b0 += block[pivot + even]! * block[b + even]!;
  }
  const rowA = c * size + j;
  const rowB = rowA + size;
  const weightA = factor * (first * triangle[rowA]! + (a0 + a1));
  const weightB = factor * (first * triangle[rowB]! + (b0 + b1));
  triangle[rowA] = triangle[rowA]! - weightA * first;
  triangle[rowB] = triangle[rowB]! - weightB * first;
  for (let i = 0; i < count; i += 1) {
    const v = block[pivot + i]!;
    block[a + i] = block[a + i]! - weightA * v;
    block[b + i] = block[b + i]! - weightB * v;
  }
}

/** Inner product of x from a on with y from b on, with four running sums: a fixed order, and additions that do not wait for one another. */
export function dot(x: Float64Array, a: number, y: Float64Array, b: number, count: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  const whole = count - (count % 4);
  let i = 0;
  for (; i < whole; i += 4) {
    s0 += x[a + i]! * y[b + i]!;
    s1 += x[a + i + 1]! * y[b + i + 1]!;
    s2 += x[a + i + 2]! * y[b + i + 2]!;
    s3 += x[a + i + 3]! * y[b + i + 3]!;
  }
  for (; i < count; i += 1) s0 += x[a + i]! * y[b + i]!;
  return s0 + s1 + (s2 + s3);
}

/** Limited pivoting on the triangle, whose columns have the lengths and angles of the design's. */
export function keptColumns(full: Float64Array, columns: number, mostKept: number, tolerance: number): number[] {
  const size = columns + 1;
  const work = full.slice();
  const kept: number[] = [];
  for (let j = 0; j < columns && kept.length < mostKept; j += 1) {
    let length = 0;
    for (let r = 0; r < size; r += 1) length += full[j * size + r]! * full[j * size + r]!;
    let rest = 0;
    for (let r = kept.length; r < size; r += 1) rest += work[j * size + r]! * work[j * size + r]!;
    if (length === 0 || !(Math.sqrt(rest) >= tolerance * Math.sqrt(length))) continue;
    reflect(work, size, j, kept.length);
    kept.push(j);
  }
  return kept;
}

/** The triangle of the kept columns and the outcome: the original one if nothing was set aside, else refactored. */
export function reduceToKept(full: Float64Array, size: number, kept: readonly number[]): Float64Array {
  if (kept.length === size - 1) return full;
  const columns = [...kept, size - 1];
  const work = new Float64Array(size * size);
  columns.forEach((column, c) => work.set(full.subarray(column * size, (column + 1) * size), c * size));
  for (let c = 0; c < kept.length; c += 1) reflect(work, size, c, c);
  return work;
}

/** Reflects rows `top`... so that column `pivot` becomes zero below row `top`, in it and in all columns after it. */
function reflect(work: Float64Array, size: number, pivot: number, top: number): void {
  const start = pivot * size;
  const head = work[start + top]!;
  let below = 0;
  for (let r = top + 1; r < size; r += 1) below += work[start + r]! * work[start + r]!;
  if (below === 0) return;
  const length = Math.sqrt(head * head + below);
  const newHead = head > 0 ? -length : length;
  const first = head - newHead;
  const factor = 2 / (first * first + below);
  for (let c = pivot + 1; c < size; c += 1) {
    const column = c * size;
    let inner = first * work[column + top]!;
    for (let r = top + 1; r < size; r += 1) inner += work[start + r]! * work[column + r]!;
    const weight = factor * inner;
    work[column + top] = work[column + top]! - weight * first;
    for (let r = top + 1; r < size; r += 1) work[column + r] = work[column + r]! - weight * work[start + r]!;
  }
  work[start + top] = newHead;
  for (let r = top + 1; r < size; r += 1) work[start + r] = 0;
}

/** Small dense matrices, stored column-major: entry (row, column) of a matrix with `rows` rows is at column * rows + row. */

/** Eigenvalues ascending, and the matching orthonormal eigenvectors as columns. */
export interface SymmetricEigen {
  readonly values: Float64Array;
  readonly vectors: Float64Array;
}

const MAX_SWEEPS = 60;

/** Lower triangle L with A = L L', or undefined if A is not positive definite to working precision. */
export function choleskyFactor(matrix: Float64Array, size: number): Float64Array | undefined {
  const factor = new Float64Array(size * size);
  for (let c = 0; c < size; c += 1) {
    let diagonal = matrix[c * size + c]!;
    for (let m = 0; m < c; m += 1) diagonal -= factor[m * size + c]! * factor[m * size + c]!;
    if (!(diagonal > 1e-15 * Math.abs(matrix[c * size + c]!))) return undefined;
    const root = Math.sqrt(diagonal);
    factor[c * size + c] = root;
    for (let r = c + 1; r < size; r += 1) {
      let sum = matrix[c * size + r]!;
      for (let m = 0; m < c; m += 1) sum -= factor[m * size + r]! * factor[m * size + c]!;
      factor[c * size + r] = sum / root;
    }
  }
  return factor;
}

/** x with L L' x = right. */
export function choleskySolve(factor: Float64Array, size: number, right: Float64Array): Float64Array {
  const x = right.slice(0, size);
  for (let r = 0; r < size; r += 1) {
    let sum = x[r]!;
    for (let c = 0; c < r; c += 1) sum -= factor[c * size + r]! * x[c]!;
    x[r] = sum / factor[r * size + r]!;
  }
  for (let r = size - 1; r >= 0; r -= 1) {
    let sum = x[r]!;
    for (let c = r + 1; c < size; c += 1) sum -= factor[r * size + c]! * x[c]!;
    x[r] = sum / factor[r * size + r]!;
  }
  return x;
}

/** Inverse of a symmetric positive definite matrix, or undefined if it is not one. */
export function invertSymmetric(matrix: Float64Array, size: number): Float64Array | undefined {
  const factor = choleskyFactor(matrix, size);
  if (factor === undefined) return undefined;
  const inverse = new Float64Array(size * size);
  const unit = new Float64Array(size);
  for (let c = 0; c < size; c += 1) {
    unit.fill(0);
    unit[c] = 1;
    inverse.set(choleskySolve(factor, size, unit), c * size);
  }
  for (let c = 0; c < size; c += 1) {
    for (let r = 0; r < c; r += 1) {
      const mean = (inverse[c * size + r]! + inverse[r * size + c]!) / 2;
      inverse[c * size + r] = mean;
      inverse[r * size + c] = mean;
    }
  }
  return inverse;
}

/** A B for A of rows x inner and B of inner x columns. */
export function multiply(a: Float64Array, b: Float64Array, rows: number, inner: number, columns: number): Float64Array {
  const result = new Float64Array(rows * columns);
  for (let c = 0; c < columns; c += 1) {
    for (let m = 0; m < inner; m += 1) {
      const factor = b[c * inner + m]!;
      if (factor === 0) continue;
      for (let r = 0; r < rows; r += 1) result[c * rows + r] = result[c * rows + r]! + a[m * rows + r]! * factor;
    }
  }
  return result;
}

/** The transpose of a rows x columns matrix. */
export function transpose(matrix: Float64Array, rows: number, columns: number): Float64Array {
  const result = new Float64Array(rows * columns);
  for (let c = 0; c < columns; c += 1) for (let r = 0; r < rows; r += 1) result[r * columns + c] = matrix[c * rows + r]!;
  return result;
}

/** Eigenvalues and eigenvectors of a symmetric matrix by cyclic Jacobi rotations: slow, and accurate to the last digits. */
export function symmetricEigen(matrix: Float64Array, size: number): SymmetricEigen {
  const a = matrix.slice(0, size * size);
  const vectors = new Float64Array(size * size);
  for (let i = 0; i < size; i += 1) vectors[i * size + i] = 1;
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep += 1) {
    let rotated = false;
    for (let p = 0; p < size - 1; p += 1) {
      for (let q = p + 1; q < size; q += 1) rotated = rotate(a, vectors, size, p, q) || rotated;
    }
    if (!rotated) break;
  }
  const order = Array.from({ length: size }, (_, i) => i).sort((i, j) => a[i * size + i]! - a[j * size + j]! || i - j);
  const sorted = new Float64Array(size * size);
  const values = new Float64Array(size);
  order.forEach((from, to) => {
    values[to] = a[from * size + from]!;
    sorted.set(vectors.subarray(from * size, (from + 1) * size), to * size);
  });
  return { values, vectors: sorted };
}

/** Annihilates entry (p, q); false if it is negligible already. */
function rotate(a: Float64Array, vectors: Float64Array, size: number, p: number, q: number): boolean {
  const entry = a[q * size + p]!;
  const app = a[p * size + p]!;
  const aqq = a[q * size + q]!;
  if (Math.abs(entry) <= 1e-17 * Math.sqrt(Math.abs(app) * Math.abs(aqq)) || entry === 0) return false;
  if (Math.abs(entry) < 1e-300) return false;
  const theta = (aqq - app) / (2 * entry);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const cosine = 1 / Math.sqrt(t * t + 1);
  const sine = t * cosine;
  for (let k = 0; k < size; k += 1) {
    const kp = a[p * size + k]!;
    const kq = a[q * size + k]!;
    a[p * size + k] = cosine * kp - sine * kq;
    a[q * size + k] = sine * kp + cosine * kq;
  }
  for (let k = 0; k < size; k += 1) {
    const pk = a[k * size + p]!;
    const qk = a[k * size + q]!;
    a[k * size + p] = cosine * pk - sine * qk;
    a[k * size + q] = sine * pk + cosine * qk;
  }
  a[q * size + p] = 0;
  a[p * size + q] = 0;
  for (let k = 0; k < size; k += 1) {
    const kp = vectors[p * size + k]!;
    const kq = vectors[q * size + k]!;
    vectors[p * size + k] = cosine * kp - sine * kq;
    vectors[q * size + k] = sine * kp + cosine * kq;
  }
  return true;
}

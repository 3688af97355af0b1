import { describe, expect, it } from 'vitest';
import {
  choleskyFactor,
  choleskySolve,
  invertSymmetric,
  multiply,
  symmetricEigen,
  transpose,
} from '../../../../src/core/numeric/linear-algebra.ts';

const SIZE = 5;
const root = Float64Array.from({ length: SIZE * SIZE }, (_, i) => Math.cos(3 * i + 1) + (i % (SIZE + 1) === 0 ? 1 : 0));
const definite = multiply(root, transpose(root, SIZE, SIZE), SIZE, SIZE, SIZE);

describe('symmetric positive definite matrices', () => {
  it('the Cholesky factor is lower triangular and squares to the matrix', () => {
    const factor = choleskyFactor(definite, SIZE)!;
    for (let c = 0; c < SIZE; c += 1) for (let r = 0; r < c; r += 1) expect(factor[c * SIZE + r]).toBe(0);
    expectMatrix(multiply(factor, transpose(factor, SIZE, SIZE), SIZE, SIZE, SIZE), definite);
  });
  it('solves and inverts', () => {
    const right = Float64Array.of(1, -2, 3, 0.5, 4);
    const x = choleskySolve(choleskyFactor(definite, SIZE)!, SIZE, right);
    expectMatrix(multiply(definite, x, SIZE, SIZE, 1), right);
    const inverse = invertSymmetric(definite, SIZE)!;
    expectMatrix(multiply(definite, inverse, SIZE, SIZE, SIZE), identity(SIZE));
    expect(transpose(inverse, SIZE, SIZE)).toEqual(inverse);
  });
  it('says so when a matrix is not positive definite', () => {
    expect(choleskyFactor(Float64Array.of(1, 2, 2, 1), 2)).toBeUndefined();
    expect(invertSymmetric(Float64Array.of(1, 1, 1, 1), 2)).toBeUndefined();
    expect(choleskyFactor(Float64Array.of(NaN), 1)).toBeUndefined();
  });
});

describe('symmetricEigen', () => {
  it('rebuilds the matrix from orthonormal vectors and ascending values', () => {
    const { values, vectors } = symmetricEigen(definite, SIZE);
    expect([...values]).toEqual([...values].sort((a, b) => a - b));
    expectMatrix(multiply(transpose(vectors, SIZE, SIZE), vectors, SIZE, SIZE, SIZE), identity(SIZE));
    const scaled = vectors.map((value, i) => value * values[Math.floor(i / SIZE)]!);
    expectMatrix(multiply(scaled, transpose(vectors, SIZE, SIZE), SIZE, SIZE, SIZE), definite);
  });
  it('knows the eigenvalues of the second-difference matrix', () => {
    const n = 8;
    const matrix = new Float64Array(n * n);
    for (let i = 0; i < n; i += 1) {
      matrix[i * n + i] = 2;
      if (i > 0) matrix[i * n + i - 1] = matrix[(i - 1) * n + i] = -1;
    }
    symmetricEigen(matrix, n).values.forEach((value, k) => expect(value).toBeCloseTo(2 - 2 * Math.cos(((k + 1) * Math.PI) / (n + 1)), 13));
  });
  it('leaves diagonal, zero and one-by-one matrices as they are', () => {
    expect([...symmetricEigen(Float64Array.of(3, 0, 0, -1), 2).values]).toEqual([-1, 3]);
    expect([...symmetricEigen(new Float64Array(9), 3).values]).toEqual([0, 0, 0]);
    expect([...symmetricEigen(Float64Array.of(7), 1).vectors]).toEqual([1]);
  });
});

describe('multiply and transpose', () => {
  it('follow the column-major convention for oblong matrices', () => {
    const a = Float64Array.of(1, 2, 3, 4, 5, 6);
    expect([...transpose(a, 2, 3)]).toEqual([1, 3, 5, 2, 4, 6]);
    expect([...multiply(a, Float64Array.of(1, 0, -1), 2, 3, 1)]).toEqual([-4, -4]);
  });
});

function identity(size: number): Float64Array {
  return Float64Array.from({ length: size * size }, (_, i) => (i % (size + 1) === 0 ? 1 : 0));
}

function expectMatrix(own: Float64Array, expected: Float64Array): void {
  expect(own).toHaveLength(expected.length);
  own.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 11));
}

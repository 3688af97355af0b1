import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { simplexLeastSquares } from '../../../../src/core/measure/simplex-least-squares.ts';

fc.configureGlobal({ seed: 7 });

const problemOf = (entry: fc.Arbitrary<number>) =>
  fc.record({ columns: fc.integer({ min: 1, max: 8 }), rows: fc.integer({ min: 1, max: 12 }) }).chain(({ columns, rows }) => {
    const column = fc.array(entry, { minLength: rows, maxLength: rows }).map((values) => Float64Array.from(values));
    return fc.record({ columns: fc.array(column, { minLength: columns, maxLength: columns }), target: column });
  });
const problem = problemOf(fc.integer({ min: -1000, max: 1000 }).map((value) => value / 100));
const wild = problemOf(fc.double({ min: -1e9, max: 1e9, noNaN: true }));

const sumOfSquares = (values: Float64Array) => values.reduce((sum, value) => sum + value * value, 0);

/** Accelerated projected gradient, run long: slow and independent of the active set. */
function projectedGradient(columns: readonly Float64Array[], target: Float64Array): Float64Array {
  const gram = columns.map((a) => columns.map((b) => a.reduce((sum, value, t) => sum + value * b[t]!, 0)));
  const linear = columns.map((a) => a.reduce((sum, value, t) => sum + value * target[t]!, 0));
  const bound = gram.reduce((trace, row, j) => trace + row[j]!, 0) || 1;
  let weights = columns.map(() => 1 / columns.length);
  let ahead = weights;
  for (let k = 1; k < 20_000; k += 1) {
    const step = ahead.map((value, j) => value - (gram[j]!.reduce((sum, entry, i) => sum + entry * ahead[i]!, 0) - linear[j]!) / bound);
    const next = projectOnSimplex(step);
    ahead = next.map((value, j) => value + ((k - 1) / (k + 2)) * (value - weights[j]!));
    weights = next;
  }
  return Float64Array.from(weights);
}

function projectOnSimplex(values: readonly number[]): number[] {
  const sorted = [...values].sort((a, b) => b - a);
  let sum = 0;
  let shift = 0;
  sorted.forEach((value, k) => {
    sum += value;
    if (value - (sum - 1) / (k + 1) > 0) shift = (sum - 1) / (k + 1);
  });
  return values.map((value) => Math.max(value - shift, 0));
}

const residualsOf = (columns: readonly Float64Array[], target: Float64Array, weights: Float64Array) =>
  target.map((value, t) => value - columns.reduce((sum, column, j) => sum + weights[j]! * column[t]!, 0));

describe('simplexLeastSquares', () => {
  it('satisfies the conditions of optimality to rounding', () => {
    fc.assert(
      fc.property(problem, ({ columns, target }) => {
        const { weights, residuals, optimalityGap } = simplexLeastSquares(columns, target);
        expect(weights.every((weight) => weight >= 0)).toBe(true);
        expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
        expect(optimalityGap).toBeLessThan(1e-13);
        residualsOf(columns, target, weights).forEach((value, t) => expect(residuals[t]).toBeCloseTo(value, 10));
      }),
      { numRuns: 300 },
    );
  });

  it('ends with weights on the simplex whatever the sizes of the numbers', () => {
    fc.assert(
      fc.property(wild, ({ columns, target }) => {
        const { weights, residuals } = simplexLeastSquares(columns, target);
        expect(weights.every((weight) => weight >= 0) && residuals.every(Number.isFinite)).toBe(true);
        expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
      }),
      { numRuns: 500 },
    );
  });

  it('is nowhere beaten by a long run of projected gradients', () => {
    fc.assert(
      fc.property(problem, ({ columns, target }) => {
        const ours = sumOfSquares(simplexLeastSquares(columns, target).residuals);
        const theirs = sumOfSquares(residualsOf(columns, target, projectedGradient(columns, target)));
        expect(ours).toBeLessThanOrEqual(theirs + 1e-10 * (1 + theirs));
        expect(theirs).toBeLessThanOrEqual(ours + 1e-3 * (1 + ours));
      }),
      { numRuns: 30 },
    );
  });

  it('does not depend on the order or the level of the columns', () => {
    fc.assert(
      fc.property(problem, fc.integer({ min: -100, max: 100 }), ({ columns, target }, level) => {
        const here = simplexLeastSquares(columns, target);
        const moved = simplexLeastSquares(
          columns.map((column) => column.map((value) => value + level)).reverse(),
          target.map((value) => value + level),
        );
        expect(sumOfSquares(moved.residuals)).toBeCloseTo(sumOfSquares(here.residuals), 8);
      }),
    );
  });

  it('finds a target inside the hull, and a corner when that is nearest', () => {
    const corners = [Float64Array.of(0, 0), Float64Array.of(4, 0), Float64Array.of(0, 4)];
    expect([...simplexLeastSquares(corners, Float64Array.of(1, 2)).weights].map((weight) => Math.round(weight * 1e12) / 1e12)).toEqual([
      0.25, 0.25, 0.5,
    ]);
    expect([...simplexLeastSquares(corners, Float64Array.of(9, -1)).weights]).toEqual([0, 1, 0]);
    expect(simplexLeastSquares(corners, Float64Array.of(1, 2)).isUnique).toBe(true);
  });

  it('says when other weights fit as well', () => {
    const twins = [Float64Array.of(1, 2, 0), Float64Array.of(1, 2, 0), Float64Array.of(0, 0, 5)];
    const fit = simplexLeastSquares(twins, Float64Array.of(1, 2, 1));
    expect(fit.isUnique).toBe(false);
    expect([...fit.weights].filter((weight) => weight > 0)).toHaveLength(2);
    const inside = [-2, -1, 1, 2].map((value) => Float64Array.of(value));
    expect(simplexLeastSquares(inside, Float64Array.of(0)).isUnique).toBe(false);
  });

  it('handles many columns, few rows and a single column', () => {
    const many = Array.from({ length: 60 }, (_, j) => Float64Array.of((j * 37) % 61, (j * 17) % 53, (j * 7) % 41));
    const fit = simplexLeastSquares(many, Float64Array.of(20, 21, 22));
    expect(sumOfSquares(fit.residuals)).toBeLessThan(1e-20);
    expect([...simplexLeastSquares([Float64Array.of(1, 2)], Float64Array.of(5, 5)).weights]).toEqual([1]);
    expect([...simplexLeastSquares([Float64Array.of(3), Float64Array.of(3)], Float64Array.of(3)).weights]).toEqual([1, 0]);
  });
});

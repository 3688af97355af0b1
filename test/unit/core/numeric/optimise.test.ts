import { describe, expect, it } from 'vitest';
import { findRoot, minimise, minimiseScalar } from '../../../../src/core/numeric/optimise.ts';

describe('minimiseScalar', () => {
  it('finds inner minima and minima at an end', () => {
    expect(minimiseScalar((x) => (x - 2) ** 2 + 1, 0, 10).x).toBeCloseTo(2, 7);
    expect(minimiseScalar((x) => Math.cos(x), 2, 5).x).toBeCloseTo(Math.PI, 7);
    expect(minimiseScalar((x) => x, -3, 4).x).toBeCloseTo(-3, 6);
    expect(minimiseScalar((x) => Math.abs(x - 0.3), 0, 1).x).toBeCloseTo(0.3, 7);
  });
  it('is frugal on smooth functions', () => {
    expect(minimiseScalar((x) => x * x * x * x - 3 * x, -1, 3).evaluations).toBeLessThan(40);
  });
});

describe('findRoot', () => {
  it('finds the root to the last digits', () => {
    expect(findRoot((x) => x * x * x - 2, 0, 5)).toBeCloseTo(Math.cbrt(2), 15);
    expect(findRoot((x) => Math.cos(x) - x, 0, 1)).toBeCloseTo(0.7390851332151607, 15);
    expect(findRoot((x) => x ** 9, -1, 1.5)).toBeCloseTo(0, 1);
    expect(findRoot((x) => (x < 0.7 ? -1 : 1), 0, 1)).toBeCloseTo(0.7, 14);
  });
  it('accepts a root at an end, and says so when the sign does not change', () => {
    expect(findRoot((x) => x, 0, 1)).toBe(0);
    expect(findRoot((x) => x - 1, 0, 1)).toBe(1);
    expect(findRoot((x) => x * x + 1, -1, 1)).toBeUndefined();
  });
});

describe('minimise', () => {
  const rosenbrock = (x: Float64Array): number => 100 * (x[1]! - x[0]! ** 2) ** 2 + (1 - x[0]!) ** 2;
  it('walks the Rosenbrock valley with and without a gradient', () => {
    const gradient = (x: Float64Array, into: Float64Array): void => {
      into[0] = -400 * x[0]! * (x[1]! - x[0]! ** 2) - 2 * (1 - x[0]!);
      into[1] = 200 * (x[1]! - x[0]! ** 2);
    };
    for (const options of [{}, { gradient }]) {
      const { x, converged } = minimise(rosenbrock, [-1.2, 1], options);
      expect(converged).toBe(true);
      expect(x[0]).toBeCloseTo(1, 6);
      expect(x[1]).toBeCloseTo(1, 6);
    }
  });
  it('solves a badly scaled quadratic in few steps', () => {
    const { x, iterations } = minimise((v) => v.reduce((sum, value, i) => sum + 10 ** i * (value - i) ** 2, 0), [5, 5, 5, 5, 5]);
    x.forEach((value, i) => expect(value).toBeCloseTo(i, 5));
    expect(iterations).toBeLessThan(60);
  });
  it('backs away from where the function is not a number', () => {
    const { x } = minimise((v) => (v[0]! > 0 ? v[0]! - Math.log(v[0]!) : NaN), [8]);
    expect(x[0]).toBeCloseTo(1, 6);
  });
  it('stops at once at a minimum and reports when it has not converged', () => {
    expect(minimise((v) => v[0]! ** 2, [0])).toMatchObject({ iterations: 0, converged: true });
    expect(minimise(rosenbrock, [-1.2, 1], { maxIterations: 3 })).toMatchObject({ iterations: 3, converged: false });
  });
});

import fc from 'fast-check';
import { expect } from 'vitest';
import { InputError } from '../../../../src/core/contracts/input-error.ts';
import type { Estimate } from '../../../../src/core/measure/estimator.ts';
import { categoryColumn, numberColumn, type DataTable } from '../../../../src/core/numeric/columns.ts';
import { isFiniteThroughout } from './toy-worlds.ts';

/** Ordinary numbers, counts with many ties, missing values, and now and then the ends of the range. */
const number = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: -100, max: 100, noNaN: true }) },
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 3 }) },
  { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, 1e308, -1e308, 1e-308, 0) },
);
const label = fc.constantFrom('a', 'b', 'c', null);

/** Any small table of them, with arms, labels, units and periods. */
export const anyTable = fc.integer({ min: 0, max: 40 }).chain((n) => {
  const numbers = fc.array(number, { minLength: n, maxLength: n }).map((values) => numberColumn(Float64Array.from(values)));
  const arms = fc
    .array(fc.constantFrom(0, 0, 1, 1, NaN), { minLength: n, maxLength: n })
    .map((values) => numberColumn(Float64Array.from(values)));
  const labels = fc.array(label, { minLength: n, maxLength: n }).map(categoryColumn);
  return fc.record({ y: numbers, t: arms, x: numbers, z: numbers, shop: labels }).map((columns): DataTable => ({
    rowCount: n,
    columns: new Map([
      ...Object.entries(columns),
      ['time', numberColumn(Float64Array.from({ length: n }, (_, i) => i))],
      ['unit', categoryColumn(Array.from({ length: n }, (_, i) => `u${i % 5}`))],
      ['period', numberColumn(Float64Array.from({ length: n }, (_, i) => Math.floor(i / 5)))],
    ]),
  }));
});

/** A whole result, or a complaint about the input; never an exception of another kind, never a number that is not one. */
export function expectSound(estimate: () => Estimate): void {
  let result: Estimate;
  try {
    result = estimate();
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return;
  }
  expect(isFiniteThroughout(result)).toBe(true);
  expect(structuredClone(result)).toEqual(result);
  expect(estimate()).toEqual(result);
  if (result.status === 'degenerate') {
    expect(result.reason.length).toBeGreaterThan(20);
    return;
  }
  expect(result.ci_lower <= result.estimate && result.estimate <= result.ci_upper).toBe(true);
  expect(result.p_value).toBeGreaterThan(0);
  expect(result.p_value).toBeLessThanOrEqual(1);
  expect(typeof result.diagnostics['r_squared']).toBe('number');
}

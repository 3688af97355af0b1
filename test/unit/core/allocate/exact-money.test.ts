import { describe, expect, it } from 'vitest';
import { effectiveReturns, asNumbers } from '../../../../src/core/allocate/effective-returns.ts';
import { confidencePenalty } from '../../../../src/core/allocate/penalties/index.ts';
import { exactColumns } from '../../../../src/core/allocate/exact/exact-columns.ts';
import { exactCosts } from '../../../../src/core/allocate/exact/exact-costs.ts';
import { add, decimal, multiply, subtract, toNumber, unitsOf } from '../../../../src/core/allocate/exact/exact-decimal.ts';

const value = ({ digits, exponent }: ReturnType<typeof decimal>) => toNumber(digits, exponent);

describe('decimals', () => {
  it('are what was written, and come back as the same double', () => {
    expect(decimal(0.1)).toEqual({ digits: 1n, exponent: -1 });
    expect(decimal(-1200)).toEqual({ digits: -12n, exponent: 2 });
    expect(decimal(0)).toEqual({ digits: 0n, exponent: 0 });
    expect(decimal(-0)).toEqual({ digits: 0n, exponent: 0 });
    expect(decimal(1.5e300)).toEqual({ digits: 15n, exponent: 299 });
    for (const number of [0.1, 1 / 3, -2.5e-8, 5e-324, 1.7976931348623157e308, 123456789.01, 1e21, 1e-7])
      expect(value(decimal(number))).toBe(number);
  });

  it('add, subtract and multiply as on paper', () => {
    expect(value(add(decimal(0.1), decimal(0.2)))).toBe(0.3);
    expect(value(subtract(decimal(1), decimal(0.9)))).toBe(0.1);
    expect(value(multiply(decimal(1.1), decimal(1.1)))).toBe(1.21);
    expect(value(add(decimal(1e20), decimal(1e-20)))).toBe(1e20);
    expect(subtract(add(decimal(1e20), decimal(1e-20)), decimal(1e20))).toEqual(decimal(1e-20));
  });

  it('round to units down, up and to the nearest', () => {
    const units = (number: number) =>
      (['down', 'nearest', 'up'] as const).map((rounding) => Number(unitsOf(decimal(number), -1, rounding)));
    expect(units(0.25)).toEqual([2, 3, 3]);
    expect(units(-0.25)).toEqual([-3, -3, -2]);
    expect(units(0.24)).toEqual([2, 2, 3]);
    expect(units(7)).toEqual([70, 70, 70]);
  });
});

describe('effective returns', () => {
  it('lie between the worst return and the return in the state, by confidence', () => {
    const candidate = { id: 'a', cost: 1, R_best: 15, R_med: 10, R_worst: 2, confidence: 0.9 };
    expect(asNumbers(effectiveReturns(candidate, confidencePenalty(undefined)))).toEqual({ best: 13.7, med: 9.2, worst: 2 });
    expect(asNumbers(effectiveReturns({ ...candidate, confidence: 1 }, confidencePenalty(undefined)))).toEqual({
      best: 15,
      med: 10,
      worst: 2,
    });
    expect(asNumbers(effectiveReturns({ ...candidate, confidence: 0 }, confidencePenalty(undefined)))).toEqual({
      best: 2,
      med: 2,
      worst: 2,
    });
    expect(
      asNumbers(effectiveReturns({ ...candidate, R_worst: -0.3, R_med: 0.1, R_best: 0.2, confidence: 0.7 }, confidencePenalty(undefined))),
    ).toEqual({ best: 0.05, med: -0.02, worst: -0.3 });
  });
});

describe('columns in one unit', () => {
  const columns = (rows: number[][]) =>
    exactColumns(
      rows.map((row) => row.map(decimal)),
      2,
    );

  it('are exact where the decimals are short', () => {
    expect(
      columns([
        [0.25, -3],
        [12, 0],
      ]),
    ).toEqual({ columns: [Float64Array.from([25, 1200]), Float64Array.from([-300, 0])], exponent: -2, exact: true });
    expect(
      columns([
        [3e12, 1],
        [1e12, 0],
      ]).exponent,
    ).toBe(0);
    expect(columns([])).toEqual({ columns: [new Float64Array(0), new Float64Array(0)], exponent: 0, exact: true });
    expect(columns([[0, 0]]).exact).toBe(true);
  });

  it('lose the noise of computed figures, and nothing larger', () => {
    const noisy = columns([
      [12218.400000000001, 0],
      [1 / 3, 0],
    ]);
    expect(noisy.exact).toBe(false);
    expect(toNumber(noisy.columns[0]?.[0] as number, noisy.exponent)).toBe(12218.4);
    expect(Math.abs(toNumber(noisy.columns[0]?.[1] as number, noisy.exponent) - 1 / 3)).toBeLessThan(1e-9);
  });

  it('have sums that a double holds, for any magnitudes', () => {
    for (const scale of [1e-300, 1e-8, 1, 1e12, 1e290]) {
      const {
        columns: [column],
      } = columns(Array.from({ length: 50 }, (_, i) => [scale * (1 + Math.SQRT2 * i), 0]));
      expect((column as Float64Array).reduce((sum, entry) => sum + Math.abs(entry), 0)).toBeLessThan(2 ** 52);
      expect((column as Float64Array).every(Number.isInteger)).toBe(true);
      expect(Math.max(...(column as Float64Array))).toBeGreaterThan(1e10);
    }
  });
});

describe('costs against a budget', () => {
  const fits = (costs: readonly number[], budget: number) => {
    const exact = exactCosts(costs, budget);
    return exact.fits(
      exact.values.reduce((sum, cost) => sum + cost, 0),
      () => true,
    );
  };

  it('are compared as decimals', () => {
    expect(fits([0.1, 0.2], 0.3)).toBe(true);
    expect(fits([0.1, 0.2], 0.29999999999999993)).toBe(false);
    expect(fits([1.1, 2.2, 3.3], 6.6)).toBe(true);
  });

  it('are compared exactly when no common unit fits a double', () => {
    const third = 3333.3333333333335;
    expect(fits([third, third, third], 10000)).toBe(false);
    expect(fits([third, third, third], 10000.000000000002)).toBe(true);
    expect(fits([1e15, 1e-15], 1e15)).toBe(false);
    expect(fits([1e15, 1e-15], 2e15)).toBe(true);
    expect(fits([1e300, 1e-300], 1e300)).toBe(false);
    expect(fits([5e-324, 1e308], 1.1e308)).toBe(true);
  });

  it('may meet a budget of any size, and none', () => {
    expect(fits([0.5, 12], Number.MAX_VALUE)).toBe(true);
    expect(fits([0.5, 12], 0)).toBe(false);
    expect(fits([], 0)).toBe(true);
    expect(fits([10, 20], 30.999)).toBe(true);
  });

  it('are totalled and ordered exactly', () => {
    const exact = exactCosts([0.1, 0.2, 0.7, 1 / 3], 2);
    expect(exact.total((i) => i < 3)).toBe(1);
    const close = exactCosts([1e15, 1e-3, 2e-3], 1e16);
    const sum = (chosen: readonly number[]) => chosen.reduce((total, i) => total + (close.values[i] as number), 0);
    const compare = (a: readonly number[], b: readonly number[]) =>
      close.compare(
        sum(a),
        (i) => a.includes(i),
        sum(b),
        (i) => b.includes(i),
      );
    expect(compare([0, 1], [0, 2])).toBeLessThan(0);
    expect(compare([0, 2], [0, 1])).toBeGreaterThan(0);
    expect(compare([0, 1], [0, 1])).toBe(0);
  });
});

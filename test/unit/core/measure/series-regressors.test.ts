import { describe, expect, it } from 'vitest';
import { difference, readOrder } from '../../../../src/core/measure/series-order.ts';
import { seriesRegressors, type RegressorChoice } from '../../../../src/core/measure/series-regressors.ts';

const plain: RegressorChoice = { trend: true, slope_change: true, seasonality: 'none', period: 7, harmonics: 1 };

describe('seriesRegressors', () => {
  it('counts on the calendar, over gaps too', () => {
    const { names, columns, nGaps } = seriesRegressors(Float64Array.of(10, 11, 13, 14), 'number', 2, plain);
    expect(names).toEqual(['intercept', 'trend', 'level_change', 'slope_change']);
    expect(columns.map((column) => [...column])).toEqual([
      [1, 1, 1, 1],
      [1, 2, 4, 5],
      [0, 0, 1, 1],
      [0, 0, 1, 2],
    ]);
    expect(nGaps).toBe(1);
  });

  it('leaves out the first weekday that occurs', () => {
    // Day 0 was a Thursday.
    const { names, columns } = seriesRegressors(Float64Array.of(0, 1, 2, 3, 4, 5, 6, 7), 'day', 4, {
      ...plain,
      trend: false,
      slope_change: false,
      seasonality: 'weekday',
    });
    expect(names).toEqual(['intercept', 'level_change', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']);
    expect([...columns[4]!]).toEqual([1, 0, 0, 0, 0, 0, 0, 1]);
    expect(() => seriesRegressors(Float64Array.of(0, 1), 'month', 1, { ...plain, seasonality: 'weekday' })).toThrow(/seasonality.*months/);
  });

  it('leaves out the sine that is 0 throughout, and refuses more harmonics than there are', () => {
    const { names, columns } = seriesRegressors(Float64Array.of(1, 2, 3, 4, 5), 'number', 3, {
      ...plain,
      seasonality: 'fourier',
      period: 4,
      harmonics: 2,
    });
    expect(names.slice(4)).toEqual(['sine_1', 'cosine_1', 'cosine_2']);
    columns[4]!.forEach((value, t) => expect(value).toBeCloseTo(Math.sin((Math.PI * (t + 1)) / 2), 14));
    columns[6]!.forEach((value, t) => expect(value).toBeCloseTo(t % 2 === 0 ? -1 : 1, 14));
    expect(() =>
      seriesRegressors(Float64Array.of(1, 2), 'number', 1, { ...plain, seasonality: 'fourier', period: 7, harmonics: 4 }),
    ).toThrow(/at most 3 harmonics/);
  });
});

describe('readOrder', () => {
  it('reads orders and refuses what cannot be fitted', () => {
    expect(readOrder([1, 0, 2], null)).toEqual({ arma: { p: 1, q: 2, seasonalP: 0, seasonalQ: 0, season: 1 }, differences: [] });
    expect(readOrder([0, 1, 1], [1, 1, 0, 7])).toEqual({
      arma: { p: 0, q: 1, seasonalP: 1, seasonalQ: 0, season: 7 },
      differences: [1, 7],
    });
    for (const order of [
      [-1, 0, 0],
      [0, 2, 0],
      [0, 0, 6],
    ])
      expect(() => readOrder(order, null)).toThrow(/order/);
    for (const seasonal of [
      [3, 0, 0, 7],
      [0, 2, 0, 7],
      [0, 0, 0, 1],
      [0, 0, 0, 400],
    ])
      expect(() => readOrder([1, 0, 0], seasonal)).toThrow(/seasonal_order/);
  });
});

describe('difference', () => {
  it('takes differences one after another', () => {
    expect([...difference(Float64Array.of(1, 4, 9, 16, 25), [1])]).toEqual([3, 5, 7, 9]);
    expect([...difference(Float64Array.of(1, 4, 9, 16, 25), [1, 2])]).toEqual([4, 4]);
    expect([...difference(Float64Array.of(1, 2), [])]).toEqual([1, 2]);
  });
});

import { describe, expect, it } from 'vitest';
import { jackknifeSe } from '../../../../src/core/study/jackknife.ts';
import { generator, normal } from './decision-records.ts';

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function leftOut(groups: readonly (readonly number[])[], figure: (values: readonly number[]) => number) {
  return groups.map((group, left) => ({ cases: group.length, value: figure(groups.filter((_, i) => i !== left).flat()) }));
}

describe('the jackknife', () => {
  it('of a mean, leaving out one case at a time, is its textbook standard error', () => {
    const values = [3, 1, 4, 1, 5, 9, 2, 6];
    const squares = values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0);
    const groups = values.map((value) => [value]);
    expect(jackknifeSe(mean(values), leftOut(groups, mean))).toBeCloseTo(Math.sqrt(squares / (8 * 7)), 12);
  });

  it('is exactly zero where nothing changes, and is not told of a single group', () => {
    const same = [
      { cases: 3, value: 0.1 },
      { cases: 4, value: 0.1 },
      { cases: 3, value: 0.1 },
    ];
    expect(jackknifeSe(0.1, same)).toBe(0);
    expect(
      jackknifeSe(0.1, [
        { cases: 3, value: 0.2 },
        { cases: 0, value: 5 },
      ]),
    ).toBeNull();
  });

  it('is right on average for a ratio of means in unequal groups', () => {
    const uniform = generator(12);
    const sizes = Array.from({ length: 20 }, (_, i) => (i < 7 ? 6 : 5));
    const ratio = (pairs: readonly (readonly [number, number])[]) => mean(pairs.map(([a]) => a)) / mean(pairs.map(([, b]) => b));
    const repeats = Array.from({ length: 600 }, () => {
      const groups = sizes.map((size) =>
        Array.from({ length: size }, () => {
          const shared = normal(uniform);
          return [10 + shared + normal(uniform), 20 + 2 * shared] as const;
        }),
      );
      const value = ratio(groups.flat());
      const without = groups.map((group, left) => ({ cases: group.length, value: ratio(groups.filter((_, i) => i !== left).flat()) }));
      return { value, squared: jackknifeSe(value, without)! ** 2 };
    });
    const values = repeats.map(({ value }) => value);
    const variance = mean(values.map((value) => (value - mean(values)) ** 2));
    const squared = repeats.map(({ squared: one }) => one);
    const error = Math.sqrt(mean(squared.map((one) => (one - mean(squared)) ** 2)) / 600 + (2 * variance * variance) / 600);
    expect(Math.abs(mean(squared) - variance)).toBeLessThan(4 * error);
  });
});

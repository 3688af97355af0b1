import { describe, expect, it } from 'vitest';
import { halfSamples, halfSampleSe } from '../../../../src/core/study/half-samples.ts';
import { generator, normal } from './decision-records.ts';

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const halvesOf = (groups: readonly number[], figure: (values: readonly number[]) => number) =>
  halfSamples.map((taken) => figure(groups.filter((_, group) => taken[group])));

describe('balanced half samples', () => {
  it('take ten of twenty groups each, and any two share five', () => {
    expect(halfSamples).toHaveLength(19);
    halfSamples.forEach((taken, i) => {
      expect(taken.filter(Boolean)).toHaveLength(10);
      halfSamples.slice(i + 1).forEach((other) => expect(taken.filter((is, group) => is && other[group])).toHaveLength(5));
    });
  });

  it('give a mean its textbook standard error exactly', () => {
    const values = Array.from({ length: 20 }, (_, i) => ((i * 7) % 20) ** 1.5);
    const squares = values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0);
    expect(halfSampleSe(mean(values), halvesOf(values, mean))).toBeCloseTo(Math.sqrt(squares / (20 * 19)), 12);
  });

  it('know of a jump that is within a standard error, and not of one far away', () => {
    const uniform = generator(6);
    const groups = Array.from({ length: 20 }, () => normal(uniform));
    const centre = mean(groups);
    const jumpAt = (from: number) => (values: readonly number[]) => (mean(values) > from ? 100 : 0);
    const near = jumpAt(centre - 0.02);
    expect(halfSampleSe(near(groups), halvesOf(groups, near))).toBeGreaterThan(20);
    const far = jumpAt(centre - 5);
    expect(halfSampleSe(far(groups), halvesOf(groups, far))).toBe(0);
  });

  it('are right on average for a figure at the very point where it jumps', () => {
    // 0 or 1 with probability a half each: a variance of 1 / 4. A half and the whole correlate by 1 / sqrt 2, so they differ in sign with
    // probability arccos(1 / sqrt 2) / pi, which is 1 / 4 as well.
    const uniform = generator(5);
    const jump = (values: readonly number[]) => (mean(values) > 0 ? 1 : 0);
    const squared = Array.from({ length: 1500 }, () => {
      const groups = Array.from({ length: 20 }, () => normal(uniform));
      return halfSampleSe(jump(groups), halvesOf(groups, jump)) ** 2;
    });
    const error = Math.sqrt(mean(squared.map((one) => (one - mean(squared)) ** 2)) / 1500);
    expect(Math.abs(mean(squared) - 0.25)).toBeLessThan(4 * error);
  });
});

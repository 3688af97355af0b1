import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { correlation, covariance, mean, standardDeviation, sum, variance, weightedMean } from '../../../../src/core/numeric/moments.ts';
import { median, quantile, quantileOfSorted, type QuantileType } from '../../../../src/core/numeric/quantile.ts';
import { readFileSync } from 'node:fs';

fc.configureGlobal({ seed: 7 });

describe('moments', () => {
  it('keep their digits far from zero', () => {
    const values = [4, 7, 13, 16].map((value) => value + 1e9);
    expect(mean(values)).toBe(1e9 + 10);
    expect(variance(values)).toBe(30);
    expect(covariance(values, [1, 2, 3, 4])).toBeCloseTo(7, 12);
    expect(sum([1e16, 1, -1e16, 1])).toBe(2);
  });
  it('know what they cannot say', () => {
    expect(mean([])).toBeNaN();
    expect(variance([3])).toBeNaN();
    expect(correlation([1, 1, 1], [1, 2, 3])).toBeNaN();
    expect(weightedMean([1, 2], [0, 0])).toBeNaN();
    expect([sum([Infinity, 1]), sum([])]).toEqual([Infinity, 0]);
  });
  it('correlation is 1 for a line and never beyond', () => {
    expect(correlation([1, 2, 3], [2, 4, 6])).toBe(1);
    const values = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 2, maxLength: 9 });
    fc.assert(
      fc.property(
        values,
        (x) =>
          !(
            Math.abs(
              correlation(
                x,
                x.map((v) => 3 - 2 * v),
              ),
            ) > 1
          ),
      ),
    );
  });
  it('variance does not depend on the order and grows with the square of the scale', () => {
    const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 30 });
    fc.assert(
      fc.property(values, (x) => {
        expect(variance([...x].reverse())).toBeCloseTo(variance(x), 8);
        expect(standardDeviation(x.map((v) => 3 * v))).toBeCloseTo(3 * standardDeviation(x), 8);
      }),
    );
  });
  it('weights count as repetitions', () => {
    expect(weightedMean([1, 5, 9], [2, 1, 0])).toBeCloseTo(mean([1, 1, 5]), 15);
  });
});

describe('quantiles against R', () => {
  const golden = JSON.parse(readFileSync(new URL('../../../reference/quantiles.json', import.meta.url), 'utf8')) as {
    probabilities: number[];
    rows: { type: QuantileType; sample: number[]; values: number[] }[];
  };
  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9] as const)('type %i', (type) => {
    const rows = golden.rows.filter((row) => row.type === type);
    expect(rows).toHaveLength(5);
    for (const { sample, values } of rows) {
      golden.probabilities.forEach((p, i) => expect(quantile(sample, p, type), `p ${p} of ${sample.join()}`).toBeCloseTo(values[i]!, 12));
    }
  });
  it('leaves the sample as it is, and knows empty samples and impossible probabilities', () => {
    const sample = Float64Array.of(3, 1, 2);
    expect(median(sample)).toBe(2);
    expect([...sample]).toEqual([3, 1, 2]);
    expect([quantile([], 0.5), quantileOfSorted([1, 2], 1.5), quantileOfSorted([1, 2], NaN)]).toEqual([NaN, NaN, NaN]);
  });
});

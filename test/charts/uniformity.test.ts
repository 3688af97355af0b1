// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { binomialBand, kolmogorovSmirnov, kolmogorovTail } from '../../src/charts/uniformity.ts';
import { uniforms } from './study-fixtures.ts';

/** n values whose largest distance from the uniform distribution is exactly d: all of them moved up by d. */
function shifted(n: number, d: number): number[] {
  return Array.from({ length: n }, (_, i) => Math.min(i / n + d, 1));
}

describe('the Kolmogorov-Smirnov test of uniformity', () => {
  it('has the exact distribution that Marsaglia, Tsang and Wang print: P(D_10 < 0.274) = 0.6284796154565', () => {
    const { distance, pValue, method } = kolmogorovSmirnov(shifted(10, 0.274))!;
    expect(distance).toBeCloseTo(0.274, 12);
    expect(1 - pValue).toBeCloseTo(0.6284796154565, 12);
    expect(method).toBe('exact');
  });

  // scipy.stats.kstwo.sf(d, n), SciPy 1.17.1.
  it.each([
    [1, 0.7, 0.6],
    [5, 0.3, 0.664],
    [20, 0.2, 0.352720173623415],
    [100, 0.1, 0.2526927570063874],
    [100, 0.16, 0.010543506724453174],
    [50, 0.35, 5.573523514803185e-6],
  ])('agrees with SciPy for n = %d, d = %f', (n, d, expected) => {
    expect(kolmogorovSmirnov(shifted(n, d))!.pValue).toBeCloseTo(expected, 11);
  });

  it('takes the larger of the two one-sided distances, as scipy.stats.kstest does', () => {
    const { distance, pValue } = kolmogorovSmirnov([0.9, 0.01, 0.31, 0.02, 0.3, 0.77, 0.5])!;
    expect(distance).toBeCloseTo(0.2657142857142857, 14);
    expect(pValue).toBeCloseTo(0.6149947187250971, 11);
  });

  // scipy.stats.kstwo.sf(d, n): the limit with the correction of Stephens is within 2% of it.
  it.each([
    [101, 0.1, 0.2477060250143171],
    [500, 0.06, 0.05243463489026223],
    [1000, 0.039, 0.09298528319117472],
    [5000, 0.02, 0.03613941395325637],
  ])('is asymptotic above 100 values and says so: n = %d, d = %f', (n, d, exact) => {
    const { pValue, method } = kolmogorovSmirnov(shifted(n, d))!;
    expect(method).toBe('asymptotic');
    expect(Math.abs(pValue / exact - 1)).toBeLessThan(0.02);
  });

  // scipy.stats.kstwobign.sf(x).
  it.each([
    [0.3, 0.9999906941986655],
    [0.5, 0.9639452436648751],
    [0.9, 0.3927307079406543],
    [1.0, 0.26999967167735456],
    [1.2, 0.11224966667072497],
    [1.9, 0.0014636048371873506],
  ])('has the limit of Kolmogorov at %f', (x, expected) => {
    expect(kolmogorovTail(x)).toBeCloseTo(expected, 13);
  });

  it('rejects uniform values at 5% about one time in twenty', () => {
    const studies = 400;
    const rejected = Array.from({ length: studies }, (_, i) => kolmogorovSmirnov(uniforms(60, `study ${i}`))!).filter(
      ({ pValue }) => pValue <= 0.05,
    ).length;
    expect(Math.abs(rejected / studies - 0.05)).toBeLessThan(4 * Math.sqrt((0.05 * 0.95) / studies));
  });

  it('has nothing to say about no values, and leaves out what is no probability', () => {
    expect(kolmogorovSmirnov([])).toBeNull();
    expect(kolmogorovSmirnov([Number.NaN, -0.1, 1.1])).toBeNull();
    expect(kolmogorovSmirnov([0.5, Number.NaN])!.distance).toBe(0.5);
  });
});

describe('the band of a binomial count', () => {
  // From scipy.stats.binom: the largest low with P(count < low) <= tail, the least high with P(count > high) <= tail.
  it.each([
    [1000, 0.05, 0.00125, 30, 72],
    [20, 0.05, 0.00125, 0, 5],
    [10_000, 0.05, 0.00125, 435, 567],
    [1, 0.05, 0.00125, 0, 1],
    [200, 0.5, 0.025, 86, 114],
  ])('agrees with SciPy for n = %d, p = %f, tail %f', (n, p, tail, low, high) => {
    expect(binomialBand(n, p, tail)).toEqual({ low, high });
  });
});

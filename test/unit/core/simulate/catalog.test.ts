import { describe, expect, it } from 'vitest';
import { namedStream } from '../../../../src/core/random/stream.ts';
import {
  categoryNames,
  makeCatalog,
  meanPrice,
  priceRanges,
  qualityDistribution,
  qualityScore,
  textSizes,
} from '../../../../src/core/simulate/catalog.ts';

const stream = (replication = 0) => namedStream({ seed: 'catalog', initiative: 'test', stage: 'pilot', replication, purpose: 'catalog' });
const n = 40_000;
const catalog = makeCatalog(stream(), n, categoryNames);

describe('makeCatalog', () => {
  it('puts every price in its category range, in whole cents', () => {
    catalog.price.forEach((price, i) => {
      const [lowest, highest] = priceRanges[categoryNames[catalog.category[i]!]!];
      if (!(price >= lowest && price <= highest && Math.abs(price * 100 - Math.round(price * 100)) < 1e-6)) expect.fail(`price ${price}`);
    });
  });

  it('draws categories evenly', () => {
    const counts = new Array<number>(8).fill(0);
    for (const c of catalog.category) counts[c]! += 1;
    const chiSquare = counts.reduce((sum, count) => sum + (count - n / 8) ** 2 / (n / 8), 0);
    expect(chiSquare).toBeLessThan(7 + 4 * Math.sqrt(14));
  });

  it('has the mean price that the population truth uses', () => {
    const mean = catalog.price.reduce((sum, p) => sum + p, 0) / n;
    const sd = Math.sqrt(catalog.price.reduce((sum, p) => sum + (p - mean) ** 2, 0) / n);
    expect(Math.abs(mean - meanPrice(categoryNames))).toBeLessThan(4 * (sd / Math.sqrt(n)));
    expect(meanPrice(['Books'])).toBe(35);
  });

  it('begins with the same products, however many follow', () => {
    const small = makeCatalog(stream(), 50, categoryNames);
    for (const column of ['category', 'price', 'quality', 'titleLength', 'descriptionLength', 'featureCount', 'hasBrand'] as const) {
      expect([...small[column]]).toEqual([...catalog[column].slice(0, 50)]);
    }
  });

  it('deals products to units whose sizes differ by at most one', () => {
    const dealt = makeCatalog(stream(), 103, ['Books'], ['a', 'b', 'c', 'd']);
    const sizes = [0, 0, 0, 0];
    for (const u of dealt.unit) sizes[u]! += 1;
    expect(sizes).toEqual([26, 26, 26, 25]);
    expect(new Set(catalog.unit)).toEqual(new Set([0]));
  });

  it('names the field and the known categories for one it does not know', () => {
    expect(() => makeCatalog(stream(), 3, ['Shoes'])).toThrow(/catalog\.categories: 'Shoes' is not a category; known ones: Electronics/);
  });
});

describe('quality score', () => {
  it('is the stated formula, rounded to three places', () => {
    for (let i = 0; i < 2000; i += 1) {
      const [t, d, f, b] = [catalog.titleLength[i]!, catalog.descriptionLength[i]!, catalog.featureCount[i]!, catalog.hasBrand[i]!];
      const exact = 0.3 * Math.min(t / 50, 1) + 0.35 * Math.min(d / 100, 1) + 0.2 * Math.min(f / 4, 1) + 0.15 * b;
      expect(Math.abs(catalog.quality[i]! - exact)).toBeLessThanOrEqual(0.0005 + 1e-12);
      expect(catalog.quality[i]).toBe(Number(catalog.quality[i]!.toFixed(3)));
    }
    expect(qualityScore(60, 140, 5, 1)).toBe(1);
    expect(qualityScore(0, 0, 0, 0)).toBe(0);
    expect(qualityScore(25, 1, 2, 0)).toBe(0.254);
  });

  it('spreads from about 0.3 to 1', () => {
    const sorted = [...catalog.quality].sort((a, b) => a - b);
    expect(sorted[Math.floor(0.01 * n)]).toBeLessThan(0.4);
    expect(sorted[Math.floor(0.99 * n)]).toBeGreaterThan(0.95);
    expect(sorted[0]).toBeGreaterThan(0.1);
  });

  it('follows its exact distribution', () => {
    const probability = qualityDistribution();
    expect(probability.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
    const mean = probability.reduce((sum, p, k) => sum + (p * k) / 1000, 0);
    const variance = probability.reduce((sum, p, k) => sum + p * (k / 1000 - mean) ** 2, 0);
    const drawn = catalog.quality.reduce((sum, q) => sum + q, 0) / n;
    expect(Math.abs(drawn - mean)).toBeLessThan(4 * Math.sqrt(variance / n));
    for (const cut of [0.4, 0.55, 0.7, 0.85]) {
      const p = probability.reduce((sum, q, k) => sum + (k / 1000 <= cut ? q : 0), 0);
      const share = catalog.quality.filter((q) => q <= cut).length / n;
      expect(Math.abs(share - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / n));
    }
    // By linearity: the mean of each term on its own, rounding apart.
    const meanOf = ([from, to]: readonly [number, number], cap: number) => {
      let sum = 0;
      for (let k = from; k <= to; k += 1) sum += Math.min(k / cap, 1);
      return sum / (to - from + 1);
    };
    const expected =
      0.3 * meanOf(textSizes.title, 50) +
      0.35 * meanOf(textSizes.description, 100) +
      0.2 * meanOf(textSizes.features, 4) +
      0.15 * textSizes.brandShare;
    expect(Math.abs(mean - expected)).toBeLessThan(3e-4);
  });
});

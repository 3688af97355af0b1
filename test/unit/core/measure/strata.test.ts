import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compositeStrata, quantileStrata } from '../../../../src/core/measure/strata.ts';

fc.configureGlobal({ seed: 7 });

describe('quantileStrata', () => {
  it('closes strata on the right and includes the lowest value', () => {
    const { stratumOf, labels } = quantileStrata(Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9), 4);
    expect([...stratumOf]).toEqual([0, 0, 0, 1, 1, 2, 2, 3, 3]);
    expect(labels).toEqual(['1 to 3', '4 to 5', '6 to 7', '8 to 9']);
  });

  it('keeps few values as they are', () => {
    expect(quantileStrata(Float64Array.of(1, 0, 0, 0, 0, 0, 0, 0), 5)).toEqual({
      stratumOf: Int32Array.of(1, 0, 0, 0, 0, 0, 0, 0),
      labels: ['0', '1'],
    });
  });

  it('does not collapse counts that are mostly zero', () => {
    const { stratumOf, labels } = quantileStrata(Float64Array.of(...new Array<number>(90).fill(0), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10), 5);
    expect(labels).toEqual(['0', '1 to 10']);
    expect(stratumOf.filter((stratum) => stratum === 1)).toHaveLength(10);
  });

  it('gives nearly equal strata that follow the order of the values', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 30, maxLength: 90 }),
        fc.integer({ min: 2, max: 8 }),
        (list, count) => {
          const { stratumOf, labels } = quantileStrata(Float64Array.from(list), count);
          const sizes = labels.map((_, s) => stratumOf.filter((stratum) => stratum === s).length);
          expect(labels).toHaveLength(count);
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(2);
          const inOrder = list.map((_, i) => i).sort((i, j) => list[i]! - list[j]!);
          expect(inOrder.every((i, k) => k === 0 || stratumOf[inOrder[k - 1]!]! <= stratumOf[i]!)).toBe(true);
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('compositeStrata', () => {
  it('combines the strata of each covariate, in order', () => {
    const { stratumOf, labels } = compositeStrata(
      [
        { name: 'new', kind: 'number', values: Float64Array.of(1, 0, 1, 0) },
        { name: 'shop', kind: 'category', codes: Int32Array.of(0, 1, 1, 1), levels: ['east', 'west'] },
      ],
      5,
    );
    expect(labels).toEqual(['new 0, shop west', 'new 1, shop east', 'new 1, shop west']);
    expect([...stratumOf]).toEqual([1, 0, 2, 0]);
  });
});

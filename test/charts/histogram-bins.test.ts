// @vitest-environment node
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binEdges, binned, binsFor, exampleOf, robustRange } from '../../src/charts/histogram-bins.ts';
import { normals } from './study-fixtures.ts';

const value = (item: number) => item;

describe('bins', () => {
  it('have round edges of one width that cover the range', () => {
    expect(binEdges([0.13, 0.94], 8)).toEqual([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]);
    expect(binEdges([-2600, 5100], 4)).toEqual([-4000, -2000, 0, 2000, 4000, 6000]);
  });

  it('hold what opens them; the last also what closes it; what is outside is counted, what is no number is not', () => {
    const { bins, below, above } = binned([0, 1, 1, 1.99, 2, -0.001, 2.5, Infinity, -Infinity, Number.NaN], value, [0, 1, 2]);
    expect(bins.map(({ items }) => items)).toEqual([[0], [1, 1, 1.99, 2]]);
    expect(below).toEqual([-0.001, -Infinity]);
    expect(above).toEqual([2.5, Infinity]);
  });

  it('lose and double nothing, whatever the values', () => {
    const number = fc.oneof(fc.double(), fc.constantFrom(0, -0, 1e308, -1e308, 5e-324, Number.NaN, 1, 1 + Number.EPSILON));
    fc.assert(
      fc.property(fc.array(number, { maxLength: 60 }), fc.integer({ min: 1, max: 80 }), (values, about) => {
        const edges = binEdges(robustRange([values]), about);
        const { bins, below, above } = binned(values, value, edges);
        expect(edges.every((edge, i) => Number.isFinite(edge) && (i === 0 || edge > edges[i - 1]!))).toBe(true);
        expect(edges.length).toBeLessThan(4 * about + 6);
        const found = [...below, ...bins.flatMap(({ items }) => items), ...above];
        expect(found.length).toBe(values.filter((each) => !Number.isNaN(each)).length);
        for (const { from, to, items } of bins) expect(items.every((item) => from <= item && item <= to)).toBe(true);
      }),
      { seed: 11, numRuns: 500 },
    );
  });

  it('are told by the value nearest their middle; without an end, by the farthest out', () => {
    expect(exampleOf({ from: 0, to: 10, items: [1, 4.5, 6, 9] }, value)).toBe(4.5);
    expect(exampleOf({ from: -Infinity, to: 0, items: [-3, -8, -1] }, value)).toBe(-8);
    expect(exampleOf({ from: 10, to: Infinity, items: [11, Infinity, 12] }, value)).toBe(Infinity);
  });

  it('are finer for more replications, as far as there is room', () => {
    expect([20, 1000, 8000].map((count) => binsFor(count, 2000))).toEqual([8, 30, 60]);
    expect(binsFor(8000, 180)).toBe(30);
  });
});

describe('the range of values', () => {
  it('holds every value of a normal sample, however many', () => {
    const values = normals(5000, 'range', 3, 2);
    const [low, high] = robustRange([values]);
    expect(low).toBeLessThan(Math.min(...values));
    expect(high).toBeGreaterThan(Math.max(...values));
  });

  it('is not ruined by a few far values, and still holds what it must', () => {
    const values = [...normals(995, 'range', 3, 2), 1e6, -4e5, 1e9, 7e7, 2e6];
    const [low, high] = robustRange([values], [40]);
    expect(low).toBeGreaterThan(-20);
    expect(high).toBeGreaterThanOrEqual(40);
    expect(high).toBeLessThan(60);
  });

  it('where half of the values are equal, leaves out at most one in a hundred at either end', () => {
    const values = [...Array.from({ length: 900 }, () => 7), ...Array.from({ length: 97 }, (_, i) => i), 1e9, 1e9, 1e9];
    const [low, high] = robustRange([values]);
    expect(values.filter((each) => each < low).length).toBeLessThanOrEqual(10);
    expect(values.filter((each) => each > high).length).toBeLessThanOrEqual(10);
    expect(high).toBeLessThan(200);
  });

  it('surrounds a value that all share', () => {
    const [low, high] = robustRange([[5, 5, 5]]);
    expect(low).toBeLessThan(5);
    expect(high).toBeGreaterThan(5);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { neighbourSearch, squaredDistance, type PointSet } from '../../../../src/core/measure/neighbour-search.ts';

fc.configureGlobal({ seed: 7 });

const always = () => true;

/** Coordinates on a coarse grid, so that equal distances are common. */
const cloud = fc
  .record({ dimension: fc.integer({ min: 1, max: 4 }), n: fc.integer({ min: 1, max: 80 }) })
  .chain(({ dimension, n }) =>
    fc
      .array(fc.integer({ min: -6, max: 6 }), { minLength: n * dimension, maxLength: n * dimension })
      .map((values): PointSet => ({ n, dimension, coordinates: Float64Array.from(values, (v) => v / 4) })),
  );

function fullScan(points: PointSet, members: readonly number[], query: number, count: number, tolerance: number | null) {
  const all = members
    .map((point) => ({ point, distance: squaredDistance(points, query, point) }))
    .sort((a, b) => a.distance - b.distance || a.point - b.point);
  if (tolerance === null) return all.slice(0, count);
  const reach = all[Math.min(count, all.length) - 1]?.distance ?? 0;
  return all.filter((neighbour) => neighbour.distance <= reach + tolerance);
}

describe('neighbourSearch', () => {
  it('answers as a full scan does, ties included', () => {
    fc.assert(
      fc.property(cloud, fc.integer({ min: 1, max: 5 }), fc.constantFrom(null, 0, 1e-5, 0.1), (points, count, tolerance) => {
        const members = Array.from({ length: points.n }, (_, i) => i).filter((i) => i % 3 !== 1);
        const search = neighbourSearch(points, Int32Array.from(members));
        for (let query = 0; query < points.n; query += 1) {
          expect(search.nearest(query, count, tolerance, always)).toEqual(fullScan(points, members, query, count, tolerance));
        }
      }),
    );
  });

  it('leaves out members that are refused or removed', () => {
    fc.assert(
      fc.property(cloud, fc.integer({ min: 1, max: 3 }), (points, count) => {
        const members = Array.from({ length: points.n }, (_, i) => i);
        const search = neighbourSearch(points, Int32Array.from(members));
        const left = members.filter((i) => i % 4 !== 0);
        members.filter((i) => i % 4 === 0).forEach(search.remove);
        search.remove(0);
        for (const query of members) {
          const others = left.filter((i) => i !== query);
          expect(search.nearest(query, count, 0, (member) => member !== query)).toEqual(fullScan(points, others, query, count, 0));
        }
      }),
    );
  });

  it('has no answer without members', () => {
    const points: PointSet = { n: 1, dimension: 1, coordinates: Float64Array.of(1) };
    expect(neighbourSearch(points, new Int32Array(0)).nearest(0, 1, 0, always)).toEqual([]);
    expect(neighbourSearch(points, Int32Array.of(0)).nearest(0, 3, 0, always)).toEqual([{ point: 0, distance: 0 }]);
  });
});

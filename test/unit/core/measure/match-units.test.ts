import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchWithoutReplacement, matchWithReplacement, type MatchRequest } from '../../../../src/core/measure/match-units.ts';
import { squaredDistance } from '../../../../src/core/measure/neighbour-search.ts';

fc.configureGlobal({ seed: 7 });

const request = fc
  .record({
    n: fc.integer({ min: 2, max: 40 }),
    dimension: fc.integer({ min: 1, max: 3 }),
    ratio: fc.integer({ min: 1, max: 3 }),
    width: fc.constantFrom(null, 0.5, 1),
  })
  .chain(({ n, dimension, ratio, width }) =>
    fc.array(fc.integer({ min: 0, max: 6 }), { minLength: n * dimension, maxLength: n * dimension }).map((values): MatchRequest => {
      const coordinates = Float64Array.from(values, (value) => value / 2);
      const first = Float64Array.from({ length: n }, (_, i) => coordinates[i * dimension]!);
      const units = Array.from({ length: n }, (_, i) => i);
      return {
        points: { n, dimension, coordinates },
        focal: Int32Array.from(units.filter((i) => i % 3 === 0)),
        donors: Int32Array.from(units.filter((i) => i % 3 !== 0)),
        ratio,
        caliper: width === null ? null : { columns: [first], widths: [width] },
      };
    }),
  );

const admitted = ({ caliper, donors }: MatchRequest, unit: number) =>
  Array.from(donors).filter(
    (donor) => caliper === null || Math.abs(caliper.columns[0]![unit]! - caliper.columns[0]![donor]!) <= caliper.widths[0]!,
  );

/** Pairs by focal unit. */
const pairsOf = (sets: ReturnType<typeof matchWithReplacement>['sets']) =>
  new Map(sets.flatMap(({ focal, partners }) => Array.from(focal, (unit) => [unit, [...partners]] as const)));

describe('matchWithReplacement', () => {
  it('finds what a full scan finds, ties and caliper included', () => {
    fc.assert(
      fc.property(request, (r) => {
        const { sets, unmatched } = matchWithReplacement(r, 1e-5);
        const pairs = pairsOf(sets);
        for (const unit of r.focal) {
          const donors = admitted(r, unit).map((donor) => ({ donor, distance: squaredDistance(r.points, unit, donor) }));
          const reach = donors.map(({ distance }) => distance).sort((a, b) => a - b)[Math.min(r.ratio, donors.length) - 1];
          const expected = donors.filter(({ distance }) => distance <= (reach ?? 0) + 1e-5).map(({ donor }) => donor);
          expect(pairs.get(unit) ?? []).toEqual(expected);
          expect(unmatched.includes(unit)).toBe(expected.length === 0);
        }
      }),
    );
  });
});

describe('matchWithoutReplacement', () => {
  it('joins the closest free pair again and again, round by round', () => {
    fc.assert(
      fc.property(request, (r) => {
        const free = new Set(r.donors);
        const expected = new Map<number, number[]>();
        for (let round = 0; round < r.ratio; round += 1) {
          const waiting = new Set(r.focal);
          for (;;) {
            const pairs = [...waiting].flatMap((unit) =>
              admitted(r, unit)
                .filter((donor) => free.has(donor))
                .map((donor) => ({ unit, donor, distance: squaredDistance(r.points, unit, donor) })),
            );
            const best = pairs.sort((a, b) => a.distance - b.distance || a.unit - b.unit || a.donor - b.donor)[0];
            if (best === undefined) break;
            free.delete(best.donor);
            waiting.delete(best.unit);
            expected.set(best.unit, [...(expected.get(best.unit) ?? []), best.donor]);
          }
        }
        const { sets, unmatched } = matchWithoutReplacement(r);
        const pairs = pairsOf(sets);
        for (const unit of r.focal) {
          expect(pairs.get(unit) ?? []).toEqual((expected.get(unit) ?? []).sort((a, b) => a - b));
          expect(unmatched.includes(unit)).toBe(!expected.has(unit));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('uses no donor twice', () => {
    fc.assert(
      fc.property(request, (r) => {
        const used = matchWithoutReplacement(r).sets.flatMap(({ partners }) => [...partners]);
        expect(new Set(used).size).toBe(used.length);
      }),
    );
  });
});

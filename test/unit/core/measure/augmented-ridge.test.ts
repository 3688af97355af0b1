import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { augmentedRidge } from '../../../../src/core/measure/augmented-ridge.ts';
import { simplexLeastSquares } from '../../../../src/core/measure/simplex-least-squares.ts';
import { leastSquares } from '../../../../src/core/numeric/least-squares.ts';
import { randomSource } from './toy-worlds.ts';

fc.configureGlobal({ seed: 7 });

/** Donors and a target in general position: five times normal numbers, the target near a mix of the donors. */
const panel = (nDonors: number, periods: number) =>
  fc.integer({ min: 1, max: 1e6 }).map((seed) => {
    const { normal } = randomSource(seed);
    const donors = Array.from({ length: nDonors }, () => Float64Array.from({ length: periods }, () => 5 * normal()));
    return { donors, target: donors[0]!.map((value, t) => 0.7 * value + 0.8 * donors[1]![t]! + normal()) };
  });
const anyPanel = fc.tuple(fc.integer({ min: 2, max: 9 }), fc.integer({ min: 2, max: 9 })).chain(([j, t]) => panel(j, t));

const misfit = (donors: readonly Float64Array[], target: Float64Array, weights: Float64Array) =>
  target.map((value, t) => value - donors.reduce((sum, donor, j) => sum + weights[j]! * donor[t]!, 0));
const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
const centredOf = (donors: readonly Float64Array[]) => {
  const means = donors[0]!.map((_, t) => donors.reduce((total, donor) => total + donor[t]!, 0) / donors.length);
  return donors.map((donor) => donor.map((value, t) => value - means[t]!));
};

/** Ridge weights on the remainder, by Householder QR on the stacked problem. */
function stackedRidge(centred: readonly Float64Array[], remainder: Float64Array, lambda: number): Float64Array {
  const [n, periods] = [centred.length, remainder.length];
  const rows = n + periods;
  const design = new Float64Array(rows * n);
  const outcome = new Float64Array(rows);
  outcome.set(remainder);
  centred.forEach((donor, j) => {
    design.set(donor, j * rows);
    design[j * rows + periods + j] = Math.sqrt(lambda);
  });
  return leastSquares({ design, rows, columns: n, outcome, tolerance: 1e-14 }).coefficients;
}
/** By power iteration. */
function largestSquare(centred: readonly Float64Array[]): number {
  let direction = centred[0]!.map((_, t) => 1 + ((t * 7) % 5));
  let size = 0;
  for (let k = 0; k < 3000; k += 1) {
    const next = new Float64Array(direction.length);
    for (const donor of centred) {
      const along = donor.reduce((total, value, t) => total + value * direction[t]!, 0);
      for (let t = 0; t < next.length; t += 1) next[t] = next[t]! + along * donor[t]!;
    }
    size = Math.sqrt(next.reduce((total, value) => total + value * value, 0));
    direction = next.map((value) => value / size);
  }
  return size;
}

describe('augmentedRidge', () => {
  it('adds ridge weights on what the simplex leaves, and still sums to 1', () => {
    fc.assert(
      fc.property(anyPanel, fc.constantFrom(1e-3, 0.1, 1, 10), ({ donors, target }, penalty) => {
        const centred = centredOf(donors);
        const { weights, simplex } = augmentedRidge(donors, target, penalty);
        const ridge = stackedRidge(centred, simplex.residuals, penalty * largestSquare(centred));
        weights.forEach((weight, j) => expect(weight).toBeCloseTo(simplex.weights[j]! + ridge[j]!, 7));
        expect(sum(weights)).toBeCloseTo(1, 9);
      }),
      { numRuns: 40 },
    );
  });

  it('is the simplex fit under a huge penalty', () => {
    fc.assert(
      fc.property(anyPanel, ({ donors, target }) => {
        const { weights } = augmentedRidge(donors, target, 1e12);
        const simplex = simplexLeastSquares(donors, target).weights;
        weights.forEach((weight, j) => expect(Math.abs(weight - simplex[j]!)).toBeLessThan(1e-9));
      }),
      { numRuns: 40 },
    );
  });

  it('follows the target exactly under a vanishing one, where there are more donors than periods', () => {
    fc.assert(
      fc.property(panel(9, 4), ({ donors, target }) => {
        const rest = misfit(donors, target, augmentedRidge(donors, target, 1e-12).weights);
        expect(Math.max(...rest.map(Math.abs))).toBeLessThan(1e-6 * (1 + Math.max(...target.map(Math.abs))));
      }),
      { numRuns: 40 },
    );
  });

  it('never follows worse than the simplex, and better the smaller the penalty', () => {
    fc.assert(
      fc.property(anyPanel, ({ donors, target }) => {
        const size = (penalty: number) => Math.hypot(...misfit(donors, target, augmentedRidge(donors, target, penalty).weights));
        const sizes = [1e6, 10, 1, 0.1, 1e-3].map(size);
        sizes.forEach((value, k) => expect(value).toBeLessThanOrEqual((sizes[k - 1] ?? Infinity) * (1 + 1e-9) + 1e-9));
      }),
      { numRuns: 30 },
    );
  });

  it('foretells held-out periods as refitting without them does', () => {
    fc.assert(
      // With fewer periods than donors several mixes may fit alike, and each foretells something else.
      fc.property(panel(5, 9), fc.constantFrom(1e-3, 0.1, 1), ({ donors, target }, penalty) => {
        const centred = centredOf(donors);
        const lambda = penalty * largestSquare(centred);
        const squares = target.map((value, t) => {
          const without = (all: Float64Array) => all.filter((_, s) => s !== t);
          const simplex = simplexLeastSquares(donors.map(without), without(target));
          const ridge = stackedRidge(centred.map(without), simplex.residuals, lambda);
          const error = value - donors.reduce((total, donor, j) => total + (simplex.weights[j]! + ridge[j]!) * donor[t]!, 0);
          return error * error;
        });
        expect(augmentedRidge(donors, target, penalty).holdoutRmspe).toBeCloseTo(Math.sqrt(sum(squares) / target.length), 6);
      }),
      { numRuns: 30 },
    );
  });

  it('chooses the largest penalty within one standard error of the least held-out error', () => {
    const donors = Array.from({ length: 8 }, (_, j) =>
      Float64Array.from({ length: 12 }, (__, t) => Math.sin(j + 1.3 * t * (1 + j / 5)) + ((j * 5 + t * 3) % 7) / 10),
    );
    const target = Float64Array.from({ length: 12 }, (_, t) => 1.8 * donors[0]![t]! - 0.8 * donors[3]![t]! + (t % 2) / 50);
    const chosen = augmentedRidge(donors, target, null);
    const curve = Array.from({ length: 21 }, (_, k) => ({
      penalty: 1e-8 ** (k / 20),
      error: augmentedRidge(donors, target, 1e-8 ** (k / 20)).holdoutRmspe,
    }));
    const least = Math.min(...curve.map((point) => point.error));
    expect(chosen.penalty).toBeLessThan(0.5);
    expect(chosen.holdoutRmspe).toBeLessThan(2 * least);
    const larger = curve.filter((point) => point.penalty > chosen.penalty * 1.001);
    for (const point of larger) expect(point.error).toBeGreaterThan(chosen.holdoutRmspe * 0.999);
  });
});

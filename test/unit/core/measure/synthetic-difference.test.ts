import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { penaltiesFor, syntheticDifference } from '../../../../src/core/measure/synthetic-difference.ts';
import { penalisedSimplex } from '../../../../src/core/measure/synthetic-difference-weights.ts';

fc.configureGlobal({ seed: 7 });

const series = (length: number) =>
  fc
    .array(fc.integer({ min: -9999, max: 9999 }), { minLength: length, maxLength: length })
    .map((values) => Float64Array.from(values, (value) => value / 1000));
const columns = (most: number) =>
  fc
    .tuple(fc.integer({ min: 1, max: most }), fc.integer({ min: 2, max: most }))
    .chain(([count, rows]) => fc.record({ columns: fc.array(series(rows), { minLength: count, maxLength: count }), target: series(rows) }));
const mean = (values: ArrayLike<number>, from = 0, to = values.length) => {
  let total = 0;
  for (let i = from; i < to; i += 1) total += values[i]!;
  return total / (to - from);
};

/** How far the weights are from optimal: half gradients of columns with weight must be equal, of others not smaller. */
function violation(all: readonly Float64Array[], target: Float64Array, weights: Float64Array, penalty: number): number {
  const rows = target.length;
  const fitted = target.map((_, i) => all.reduce((total, column, j) => total + weights[j]! * column[i]!, 0));
  const gap = fitted.map((value, i) => value - target[i]!);
  const constant = mean(gap);
  const slopes = all.map((column, j) => {
    const centre = mean(column);
    return column.reduce((total, value, i) => total + (value - centre) * (gap[i]! - constant), 0) + penalty * penalty * rows * weights[j]!;
  });
  const level = slopes.reduce((total, slope, j) => total + weights[j]! * slope, 0);
  return Math.max(...slopes.map((slope, j) => (weights[j]! > 0 ? Math.abs(slope - level) : level - slope)));
}

const lines = readFileSync(new URL('../../../reference/data/prop99.csv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .slice(1);
const years = lines.map((line) => line.split(',').map(Number));
const states = Array.from({ length: 39 }, (_, j) => Float64Array.from(years, (row) => row[j + 1]!));
const [california, others] = [states[38]!, states.slice(0, 38)];

describe('on smoking in California (Abadie, Diamond and Hainmueller 2010)', () => {
  it('holds the data of the published difference in differences, -27.349', () => {
    const change = (state: Float64Array) => mean(state, 19) - mean(state, 0, 19);
    expect(change(california) - mean(others.map(change))).toBeCloseTo(-27.349, 3);
  });

  it('gives the published -15.6 and time weights 0.366, 0.206, 0.427 on 1986 to 1988', () => {
    const { estimate, timeWeights, donorFit, timeFit } = syntheticDifference(others, california, 19, penaltiesFor(others, 19));
    expect(estimate).toBeCloseTo(-15.604, 2);
    [0.366, 0.206, 0.427].forEach((weight, k) => expect(Math.abs(timeWeights[16 + k]! - weight)).toBeLessThan(1e-3));
    expect(donorFit.optimalityGap).toBeLessThan(1e-14);
    expect(timeFit.optimalityGap).toBeLessThan(1e-14);
  });
});

describe('penalisedSimplex', () => {
  it('satisfies the conditions of optimality', () => {
    fc.assert(
      fc.property(columns(14), fc.constantFrom(0.01, 0.3, 2, 50), ({ columns: all, target }, penalty) => {
        const { weights } = penalisedSimplex(all, target, penalty);
        const size = Math.max(
          ...all.map((column) => column.reduce((total, value) => total + value * value, 0)),
          penalty * penalty * target.length,
          1,
        );
        expect(weights.reduce((total, weight) => total + weight, 0)).toBeCloseTo(1, 12);
        expect(weights.every((weight) => weight >= 0)).toBe(true);
        expect(violation(all, target, weights, penalty)).toBeLessThan(1e-10 * size);
      }),
      { numRuns: 150 },
    );
  });

  it('does so with many columns, and with next to no penalty', () => {
    const { donors, times } = penaltiesFor(others, 19);
    const before = others.map((state) => state.subarray(0, 19));
    expect(
      violation(before, california.subarray(0, 19), penalisedSimplex(before, california.subarray(0, 19), donors).weights, donors),
    ).toBeLessThan(1e-9);
    const periods = Array.from({ length: 19 }, (_, t) => Float64Array.from(others, (state) => state[t]!));
    const after = Float64Array.from(others, (state) => mean(state, 19));
    expect(violation(periods, after, penalisedSimplex(periods, after, times).weights, times)).toBeLessThan(1e-7);
  });
});

describe('syntheticDifference', () => {
  const base = () => syntheticDifference(others, california, 19, penaltiesFor(others, 19));

  it('is difference in differences where penalties make all weights equal', () => {
    const { estimate } = syntheticDifference(others, california, 19, { donors: 1e9, times: 1e9 });
    expect(estimate).toBeCloseTo(-27.348892, 5);
  });

  it('does not change when units and periods get constants of their own', () => {
    const shifted = (state: Float64Array, j: number) => state.map((value, t) => value + 13 * Math.sin(j) + 40 * Math.cos(t));
    // The penalty comes from the donors' changes, which common shocks change, so it is held.
    const held = penaltiesFor(others, 19);
    const moved = syntheticDifference(others.map(shifted), shifted(california, 38), 19, held);
    expect(moved.estimate).toBeCloseTo(base().estimate, 8);
    moved.donorWeights.forEach((weight, j) => expect(weight).toBeCloseTo(base().donorWeights[j]!, 9));
  });

  it('moves with the unit of the outcome and adds a constant effect', () => {
    const scaled = [...others, california].map((state) => state.map((value) => -50 * value));
    expect(
      syntheticDifference(scaled.slice(0, 38), scaled[38]!, 19, penaltiesFor(scaled.slice(0, 38), 19)).estimate / (-50 * base().estimate),
    ).toBeCloseTo(1, 9);
    const lifted = california.map((value, t) => (t >= 19 ? value + 6 : value));
    expect(syntheticDifference(others, lifted, 19, penaltiesFor(others, 19)).estimate).toBeCloseTo(base().estimate + 6, 10);
  });

  it('has gaps whose time-weighted mean before is 0 and whose mean after is the estimate', () => {
    const { gaps, timeWeights, donorWeights, estimate } = base();
    expect(timeWeights.reduce((total, weight, t) => total + weight * gaps[t]!, 0)).toBeCloseTo(0, 10);
    expect(mean(gaps, 19)).toBeCloseTo(estimate, 12);
    const change = (state: Float64Array) => mean(state, 19) - timeWeights.reduce((total, weight, t) => total + weight * state[t]!, 0);
    const byHand = change(california) - others.reduce((total, state, j) => total + donorWeights[j]! * change(state), 0);
    expect(estimate).toBeCloseTo(byHand, 10);
  });

  it('takes its penalty from the spread of the donors changes', () => {
    const { donors, times } = penaltiesFor([Float64Array.of(1, 2, 4, 9, 9, 9), Float64Array.of(5, 5, 4, 9, 9, 9)], 3);
    // Changes 1, 2, 0, -1: mean 0.5, variance 5 / 3; three periods after.
    expect(donors).toBeCloseTo(3 ** 0.25 * Math.sqrt(5 / 3), 12);
    expect(times).toBeCloseTo(1e-6 * Math.sqrt(5 / 3), 18);
  });
});

import { describe, expect, it } from 'vitest';
import { correctReturns } from '../../../../../src/core/allocate/corrections/index.ts';
import type { UncorrectedReturn } from '../../../../../src/core/allocate/corrections/return-correction.ts';
import { selectionBias } from '../../../../../src/core/allocate/corrections/selection-bias.ts';
import { namedStream } from '../../../../../src/core/random/stream.ts';
import { standardNormal } from '../../../../../src/core/random/variates.ts';

const density = (x: number) => Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);

/** E[(X - a) 1{X > c}] for X ~ N(a, error^2), by the trapezium rule. */
function byBruteForce(mean: number, error: number, threshold: number): number {
  const top = mean + 12 * error;
  const steps = 200_000;
  const width = (top - threshold) / steps;
  let sum = 0;
  for (let i = 0; i <= steps; i += 1) {
    const x = threshold + i * width;
    sum += (i === 0 || i === steps ? 0.5 : 1) * (x - mean) * (density((x - mean) / error) / error);
  }
  return sum * width;
}

describe('the expected selection bias of one estimate', () => {
  it.each([
    [0, 1, 1.96],
    [3, 2, 1],
    [-5, 0.5, -4.4],
    [10, 4, 10],
    [10, 4, -20],
  ])('at mean %d, error %d and threshold %d is what brute force finds', (mean, error, threshold) => {
    expect(selectionBias(mean, error, threshold)).toBeCloseTo(byBruteForce(mean, error, threshold), 7);
  });

  it('is nothing without doubt or where the threshold cannot be reached', () => {
    expect(selectionBias(3, 0, 3)).toBe(0);
    expect(selectionBias(3, 1, Infinity)).toBe(0);
    expect(selectionBias(3, 1, -Infinity)).toBe(0);
  });
});

describe('over many draws of thirty initiatives, funded when significant', () => {
  const count = 30;
  const errors = Array.from({ length: count }, (_, i) => 0.5 + ((i * 7) % 10) / 4);
  const thresholds = errors.map((error) => 1.96 * error);
  // Spread evenly about the thresholds, far to both sides: what the plug-in adds for one it lacks for another.
  const truths = errors.map((error, i) => thresholds[i]! + error * (-9 + (18 * ((i * 11) % count)) / (count - 1)));
  const atTruth = truths.reduce((sum, truth, i) => sum + selectionBias(truth, errors[i]!, thresholds[i]!), 0);

  const draw = namedStream({ seed: '2', initiative: '', stage: 'pilot', replication: 0, purpose: 'lee and shen' });
  const replications = 6000;
  const promised: number[] = [];
  const estimated: number[] = [];
  for (let r = 0; r < replications; r += 1) {
    const drawn = truths.map((truth, i) => truth + errors[i]! * standardNormal(draw));
    promised.push(drawn.reduce((sum, x, i) => sum + (x > thresholds[i]! ? x - truths[i]! : 0), 0));
    estimated.push(drawn.reduce((sum, x, i) => sum + selectionBias(x, errors[i]!, thresholds[i]!), 0));
  }
  const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const seOf = (values: readonly number[]) =>
    Math.sqrt(values.reduce((sum, value) => sum + (value - meanOf(values)) ** 2, 0) / (values.length - 1) / values.length);

  it('the funded are promised too much, by what the formula says at the true means', () => {
    expect(meanOf(promised)).toBeGreaterThan(10 * seOf(promised));
    expect(Math.abs(meanOf(promised) - atTruth)).toBeLessThan(4 * seOf(promised));
  });

  it('the estimate of it is right on average', () => {
    const differences = promised.map((value, r) => value - estimated[r]!);
    expect(Math.abs(meanOf(differences))).toBeLessThan(4 * seOf(differences));
    expect(seOf(differences)).toBeLessThan(atTruth / 20);
  });
});

describe('on the way to the decision', () => {
  const returns: UncorrectedReturn[] = [
    { id: 'at the line', cost: 10, R_best: 30, R_med: 19.6, R_worst: 0, standard_error: 10 },
    { id: 'far above', cost: 80, R_best: 130, R_med: 100, R_worst: 80, standard_error: 10 },
    { id: 'no error', cost: 10, R_best: 19.6, R_med: 0, R_worst: -19.6, standard_error: null },
  ];
  const lowered = (parameters: Readonly<Record<string, unknown>>) =>
    correctReturns({ id: 'lee_shen', parameters }, returns, { confidence_level: 0.95 }).map(({ R_best, R_med, R_worst }, i) => {
      const one = returns[i]!;
      expect(one.R_best - R_best).toBeCloseTo(one.R_med - R_med, 10);
      expect(one.R_worst - R_worst).toBeCloseTo(one.R_med - R_med, 10);
      return one.R_med - R_med;
    });

  it('takes off most at the threshold and next to nothing far from it', () => {
    const [atTheLine, farAbove, withoutError] = lowered({});
    expect(atTheLine).toBeCloseTo(10 * density(0), 10);
    expect(farAbove).toBeLessThan(1e-10);
    // The interval says that the standard error is 10 over z.
    expect(withoutError).toBeCloseTo((19.6 / 1.959963984540054) * density(1.96), 6);
  });

  it('has the threshold where it is set, or at the cost', () => {
    expect(lowered({ threshold: 10 })[1]).toBeCloseTo(10 * density(0), 10);
    expect(lowered({ picked_above: 'cost' })[0]).toBeCloseTo(10 * density(0.96), 10);
    expect(lowered({ picked_above: 'cost' })[1]).toBeCloseTo(10 * density(2), 10);
  });
});

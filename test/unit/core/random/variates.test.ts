import { describe, expect, it } from 'vitest';
import { namedStream, type Stream } from '../../../../src/core/random/stream.ts';
import {
  bernoulli,
  lognormalMeanOne,
  lognormalSigma,
  randomOrder,
  shuffle,
  standardNormal,
  stochasticRound,
  uniformInteger,
  weightedPick,
} from '../../../../src/core/random/variates.ts';

const draws = 100_000;
const stream = (purpose: string) => namedStream({ seed: 'variates', initiative: 'test', stage: 'pilot', replication: 0, purpose });
const fixed = (...uniforms: number[]): Stream => {
  let next = 0;
  return { uniform: () => uniforms[next++]! };
};

function sample(draw: () => number): { mean: number; variance: number; error: number; values: number[] } {
  const values = Array.from({ length: draws }, draw);
  const mean = values.reduce((sum, x) => sum + x, 0) / draws;
  const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (draws - 1);
  return { mean, variance, error: Math.sqrt(variance / draws), values };
}

describe('standardNormal', () => {
  const source = stream('normal');
  const { mean, values } = sample(() => standardNormal(source));
  const moment = (k: number) => values.reduce((sum, x) => sum + x ** k, 0) / draws;

  it('has mean 0, variance 1, skewness 0 and kurtosis 3', () => {
    expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(draws));
    expect(Math.abs(moment(2) - 1)).toBeLessThan(4 * Math.sqrt(2 / draws));
    expect(Math.abs(moment(3))).toBeLessThan(4 * Math.sqrt(15 / draws));
    expect(Math.abs(moment(4) - 3)).toBeLessThan(4 * Math.sqrt(96 / draws));
  });

  it('is finite at both ends of the uniform, and symmetric', () => {
    const lowest = standardNormal(fixed(0));
    const highest = standardNormal(fixed(1 - 2 ** -32));
    expect(lowest).toBeLessThan(-6);
    expect(highest).toBeCloseTo(-lowest, 8);
  });
});

describe('lognormalMeanOne', () => {
  it.each([0.1, 0.5, 1])('has mean 1 and coefficient of variation %s', (cv) => {
    const source = stream(`lognormal ${cv}`);
    const { mean, variance, error } = sample(() => lognormalMeanOne(source, cv));
    const w = 1 + cv * cv;
    const kurtosis = w ** 4 + 2 * w ** 3 + 3 * w ** 2 - 3;
    expect(Math.abs(mean - 1)).toBeLessThan(4 * error);
    expect(Math.abs(variance - cv * cv)).toBeLessThan(4 * cv * cv * Math.sqrt((kurtosis - 1) / draws));
  });

  it('is 1 without variation, and still uses one uniform', () => {
    const source = fixed(0.9, 0.25);
    expect(lognormalMeanOne(source, 0)).toBe(1);
    expect(source.uniform()).toBe(0.25);
    expect(lognormalSigma(0)).toBe(0);
  });
});

describe('discrete draws', () => {
  it('picks in proportion to the weights and never what weighs nothing', () => {
    const source = stream('pick');
    const counts = [0, 0, 0, 0];
    for (let k = 0; k < draws; k += 1) counts[weightedPick(source, [3, 0, 6, 1])]! += 1;
    expect(counts[1]).toBe(0);
    [0.3, 0, 0.6, 0.1].forEach((p, k) =>
      expect(Math.abs(counts[k]! / draws - p)).toBeLessThanOrEqual(4 * Math.sqrt((p * (1 - p)) / draws)),
    );
    expect(weightedPick(fixed(1 - 2 ** -32), [0.1, 0.2, 0])).toBe(1);
    expect(weightedPick(fixed(0), [0, 0, 5])).toBe(2);
  });

  it('is true with the stated probability, never at 0, always at 1', () => {
    const source = stream('bernoulli');
    const { mean, error } = sample(() => (bernoulli(source, 0.3) ? 1 : 0));
    expect(Math.abs(mean - 0.3)).toBeLessThan(4 * error);
    expect(bernoulli(fixed(0), 0)).toBe(false);
    expect(bernoulli(fixed(1 - 2 ** -32), 1)).toBe(true);
  });

  it.each([0.1, 1.1, 2.75, -0.4])('rounds %s to a neighbour, with that mean', (x) => {
    const source = stream(`round ${x}`);
    const { mean, error, values } = sample(() => stochasticRound(source, x));
    expect(Math.abs(mean - x)).toBeLessThan(4 * error);
    expect(new Set(values)).toEqual(new Set([Math.floor(x), Math.floor(x) + 1]));
  });

  it('leaves whole numbers alone', () => {
    expect(stochasticRound(fixed(0), 3)).toBe(3);
    expect(stochasticRound(fixed(0), 0)).toBe(0);
  });

  it('draws whole numbers below the count', () => {
    expect(uniformInteger(fixed(0), 7)).toBe(0);
    expect(uniformInteger(fixed(1 - 2 ** -32), 7)).toBe(6);
  });
});

describe('shuffle', () => {
  it('gives every order of four equally often', () => {
    const source = stream('shuffle');
    const counts = new Map<string, number>();
    const rounds = 48_000;
    for (let k = 0; k < rounds; k += 1) {
      const order = shuffle(source, [0, 1, 2, 3]).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    const expected = rounds / 24;
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    expect(counts.size).toBe(24);
    expect(chiSquare).toBeLessThan(23 + 4 * Math.sqrt(2 * 23));
  });

  it('keeps every value, whatever the length', () => {
    const source = stream('order');
    for (const n of [0, 1, 2, 101])
      expect([...randomOrder(source, n)].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
  });
});

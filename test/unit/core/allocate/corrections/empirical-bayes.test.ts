import { describe, expect, it } from 'vitest';
import { betweenVariance } from '../../../../../src/core/allocate/corrections/between-variance.ts';
import { correctReturns } from '../../../../../src/core/allocate/corrections/index.ts';
import { fitPrior, shrink } from '../../../../../src/core/allocate/corrections/normal-shrinkage.ts';
import type { UncorrectedReturn } from '../../../../../src/core/allocate/corrections/return-correction.ts';
import { namedStream } from '../../../../../src/core/random/stream.ts';
import { standardNormal } from '../../../../../src/core/random/variates.ts';

const stream = (purpose: string) => namedStream({ seed: '1', initiative: '', stage: 'pilot', replication: 0, purpose });
const z = 1.959963984540054;

function returnsOf(estimates: readonly number[], errors: readonly number[], costs = estimates.map(() => 1)): UncorrectedReturn[] {
  return estimates.map((R_med, i) => {
    const error = errors[i]!;
    return { id: `i${i}`, cost: costs[i]!, R_best: R_med + z * error, R_med, R_worst: R_med - z * error, standard_error: error };
  });
}

const correct = (returns: readonly UncorrectedReturn[], parameters: Readonly<Record<string, unknown>> = {}) =>
  correctReturns({ id: 'empirical_bayes', parameters }, returns, { confidence_level: 0.95 });

/** Solves a x = b by Gaussian elimination with pivots. */
function solve(a: readonly (readonly number[])[], b: readonly number[]): number[] {
  const rows = a.map((row, i) => [...row, b[i]!]);
  const n = rows.length;
  for (let k = 0; k < n; k += 1) {
    const pivot = rows.slice(k).reduce((best, _, j) => (Math.abs(rows[k + j]![k]!) > Math.abs(rows[best]![k]!) ? k + j : best), k);
    [rows[k], rows[pivot]] = [rows[pivot]!, rows[k]!];
    for (let i = 0; i < n; i += 1) {
      if (i === k) continue;
      const factor = rows[i]![k]! / rows[k]![k]!;
      for (let j = k; j <= n; j += 1) rows[i]![j]! -= factor * rows[k]![j]!;
    }
  }
  return rows.map((row, i) => row[n]! / row[i]!);
}

describe('how much the true values differ', () => {
  /** Thirteen trials of BCG vaccine (Colditz et al. 1994): infected and not, vaccinated and not. */
  const trials = [
    [4, 119, 11, 128], [6, 300, 29, 274], [3, 228, 11, 209], [62, 13536, 248, 12619], [33, 5036, 47, 5761], [180, 1361, 372, 1079],
    [8, 2537, 10, 619], [505, 87886, 499, 87892], [29, 7470, 45, 7232], [17, 1699, 65, 1600], [186, 50448, 141, 27197], [5, 2493, 3, 2338],
    [27, 16886, 29, 17825],
  ] as const; // prettier-ignore

  it('is 0.318 on the log risk ratios of the BCG trials, as published', () => {
    const logRatios = trials.map(([a, b, c, d]) => Math.log(a / (a + b) / (c / (c + d))));
    const variances = trials.map(([a, b, c, d]) => 1 / a - 1 / (a + b) + 1 / c - 1 / (c + d));
    expect(betweenVariance(logRatios, variances)).toBeCloseTo(0.318, 3);
  });

  it('of equally certain estimates is their variance less the noise, and never below 0', () => {
    const estimates = [1, 4, 6, 9, 15];
    const variance = estimates.reduce((sum, x) => sum + (x - 7) ** 2, 0) / 4;
    expect(betweenVariance(estimates, [3, 3, 3, 3, 3])).toBeCloseTo(variance - 3, 10);
    expect(betweenVariance(estimates, [99, 99, 99, 99, 99])).toBe(0);
    expect(betweenVariance([2, 2, 2], [1, 4, 9])).toBe(0);
  });
});

describe('the posterior', () => {
  it('of equally certain estimates is that of James and Stein about the mean (Lindley): shrunk by (k - 3) v / sum of squares', () => {
    const estimates = [2, 5, 6, 9, 13, 19];
    const squares = estimates.reduce((sum, x) => sum + (x - 9) ** 2, 0);
    const shrinkage = (3 * 4) / squares;
    correct(returnsOf(estimates, [2, 2, 2, 2, 2, 2])).forEach(({ R_med }, i) =>
      expect(R_med).toBeCloseTo(estimates[i]! - shrinkage * (estimates[i]! - 9), 10),
    );
  });

  it('given tau is that of a normal model with a flat prior on the mean, solved as one linear system', () => {
    const estimates = [3, -1, 8, 4.5, 6];
    const variances = [1, 4, 9, 0.25, 2.5];
    const between = 3.7;
    const k = estimates.length;
    // Precision of (theta, mu): the estimates speak of theta, and theta of mu.
    const precision = Array.from({ length: k + 1 }, (_, i) =>
      Array.from({ length: k + 1 }, (_unused, j) => {
        if (i === j) return i === k ? k / between : 1 / variances[i]! + 1 / between;
        return i === k || j === k ? -1 / between : 0;
      }),
    );
    const means = solve(precision, [...estimates.map((x, i) => x / variances[i]!), 0]);
    const found = shrink(estimates, variances, { mean: means[k]!, variance: between, sure: 1 });
    found.forEach(({ mean, deviation_ratio: ratio }, i) => {
      const unit = Array.from({ length: k + 1 }, (_, j) => (i === j ? 1 : 0));
      expect(mean).toBeCloseTo(means[i]!, 12);
      expect(ratio * ratio * variances[i]!).toBeCloseTo(solve(precision, unit)[i]!, 12);
    });
  });

  it('finds mu and tau of many initiatives whose distribution is known', () => {
    const draw = stream('many');
    const k = 4000;
    const errors = Array.from({ length: k }, () => 1 + 2 * draw.uniform());
    const estimates = errors.map((error) => 5 + 2 * standardNormal(draw) + error * standardNormal(draw));
    const prior = fitPrior(estimates, errors.map((error) => error * error), true)!; // prettier-ignore
    // Errors of some 2.8 / sqrt(k) and, for the variance, 4 sqrt(2 / k) over the share of signal.
    expect(Math.abs(prior.mean - 5)).toBeLessThan(4 * (2.8 / Math.sqrt(k)));
    expect(Math.abs(prior.variance - 4)).toBeLessThan(4 * 8 * Math.sqrt(2 / k));
  });

  it('pulls the uncertain further than the certain, and all towards the mean', () => {
    const [certain, uncertain, , last] = correct(returnsOf([10, 10, 2, 4, 6], [0.5, 4, 1, 1, 1]));
    expect(10 - uncertain!.R_med).toBeGreaterThan(2 * (10 - certain!.R_med));
    expect(certain!.R_med).toBeLessThan(10);
    expect(last!.R_med).toBeGreaterThan(4);
  });

  it('leaves up to three initiatives as they are, or two where tau is taken as known', () => {
    for (const estimates of [[5], [5, 9], [5, 9, 2]]) {
      const returns = returnsOf(estimates, [3, 2, 4]);
      expect(correct(returns)).toEqual(returns);
    }
    const two = returnsOf([5, 9], [3, 2]);
    expect(correct(two, { allow_for_few: false })).toEqual(two);
    expect(correct(returnsOf([5, 9, 2], [3, 2, 4]), { allow_for_few: false })[1]!.R_med).toBeLessThan(9);
    expect(correct(returnsOf([5, 9, 2, 4], [3, 2, 4, 3]))[1]!.R_med).toBeLessThan(9);
  });

  it('keeps out, and learns nothing from, what is stated without doubt', () => {
    const doubted = returnsOf([5, 9, 2, 4], [3, 2, 4, 3]);
    const sure = returnsOf([1000], [0]);
    expect(correct([...doubted, ...sure])).toEqual([...correct(doubted), ...sure]);
  });
});

describe('the interval', () => {
  it('goes along and keeps its shape: both arms by the same factor', () => {
    const lopsided = returnsOf([5, 9, 2, 4, 7], [3, 2, 4, 3, 1]).map((one) => ({ ...one, R_best: one.R_med + 8, R_worst: one.R_med - 2 }));
    for (const { R_best, R_med, R_worst } of correct(lopsided)) expect((R_best - R_med) / (R_med - R_worst)).toBeCloseTo(4, 10);
  });

  it('stands in where there is no standard error', () => {
    const returns = returnsOf([5, 9, 2, 4, 7], [3, 2, 4, 3, 1]);
    const without = returns.map((one) => ({ ...one, standard_error: null }));
    correct(without).forEach(({ R_med }, i) => expect(R_med).toBeCloseTo(correct(returns)[i]!.R_med, 10));
  });
});

describe('the basis', () => {
  const returns = returnsOf([50, 90, 20, 40, 70], [30, 20, 40, 30, 10], [10, 40, 20, 30, 10]);
  const shifted = returns.map((one) => ({ ...one, R_best: one.R_best + 1000, R_med: one.R_med + 1000, R_worst: one.R_worst + 1000 }));

  it('in money moves along when all returns do', () => {
    const before = correct(returns, { basis: 'return' });
    correct(shifted, { basis: 'return' }).forEach(({ R_med, R_worst }, i) => {
      expect(R_med).toBeCloseTo(before[i]!.R_med + 1000, 8);
      expect(R_worst).toBeCloseTo(before[i]!.R_worst + 1000, 8);
    });
  });

  it('per cost does not care how large an initiative is: at twice the cost and return, twice the corrected return', () => {
    const [first, ...others] = returns;
    const doubled = { ...first!, cost: 20, R_best: 2 * first!.R_best, R_med: 100, R_worst: 2 * first!.R_worst, standard_error: 60 };
    const [big, ...same] = correct([doubled, ...others]);
    const [small, ...before] = correct(returns);
    expect(big!.R_med).toBeCloseTo(2 * small!.R_med, 9);
    expect(big!.R_best).toBeCloseTo(2 * small!.R_best, 9);
    same.forEach(({ R_med }, i) => expect(R_med).toBeCloseTo(before[i]!.R_med, 9));
  });

  it('makes no difference where all cost the same', () => {
    const alike = returns.map((one) => ({ ...one, cost: 7 }));
    correct(alike).forEach(({ R_med }, i) => expect(R_med).toBeCloseTo(correct(alike, { basis: 'return' })[i]!.R_med, 10));
  });
});

describe('over many draws', () => {
  const errors = [1, 1.5, 2, 1, 3, 0.7];
  const replications = 4000;

  /** Errors before and after, and how often the intervals cover. */
  function simulate(truthsOf: (draw: ReturnType<typeof stream>) => number[], purpose: string) {
    const draw = stream(purpose);
    const gains: number[] = [];
    let covered = 0;
    for (let r = 0; r < replications; r += 1) {
      const truths = truthsOf(draw);
      const estimates = truths.map((truth, i) => truth + errors[i]! * standardNormal(draw));
      const corrected = correct(returnsOf(estimates, errors), { basis: 'return' });
      gains.push(truths.reduce((sum, truth, i) => sum + (estimates[i]! - truth) ** 2 - (corrected[i]!.R_med - truth) ** 2, 0));
      covered += corrected.filter(({ R_worst, R_best }, i) => R_worst <= truths[i]! && truths[i]! <= R_best).length;
    }
    const mean = gains.reduce((sum, gain) => sum + gain, 0) / replications;
    const se = Math.sqrt(gains.reduce((sum, gain) => sum + (gain - mean) ** 2, 0) / (replications - 1) / replications);
    return { mean, se, coverage: covered / (replications * errors.length) };
  }

  it.each([0, 0.5, 1.5, 4])('lowers the squared error where true values differ by tau = %d, and its intervals cover', (tau) => {
    const { mean, se, coverage } = simulate((draw) => errors.map(() => 3 + tau * standardNormal(draw)), `tau ${tau}`);
    expect(mean).toBeGreaterThan(4 * se);
    // Coverage over the prior; a share of 24,000 draws has a standard error of 0.0014.
    expect(coverage).toBeGreaterThan(0.94);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { armaAutocovariances } from '../../../../src/core/measure/arma.ts';
import type { ArmaOrder } from '../../../../src/core/measure/arma-parameters.ts';
import { fitArmaRegression } from '../../../../src/core/measure/arma-regression.ts';
import { difference } from '../../../../src/core/measure/series-order.ts';
import { numbersOf, readReference, readReferenceTable } from './reference-data.ts';
import { randomSource } from './toy-worlds.ts';

fc.configureGlobal({ seed: 7 });

type Fit = { readonly coef: Record<string, number>; readonly se: Record<string, number>; readonly sigma2: number; readonly loglik: number };
const exact = readReference<{ reference: Record<string, Fit> }>('its_arima').reference;
const given = readReference<{ reference: Record<string, Fit> }>('its').reference;
const table = readReferenceTable('its');
const y = numbersOf(table, 'y');
const n = y.length;
const [t, post, tpost] = ['t', 'post', 'tpost'].map((name) => numbersOf(table, name)) as [Float64Array, Float64Array, Float64Array];
const one = new Float64Array(n).fill(1);
const none: ArmaOrder = { p: 0, q: 0, seasonalP: 0, seasonalQ: 0, season: 12 };

const relative = (actual: number | null | undefined, wanted: number) => Math.abs((actual ?? NaN) - wanted) / Math.abs(wanted);

function compare(
  expected: Fit,
  names: readonly string[],
  outcome: Float64Array,
  columns: readonly Float64Array[],
  order: ArmaOrder,
  errors: number,
) {
  const fit = fitArmaRegression({ outcome, columns, isRestricted: false }, order);
  expect(Math.abs(fit.logLikelihood - expected.loglik)).toBeLessThan(1e-9);
  expect(relative(fit.sigma2, expected.sigma2)).toBeLessThan(1e-6);
  for (const [name, { estimate, standardError }] of Object.entries(fit.process)) {
    expect(relative(estimate, expected.coef[name]!)).toBeLessThan(1e-5);
    expect(relative(standardError, expected.se[name]!)).toBeLessThan(errors);
  }
  names.forEach((name, k) => {
    expect(relative(fit.coefficients[k], expected.coef[name]!)).toBeLessThan(1e-6);
    expect(relative(Math.sqrt(fit.covariance[k * columns.length + k]!), expected.se[name]!)).toBeLessThan(1e-5);
  });
  return fit;
}

describe("agrees with R's arima", () => {
  const cases: readonly (readonly [string, ArmaOrder])[] = [
    ['ar1', { ...none, p: 1 }],
    ['ar2', { ...none, p: 2 }],
    ['ma1', { ...none, q: 1 }],
    ['arma11', { ...none, p: 1, q: 1 }],
    ['white', none],
    ['seasonal', { ...none, p: 1, seasonalP: 1 }],
  ];
  it.each(cases)('for %s noise, standard errors of the process included', (name, order) => {
    compare(exact[name]!, ['intercept', 'trend', 'level_change', 'slope_change'], y, [one, t, post, tpost], order, 2e-6);
  });

  it('for a differenced series with moving average noise', () => {
    const columns = [t, post].map((column) => difference(column, [1]));
    compare(exact['differenced_ma1']!, ['trend', 'level_change'], difference(y, [1]), columns, { ...none, q: 1 }, 2e-6);
  });

  // With its default transformation arima carries the standard error of ar1 over by forward differences of 1e-3, here put in.
  it('for the reference fits, after the forward difference behind the standard error of ar1', () => {
    const season = [Math.sin, Math.cos].map((wave) => t.map((value) => wave((2 * Math.PI * value) / 12)));
    const fits = [
      ['arima100_xreg_ML', ['intercept', 't', 'post', 'tpost'], [one, t, post, tpost]],
      ['arima100_xreg_fourier_ML', ['intercept', 't', 'post', 'tpost', 's', 'c'], [one, t, post, tpost, ...season]],
    ] as const;
    for (const [name, names, columns] of fits) {
      const { process } = compare(given[name]!, names, y, columns, { ...none, p: 1 }, 1e-3);
      const { estimate, standardError } = process['ar1']!;
      const slope = (Math.tanh(Math.atanh(estimate) + 1e-3) - estimate) / 1e-3;
      expect(relative((standardError! * slope) / (1 - estimate ** 2), given[name]!.se['ar1']!)).toBeLessThan(1e-4);
    }
  });

  it('next to a unit root, where there is no constant', () => {
    const expected = given['arima100_post_only_no_mean_ML']!;
    const fit = fitArmaRegression({ outcome: y, columns: [post], isRestricted: false }, { ...none, p: 1 });
    expect(fit.process['ar1']!.estimate).toBeCloseTo(expected.coef['ar1']!, 7);
    expect(relative(fit.coefficients[0], expected.coef['post']!)).toBeLessThan(1e-5);
    expect(fit.logLikelihood).toBeGreaterThan(-202.9411719175058);
  });
});

describe("the restricted likelihood agrees with nlme's gls", () => {
  const season = [Math.sin, Math.cos].map((wave) => t.map((value) => wave((2 * Math.PI * value) / 12)));
  const columns = [one, t, post, tpost, ...season];
  const names = ['intercept', 'trend', 'level_change', 'slope_change', 'sine_1', 'cosine_1'];

  it.each([
    ['restricted_ar1', 1],
    ['restricted_ar2', 2],
  ] as const)('on %s', (name, p) => {
    const expected = exact[name]!;
    const fit = fitArmaRegression({ outcome: y, columns, isRestricted: true }, { ...none, p });
    expect(Math.abs(fit.logLikelihood - expected.loglik)).toBeLessThan(1e-9);
    expect(relative(fit.errorVariance, expected.sigma2)).toBeLessThan(1e-5);
    for (const [term, { estimate }] of Object.entries(fit.process)) expect(relative(estimate, expected.coef[term]!)).toBeLessThan(1e-5);
    names.forEach((term, k) => {
      expect(relative(fit.coefficients[k], expected.coef[term]!)).toBeLessThan(1e-6);
      expect(relative(Math.sqrt(fit.covariance[k * names.length + k]!), expected.se[term]!)).toBeLessThan(1e-5);
    });
  });

  it('is least squares with the divisor n - k for white noise', () => {
    const fit = fitArmaRegression({ outcome: y, columns: [one, post], isRestricted: true }, none);
    const before = y.subarray(0, 48);
    const after = y.subarray(48);
    const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const squares = [before, after].reduce((sum, part) => sum + part.reduce((total, value) => total + (value - mean(part)) ** 2, 0), 0);
    expect(fit.sigma2).toBeCloseTo(squares / 70, 10);
    expect(Math.sqrt(fit.covariance[3]!)).toBeCloseTo(Math.sqrt((squares / 70) * (1 / 48 + 1 / 24)), 10);
  });

  it('stays within what the series can show where its maximum is a random walk', () => {
    const { normal } = randomSource(17);
    let level = 0;
    const walk = Float64Array.from({ length: 60 }, () => (level += normal()));
    const fit = fitArmaRegression({ outcome: walk, columns: [new Float64Array(60).fill(1)], isRestricted: true }, { ...none, p: 1 });
    expect(fit.process['ar1']!.estimate).toBeLessThanOrEqual(1 - 0.5 / 60);
    expect(fit.process['ar1']!.estimate).toBeGreaterThan(0.9);
    expect([...fit.covariance, fit.errorVariance].every(Number.isFinite)).toBe(true);
  });
});

describe('the likelihood', () => {
  it('is that of the dense normal distribution, and is at its maximum', () => {
    const order: ArmaOrder = { p: 2, q: 1, seasonalP: 0, seasonalQ: 0, season: 1 };
    const columns = [one, t, post];
    const fit = fitArmaRegression({ outcome: y, columns, isRestricted: false }, order);
    const at = (ar1: number, ar2: number, ma1: number, coefficients: Float64Array, sigma2: number) => {
      const gamma = armaAutocovariances({ phi: [ar1, ar2], theta: [ma1] }, n);
      const residuals = y.map((value, i) => value - columns.reduce((sum, column, k) => sum + coefficients[k]! * column[i]!, 0));
      const root = Array.from({ length: n }, () => new Float64Array(n));
      let logLikelihood = 0;
      const errors = new Float64Array(n);
      for (let i = 0; i < n; i += 1) {
        for (let j = 0; j <= i; j += 1) {
          let sum = sigma2 * gamma[i - j]!;
          for (let r = 0; r < j; r += 1) sum -= root[i]![r]! * root[j]![r]!;
          root[i]![j] = i === j ? Math.sqrt(sum) : sum / root[j]![j]!;
        }
        let value = residuals[i]!;
        for (let j = 0; j < i; j += 1) value -= root[i]![j]! * errors[j]!;
        errors[i] = value / root[i]![i]!;
        logLikelihood -= Math.log(root[i]![i]!) + (Math.log(2 * Math.PI) + errors[i]! ** 2) / 2;
      }
      return logLikelihood;
    };
    const { ar1, ar2, ma1 } = fit.process;
    const best = at(ar1!.estimate, ar2!.estimate, ma1!.estimate, fit.coefficients, fit.sigma2);
    expect(best).toBeCloseTo(fit.logLikelihood, 8);
    for (const step of [-0.01, 0.01]) {
      expect(at(ar1!.estimate + step, ar2!.estimate, ma1!.estimate, fit.coefficients, fit.sigma2)).toBeLessThan(best);
      expect(at(ar1!.estimate, ar2!.estimate + step, ma1!.estimate, fit.coefficients, fit.sigma2)).toBeLessThan(best);
      expect(at(ar1!.estimate, ar2!.estimate, ma1!.estimate + step, fit.coefficients, fit.sigma2)).toBeLessThan(best);
      expect(at(ar1!.estimate, ar2!.estimate, ma1!.estimate, fit.coefficients, fit.sigma2 * (1 + step))).toBeLessThan(best);
      const moved = fit.coefficients.map((value, k) => (k === 2 ? value + step : value));
      expect(at(ar1!.estimate, ar2!.estimate, ma1!.estimate, moved, fit.sigma2)).toBeLessThan(best);
    }
  });

  it('finds no correlation in white noise and stays finite on a random walk', () => {
    const { normal } = randomSource(4);
    const noise = Float64Array.from({ length: 400 }, normal);
    const ones = new Float64Array(400).fill(1);
    expect(
      Math.abs(fitArmaRegression({ outcome: noise, columns: [ones], isRestricted: false }, { ...none, p: 1 }).process['ar1']!.estimate),
    ).toBeLessThan(0.15);
    let level = 0;
    const walk = noise.map((step) => (level += step));
    const fit = fitArmaRegression({ outcome: walk, columns: [ones], isRestricted: false }, { ...none, p: 1 });
    expect(fit.process['ar1']!.estimate).toBeGreaterThan(0.95);
    expect(fit.process['ar1']!.estimate).toBeLessThan(1);
    expect([...fit.covariance, fit.sigma2, fit.errorVariance].every((value) => Number.isFinite(value) && value > 0)).toBe(true);
  });
});

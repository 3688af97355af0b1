import { describe, expect, it } from 'vitest';
import { automaticLag, neweyWest } from '../../../../src/core/measure/newey-west.ts';
import { autocorrelations, durbinWatson, ljungBoxP } from '../../../../src/core/measure/series-diagnostics.ts';
import { numbersOf, readReference, readReferenceTable } from './reference-data.ts';

type Segmented = { readonly coef: Record<string, number>; readonly dw: number; readonly acf_resid: readonly number[]; readonly df: number };
const { reference } = readReference<{ reference: Record<string, Segmented & Record<string, Record<string, number>>> }>('its');
const table = readReferenceTable('its');
const y = numbersOf(table, 'y');
const t = numbersOf(table, 't');
const base = [new Float64Array(y.length).fill(1), t, numbersOf(table, 'post'), numbersOf(table, 'tpost')];
const season = [Math.sin, Math.cos].map((wave) => t.map((value) => wave((2 * Math.PI * value) / 12)));

describe.each([
  ['segmented_ols', ['(Intercept)', 't', 'post', 'tpost'], base],
  ['segmented_ols_with_fourier', ['(Intercept)', 't', 'post', 'tpost', 'Xs', 'Xc'], [...base, ...season]],
] as const)('agrees with R: %s', (name, terms, columns) => {
  const expected = reference[name]!;

  it.each([0, 1, 3, 6, 12])('at lag %i, corrected and not', (lag) => {
    for (const isCorrected of [false, true]) {
      const fit = neweyWest(y, columns, lag, isCorrected);
      const errors = expected[`NW_lag${lag}_${isCorrected ? 'adj' : 'noadj'}`]!;
      terms.forEach((term, k) => {
        expect(Math.abs(fit.coefficients[k]! / expected.coef[term]! - 1)).toBeLessThan(1e-8);
        expect(Math.abs(Math.sqrt(fit.covariance[k * terms.length + k]!) / errors[term]! - 1)).toBeLessThan(1e-8);
      });
      expect(fit.df).toBe(expected.df);
    }
  });

  it('in the diagnostics of its residuals', () => {
    const { residuals } = neweyWest(y, columns, 0, false);
    expect(durbinWatson(residuals)).toBeCloseTo(expected.dw, 10);
    expected.acf_resid.slice(1).forEach((value, k) => expect(autocorrelations(residuals, 12)[k]).toBeCloseTo(value, 10));
  });
});

describe('neweyWest', () => {
  it('stays finite with a lag longer than the series', () => {
    expect(neweyWest(y, base, 500, true).covariance.every(Number.isFinite)).toBe(true);
  });

  it('takes more lags for longer series', () => {
    expect([25, 72, 100, 1000].map(automaticLag)).toEqual([2, 3, 4, 6]);
  });
});

describe('ljungBoxP', () => {
  it('has the value of its formula', () => {
    const errors = Float64Array.of(1, -1, 2, 0, -2, 1, 3, -1, 0, -3);
    const [r1, r2] = autocorrelations(errors, 2);
    const statistic = 10 * 12 * (r1! ** 2 / 9 + r2! ** 2 / 8);
    // With two degrees of freedom the chi-square tail is exponential.
    expect(ljungBoxP(errors, 2, 0)).toBeCloseTo(Math.exp(-statistic / 2), 12);
    expect(ljungBoxP(new Float64Array(5), 2, 0)).toBe(1);
  });
});

import { describe, expect, it } from 'vitest';
import { fitArmaRegression } from '../../../../src/core/measure/arma-regression.ts';
import { difference, readOrder } from '../../../../src/core/measure/series-order.ts';
import { numbersOf, readReference, readReferenceTable } from './reference-data.ts';

type Fit = { readonly coef: Record<string, number>; readonly se: Record<string, number>; readonly sigma2: number; readonly loglik: number };
const { reference } = readReference<{ reference: Record<string, Fit> }>('sarima');
const table = readReferenceTable('sarima');
const [t, post, y] = ['t', 'post', 'y'].map((name) => numbersOf(table, name)) as [Float64Array, Float64Array, Float64Array];
const one = new Float64Array(y.length).fill(1);
const withMean = { names: ['intercept', 'trend', 'level_change'], columns: [one, t, post] };

const relative = (actual: number | undefined, wanted: number) => Math.abs((actual ?? NaN) - wanted) / Math.abs(wanted);

describe("agrees with R's arima on a daily series with a weekly season", () => {
  const cases = [
    ['101x101', [1, 0, 1], [1, 0, 1, 7], withMean],
    ['200x100', [2, 0, 0], [1, 0, 0, 7], withMean],
    ['100x200', [1, 0, 0], [2, 0, 0, 7], withMean],
    ['001x001', [0, 0, 1], [0, 0, 1, 7], withMean],
    ['202x000', [2, 0, 2], null, withMean],
    ['100x011_differenced', [1, 0, 0], [0, 1, 1, 7], { names: ['trend', 'level_change'], columns: [t, post] }],
    ['011x011_differenced', [0, 1, 1], [0, 1, 1, 7], { names: ['level_change'], columns: [post] }],
  ] as const;

  it.each(cases)('for the orders %s', (name, order, seasonalOrder, { names, columns }) => {
    const expected = reference[name]!;
    const { arma, differences } = readOrder(order, seasonalOrder);
    const outcome = difference(y, differences);
    const fit = fitArmaRegression(
      { outcome, columns: columns.map((column) => difference(column, differences)), isRestricted: false },
      arma,
    );
    expect(Math.abs(fit.logLikelihood - expected.loglik)).toBeLessThan(1e-6);
    expect(relative(fit.sigma2, expected.sigma2)).toBeLessThan(1e-5);
    expect(Object.keys(fit.process).sort()).toEqual(
      Object.keys(expected.coef)
        .filter((key) => !(names as readonly string[]).includes(key))
        .sort(),
    );
    for (const [term, { estimate, standardError }] of Object.entries(fit.process)) {
      expect(Math.abs(estimate - expected.coef[term]!)).toBeLessThan(1e-5 * expected.se[term]!);
      expect(relative(standardError ?? undefined, expected.se[term]!)).toBeLessThan(1e-4);
    }
    names.forEach((term, k) => {
      expect(Math.abs(fit.coefficients[k]! - expected.coef[term]!)).toBeLessThan(1e-5 * expected.se[term]!);
      expect(relative(Math.sqrt(fit.covariance[k * names.length + k]!), expected.se[term]!)).toBeLessThan(1e-5);
    });
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitPropensity } from '../../../../src/core/measure/propensity.ts';
import { numbersOf, readReference, readReferenceTable } from './reference-data.ts';

fc.configureGlobal({ seed: 7 });

type Logit = {
  readonly coef: Record<string, number>;
  readonly se: Record<string, number>;
  readonly llf: number;
  readonly fitted: readonly number[];
};
const { propensity_logit: expected } = readReference<{ reference: { propensity_logit: Logit } }>('obs_propensity_ipw_aipw').reference;
const table = readReferenceTable('obs');
const names = ['a', 'b', 'c'];
const columns = names.map((name) => numbersOf(table, name));
const treated = Uint8Array.from(numbersOf(table, 't'));

const relative = (actual: number | undefined, wanted: number) => Math.abs((actual ?? NaN) - wanted) / Math.abs(wanted);

describe('fitPropensity', () => {
  it('agrees with R', () => {
    const fit = fitPropensity(treated, { names, columns });
    ['(Intercept)', ...names].forEach((name, k) => {
      expect(relative(fit.coefficients[k], expected.coef[name]!)).toBeLessThan(1e-8);
      expect(relative(fit.standardErrors[k], expected.se[name]!)).toBeLessThan(1e-8);
    });
    expect(relative(fit.logLikelihood, expected.llf)).toBeLessThan(1e-12);
    expected.fitted.forEach((value, i) => expect(relative(fit.probability[i], value)).toBeLessThan(1e-8));
    expect(fit.isSeparated).toBe(false);
    expect(fit.setAside).toEqual([]);
  });

  it('solves the score equations to rounding, on any scale of the covariates', () => {
    fc.assert(
      fc.property(fc.integer({ min: -6, max: 6 }), fc.double({ min: -1e4, max: 1e4, noNaN: true }), (power, shift) => {
        const scaled = columns.map((column) => column.map((value) => value * 10 ** power + shift));
        const fit = fitPropensity(treated, { names, columns: scaled });
        const score = columns.map((column) => column.reduce((sum, value, i) => sum + value * (treated[i]! - fit.probability[i]!), 0));
        if (power > -4) expect(Math.max(...score.map(Math.abs))).toBeLessThan(1e-6);
        if (power > -4) expect(relative(fit.logLikelihood, expected.llf)).toBeLessThan(1e-10);
      }),
    );
  });

  it('sets aside constant and repeated columns and leaves the fit as it is', () => {
    const extra = [...columns, columns[0]!.map((value) => 3 * value - 1), new Float64Array(treated.length).fill(4)];
    const fit = fitPropensity(treated, { names: [...names, 'again', 'constant'], columns: extra });
    expect(fit.setAside).toEqual(['again', 'constant']);
    expect(relative(fit.logLikelihood, expected.llf)).toBeLessThan(1e-12);
    expect(fit.standardErrors.every(Number.isFinite)).toBe(true);
  });

  it('says when covariates separate the arms, wholly or in part, and stays finite', () => {
    const line = Float64Array.from({ length: 40 }, (_, i) => i);
    const whole = fitPropensity(
      Uint8Array.from(line, (x) => (x >= 20 ? 1 : 0)),
      { names: ['x'], columns: [line] },
    );
    const inPart = fitPropensity(
      Uint8Array.from(line, (x) => (x >= 20 ? 1 : x % 2)),
      { names: ['x'], columns: [line.map((x) => (x >= 20 ? 1 : 0))] },
    );
    for (const fit of [whole, inPart]) {
      expect(fit.isSeparated).toBe(true);
      expect([...fit.probability, ...fit.coefficients, ...fit.standardErrors].every(Number.isFinite)).toBe(true);
    }
    expect(
      fitPropensity(
        Uint8Array.from(line, (x) => x % 2),
        { names: ['x'], columns: [line] },
      ).isSeparated,
    ).toBe(false);
  });

  it('does not take an outlier for separation', () => {
    const x = Float64Array.from({ length: 60 }, (_, i) => (i === 59 ? 400 : (i % 10) - 5));
    const fit = fitPropensity(
      Uint8Array.from(x, (value, i) => (value > 4 || (value > 0 ? i % 3 !== 0 : i % 3 === 0) ? 1 : 0)),
      { names: ['x'], columns: [x] },
    );
    expect(Math.max(...fit.linearPredictor)).toBeGreaterThan(30);
    expect(fit.isSeparated).toBe(false);
  });

  it('gives everyone the treated share when there are no covariates', () => {
    const fit = fitPropensity(Uint8Array.of(1, 0, 0, 0), { names: [], columns: [] });
    expect(fit.probability[0]).toBeCloseTo(0.25, 14);
  });
});

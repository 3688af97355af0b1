import fc from 'fast-check';
import jstat from 'jstat';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { chiSquareCdf, chiSquareQuantile, chiSquareSurvival, chiSquareSurvivalQuantile } from '../../../../src/core/numeric/chi-square.ts';
import { fCdf, fQuantile, fSurvival, fSurvivalQuantile } from '../../../../src/core/numeric/f-distribution.ts';
import { normalCdf, normalDensity, normalQuantile, normalSurvival } from '../../../../src/core/numeric/normal.ts';
import { studentTCdf, studentTQuantile, studentTSurvival, studentTTwoSidedP } from '../../../../src/core/numeric/student-t.ts';

fc.configureGlobal({ seed: 7 });

type Row = [string, number[], number];
type Distribution = (...args: number[]) => number;

const names: Record<string, Distribution> = {
  norm_sf: normalSurvival,
  norm_cdf: normalCdf,
  norm_ppf: normalQuantile,
  t_sf: studentTSurvival,
  t_isf: (q: number, df: number) => -studentTQuantile(q, df),
  chi2_sf: chiSquareSurvival,
  chi2_cdf: chiSquareCdf,
  chi2_isf: chiSquareSurvivalQuantile,
  f_sf: fSurvival,
  f_cdf: fCdf,
  f_isf: fSurvivalQuantile,
  studentTSurvival,
  chiSquareCdf,
  chiSquareSurvival,
  fCdf,
  fSurvival,
};
const inverses: Record<string, Distribution> = {
  studentTSurvival: names.t_isf as Distribution,
  chiSquareCdf: chiSquareQuantile,
  chiSquareSurvival: chiSquareSurvivalQuantile,
  fCdf: fQuantile,
  fSurvival: fSurvivalQuantile,
};

describe('distributions against values with 20 digits', () => {
  const rows = read('distributions.json');
  for (const name of new Set(rows.map((row) => row[0]))) {
    it(`${name} agrees to 2e-13, tails included`, () =>
      expectRows(
        rows.filter((row) => row[0] === name),
        2e-13,
      ));
  }
});

describe('distributions where ordinary algorithms lose digits', () => {
  const rows = read('distributions_extended.json');
  for (const name of new Set(rows.map((row) => row[0]))) {
    const own = rows.filter((row) => row[0] === name);
    it(`${name} agrees to 5e-13 for df from 0.1 to 1e10`, () => expectRows(own, 5e-13));
    it(`the quantile function inverts ${name}`, () => {
      for (const [, args, p] of own.filter((row) => row[2] <= 0.5)) {
        const x = inverses[name]?.(p, ...args.slice(1)) ?? NaN;
        const back = names[name]?.(x, ...args.slice(1)) ?? NaN;
        const isAtArgument = Math.abs(x / (args[0] ?? NaN) - 1) < 1e-13;
        if (!isAtArgument) expect(Math.abs(back / p - 1), `${name} ${args.join(' ')}`).toBeLessThan(1e-12);
      }
    });
  }
});

describe('limits and symmetries', () => {
  it('t with infinite df is the normal, and F with infinite df2 a scaled chi-square', () => {
    expect(studentTSurvival(1.7, Infinity)).toBe(normalSurvival(1.7));
    expect(studentTQuantile(0.3, Infinity)).toBe(normalQuantile(0.3));
    expect(fSurvival(1.7, 4, Infinity)).toBe(chiSquareSurvival(6.8, 4));
    expect(studentTSurvival(2, 1e15)).toBeCloseTo(normalSurvival(2), 14);
  });
  it('t squared is F(1, df), and normal squared is chi-square(1)', () => {
    for (const t of [0.01, 0.7, 2, 5, 30]) {
      for (const df of [0.5, 3, 47.5, 1e6]) expect(studentTTwoSidedP(t, df) / fSurvival(t * t, 1, df)).toBeCloseTo(1, 12);
      expect((2 * normalSurvival(t)) / chiSquareSurvival(t * t, 1)).toBeCloseTo(1, 12);
    }
  });
  it('Cauchy, t with 2 df, exponential and F(2, df) have their closed forms', () => {
    for (const x of [1e-6, 0.4, 1.5, 20, 1e6]) {
      expect(studentTSurvival(x, 1) / (Math.atan(1 / x) / Math.PI)).toBeCloseTo(1, 13);
      const root = Math.sqrt(2 + x * x);
      expect(studentTSurvival(x, 2) / (1 / (root * (root + x)))).toBeCloseTo(1, 13);
      expect(fSurvival(x, 2, 5) / (1 + (2 * x) / 5) ** -2.5).toBeCloseTo(1, 13);
    }
    for (const x of [1e-6, 0.4, 3, 40, 600]) expect(chiSquareSurvival(x, 2) / Math.exp(-x / 2)).toBeCloseTo(1, 12);
  });
  it('edges: certain, impossible and meaningless arguments', () => {
    expect([normalQuantile(0), normalQuantile(1), normalQuantile(0.5)]).toEqual([-Infinity, Infinity, 0]);
    expect([studentTQuantile(0, 3), studentTQuantile(1, 3), studentTQuantile(0.5, 3)]).toEqual([-Infinity, Infinity, 0]);
    expect([chiSquareQuantile(0, 3), chiSquareQuantile(1, 3), fQuantile(0, 3, 4), fQuantile(1, 3, 4)]).toEqual([0, Infinity, 0, Infinity]);
    expect([chiSquareCdf(-1, 3), chiSquareSurvival(0, 3), fCdf(-1, 3, 4), fSurvival(Infinity, 3, 4)]).toEqual([0, 1, 0, 0]);
    expect([studentTCdf(-Infinity, 3), studentTTwoSidedP(0, 3), normalSurvival(Infinity)]).toEqual([0, 1, 0]);
    for (const bad of [
      normalQuantile(1.1),
      studentTQuantile(0.1, 0),
      studentTCdf(NaN, 3),
      chiSquareCdf(1, -1),
      fCdf(1, NaN, 2),
      chiSquareQuantile(NaN, 2),
    ]) {
      expect(bad).toBeNaN();
    }
  });
  it('an F whose product with its degrees of freedom overflows still has a tail', () => {
    expect(fSurvival(1e300, 1e10, 0.1) / fSurvival(1e297, 1e10, 0.1)).toBeCloseTo(10 ** -0.15, 12);
    expect(fSurvival(1e308, 1e10, 1) / Math.sqrt(2 / Math.PI / 1e308)).toBeCloseTo(1, 8);
    expect(fCdf(1e308, 1e10, 1)).toBe(1);
  });
  it('a t of 1e200 still has a p value when the tail is heavy', () => {
    expect(studentTTwoSidedP(1e200, 0.1) / studentTTwoSidedP(1e100, 0.1)).toBeCloseTo(1e-10, 20);
    expect(studentTQuantile(1e-300, 3)).toBeLessThan(-1e99);
    expect(studentTTwoSidedP(studentTQuantile(1e-300, 3), 3) / 2e-300).toBeCloseTo(1, 11);
    expect(studentTTwoSidedP(studentTQuantile(1e-20, 0.1), 0.1) / 2e-20).toBeCloseTo(1, 11);
  });
});

describe('properties', () => {
  const df = fc.double({ min: 0.2, max: 1e7, noNaN: true });
  const p = fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true });
  it('cdf and survival add up to one', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e3, noNaN: true }), df, df, (x, a, b) => {
        expect(chiSquareCdf(x * a, a) + chiSquareSurvival(x * a, a)).toBeCloseTo(1, 13);
        expect(fCdf(x, a, b) + fSurvival(x, a, b)).toBeCloseTo(1, 13);
        expect(studentTCdf(x, a) + studentTSurvival(x, a)).toBeCloseTo(1, 13);
      }),
    );
  });
  it('cdf of the quantile is the probability', () => {
    fc.assert(
      fc.property(p, df, df, (q, a, b) => {
        expect(Math.abs(normalCdf(normalQuantile(q)) / q - 1)).toBeLessThan(1e-13);
        expect(Math.abs(studentTCdf(studentTQuantile(q, a), a) / q - 1)).toBeLessThan(1e-11);
        expect(Math.abs(fCdf(fQuantile(q, a, b), a, b) / q - 1)).toBeLessThan(1e-7);
      }),
    );
  });
  it('the F reciprocal swaps the degrees of freedom', () => {
    fc.assert(
      fc.property(fc.integer({ min: -8, max: 8 }), df, df, (k, a, b) => {
        const x = 2 ** k;
        expect(fCdf(x, a, b)).toBeCloseTo(fSurvival(1 / x, b, a), 13);
      }),
    );
  });
});

describe('independent cross-check with jstat', () => {
  it('agrees within the errors jstat is known to have', () => {
    for (const df of [1, 2.5, 10, 200]) {
      for (const x of [0.1, 0.8, 2, 4]) {
        expect(studentTCdf(x, df)).toBeCloseTo(jstat.studentt.cdf(x, df), 7);
        expect(chiSquareCdf(x * df, df)).toBeCloseTo(jstat.chisquare.cdf(x * df, df), 7);
        expect(fCdf(x, df, 7)).toBeCloseTo(jstat.centralF.cdf(x, df, 7), 7);
        expect(normalCdf(x)).toBeCloseTo(jstat.normal.cdf(x, 0, 1), 7);
        expect(normalDensity(x)).toBeCloseTo(jstat.normal.pdf(x, 0, 1), 14);
      }
      for (const q of [0.01, 0.3, 0.9]) {
        expect(studentTQuantile(q, df)).toBeCloseTo(jstat.studentt.inv(q, df), 5);
        expect(chiSquareQuantile(q, df)).toBeCloseTo(jstat.chisquare.inv(q, df), 5);
      }
    }
  });
});

function read(name: string): Row[] {
  const { rows } = JSON.parse(readFileSync(new URL(`../../../reference/${name}`, import.meta.url), 'utf8')) as { rows: Row[] };
  expect(rows.length).toBeGreaterThan(100);
  return rows;
}

function expectRows(rows: readonly Row[], tolerance: number): void {
  for (const [name, args, value] of rows) {
    const own = names[name]?.(...args) ?? NaN;
    const error = value === 0 ? Math.abs(own) : Math.abs(own / value - 1);
    expect(error, `${name}(${args.join(', ')}) = ${own}, expected ${value}`).toBeLessThan(tolerance);
  }
}

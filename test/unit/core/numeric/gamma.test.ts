import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { incompleteBetaLower, incompleteBetaUpper, logBeta } from '../../../../src/core/numeric/beta.ts';
import { incompleteGammaLower, incompleteGammaUpper, logDeviation, logGamma } from '../../../../src/core/numeric/gamma.ts';
import { integrateGaussLegendre } from '../../../../src/core/numeric/gauss-legendre.ts';

fc.configureGlobal({ seed: 7 });

describe('logGamma', () => {
  it('agrees with 20-digit values, near its zeros too', () => {
    const rows = [
      [1e-10, 23.025850929882736],
      [0.1, 2.252712651734206],
      [0.5, 0.5723649429247001],
      [0.9, 0.06637623973474295],
      [1.0001, -5.771334222047127e-5],
      [1.5, -0.12078223763524522],
      [1.9999, -4.227520877215346e-5],
      [2.1, 0.04543773854448518],
      [2.5, 0.2846828704729192],
      [3, 0.6931471805599453],
      [7.3, 7.147892523022248],
      [9.99, 12.779315214350193],
      [10, 12.801827480081469],
      [123.456, 469.6055471299295],
      [1e5, 1051287.7089736569],
      [1e15, 3.3538776394910668e16],
    ] as const;
    for (const [x, value] of rows) expect(Math.abs(logGamma(x) / value - 1), `logGamma(${x})`).toBeLessThan(1e-14);
  });
  it('is the logarithm of factorials', () => {
    let factorial = 1;
    for (let n = 1; n <= 20; n += 1) {
      expect(logGamma(n)).toBeCloseTo(Math.log(factorial), 12);
      factorial *= n;
    }
  });
  it('satisfies the recurrence, and is 0 at 1 and 2', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-3, max: 50, noNaN: true }),
        (x) => Math.abs(logGamma(x + 1) - logGamma(x) - Math.log(x)) < 1e-13 * (10 + Math.abs(logGamma(x + 1))),
      ),
    );
    expect([logGamma(1), logGamma(2)].map((value) => Math.abs(value))).toEqual([0, 0]);
    expect([logGamma(0), logGamma(Infinity), logGamma(-1), logGamma(NaN)]).toEqual([Infinity, Infinity, NaN, NaN]);
  });
});

describe('logBeta', () => {
  it('agrees with 20-digit values for any mix of sizes', () => {
    const rows = [
      [0.1, 0.2, 2.6809784793469147],
      [1, 1.5, -0.4054651081081644],
      [0.5, 0.5, 1.1447298858494002],
      [3, 7.5, -5.713113802085085],
      [0.5, 5e9, -10.593986931740556],
      [1e10, 3, -68.38440560956143],
      [1e6, 2e6, -1909548.290968533],
      [1e-5, 4, 11.51290713170495],
    ] as const;
    for (const [a, b, value] of rows) {
      expect(Math.abs(logBeta(a, b) / value - 1), `logBeta(${a}, ${b})`).toBeLessThan(1e-14);
      expect(Math.abs(logBeta(b, a) / value - 1)).toBeLessThan(1e-14);
    }
  });
});

describe('incomplete gamma and beta', () => {
  it('have their closed forms', () => {
    for (const x of [1e-8, 0.3, 2, 30]) {
      expect(incompleteGammaUpper(1, x) / Math.exp(-x)).toBeCloseTo(1, 13);
      expect(incompleteGammaLower(1, x) / -Math.expm1(-x)).toBeCloseTo(1, 13);
    }
    for (const x of [1e-8, 0.3, 0.9]) {
      expect(incompleteBetaLower(3, 1, x) / x ** 3).toBeCloseTo(1, 13);
      expect(incompleteBetaUpper(1, 4, x) / (1 - x) ** 4).toBeCloseTo(1, 13);
      expect(incompleteBetaLower(0.5, 0.5, x) / ((2 / Math.PI) * Math.asin(Math.sqrt(x)))).toBeCloseTo(1, 13);
    }
  });
  it('satisfy I_x(a, b) = 1 - I_(1-x)(b, a) and the recurrence in a', () => {
    const shape = fc.double({ min: 0.05, max: 900, noNaN: true });
    fc.assert(
      fc.property(shape, shape, fc.integer({ min: 1, max: 63 }), (a, b, k) => {
        const x = k / 64;
        expect(incompleteBetaLower(a, b, x)).toBeCloseTo(incompleteBetaUpper(b, a, 1 - x), 12);
        const step = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - Math.log(a) - logBeta(a, b));
        expect(incompleteBetaLower(a, b, x) - incompleteBetaLower(a + 1, b, x)).toBeCloseTo(step, 11);
      }),
    );
  });
  it('mean nothing outside their domain, and are certain at its ends', () => {
    expect([incompleteBetaLower(0, 1, 0.5), incompleteGammaLower(-1, 2), incompleteGammaUpper(1, NaN)]).toEqual([NaN, NaN, NaN]);
    expect([
      incompleteBetaLower(2, 3, 0),
      incompleteBetaLower(2, 3, 1),
      incompleteGammaUpper(2, Infinity),
      incompleteGammaUpper(2, 0),
    ]).toEqual([0, 1, 0, 1]);
  });
});

describe('building blocks', () => {
  it('w - log(1 + w) does not cancel', () => {
    for (const w of [1e-9, -1e-9, 1e-4]) expect(logDeviation(w) / (w * w * (1 / 2 - w / 3 + (w * w) / 4))).toBeCloseTo(1, 11);
    for (const w of [-0.9, -0.26, 0.36, 3]) expect(logDeviation(w)).toBeCloseTo(w - Math.log1p(w), 14);
    expect(logDeviation(0)).toBe(0);
  });
  it('the quadrature rule is exact for polynomials of degree 63', () => {
    expect(integrateGaussLegendre((x) => x ** 62, -1, 1)).toBeCloseTo(2 / 63, 14);
    expect(integrateGaussLegendre((x) => Math.exp(x), 0, 3)).toBeCloseTo(Math.exp(3) - 1, 12);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  armaAutocovariances,
  armaWhitener,
  coefficientsFromPartials,
  partialsFromCoefficients,
  seasonalProduct,
  type Arma,
} from '../../../../src/core/measure/arma.ts';

fc.configureGlobal({ seed: 7 });

const partials = (size: number) => fc.array(fc.double({ min: -0.95, max: 0.95, noNaN: true }), { maxLength: size });
const process = fc
  .tuple(partials(3), partials(3))
  .map(([ar, ma]): Arma => ({ phi: coefficientsFromPartials(ar), theta: coefficientsFromPartials(ma).map((value) => -value) }));
const series = fc
  .array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 1, maxLength: 25 })
  .map((values) => Float64Array.from(values));

/** Autocovariances by the infinite moving average, cut where its weights vanish. */
function byMovingAverage({ phi, theta }: Arma, lags: number): number[] {
  const psi = [1];
  for (let k = 1; k < 6000; k += 1) psi.push((theta[k - 1] ?? 0) + phi.reduce((sum, value, j) => sum + value * (psi[k - 1 - j] ?? 0), 0));
  return Array.from({ length: lags + 1 }, (_, lag) => psi.reduce((sum, value, k) => sum + value * (psi[k + lag] ?? 0), 0));
}

/** x' V^-1 x and log det V by a dense Cholesky factorisation of the covariance matrix. */
function dense(arma: Arma, x: Float64Array) {
  const gamma = armaAutocovariances(arma, x.length);
  const n = x.length;
  const root = Array.from({ length: n }, () => new Float64Array(n));
  const errors = new Float64Array(n);
  let logDeterminant = 0;
  for (let t = 0; t < n; t += 1) {
    for (let s = 0; s <= t; s += 1) {
      let sum = gamma[t - s]!;
      for (let r = 0; r < s; r += 1) sum -= root[t]![r]! * root[s]![r]!;
      root[t]![s] = s === t ? Math.sqrt(sum) : sum / root[s]![s]!;
    }
    let value = x[t]!;
    for (let s = 0; s < t; s += 1) value -= root[t]![s]! * errors[s]!;
    errors[t] = value / root[t]![t]!;
    logDeterminant += 2 * Math.log(root[t]![t]!);
  }
  return { errors, logDeterminant };
}

describe('armaAutocovariances', () => {
  it('agrees with the sum over the moving average weights', () => {
    fc.assert(
      fc.property(process, (arma) => {
        const expected = byMovingAverage(arma, 6);
        armaAutocovariances(arma, 6).forEach((value, lag) => expect(Math.abs(value - expected[lag]!)).toBeLessThan(1e-8 * expected[0]!));
      }),
      { numRuns: 60 },
    );
  });

  it('has the closed forms of AR(1) and MA(1)', () => {
    expect([...armaAutocovariances({ phi: [0.5], theta: [] }, 2)]).toEqual([4 / 3, 2 / 3, 1 / 3]);
    expect([...armaAutocovariances({ phi: [], theta: [0.5] }, 2)]).toEqual([1.25, 0.5, 0]);
  });

  it('refuses a process that is not stationary', () => {
    expect(() => armaAutocovariances({ phi: [1], theta: [] }, 2)).toThrow(/not stationary/);
    expect(() => armaWhitener({ phi: [0.5, 0.6], theta: [] }, 5)).toThrow(/not stationary/);
  });
});

describe('armaWhitener', () => {
  it('is the Cholesky factorisation of the dense covariance matrix', () => {
    fc.assert(
      fc.property(process, series, (arma, x) => {
        const expected = dense(arma, x);
        const whitener = armaWhitener(arma, x.length);
        expect(whitener.logDeterminant).toBeCloseTo(expected.logDeterminant, 8);
        whitener.whiten(x).forEach((error, t) => expect(Math.abs(error - expected.errors[t]!)).toBeLessThan(1e-7));
      }),
    );
  });

  it('leaves white noise alone', () => {
    const x = Float64Array.of(3, -1, 2);
    expect(armaWhitener({ phi: [], theta: [] }, 3).whiten(x)).toEqual(x);
    expect(armaWhitener({ phi: [0], theta: [] }, 3).logDeterminant).toBe(0);
  });

  it('stays finite next to a unit root', () => {
    const x = Float64Array.from({ length: 50 }, (_, t) => t + (t % 3));
    const { whiten, logDeterminant } = armaWhitener({ phi: [1 - 1e-12], theta: [] }, 50);
    expect(whiten(x).every(Number.isFinite) && Number.isFinite(logDeterminant)).toBe(true);
  });
});

describe('partial autocorrelations', () => {
  it('go to stationary coefficients and back', () => {
    fc.assert(
      fc.property(partials(5), (values) => {
        const back = partialsFromCoefficients(coefficientsFromPartials(values));
        expect(back).toHaveLength(values.length);
        back?.forEach((value, j) => expect(value).toBeCloseTo(values[j]!, 6));
      }),
    );
    expect(partialsFromCoefficients([0.5, 0.6])).toBeNull();
  });
});

describe('seasonalProduct', () => {
  it('multiplies the two polynomials', () => {
    expect(seasonalProduct([0.5], [0.25], 4)).toEqual([0.5, 0, 0, 0.25, -0.125]);
    expect(seasonalProduct([0.5, 0.1], [], 7)).toEqual([0.5, 0.1]);
    expect(seasonalProduct([], [0.3], 3)).toEqual([0, 0, 0.3]);
  });
});

import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { leastSquares, orthogonalRows, type LeastSquaresProblem } from '../../../../src/core/numeric/least-squares.ts';

type Matrix = readonly (readonly number[])[];

describe('NIST Longley', () => {
  const rows = longley();
  const problem = problemOf(
    rows.map((row) => [1, ...row.slice(1)]),
    rows.map((row) => row[0]!),
  );
  const fit = leastSquares({ ...problem, leverages: true });
  it('gives the certified coefficients to 12 digits', () => {
    const certified = [
      -3482258.63459582, 15.0618722713733, -0.035819179292591, -2.02022980381683, -1.03322686717359, -0.0511041056535807, 1829.15146461355,
    ];
    certified.forEach((value, c) => expect(Math.abs(fit.coefficients[c]! / value - 1)).toBeLessThan(1e-12));
  });
  it('gives the certified residual sd and standard errors', () => {
    const sd = Math.sqrt(fit.residualSumOfSquares / 9);
    expect(Math.abs(sd / 304.854073561965 - 1)).toBeLessThan(1e-11);
    const certified = [
      890420.383607373, 84.9149257747669, 0.0334910077722432, 0.488399681651699, 0.214274163161675, 0.22607320006937, 455.478499142212,
    ];
    certified.forEach((value, c) => expect(Math.abs((sd * Math.sqrt(fit.unscaledCovariance[c * 7 + c]!)) / value - 1)).toBeLessThan(1e-10));
  });
  it('has leverages in [0, 1] that sum to the rank', () => {
    const { leverages = new Float64Array() } = fit;
    expect(Math.min(...leverages)).toBeGreaterThan(0);
    expect(Math.max(...leverages)).toBeLessThanOrEqual(1);
    expect(leverages.reduce((sum, value) => sum + value, 0)).toBeCloseTo(7, 12);
  });
});

describe('NIST Filip, a polynomial of degree 10', () => {
  const text = readFileSync(new URL('../../../reference/nist-filip.csv', import.meta.url), 'utf8');
  const rows = text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',').map(Number));
  const problem = problemOf(
    rows.map((row) => Array.from({ length: 11 }, (_, power) => row[1]! ** power)),
    rows.map((row) => row[0]!),
  );
  it('gives the certified coefficients to 7 digits when the tolerance lets all columns in', () => {
    const fit = leastSquares({ ...problem, tolerance: 1e-12 });
    const certified = [
      -1467.4896142298, -2772.17959193342, -2316.37108160893, -1127.97394098372, -354.478233703349, -75.1242017393757, -10.8753180355343,
      -1.06221498588947, -0.0670191154593408, -0.00246781078275479, -0.0000402962525080404,
    ];
    certified.forEach((value, c) => expect(Math.abs(fit.coefficients[c]! / value - 1)).toBeLessThan(1e-7));
    expect(Math.sqrt(fit.residualSumOfSquares / 71)).toBeCloseTo(0.00334801051324544, 10);
  });
  it('sets the last power aside at the tolerance of lm, as R does', () => {
    expect(leastSquares(problem)).toMatchObject({ rank: 10, aliased: [10] });
  });
});

describe('rank deficiency', () => {
  it('sets aside columns that earlier ones span, wherever they stand, and keeps the fit', () => {
    const rows = Array.from({ length: 30 }, (_, i) => {
      const a = Math.cos(i);
      const b = Math.sin(3 * i);
      return [1, a, 2 * a - 3, 0, b, a + b, i % 3];
    });
    const y = rows.map((row, i) => row[1]! - 2 * row[4]! + Math.sin(i * i));
    const fit = leastSquares(problemOf(rows, y));
    expect(fit.aliased).toEqual([2, 3, 5]);
    expect(fit.kept).toEqual([0, 1, 4, 6]);
    const reduced = leastSquares(
      problemOf(
        rows.map((row) => [row[0]!, row[1]!, row[4]!, row[6]!]),
        y,
      ),
    );
    fit.kept.forEach((column, c) => expect(fit.coefficients[column]).toBeCloseTo(reduced.coefficients[c]!, 12));
    expect(fit.residualSumOfSquares).toBeCloseTo(reduced.residualSumOfSquares, 12);
    expect([...fit.coefficients, ...fit.unscaledCovariance].every(Number.isFinite)).toBe(true);
  });
  it('keeps at most as many columns as there are rows', () => {
    const fit = leastSquares(
      problemOf(
        [
          [1, 2, 3, 4],
          [2, 1, 0, 5],
        ],
        [1, 2],
      ),
    );
    expect(fit.rank).toBe(2);
    expect(fit.residualSumOfSquares).toBeLessThan(1e-28);
  });
  it('fits nothing without rows or columns', () => {
    expect(leastSquares(problemOf([], []))).toMatchObject({ rank: 0, residualSumOfSquares: 0, observations: 0 });
    expect(leastSquares({ design: new Float64Array(), rows: 3, columns: 0, outcome: Float64Array.of(1, 2, 3) }).residualSumOfSquares).toBe(
      14,
    );
  });
});

describe('weights', () => {
  it('whole weights are repetitions, and weight 0 leaves a row out', () => {
    const rows = Array.from({ length: 12 }, (_, i) => [1, Math.cos(2 * i), (i * i) % 7]);
    const y = rows.map((_, i) => Math.sin(i) + i);
    const weights = Float64Array.from(rows, (_, i) => i % 4);
    const weighted = leastSquares({ ...problemOf(rows, y), weights });
    const repeated = leastSquares(
      problemOf(
        rows.flatMap((row, i) => Array<readonly number[]>(i % 4).fill(row)),
        y.flatMap((value, i) => Array<number>(i % 4).fill(value)),
      ),
    );
    weighted.coefficients.forEach((value, c) => expect(value).toBeCloseTo(repeated.coefficients[c]!, 12));
    expect(weighted.residualSumOfSquares).toBeCloseTo(repeated.residualSumOfSquares, 11);
    expect(weighted.observations).toBe(9);
  });
});

describe('properties', () => {
  const size = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 6, max: 1300 }), fc.integer({ min: 1, max: 1e6 }));
  it('residuals are orthogonal to every column, whatever the number of blocks', () => {
    fc.assert(
      fc.property(size, ([columns, rows, seed]) => {
        const problem = arbitrary(rows, columns, seed);
        const { residuals } = leastSquares(problem);
        for (let c = 0; c < columns; c += 1) {
          let inner = 0;
          for (let i = 0; i < rows; i += 1) inner += residuals[i]! * problem.design[c * rows + i]!;
          expect(Math.abs(inner)).toBeLessThan(1e-11 * rows);
        }
      }),
      { numRuns: 60 },
    );
  });
  it('recovers the coefficients of an exact outcome', () => {
    fc.assert(
      fc.property(size, ([columns, rows, seed]) => {
        const problem = arbitrary(rows, columns, seed);
        const outcome = Float64Array.from({ length: rows }, (_, i) => {
          let total = 0;
          for (let c = 0; c < columns; c += 1) total += (c + 1) * problem.design[c * rows + i]!;
          return total;
        });
        leastSquares({ ...problem, outcome }).coefficients.forEach((value, c) => expect(value).toBeCloseTo(c + 1, 9));
      }),
      { numRuns: 60 },
    );
  });
  it('Q has orthonormal columns, and its rows give the leverages', () => {
    const problem = arbitrary(700, 4, 5);
    const fit = leastSquares({ ...problem, leverages: true });
    const q = new Float64Array(700 * 4);
    orthogonalRows(problem, fit, 0, 700, q);
    for (let a = 0; a < 4; a += 1) {
      for (let b = 0; b < 4; b += 1) {
        let inner = 0;
        for (let i = 0; i < 700; i += 1) inner += q[a * 700 + i]! * q[b * 700 + i]!;
        expect(inner).toBeCloseTo(a === b ? 1 : 0, 13);
      }
    }
    const last = [0, 1, 2, 3].reduce((sum, c) => sum + q[c * 700 + 699]! ** 2, 0);
    expect(fit.leverages?.[699]).toBeCloseTo(last, 15);
  });
});

function problemOf(rows: Matrix, outcome: readonly number[]): LeastSquaresProblem {
  const columns = rows[0]?.length ?? 0;
  const design = new Float64Array(rows.length * columns);
  rows.forEach((row, i) => row.forEach((value, c) => (design[c * rows.length + i] = value)));
  return { design, rows: rows.length, columns, outcome: Float64Array.from(outcome) };
}

function arbitrary(rows: number, columns: number, seed: number): LeastSquaresProblem {
  let state = seed;
  const draw = (): number => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647 - 0.5;
  };
  return { design: Float64Array.from({ length: rows * columns }, draw), rows, columns, outcome: Float64Array.from({ length: rows }, draw) };
}

/** Longley (1967): employment, deflator, GNP, unemployed, armed forces, population, year. */
function longley(): Matrix {
  return `60323 83.0 234289 2356 1590 107608 1947
    61122 88.5 259426 2325 1456 108632 1948
    60171 88.2 258054 3682 1616 109773 1949
    61187 89.5 284599 3351 1650 110929 1950
    63221 96.2 328975 2099 3099 112075 1951
    63639 98.1 346999 1932 3594 113270 1952
    64989 99.0 365385 1870 3547 115094 1953
    63761 100.0 363112 3578 3350 116219 1954
    66019 101.2 397469 2904 3048 117388 1955
    67857 104.6 419180 2822 2857 118734 1956
    68169 108.4 442769 2936 2798 120445 1957
    66513 110.8 444546 4681 2637 121950 1958
    68655 112.6 482704 3813 2552 123366 1959
    69564 114.2 502601 3931 2514 125368 1960
    69331 115.7 518173 4806 2572 127852 1961
    70551 116.9 554894 4007 2827 130081 1962`
    .split('\n')
    .map((line) => line.trim().split(' ').map(Number));
}

import { coefficientCovariance } from '../../src/core/measure/robust-covariance.ts';
import { leastSquares, type LeastSquaresProblem } from '../../src/core/numeric/least-squares.ts';
import { standardNormal } from '../../src/core/random/variates.ts';
import { namedStream } from '../../src/core/random/stream.ts';
import type { BenchSubject } from './bench.ts';
import { draws } from './draws.ts';

/** Peers on two cores: numpy's QR 0.73 s and R's lm with sandwich 3.2 s for the million rows; R's lm.fit 0.08 s for the thousand fits. */
export const leastSquaresBench: BenchSubject = {
  id: 'least-squares',
  rows: () => {
    const big = regression(1_000_000, 7);
    const small = regression(500, 7);
    return [
      {
        name: 'OLS with HC2, n = 1,000,000, 7 columns',
        work: () => coefficientCovariance(big, leastSquares(big), 'HC2'),
        peer: draws(big.rows * big.columns),
        target: { milliseconds: 250 },
      },
      {
        name: '1,000 OLS fits, n = 500, 7 columns',
        work: () => {
          let sum = 0;
          for (let fit = 0; fit < 1_000; fit++) sum += leastSquares(small).coefficients[1] ?? 0;
          return sum;
        },
        peer: draws(1_000 * small.rows * small.columns),
        target: { milliseconds: 60 },
        runs: 11,
      },
    ];
  },
};

/** A constant and normal columns; the errors grow with the first of them. */
function regression(rows: number, columns: number): LeastSquaresProblem {
  const stream = namedStream({ seed: 'bench', initiative: 'bench', stage: 'pilot', replication: 0, purpose: `regression ${rows}` });
  const design = Float64Array.from({ length: rows * columns }, (_, i) => (i < rows ? 1 : standardNormal(stream)));
  const outcome = Float64Array.from({ length: rows }, (_, i) => {
    const slope = design[rows + i] ?? 0;
    return 2 + slope + (1 + Math.abs(slope)) * standardNormal(stream);
  });
  return { design, rows, columns, outcome };
}

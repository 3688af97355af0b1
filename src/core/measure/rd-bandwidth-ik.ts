import { pow } from '../numeric/elementary.ts';
import { leastSquares } from '../numeric/least-squares.ts';
import { mean, standardDeviation } from '../numeric/moments.ts';
import { fitLocal, windowOf, type Kernel } from './local-linear.ts';
import { bandwidthHolding, type MeasuredSide } from './rd-bandwidth.ts';

/** Moments of the kernels and of their squares on one side of 0. */
const moments = {
  triangular: { of: (j: number) => 1 / ((j + 1) * (j + 2)), ofSquare: (j: number) => 2 / ((j + 1) * (j + 2) * (j + 3)) },
  epanechnikov: {
    of: (j: number) => 0.75 * (1 / (j + 1) - 1 / (j + 3)),
    ofSquare: (j: number) => 0.5625 * (1 / (j + 1) - 2 / (j + 3) + 1 / (j + 5)),
  },
  uniform: { of: (j: number) => 0.5 / (j + 1), ofSquare: (j: number) => 0.25 / (j + 1) },
} as const;

/**
 * Bandwidth for a local linear jump with the least asymptotic mean squared error, regularised, by Imbens and Kalyanaraman:
 *   h = C_K ((s2- + s2+) / (f ((m2+ - m2-)^2 + r+ + r-)))^(1/5) n^(-1/5),
 * density f and variances s2 from a pilot window of 1.84 sd n^(-1/5), second derivatives m2 from quadratic fits in windows set by
 * the third derivative of a global cubic with a jump, r = 2160 s2 / (n h^4) of those windows. The paper's lower bound of 0.01
 * on the squared third derivative is left out, since with it the answer would depend on the outcome's unit.
 * null where a window holds too few places.
 * Source: Imbens and Kalyanaraman (2012, Review of Economic Studies 79), section 4.
 */
export function ikBandwidth(control: MeasuredSide, treated: MeasuredSide, kernel: Kernel): number | null {
  const sides = [control, treated] as const;
  const n = control.outcome.length + treated.outcome.length;
  const places = joined(control.side.x, treated.side.x);
  const outcomes = joined(control.outcome, treated.outcome);
  const pilot = Math.max(1.84 * standardDeviation(places) * pow(n, -1 / 5), bandwidthHolding([control.side, treated.side], 3));
  const near = sides.map(({ side, outcome }) => {
    const { from, to } = windowOf(side, pilot, 'uniform');
    return outcome.subarray(from, to);
  });
  if (near.some((values) => values.length < 2)) return null;
  const density = (near[0]!.length + near[1]!.length) / (2 * n * pilot);
  const variances = near.map((values) => {
    const spread = standardDeviation(values);
    return spread * spread;
  });

  const third = thirdDerivative(places, outcomes, control.outcome.length);
  if (third === null) return null;
  const widest = sides.map(({ side }) => Math.abs(side.x[0]! < 0 ? side.x[0]! : side.x.at(-1)!));
  const curvature: number[] = [];
  const regularisation: number[] = [];
  for (let s = 0; s < 2; s += 1) {
    const { side, outcome } = sides[s]!;
    const wanted = 3.56 * pow(variances[s]! / (density * third * third), 1 / 7) * pow(outcome.length, -1 / 7);
    const window = Math.max(wanted < widest[s]! ? wanted : widest[s]!, bandwidthHolding([side], 4));
    const fit = fitLocal(side, outcome, 2, window, 'uniform');
    if (fit === null) return null;
    curvature.push((2 * fit.coefficients[2]!) / (window * window));
    regularisation.push((2160 * variances[s]!) / (fit.u.length * window * window * window * window));
  }
  const difference = curvature[1]! - curvature[0]!;
  const ratio = (variances[0]! + variances[1]!) / (density * (difference * difference + regularisation[0]! + regularisation[1]!));
  const best = kernelConstant(kernel) * pow(ratio, 1 / 5) * pow(n, -1 / 5);
  const most = Math.max(widest[0]!, widest[1]!);
  return best > 0 ? Math.min(best, most) : most;
}

/** Imbens and Kalyanaraman's C_K: 3.4375 for the triangular kernel. */
export function kernelConstant(kernel: Kernel): number {
  const { of, ofSquare } = moments[kernel];
  const [v0, v1, v2, v3] = [of(0), of(1), of(2), of(3)];
  const determinant = v2 * v0 - v1 * v1;
  const bias = (v2 * v2 - v1 * v3) / determinant;
  const variance = (v2 * v2 * ofSquare(0) - 2 * v1 * v2 * ofSquare(1) + v1 * v1 * ofSquare(2)) / (determinant * determinant);
  return pow(variance / (bias * bias), 1 / 5);
}

/** Of a cubic with a jump at the cutoff, through all rows; null where the places do not carry it. */
function thirdDerivative(places: Float64Array, outcomes: Float64Array, nControl: number): number | null {
  const rows = places.length;
  const scale = standardDeviation(places);
  const design = new Float64Array(5 * rows).fill(1, 0, rows).fill(1, rows + nControl, 2 * rows);
  for (let i = 0; i < rows; i += 1) {
    const u = places[i]! / scale;
    design[2 * rows + i] = u;
    design[3 * rows + i] = u * u;
    design[4 * rows + i] = u * u * u;
  }
  const centre = mean(outcomes);
  const fit = leastSquares({ design, rows, columns: 5, outcome: outcomes.map((value) => value - centre), tolerance: 1e-10 });
  return fit.rank < 5 ? null : (6 * fit.coefficients[4]!) / (scale * scale * scale);
}

function joined(a: Float64Array, b: Float64Array): Float64Array {
  const all = new Float64Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}

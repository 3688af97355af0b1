import { leastSquares } from '../numeric/least-squares.ts';
import { log, pow } from '../numeric/elementary.ts';
import { normalSurvival } from '../numeric/normal.ts';
import { standardDeviation } from '../numeric/moments.ts';
import type { CutoffSide } from './local-linear.ts';
import { positiveP } from './tidy-row.ts';

export type DensityTest = {
  /** Log of the density just above the cutoff minus that just below; null with the rest where the data do not carry the test. */
  readonly logJump: number | null;
  readonly standardError: number | null;
  readonly pValue: number | null;
  readonly binSize: number;
  readonly bandwidth: number | null;
  /** Counts of the bins, in order; bin k covers [(k - below) binSize, (k + 1 - below) binSize). */
  readonly counts: Float64Array;
  readonly below: number;
};

const MOST_BINS = 20_000;
const FEWEST_BINS = 7;

/**
 * McCrary's test that units are not sorted around the cutoff: a histogram with bins of 2 sd n^(-1/2) that do not straddle the
 * cutoff, a local linear fit to its heights on each side with McCrary's automatic bandwidth, and the log difference of the
 * limits with SE sqrt(24 / 5 (1 / f+ + 1 / f-) / (n h)). Where the running variable lies on a grid, bins are whole numbers of
 * grid steps, so that every bin covers as many grid points.
 * Source: McCrary (2008, Journal of Econometrics 142).
 */
export function densityTest(control: CutoffSide, treated: CutoffSide): DensityTest {
  const n = control.x.length + treated.x.length;
  const all = new Float64Array(n);
  all.set(control.x);
  all.set(treated.x, control.x.length);
  const reach = treated.x.at(-1)! - control.x[0]!;
  const step = gridStep(control, treated, n);
  const wanted = Math.max((2 * standardDeviation(all)) / Math.sqrt(n), reach / MOST_BINS);
  const binSize = step === null ? wanted : Math.max(1, Math.round(wanted / step)) * step;
  const below = Math.max(1, Math.ceil(-control.x[0]! / binSize - 1e-7));
  const above = Math.floor(treated.x.at(-1)! / binSize + 1e-7) + 1;
  const counts = new Float64Array(below + above);
  for (const place of control.x) {
    const bin = Math.min(below - 1, Math.max(0, below + Math.floor(place / binSize + 1e-7)));
    counts[bin] = counts[bin]! + 1;
  }
  for (const place of treated.x) {
    const bin = below + Math.floor(place / binSize + 1e-7);
    counts[bin] = counts[bin]! + 1;
  }
  const untested = { logJump: null, standardError: null, pValue: null, binSize, bandwidth: null, counts, below };
  if (below < FEWEST_BINS || above < FEWEST_BINS) return untested;

  const heights = counts.map((count) => count / (n * binSize));
  const middles = heights.map((_, bin) => bin - below + 0.5);
  const left = automaticBandwidth(middles.subarray(0, below), heights.subarray(0, below));
  const right = automaticBandwidth(middles.subarray(below), heights.subarray(below));
  if (left === null || right === null) return untested;
  const bandwidth = Math.min((left + right) / 2, Math.max(below, above));
  const fBelow = limitAtCutoff(middles.subarray(0, below), heights.subarray(0, below), bandwidth);
  const fAbove = limitAtCutoff(middles.subarray(below), heights.subarray(below), bandwidth);
  if (fBelow === null || fAbove === null || !(fBelow > 0) || !(fAbove > 0)) return { ...untested, bandwidth: bandwidth * binSize };
  const logJump = log(fAbove) - log(fBelow);
  const standardError = Math.sqrt((4.8 / (n * bandwidth * binSize)) * (1 / fAbove + 1 / fBelow));
  const pValue = positiveP(2 * normalSurvival(Math.abs(logJump / standardError)));
  return { logJump, standardError, pValue, binSize, bandwidth: bandwidth * binSize, counts, below };
}

/** The step of the grid on which all places lie; null where many places are their own, or they lie on none. */
function gridStep(control: CutoffSide, treated: CutoffSide, n: number): number | null {
  const count = control.starts.length + treated.starts.length - 2;
  if (count > 0.8 * n || count < 3) return null;
  const distinct = [control, treated].flatMap(({ x, starts }) => Array.from(starts.subarray(0, -1), (start) => x[start]!));
  let step = Infinity;
  for (let i = 1; i < distinct.length; i += 1) step = Math.min(step, distinct[i]! - distinct[i - 1]!);
  const isOnGrid = distinct.every((place) => {
    const steps = (place - distinct[0]!) / step;
    return Math.abs(steps - Math.round(steps)) < 1e-3;
  });
  if (!isOnGrid) return null;
  // The least gap carries the rounding of two places; the whole range carries it but once.
  const reach = distinct.at(-1)! - distinct[0]!;
  return reach / Math.round(reach / step);
}

/** 3.348 (s2 range / sum f''^2)^(1/5), from a quartic through the bins of one side; in bins. */
function automaticBandwidth(middles: Float64Array, heights: Float64Array): number | null {
  const rows = middles.length;
  const scale = rows;
  const design = new Float64Array(5 * rows).fill(1, 0, rows);
  for (let power = 1; power <= 4; power += 1) {
    for (let i = 0; i < rows; i += 1) design[power * rows + i] = design[(power - 1) * rows + i]! * (middles[i]! / scale);
  }
  const fit = leastSquares({ design, rows, columns: 5, outcome: heights, tolerance: 1e-10 });
  if (fit.rank < 5) return null;
  const [, , c2, c3, c4] = fit.coefficients;
  const variance = fit.residualSumOfSquares / (rows - 5);
  let curvature = 0;
  for (const middle of middles) {
    const u = middle / scale;
    const second = (2 * c2! + 6 * c3! * u + 12 * c4! * u * u) / (scale * scale);
    curvature += second * second;
  }
  const bandwidth = 3.348 * pow((variance * rows) / curvature, 1 / 5);
  return Number.isFinite(bandwidth) && bandwidth > 0 ? Math.max(bandwidth, 3) : null;
}

function limitAtCutoff(middles: Float64Array, heights: Float64Array, bandwidth: number): number | null {
  const rows = middles.length;
  const weights = middles.map((middle) => Math.max(0, 1 - Math.abs(middle) / bandwidth));
  const design = new Float64Array(2 * rows).fill(1, 0, rows);
  design.set(middles, rows);
  const fit = leastSquares({ design, rows, columns: 2, outcome: heights, weights, tolerance: 1e-10 });
  return fit.rank < 2 ? null : fit.coefficients[0]!;
}

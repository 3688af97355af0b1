import { pow } from '../numeric/elementary.ts';
import { standardDeviation } from '../numeric/moments.ts';
import { quantileOfSorted } from '../numeric/quantile.ts';
import { fitLocal, influence, type CutoffSide, type Kernel } from './local-linear.ts';
import { residualsFor, type RdErrorType } from './rd-variance.ts';

/** Outcomes beside the places of one side. */
export type MeasuredSide = { readonly side: CutoffSide; readonly outcome: Float64Array };

export type BandwidthTask = {
  readonly control: MeasuredSide;
  readonly treated: MeasuredSide;
  readonly order: number;
  readonly kernel: Kernel;
  readonly errorType: RdErrorType;
};

export type Bandwidths = {
  /** Of the estimate and of its bias correction. */
  readonly main: number;
  readonly bias: number;
};

/** Silverman's constants for the kernels. */
const PILOT = { triangular: 2.576, epanechnikov: 2.34, uniform: 1.843 } as const;

/** Where at least this share of the rows repeats a place, windows hold at least so many distinct places. */
const MASS_SHARE = 0.2;
const FEWEST_WITH_MASS = 10;

/**
 * Bandwidths with the least mean squared error of the jump, one common to both sides, by the direct plug-in rule of Calonico,
 * Cattaneo and Titiunik: a pilot bandwidth by Silverman's rule, from it (d) the bandwidth for the derivative of order q + 1,
 * from that (b) the one for order p + 1, and from that (h) the one for the jump,
 *   each = ((V- + V+) / ((B+ - B-)^2 + R- + R+))^(1 / (2 o + 3)),
 * with variance V, bias constant B and regularisation R = 3 times the variance of the estimated bias. p is the order, q = p + 1.
 * null where a side has too few distinct places for the polynomials of order q + 2 that this takes.
 * Source: Calonico, Cattaneo and Titiunik (2014, Econometrica 82), section 4 of the supplement; Calonico, Cattaneo and
 * Farrell (2020, Econometrics Journal 23) for the constants.
 */
export function mseBandwidths(task: BandwidthTask): Bandwidths | null {
  const { control, treated, order: p } = task;
  const q = p + 1;
  const places = [control.side, treated.side] as const;
  if (places.some((side) => distinctPlaces(side) < q + 4)) return null;
  const reach = places.map((side) => Math.abs(side.x[0]! < 0 ? side.x[0]! : side.x.at(-1)!));
  const widest = Math.max(...reach);
  const isHeaped = places.some((side) => 1 - distinctPlaces(side) / side.x.length >= MASS_SHARE);
  const floor = bandwidthHolding(places, isHeaped ? Math.max(FEWEST_WITH_MASS, q + 3) : q + 3);

  const pilot = Math.max(Math.min(pilotBandwidth(task), widest), floor);
  const stage = (o: number, derivative: number, biasBandwidths: readonly number[], regularise: boolean): number | null => {
    const terms = [control, treated].map((measured, s) =>
      errorTerms(measured, task, { o, derivative, pilot, biasBandwidth: biasBandwidths[s]!, regularise }),
    );
    const [left, right] = terms;
    if (left == null || right == null) return null;
    const difference = right.bias - left.bias;
    const squared = difference * difference + left.regularisation + right.regularisation;
    const best = pow((left.variance + right.variance) / squared, 1 / (2 * o + 3));
    return best > 0 ? Math.min(best, widest) : widest;
  };
  const d = stage(q + 1, q + 1, reach, false);
  if (d === null) return null;
  const forBias = Math.max(d, floor);
  const b = stage(q, p + 1, [forBias, forBias], true);
  if (b === null) return null;
  const bias = Math.max(b, bandwidthHolding(places, q + 2));
  const h = stage(p, 0, [bias, bias], true);
  return h === null ? null : { main: h, bias: b };
}

/** The bandwidth with the least error of interval coverage, from the one with the least squared error; p is the order. */
export function coverageBandwidth(main: number, n: number, p: number): number {
  return main * pow(n, -p / ((3 + p) * (3 + 2 * p)));
}

/** The least bandwidth within which either side has that many distinct places (or all it has). */
export function bandwidthHolding(sides: readonly CutoffSide[], count: number): number {
  return Math.max(
    ...sides.map((side) => {
      const runs = distinctPlaces(side);
      const run = side.x[0]! < 0 ? Math.max(0, runs - count) : Math.min(runs, count) - 1;
      return Math.abs(side.x[side.starts[run]!]!) * (1 + 1e-6);
    }),
  );
}

export function distinctPlaces(side: CutoffSide): number {
  return side.starts.length - 1;
}

/** Silverman's rule over both sides; distinct places count, and not rows. */
export function pilotBandwidth({ control, treated, kernel }: Pick<BandwidthTask, 'control' | 'treated' | 'kernel'>): number {
  const all = new Float64Array(control.side.x.length + treated.side.x.length);
  all.set(control.side.x);
  all.set(treated.side.x, control.side.x.length);
  const between = quantileOfSorted(all, 0.75, 2) - quantileOfSorted(all, 0.25, 2);
  const spread = standardDeviation(all);
  const scale = between > 0 ? Math.min(spread, between / 1.349) : spread;
  return PILOT[kernel] * scale * pow(distinctPlaces(control.side) + distinctPlaces(treated.side), -1 / 5);
}

type Stage = {
  readonly o: number;
  readonly derivative: number;
  readonly pilot: number;
  readonly biasBandwidth: number;
  readonly regularise: boolean;
};

/** Variance and bias constants of one side, for the derivative of a fit of order o; null where the data do not carry the fit. */
function errorTerms({ side, outcome }: MeasuredSide, { kernel, errorType }: BandwidthTask, stage: Stage) {
  const { o, derivative, pilot, biasBandwidth, regularise } = stage;
  const fit = fitLocal(side, outcome, o, pilot, kernel);
  const wider = fitLocal(side, outcome, o + 1, biasBandwidth, kernel);
  if (fit === null || wider === null) return null;
  const counts = influence(fit, derivative);
  const variance = varianceOf(counts, residualsFor(errorType, side, outcome, fit.window, fit));
  let constant = 0;
  for (let i = 0; i < counts.length; i += 1) {
    let power = counts[i]!;
    for (let k = 0; k <= o; k += 1) power *= fit.u[i]!;
    constant += power;
  }
  const scale = pow(biasBandwidth, -(o + 1));
  const weight = 2 * (o + 1 - derivative);
  const regularisation = regularise
    ? 3 *
      weight *
      constant *
      constant *
      scale *
      scale *
      varianceOf(influence(wider, o + 1), residualsFor(errorType, side, outcome, wider.window, wider))
    : 0;
  return {
    variance: (2 * derivative + 1) * pilot * variance,
    bias: Math.sqrt(weight) * constant * wider.coefficients[o + 1]! * scale,
    regularisation,
  };
}

/** Of a weighted sum of outcomes, given residuals that estimate their variances. */
export function varianceOf(counts: Float64Array, residuals: Float64Array): number {
  let total = 0;
  for (let i = 0; i < counts.length; i += 1) {
    const term = counts[i]! * residuals[i]!;
    total += term * term;
  }
  return total;
}

import { log1p, exp, logistic } from '../numeric/elementary.ts';
import { leastSquares } from '../numeric/least-squares.ts';
import { mean, standardDeviation } from '../numeric/moments.ts';
import type { DesignColumns } from './read-table.ts';

export type PropensityFit = {
  /** Intercept first, then one per column; 0 for columns set aside. */
  readonly coefficients: Float64Array;
  /** Model based, from the inverse information; 0 for columns set aside. */
  readonly standardErrors: Float64Array;
  readonly linearPredictor: Float64Array;
  readonly probability: Float64Array;
  readonly logLikelihood: number;
  /** Columns that are constant or follow from the columns before them. */
  readonly setAside: readonly string[];
  /** Whether the covariates tell treated from control without error for some units, so that no finite estimate exists. */
  readonly isSeparated: boolean;
};

const MAX_STEPS = 60;
/** Newton's method converges within a dozen steps where there is an estimate; where there is none the predictor grows by 1 a step for ever. */
const MANY_STEPS = 20;
const SEPARATED_AT = 30;

/**
 * The probability of treatment given covariates, by logistic regression: maximum likelihood by Newton's method (iteratively
 * reweighted least squares, each step by Householder QR on standardised columns) with step halving. Both arms must be
 * present. Where the arms are separated the steps stop at a linear predictor of about 30, which orders the units correctly.
 */
export function fitPropensity(treated: Uint8Array, { names, columns }: DesignColumns): PropensityFit {
  const n = treated.length;
  const centres = columns.map(mean);
  const spreads = columns.map((column) => standardDeviation(column) || 1);
  const width = columns.length + 1;
  const design = new Float64Array(n * width).fill(1, 0, n);
  columns.forEach((column, k) => {
    for (let i = 0; i < n; i += 1) design[(k + 1) * n + i] = (column[i]! - centres[k]!) / spreads[k]!;
  });

  let coefficients: Float64Array = new Float64Array(width);
  let linear: Float64Array = new Float64Array(n);
  let logLikelihood = bernoulliLogLikelihood(treated, linear);
  let isSeparated = false;
  const { aliased } = newtonStep(treated, design, width, linear);
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const direction = newtonStep(treated, design, width, linear).coefficients;
    const next = improve(treated, design, coefficients, direction, logLikelihood);
    if (next === null) break;
    const change = Math.max(...next.coefficients.map((value, k) => Math.abs(value - coefficients[k]!)));
    ({ coefficients, linear, logLikelihood } = next);
    isSeparated = step >= MANY_STEPS && linear.some((value) => Math.abs(value) > SEPARATED_AT);
    if (isSeparated || change < 1e-12 * (1 + Math.max(...coefficients.map(Math.abs)))) break;
  }

  const { unscaledCovariance: covariance } = newtonStep(treated, design, width, linear);
  const back = originalScale(coefficients, centres, spreads);
  return {
    coefficients: back,
    standardErrors: originalErrors(covariance, centres, spreads),
    linearPredictor: linear,
    probability: linear.map(logistic),
    logLikelihood,
    setAside: aliased.map((k) => names[k - 1] ?? ''),
    isSeparated,
  };
}

/** The step to the next coefficients, as a regression of working residuals. */
function newtonStep(treated: Uint8Array, design: Float64Array, columns: number, linear: Float64Array) {
  const rows = treated.length;
  const weights = linear.map((value) => logistic(value) * logistic(-value));
  const outcome = linear.map((value, i) => (treated[i] === 1 ? 1 / logistic(value) : -1 / logistic(-value)));
  return leastSquares({ design, rows, columns, outcome, weights, tolerance: 1e-9 });
}

type Position = { readonly coefficients: Float64Array; readonly linear: Float64Array; readonly logLikelihood: number };

/** Halves the step until the likelihood does not fall; null where no step helps. */
function improve(treated: Uint8Array, design: Float64Array, from: Float64Array, direction: Float64Array, current: number): Position | null {
  const n = treated.length;
  for (let share = 1; share > 1e-6; share /= 2) {
    const coefficients = from.map((value, k) => value + share * direction[k]!);
    const linear = new Float64Array(n);
    coefficients.forEach((value, k) => {
      for (let i = 0; i < n; i += 1) linear[i] = linear[i]! + value * design[k * n + i]!;
    });
    const logLikelihood = bernoulliLogLikelihood(treated, linear);
    if (logLikelihood >= current - 1e-12 * Math.abs(current)) return { coefficients, linear, logLikelihood };
  }
  return null;
}

function bernoulliLogLikelihood(treated: Uint8Array, linear: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < treated.length; i += 1) {
    const against = treated[i] === 1 ? -linear[i]! : linear[i]!;
    sum -= against > 0 ? against + log1p(exp(-against)) : log1p(exp(against));
  }
  return sum;
}

function originalScale(coefficients: Float64Array, centres: readonly number[], spreads: readonly number[]): Float64Array {
  const result = coefficients.map((value, k) => (k === 0 ? value : value / spreads[k - 1]!));
  for (let k = 1; k < result.length; k += 1) result[0] = result[0]! - result[k]! * centres[k - 1]!;
  return result;
}

function originalErrors(covariance: Float64Array, centres: readonly number[], spreads: readonly number[]): Float64Array {
  const width = centres.length + 1;
  const slope = (k: number) => (k === 0 ? 1 : -centres[k - 1]! / spreads[k - 1]!);
  let intercept = 0;
  for (let a = 0; a < width; a += 1) for (let b = 0; b < width; b += 1) intercept += slope(a) * slope(b) * covariance[a * width + b]!;
  return Float64Array.from({ length: width }, (_, k) =>
    k === 0 ? Math.sqrt(intercept) : Math.sqrt(covariance[k * width + k]!) / spreads[k - 1]!,
  );
}

import { log } from '../numeric/elementary.ts';
import { leastSquares } from '../numeric/least-squares.ts';
import { invertSymmetric } from '../numeric/linear-algebra.ts';
import { minimise, minimiseScalar } from '../numeric/optimise.ts';
import { armaAutocovariances, armaWhitener, coefficientsFromPartials, seasonalProduct, type Arma } from './arma.ts';

/** Numbers of autoregressive and moving average terms, ordinary and seasonal. */
export type ArmaOrder = {
  readonly p: number;
  readonly q: number;
  readonly seasonalP: number;
  readonly seasonalQ: number;
  readonly season: number;
};

export type ArmaRegression = {
  /** One per regressor. */
  readonly coefficients: Float64Array;
  /** Coefficients of regression, columns x columns; includes the uncertainty of the error process. */
  readonly covariance: Float64Array;
  /** ar1, ma1, sar1, sma1 ... with their standard errors (null where the likelihood's curvature gives none). */
  readonly process: Readonly<Record<string, { readonly estimate: number; readonly standardError: number | null }>>;
  /** Variance of the innovations, and of the errors themselves. */
  readonly sigma2: number;
  readonly errorVariance: number;
  readonly logLikelihood: number;
  /** Estimated parameters, sigma2 included. */
  readonly nParameters: number;
  /** One-step prediction errors, and the same divided by their standard deviations. */
  readonly innovations: Float64Array;
  readonly standardised: Float64Array;
};

/** Stationarity and invertibility hold by this much. */
const INSIDE = 1 - 1e-8;
const GRID = [-0.98, -0.85, -0.65, -0.4, -0.15, 0.1, 0.35, 0.6, 0.8, 0.92, 0.985];
const LOG_TWO_PI = 1.8378770664093454;

/**
 * Regression with ARMA errors by exact maximum likelihood.
 *
 * y = X b + u, u a Gaussian ARMA process. b and the innovation variance are concentrated out (generalised least squares on
 * whitened columns); the process is searched over partial autocorrelations, so that it stays stationary and invertible.
 * Covariances are those of the inverse Hessian of the full likelihood at its maximum, as in R's arima. `columns` must be
 * linearly independent.
 * Source: Harvey (1989), Forecasting, section 3.4, by the likelihood of Ansley (1979); Jones (1980, Technometrics 22).
 */
export function fitArmaRegression(outcome: Float64Array, columns: readonly Float64Array[], order: ArmaOrder): ArmaRegression {
  const n = outcome.length;
  const free = order.p + order.q + order.seasonalP + order.seasonalQ;
  const loss = (x: ArrayLike<number>) => profile(outcome, columns, processOf(x, order)).loss;
  const x = search(loss, free, startFrom(outcome, columns, order));
  const arma = processOf(x, order);
  const best = profile(outcome, columns, arma);
  const { covariance, processCovariance } = curvature(outcome, columns, order, x, best);
  const sigma2 = best.squares / n;
  const residuals = residualsOf(outcome, columns, best.coefficients);
  const whitener = armaWhitener(arma, n);
  const natural = naturalOf(x, order);
  const names = processNames(order);
  return {
    coefficients: best.coefficients,
    covariance,
    process: Object.fromEntries(
      names.map((name, j) => [
        name,
        { estimate: natural[j]!, standardError: processCovariance === null ? null : Math.sqrt(processCovariance[j * free + j]!) },
      ]),
    ),
    sigma2,
    errorVariance: sigma2 * armaAutocovariances(arma, 0)[0]!,
    logLikelihood: -best.loss - (n / 2) * (LOG_TWO_PI + 1),
    nParameters: free + columns.length + 1,
    innovations: whitener.innovations(residuals),
    standardised: whitener.whiten(residuals).map((error) => error / Math.sqrt(sigma2)),
  };
}

type Profile = { readonly loss: number; readonly squares: number; readonly coefficients: Float64Array; readonly unscaled: Float64Array };

/** Minus the log likelihood with coefficients and variance at their best for this process, less its constant. */
function profile(outcome: Float64Array, columns: readonly Float64Array[], arma: Arma): Profile {
  const n = outcome.length;
  const { whiten, logDeterminant } = armaWhitener(arma, n);
  const design = new Float64Array(n * columns.length);
  columns.forEach((column, k) => whiten(column, design.subarray(k * n, (k + 1) * n)));
  const fit = leastSquares({ design, rows: n, columns: columns.length, outcome: whiten(outcome), tolerance: 1e-14 });
  const squares = fit.residualSumOfSquares;
  return {
    loss: (n / 2) * log(squares / n) + logDeterminant / 2,
    squares,
    coefficients: fit.coefficients,
    unscaled: fit.unscaledCovariance,
  };
}

/** The search runs over unbounded x; x / sqrt(1 + x^2) are partial autocorrelations. */
function processOf(x: ArrayLike<number>, order: ArmaOrder): Arma {
  const natural = naturalOf(x, order);
  const { p, q, seasonalP, season } = order;
  const part = (from: number, count: number, sign: number) => natural.slice(from, from + count).map((value) => sign * value);
  return {
    phi: seasonalProduct(part(0, p, 1), part(p + q, seasonalP, 1), season),
    theta: seasonalProduct(part(p, q, -1), part(p + q + seasonalP, order.seasonalQ, -1), season).map((value) => -value),
  };
}

/** The coefficients as they are reported: autoregressive, moving average, seasonal autoregressive, seasonal moving average. */
function naturalOf(x: ArrayLike<number>, { p, q, seasonalP, seasonalQ }: ArmaOrder): number[] {
  const partials = Array.from(x, (value) => (INSIDE * value) / Math.sqrt(1 + value * value));
  const block = (from: number, count: number) => coefficientsFromPartials(partials.slice(from, from + count));
  const negated = (values: number[]) => values.map((value) => -value);
  return [...block(0, p), ...negated(block(p, q)), ...block(p + q, seasonalP), ...negated(block(p + q + seasonalP, seasonalQ))];
}

function processNames({ p, q, seasonalP, seasonalQ }: ArmaOrder): string[] {
  const named = (prefix: string, count: number) => Array.from({ length: count }, (_, j) => `${prefix}${j + 1}`);
  return [...named('ar', p), ...named('ma', q), ...named('sar', seasonalP), ...named('sma', seasonalQ)];
}

/** A single parameter is bracketed on a grid first, as its likelihood can have two maxima; several start from the residuals and from 0. */
function search(loss: (x: ArrayLike<number>) => number, free: number, start: readonly number[]): Float64Array {
  if (free === 0) return new Float64Array(0);
  if (free > 1) {
    const found = [start, start.map(() => 0)].map((from) => minimise(loss, from));
    return found.reduce((best, other) => (other.value < best.value ? other : best)).x;
  }
  const atPartial = (partial: number) => loss([partial / Math.sqrt(1 - partial * partial)]);
  const values = GRID.map(atPartial);
  const least = values.indexOf(Math.min(...values));
  const { x: partial } = minimiseScalar(atPartial, GRID[least - 1] ?? -INSIDE, GRID[least + 1] ?? INSIDE, 1e-9);
  return Float64Array.of(partial / Math.sqrt(1 - partial * partial));
}

/** Partial autocorrelations of the least squares residuals for the autoregressive part, 0 for the rest. */
function startFrom(outcome: Float64Array, columns: readonly Float64Array[], order: ArmaOrder): number[] {
  const start = new Array<number>(order.p + order.q + order.seasonalP + order.seasonalQ).fill(0);
  const residuals = residualsOf(outcome, columns, profile(outcome, columns, { phi: [], theta: [] }).coefficients);
  const gamma = Array.from({ length: order.p + 1 }, (_, lag) =>
    residuals.reduce((sum, value, t) => (t >= lag ? sum + value * residuals[t - lag]! : sum), 0),
  );
  let phi: number[] = [];
  let variance = gamma[0]!;
  for (let lag = 1; lag <= order.p; lag += 1) {
    const partial = (gamma[lag]! - phi.reduce((sum, value, j) => sum + value * gamma[lag - 1 - j]!, 0)) / variance;
    phi = [...phi.map((value, j) => value - partial * phi[phi.length - 1 - j]!), partial];
    variance *= 1 - partial * partial;
    const bounded = Math.max(-0.95, Math.min(0.95, partial));
    start[lag - 1] = bounded / Math.sqrt(1 - bounded * bounded);
  }
  return start;
}

type Curvature = { readonly covariance: Float64Array; readonly processCovariance: Float64Array | null };

/**
 * Inverse Hessian of minus the likelihood in process and coefficients, with the variance concentrated out. The coefficients'
 * block is exact; the others are central differences in x, carried over to the reported coefficients.
 */
function curvature(outcome: Float64Array, columns: readonly Float64Array[], order: ArmaOrder, x: Float64Array, best: Profile): Curvature {
  const n = outcome.length;
  const free = x.length;
  const width = columns.length;
  const scale = n / best.squares;
  const known = best.unscaled.map((value) => value / scale);
  if (free === 0) return { covariance: known, processCovariance: new Float64Array(0) };

  const fixed = (at: Float64Array) => fixedCoefficients(outcome, columns, processOf(at, order), best.coefficients);
  const step = x.map((value) => 1e-3 * Math.max(1, Math.abs(value)));
  const moved = (i: number, di: number, j = i, dj = 0) => {
    const at = x.slice();
    at[i] = at[i]! + di * step[i]!;
    at[j] = at[j]! + dj * step[j]!;
    return fixed(at);
  };
  const centre = fixed(x).loss;
  const size = free + width;
  const hessian = new Float64Array(size * size);
  const information = invertSymmetric(best.unscaled, width);
  if (information === undefined) return { covariance: known, processCovariance: null };
  for (let a = 0; a < width; a += 1)
    for (let b = 0; b < width; b += 1) hessian[(free + a) * size + free + b] = scale * information[a * width + b]!;
  for (let i = 0; i < free; i += 1) {
    const [up, down] = [moved(i, 1), moved(i, -1)];
    hessian[i * size + i] = (up.loss - 2 * centre + down.loss) / (step[i]! * step[i]!);
    for (let k = 0; k < width; k += 1) {
      const mixed = (-scale * (up.score[k]! - down.score[k]!)) / (2 * step[i]!);
      hessian[i * size + free + k] = mixed;
      hessian[(free + k) * size + i] = mixed;
    }
    for (let j = 0; j < i; j += 1) {
      const mixed =
        (moved(i, 1, j, 1).loss - moved(i, 1, j, -1).loss - moved(i, -1, j, 1).loss + moved(i, -1, j, -1).loss) / (4 * step[i]! * step[j]!);
      hessian[i * size + j] = mixed;
      hessian[j * size + i] = mixed;
    }
  }
  const inverse = invertSymmetric(hessian, size);
  if (inverse === undefined) return { covariance: known, processCovariance: null };
  const block = (from: number, count: number) =>
    Float64Array.from({ length: count * count }, (_, k) => inverse[(from + Math.floor(k / count)) * size + from + (k % count)]!);
  return { covariance: block(free, width), processCovariance: delta(block(0, free), x, order) };
}

/** Loss and whitened score X'e at given coefficients. */
function fixedCoefficients(
  outcome: Float64Array,
  columns: readonly Float64Array[],
  arma: Arma,
  coefficients: Float64Array,
): { loss: number; score: Float64Array } {
  const n = outcome.length;
  const { whiten, logDeterminant } = armaWhitener(arma, n);
  const errors = whiten(residualsOf(outcome, columns, coefficients));
  const squares = errors.reduce((sum, value) => sum + value * value, 0);
  const score = Float64Array.from(columns, (column) => whiten(column).reduce((sum, value, t) => sum + value * errors[t]!, 0));
  return { loss: (n / 2) * log(squares / n) + logDeterminant / 2, score };
}

/** The covariance of the reported coefficients from that of x. */
function delta(covariance: Float64Array, x: Float64Array, order: ArmaOrder): Float64Array {
  const free = x.length;
  const slopes = Array.from(x, (value, j) => {
    const step = 1e-5 * Math.max(1, Math.abs(value));
    const shifted = (by: number) =>
      naturalOf(
        x.map((other, i) => (i === j ? other + by : other)),
        order,
      );
    const [up, down] = [shifted(step), shifted(-step)];
    return up.map((upper, i) => (upper - down[i]!) / (2 * step));
  });
  return Float64Array.from({ length: free * free }, (_, k) => {
    const [a, b] = [Math.floor(k / free), k % free];
    let sum = 0;
    for (let i = 0; i < free; i += 1) for (let j = 0; j < free; j += 1) sum += slopes[i]![a]! * slopes[j]![b]! * covariance[i * free + j]!;
    return sum;
  });
}

function residualsOf(outcome: Float64Array, columns: readonly Float64Array[], coefficients: Float64Array): Float64Array {
  const residuals = outcome.slice();
  columns.forEach((column, k) => {
    for (let t = 0; t < residuals.length; t += 1) residuals[t] = residuals[t]! - coefficients[k]! * column[t]!;
  });
  return residuals;
}

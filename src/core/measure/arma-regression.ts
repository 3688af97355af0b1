import { minimise, minimiseScalar } from '../numeric/optimise.ts';
import { armaAutocovariances, armaWhitener } from './arma.ts';
import { inverseCurvature } from './arma-curvature.ts';
import { profileLikelihood, regressionResiduals, type ArmaProblem } from './arma-likelihood.ts';
import { countTerms, naturalOf, processNames, processOf, type ArmaOrder } from './arma-parameters.ts';

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

const INSIDE = 1 - 1e-8;
const GRID = [-0.98, -0.85, -0.65, -0.4, -0.15, 0.1, 0.35, 0.6, 0.8, 0.92, 0.985];
/** Central differences of a loss of size 100 are good to about 1e-7. */
const STOP = { gradientTolerance: 1e-7, valueTolerance: 1e-12, maxIterations: 200 };
const LOG_TWO_PI = 1.8378770664093454;

/**
 * Regression with ARMA errors by exact maximum likelihood, full or restricted.
 *
 * y = X b + u, u a Gaussian ARMA process. b and the innovation variance are concentrated out (generalised least squares on
 * whitened columns); the process is searched over partial autocorrelations, so that it stays stationary and invertible.
 * Full: covariances are those of the inverse Hessian at the maximum, as in R's arima. Restricted: variances have n - k as
 * divisor, the process is less drawn towards white noise, and coefficients have the generalised least squares covariance, as in
 * nlme's gls; its maximum may be a random walk, so partial autocorrelations are kept within 1 - 1/(2n), beyond which n periods
 * cannot tell. Linearly independent columns.
 * Source: Harvey (1989), Forecasting, section 3.4, by the likelihood of Ansley (1979); Jones (1980, Technometrics 22).
 */
export function fitArmaRegression(problem: ArmaProblem, order: ArmaOrder): ArmaRegression {
  const { outcome, columns } = problem;
  const n = outcome.length;
  const free = countTerms(order);
  const inside = problem.isRestricted ? 1 - 0.5 / n : INSIDE;
  const x = search((at) => profileLikelihood(problem, processOf(at, order, inside)).loss, free, startFrom(problem, order));
  const arma = processOf(x, order, inside);
  const best = profileLikelihood(problem, arma);
  const { covariance, processCovariance } = inverseCurvature(problem, order, inside, x, best);
  const sigma2 = best.squares / best.divisor;
  const residuals = regressionResiduals(outcome, columns, best.coefficients);
  const whitener = armaWhitener(arma, n);
  const natural = naturalOf(x, order, inside);
  return {
    coefficients: best.coefficients,
    covariance,
    process: Object.fromEntries(
      processNames(order).map((name, j) => [
        name,
        { estimate: natural[j]!, standardError: processCovariance === null ? null : Math.sqrt(processCovariance[j * free + j]!) },
      ]),
    ),
    sigma2,
    errorVariance: sigma2 * armaAutocovariances(arma, 0)[0]!,
    logLikelihood: -best.loss - (best.divisor / 2) * (LOG_TWO_PI + 1),
    nParameters: free + columns.length + 1,
    innovations: whitener.innovations(residuals),
    standardised: whitener.whiten(residuals).map((error) => error / Math.sqrt(sigma2)),
  };
}

/** A single parameter is bracketed on a grid first, as its likelihood can have two maxima; several start from the residuals and from 0. */
function search(loss: (x: ArrayLike<number>) => number, free: number, start: readonly number[]): Float64Array {
  if (free === 0) return new Float64Array(0);
  if (free > 1) {
    const found = [start, start.map(() => 0)].map((from) => minimise(loss, from, STOP));
    return found.reduce((best, other) => (other.value < best.value ? other : best)).x;
  }
  const atShare = (share: number) => loss([unbounded(share)]);
  const values = GRID.map(atShare);
  const least = values.indexOf(Math.min(...values));
  const { x: share } = minimiseScalar(atShare, GRID[least - 1] ?? -INSIDE, GRID[least + 1] ?? INSIDE, 1e-9);
  return Float64Array.of(unbounded(share));
}

/** Partial autocorrelations of the least squares residuals for the autoregressive part, 0 for the rest. */
function startFrom(problem: ArmaProblem, order: ArmaOrder): number[] {
  const start = new Array<number>(countTerms(order)).fill(0);
  const { coefficients } = profileLikelihood(problem, { phi: [], theta: [] });
  const residuals = regressionResiduals(problem.outcome, problem.columns, coefficients);
  const gamma = Array.from({ length: order.p + 1 }, (_, lag) =>
    residuals.reduce((sum, value, t) => (t >= lag ? sum + value * residuals[t - lag]! : sum), 0),
  );
  let phi: number[] = [];
  let variance = gamma[0]!;
  for (let lag = 1; lag <= order.p; lag += 1) {
    const partial = (gamma[lag]! - phi.reduce((sum, value, j) => sum + value * gamma[lag - 1 - j]!, 0)) / variance;
    phi = [...phi.map((value, j) => value - partial * phi[phi.length - 1 - j]!), partial];
    variance *= 1 - partial * partial;
    start[lag - 1] = unbounded(Math.max(-0.95, Math.min(0.95, partial)));
  }
  return start;
}

function unbounded(share: number): number {
  return share / Math.sqrt(1 - share * share);
}

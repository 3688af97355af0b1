import { log } from '../numeric/elementary.ts';
import { leastSquares } from '../numeric/least-squares.ts';
import { mean } from '../numeric/moments.ts';
import type { ArmaOrder } from './arma-parameters.ts';
import { fitArmaRegression } from './arma-regression.ts';
import type { Diagnostics } from './estimator.ts';
import { automaticLag, neweyWest } from './newey-west.ts';
import { autocorrelations, durbinWatson, ljungBoxP } from './series-diagnostics.ts';

/** A regression on time, whichever way its uncertainty is worked out. */
export type SeriesFit = {
  readonly coefficients: Float64Array;
  /** columns x columns */
  readonly covariance: Float64Array;
  readonly df: number;
  /** Variance of an outcome about the regression. */
  readonly errorVariance: number;
  /** What was not foreseen one period before. */
  readonly innovations: Float64Array;
  /** Coefficients of the error process. */
  readonly process: Readonly<Record<string, { readonly estimate: number; readonly standardError: number | null }>>;
  readonly diagnostics: Diagnostics;
};

export function fitByLikelihood(
  outcome: Float64Array,
  columns: readonly Float64Array[],
  order: ArmaOrder,
  isRestricted: boolean,
): SeriesFit {
  const n = outcome.length;
  const fit = fitArmaRegression({ outcome, columns, isRestricted }, order);
  const nProcess = fit.nParameters - columns.length - 1;
  const df = n - columns.length - nProcess;
  return {
    coefficients: fit.coefficients,
    covariance: fit.covariance,
    df,
    errorVariance: fit.errorVariance,
    innovations: fit.innovations,
    process: fit.process,
    diagnostics: {
      interval_method: `t with ${df} degrees of freedom, ${isRestricted ? 'restricted' : 'maximum'} likelihood standard errors`,
      ar1: order.p > 0 ? fit.process['ar1']!.estimate : null,
      sigma2: fit.sigma2,
      ...informationCriteria(fit.logLikelihood, fit.nParameters, n),
      ...errorDiagnostics(outcome, fit.innovations, fit.standardised, nProcess),
    },
  };
}

export function fitByNeweyWest(
  outcome: Float64Array,
  columns: readonly Float64Array[],
  lag: number | null,
  isCorrected: boolean,
): SeriesFit {
  const n = outcome.length;
  const used = lag ?? automaticLag(n);
  const fit = neweyWest(outcome, columns, used, isCorrected);
  return {
    coefficients: fit.coefficients,
    covariance: fit.covariance,
    df: fit.df,
    errorVariance: fit.residualSumOfSquares / fit.df,
    innovations: fit.residuals,
    process: {},
    diagnostics: {
      interval_method: `t with ${fit.df} degrees of freedom, Newey-West standard errors`,
      newey_west_lag: used,
      ar1: autocorrelations(fit.residuals, 1)[0]!,
      sigma2: fit.residualSumOfSquares / n,
      ...informationCriteria(fit.logLikelihood, columns.length + 1, n),
      ...errorDiagnostics(outcome, fit.residuals, fit.residuals, 0),
    },
  };
}

/** Which columns follow from those before them, and how much noise least squares leaves. */
export function screen(
  outcome: Float64Array,
  columns: readonly Float64Array[],
): { readonly aliased: readonly number[]; readonly residualSumOfSquares: number } {
  const rows = outcome.length;
  const design = new Float64Array(rows * columns.length);
  columns.forEach((column, k) => design.set(column, k * rows));
  const { aliased, residualSumOfSquares } = leastSquares({ design, rows, columns: columns.length, outcome });
  return { aliased, residualSumOfSquares };
}

function informationCriteria(logLikelihood: number, nParameters: number, n: number): Diagnostics {
  return { log_likelihood: logLikelihood, aic: 2 * nParameters - 2 * logLikelihood, bic: nParameters * log(n) - 2 * logLikelihood };
}

function errorDiagnostics(outcome: Float64Array, innovations: Float64Array, standardised: Float64Array, nProcess: number): Diagnostics {
  const centre = mean(outcome);
  const total = outcome.reduce((sum, value) => sum + (value - centre) * (value - centre), 0);
  const missed = innovations.reduce((sum, error) => sum + error * error, 0);
  const lags = Math.max(1, Math.min(10, Math.floor(outcome.length / 5)));
  return {
    r_squared: total > 0 ? 1 - missed / total : 0,
    durbin_watson: durbinWatson(standardised),
    ljung_box_lags: lags,
    ljung_box_p: ljungBoxP(standardised, lags, nProcess),
  };
}

import { log } from '../numeric/elementary.ts';
import { fSurvival } from '../numeric/f-distribution.ts';
import { leastSquares, type LeastSquaresFit } from '../numeric/least-squares.ts';
import { mean, weightedMean } from '../numeric/moments.ts';
import type { CoefficientRow } from './estimator.ts';
import { columnMajor } from './model-matrix.ts';
import { coefficientCovariance, type StandardErrorType } from './robust-covariance.ts';
import { coefficientRow } from './tidy-row.ts';

const LOG_TWO_PI = 1.8378770664093453;

export type RegressionModel = {
  readonly outcome: Float64Array;
  /** Regressors, each as long as the outcome. */
  readonly columns: readonly Float64Array[];
  readonly names: readonly string[];
  /** Whether the columns span a constant, so that R2 and F are about the mean. */
  readonly intercept: boolean;
  readonly weights?: Float64Array;
  readonly standardErrors: StandardErrorType;
  /** Cluster code 0 ... G-1 of each row; needed by CR0, CR1 and CR2. */
  readonly clusters?: Int32Array;
  readonly confidenceLevel: number;
  readonly tolerance?: number;
};

export type Regression = {
  /** One row per estimated coefficient, by name. */
  readonly coefficients: ReadonlyMap<string, CoefficientRow & { readonly df: number }>;
  /** Names of the columns that the ones before them already span. */
  readonly aliased: readonly string[];
  readonly residualDf: number;
  readonly summary: RegressionSummary;
  /** Rows or clusters fitted exactly, whose errors a robust variance cannot see. */
  readonly unseen: number;
  readonly fit: LeastSquaresFit;
};

export type RegressionSummary = {
  readonly r_squared: number;
  readonly adjusted_r_squared: number;
  readonly residual_sd: number;
  /** Classical F test of all coefficients but the intercept; null where there is none to test. */
  readonly f_statistic: number | null;
  readonly f_p_value: number | null;
  readonly log_likelihood: number;
  /** Count the error variance as a parameter, as R does. */
  readonly aic: number;
  readonly bic: number;
  readonly residual_df: number;
};

/**
 * Ordinary or weighted least squares with its regression table.
 *
 * Estimates b in outcome = columns b + error; standard errors by `standardErrors` (see robust-covariance), t statistics with
 * n - rank degrees of freedom, G - 1 for CR0 and CR1, Satterthwaite's for CR2. The Gaussian log-likelihood is at its maximum.
 * The caller makes sure that there are more rows than columns can use up (`residualDf` > 0).
 */
export function regression(model: RegressionModel): Regression {
  const { outcome, names, confidenceLevel, weights } = model;
  const rows = outcome.length;
  const problem = {
    design: columnMajor(model.columns, rows),
    rows,
    columns: names.length,
    outcome,
    ...(weights === undefined ? {} : { weights }),
    ...(model.tolerance === undefined ? {} : { tolerance: model.tolerance }),
  };
  const fit = leastSquares(problem);
  const { covariance, df, unseen } = coefficientCovariance(problem, fit, model.standardErrors, model.clusters);
  const coefficients = new Map(
    fit.kept.map((column, c) => {
      const standardError = Math.sqrt(Math.max(0, covariance[c * fit.rank + c]!));
      const row = coefficientRow({ estimate: fit.coefficients[column]!, standardError, df: df[c]!, confidenceLevel });
      return [names[column]!, { ...row, df: df[c]! }] as const;
    }),
  );
  return {
    coefficients,
    aliased: fit.aliased.map((column) => names[column]!),
    residualDf: fit.observations - fit.rank,
    summary: summarise(model, fit),
    unseen,
    fit,
  };
}

function summarise({ outcome, weights, intercept }: RegressionModel, fit: LeastSquaresFit): RegressionSummary {
  const n = fit.observations;
  const residualDf = n - fit.rank;
  const constants = intercept ? 1 : 0;
  const modelDf = fit.rank - constants;
  const residual = fit.residualSumOfSquares;
  const total = totalSumOfSquares(outcome, weights, intercept);
  const residualVariance = residual / residualDf;
  const f = modelDf > 0 ? (total - residual) / modelDf / residualVariance : null;
  const rSquared = total > 0 ? Math.max(0, 1 - residual / total) : 0;
  const logWeights = weights === undefined ? 0 : weights.reduce((sum, weight) => sum + (weight > 0 ? log(weight) : 0), 0);
  const logLikelihood = 0.5 * (logWeights - n * (LOG_TWO_PI + 1 - log(n) + log(residual)));
  const parameters = fit.rank + 1;
  return {
    r_squared: rSquared,
    adjusted_r_squared: 1 - ((1 - rSquared) * (n - constants)) / residualDf,
    residual_sd: Math.sqrt(residualVariance),
    f_statistic: f,
    f_p_value: f === null ? null : fSurvival(f, modelDf, residualDf),
    log_likelihood: logLikelihood,
    aic: -2 * logLikelihood + 2 * parameters,
    bic: -2 * logLikelihood + log(n) * parameters,
    residual_df: residualDf,
  };
}

/** About the (weighted) mean where there is an intercept, else about 0. */
function totalSumOfSquares(outcome: Float64Array, weights: Float64Array | undefined, intercept: boolean): number {
  const centre = !intercept ? 0 : weights === undefined ? mean(outcome) : weightedMean(outcome, weights);
  let total = 0;
  for (let i = 0; i < outcome.length; i += 1) {
    const deviation = outcome[i]! - centre;
    total += (weights === undefined ? 1 : weights[i]!) * deviation * deviation;
  }
  return total;
}

import type { Estimand, ModelType } from '../contracts/shared-types.ts';
import type { Parameters, ParameterValues } from '../contracts/parameter.ts';
import type { DataTable } from '../numeric/columns.ts';
import type { MethodPicture } from './method-picture.ts';

/** One row of a regression table. */
export type CoefficientRow = {
  readonly estimate: number;
  readonly standard_error: number;
  readonly statistic: number;
  readonly p_value: number;
  readonly ci_lower: number;
  readonly ci_upper: number;
};

export type Diagnostics = Readonly<Record<string, number | string | boolean | null>>;

type Counts = {
  readonly estimand: Estimand;
  /** Rows used. */
  readonly n_observations: number;
  /** Treated and control units (rows, panel units or periods, as the method counts them). */
  readonly n_treated: number;
  readonly n_control: number;
  readonly diagnostics: Diagnostics;
  readonly warnings: readonly string[];
};

/** The tidy row: one estimate with its uncertainty. All numbers are finite; `diagnostics` has `r_squared` or `log_likelihood`. */
export type FittedEstimate = Counts & {
  readonly status: 'ok';
  readonly estimate: number;
  /** null where the method has none (permutation inference may have only an interval). */
  readonly standard_error: number | null;
  readonly statistic: number | null;
  readonly p_value: number;
  readonly ci_lower: number;
  readonly ci_upper: number;
  /** Degrees of freedom of the reference t distribution; null for the normal or a permutation distribution. */
  readonly df: number | null;
  readonly coefficients?: Readonly<Record<string, CoefficientRow>>;
  readonly picture: MethodPicture | null;
};

/** Data on which the method has no answer: a result, not an exception. */
export type DegenerateEstimate = Counts & { readonly status: 'degenerate'; readonly reason: string };

export type Estimate = FittedEstimate | DegenerateEstimate;

/** How the rows of the table are to be read: one per unit, per unit and period, or per period. */
export type DataShape = 'cross_section' | 'panel' | 'series';

/**
 * What an estimator says of itself: enough for a form, a table or a check, without the computation. Kept apart so that a page
 * can describe every method and load none.
 */
export type EstimatorDescription<Id extends string = string, Ps extends Parameters = Parameters> = {
  readonly id: Id;
  readonly label: string;
  /** What it does, in one plain sentence. */
  readonly summary: string;
  readonly model_type: ModelType;
  /** The estimand with default parameters. */
  readonly estimand: Estimand;
  readonly shape: DataShape;
  /** Assignment designs, by id, under which its assumptions hold; the first is where it is at home. */
  readonly designs: readonly [string, ...string[]];
  readonly parameters: Ps;
  /** Identifying assumptions, in words. */
  readonly assumptions: readonly string[];
  readonly reference: string;
};

/**
 * An estimator. Adding one is a file with `describeEstimator` and `defineEstimator`, and its lines in `descriptions.ts` and
 * `index.ts`. `estimate` is pure: same table and parameters, same bits. It throws InputError only for parameters that do not
 * fit the table (a column that is not there); degenerate data is a `degenerate` result.
 */
export type EstimatorDefinition<Id extends string = string, Ps extends Parameters = Parameters> = EstimatorDescription<Id, Ps> & {
  readonly estimate: (table: DataTable, parameters: ParameterValues<Ps>) => Estimate;
};

export function describeEstimator<const Id extends string, const Ps extends Parameters>(
  description: EstimatorDescription<Id, Ps>,
): EstimatorDescription<Id, Ps> {
  return description;
}

export function defineEstimator<Id extends string, Ps extends Parameters>(
  description: EstimatorDescription<Id, Ps>,
  estimate: EstimatorDefinition<Id, Ps>['estimate'],
): EstimatorDefinition<Id, Ps> {
  return { ...description, estimate };
}

import { mean, variance } from '../numeric/moments.ts';
import type { DataTable } from '../numeric/columns.ts';
import { balanceRows, worstBalance } from './balance.ts';
import type { CoefficientRow, Diagnostics } from './estimator.ts';
import type { Cuped } from './experiment-model.ts';
import type { ExperimentValues } from './experiment-parameters.ts';
import { usedColumns } from './experiment-rows.ts';
import type { Formula } from './formula.ts';
import { INTERCEPT } from './model-matrix.ts';
import type { Regression } from './regression.ts';
import { coefficientRow } from './tidy-row.ts';
import { readArms, sampleRatioPValue, welch, type ArmRows } from './two-arms.ts';

type CoefficientTable = Readonly<Record<string, CoefficientRow>>;

const SUSPICIOUS_SPLIT = 0.001;

/** What the fit itself gives reason to doubt. */
export function fitWarnings(fitted: Regression, values: ExperimentValues, arms: ArmRows): readonly string[] {
  const warnings: string[] = [];
  if (fitted.aliased.length > 0) warnings.push(`Left out, as the columns before them say as much: ${fitted.aliased.join(', ')}.`);
  if (fitted.unseen > 0)
    warnings.push(
      `${fitted.unseen} rows or clusters are fitted exactly by a coefficient of their own, so the standard error is too small.`,
    );
  const split = values.intended_share === null ? 1 : sampleRatioPValue(arms.nTreated, arms.nControl, values.intended_share);
  if (split < SUSPICIOUS_SPLIT)
    warnings.push(
      `${arms.nTreated} of ${arms.n} rows are treated, which chance does not explain if ${values.intended_share ?? 0} was intended: look for lost rows.`,
    );
  return warnings;
}

/** Fit, split, balance and adjustment as numbers. */
export function describeExperiment(
  table: DataTable,
  values: ExperimentValues,
  arms: ArmRows,
  formula: Formula | null,
  fitted: Regression,
  adjusted: Cuped | null,
  clusters: { readonly levels: readonly string[] } | undefined,
  standardErrors: string,
): Diagnostics {
  return {
    ...fitted.summary,
    standard_errors: standardErrors,
    treated_share: arms.nTreated / arms.n,
    n_missing: arms.nMissing,
    ...(values.intended_share === null
      ? {}
      : { sample_ratio_p_value: sampleRatioPValue(arms.nTreated, arms.nControl, values.intended_share) }),
    ...(adjusted === null ? {} : { cuped_theta: adjusted.theta, cuped_variance_reduction: adjusted.varianceReduction }),
    ...(clusters === undefined ? {} : { n_clusters: clusters.levels.length }),
    ...describeBalance(table, values, formula),
  };
}

/** Standardised mean differences of every covariate there is, over the rows in which all of them have a value. */
function describeBalance(table: DataTable, values: ExperimentValues, formula: Formula | null): Diagnostics {
  const roles = formula === null ? { ...values, adjustment: 'additive' as const } : values;
  const outcome = { name: formula?.outcome ?? values.outcome_column, parameter: 'outcome_column' };
  const others = usedColumns(roles, formula);
  const arms = readArms(table, { outcome, treatment: { name: values.treatment_column, parameter: 'treatment_column' }, others });
  if (arms.problem !== null) return {};
  const structural = [values.cluster_column, values.block_column];
  const covariates = [...arms.others.values()].filter(({ name }) => !structural.includes(name));
  const rows = balanceRows(covariates, Uint8Array.from(arms.treated), new Float64Array(arms.n).fill(1));
  return { max_smd_before: worstBalance(rows).before, ...Object.fromEntries(rows.map((row) => [`smd ${row.covariate}`, row.before])) };
}

/** Every coefficient of the regression. */
export function regressionTable(fitted: Regression): CoefficientTable {
  return tableOf([...fitted.coefficients].map(([name, { df: _df, ...row }]) => [name, row]));
}

/** Control mean and difference in means, each with its own degrees of freedom. */
export function welchTable(outcome: Float64Array, arms: ArmRows, values: ExperimentValues): CoefficientTable {
  const control = outcome.filter((_, i) => arms.treated[i] === 0);
  const confidenceLevel = values.confidence_level;
  const intercept = { estimate: mean(control), standardError: Math.sqrt(variance(control) / control.length), df: control.length - 1 };
  return tableOf([
    [INTERCEPT, coefficientRow({ ...intercept, confidenceLevel })],
    [values.treatment_column, coefficientRow({ ...welch(outcome, arms.treated), confidenceLevel })],
  ]);
}

/** Rows with an error to speak of; a coefficient without one (an arm that does not vary) has no test. */
function tableOf(rows: readonly (readonly [string, CoefficientRow])[]): CoefficientTable {
  return Object.fromEntries(rows.filter(([, row]) => Object.values(row).every((value) => Number.isFinite(value))));
}

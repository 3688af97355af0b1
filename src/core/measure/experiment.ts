import { inputError } from '../contracts/input-error.ts';
import { defineParameters, type ParameterValues } from '../contracts/parameter.ts';
import type { DataTable } from '../numeric/columns.ts';
import { mean, variance } from '../numeric/moments.ts';
import { balanceRows, worstBalance } from './balance.ts';
import { defineEstimator, type CoefficientRow, type Diagnostics, type Estimate } from './estimator.ts';
import { asCategory, covariateModel, cuped, formulaModel, wholeBlocks, type Cuped, type ExperimentModel } from './experiment-model.ts';
import { formulaColumns, parseFormula, type Formula } from './formula.ts';
import { INTERCEPT } from './model-matrix.ts';
import type { Covariate } from './read-table.ts';
import { regression, type Regression } from './regression.ts';
import { standardErrorTypes, type StandardErrorType } from './robust-covariance.ts';
import { coefficientRow, degenerate, tidyRow } from './tidy-row.ts';
import { armsPicture, readArms, sampleRatioPValue, welch, type ArmRows, type NamedColumn } from './two-arms.ts';

const parameters = defineParameters({
  formula: {
    kind: 'text',
    label: 'Formula',
    help: 'Such as revenue ~ treated + price; a:b and a*b are interactions. Takes the place of outcome, covariates and adjustment.',
    default: null,
  },
  outcome_column: { kind: 'column', label: 'Outcome', help: 'Numeric column whose mean is compared.', default: 'revenue' },
  treatment_column: {
    kind: 'column',
    label: 'Treatment',
    help: 'Column of 1 (treated) and 0 (control); with a formula, the term whose coefficient is the effect.',
    default: 'treated',
  },
  covariate_columns: {
    kind: 'columns',
    label: 'Covariates',
    help: 'Measured before the treatment, to sharpen the comparison.',
    default: [],
  },
  adjustment: {
    kind: 'choice',
    label: 'Adjustment',
    help: 'lin: covariates interacted with the treatment; additive: covariates only; cuped: less the predictable part of the pre-period mean; none.',
    options: ['lin', 'additive', 'cuped', 'none'],
    default: 'lin',
  },
  pre_column: { kind: 'column', label: 'Pre-period mean', help: 'The outcome before the treatment; used by cuped.', default: null },
  block_column: { kind: 'column', label: 'Blocks', help: 'Strata within which treatment was drawn.', default: null },
  standard_errors: {
    kind: 'choice',
    label: 'Standard errors',
    help: 'HC2 is right for any spread in either arm; CR0 to CR2 allow for clusters.',
    options: standardErrorTypes,
    default: 'HC2',
  },
  cluster_column: { kind: 'column', label: 'Clusters', help: 'Groups that were treated together. HC2 then becomes CR2.', default: null },
  intended_share: {
    kind: 'number',
    label: 'Intended treated share',
    help: 'The share that should have been treated, to test the split against.',
    min: 0.001,
    max: 0.999,
    step: 0.01,
    default: null,
  },
  confidence_level: {
    kind: 'number',
    label: 'Confidence level',
    help: 'Of the interval.',
    min: 0.5,
    max: 0.999,
    step: 0.01,
    default: 0.95,
  },
});

type Values = ParameterValues<typeof parameters>;
type CoefficientTable = Readonly<Record<string, CoefficientRow>>;

const LARGEST_CR2 = 2e7;
const SUSPICIOUS_SPLIT = 0.001;

/**
 * Average effect of a randomised treatment, by least squares.
 *
 * Without covariates: difference in means with Welch's test. With covariates: the treatment's coefficient in Lin's interacted
 * regression (default) or an additive one; with a formula, the coefficient of the named treatment in it. Blocks enter as
 * covariates, so that Lin's regression is the blocked difference in means. Errors by HC2 unless told otherwise.
 * Sources: Neyman (1923); Welch (1947); MacKinnon and White (1985); Lin (2013, Ann. Appl. Stat. 7); Deng et al. (2013, WSDM).
 *
 * @throws InputError for a formula that does not parse, a column that is not there, or parameters that contradict one another.
 */
export const experiment = defineEstimator({
  id: 'experiment',
  label: 'Experiment',
  summary: 'Compares treated with control units that chance alone told apart, if wanted after taking out what covariates predict.',
  model_type: 'experiment',
  estimand: 'ate',
  shape: 'cross_section',
  parameters,
  assumptions: [
    'Chance alone decided who was treated (within blocks, where there are blocks).',
    'Covariates were fixed before the treatment and are not changed by it.',
    'The treatment of one unit does not change the outcome of another (outside its cluster).',
    'Whose outcome is missing does not depend on the treatment.',
  ],
  reference:
    'Lin, W. (2013). Agnostic notes on regression adjustments to experimental data. Annals of Applied Statistics 7, 295-318; Imbens, G. W. and Kolesar, M. (2016). Robust standard errors in small samples. REStat 98, 701-712.',
  estimate: estimateExperiment,
});

function estimateExperiment(table: DataTable, values: Values): Estimate {
  const standardErrors = checkedStandardErrors(values);
  const formula = values.formula === null ? null : parseFormula(values.formula);
  const arms = readRows(table, values, formula);
  const adjusted = formula === null && values.adjustment === 'cuped' ? adjustByPrePeriod(arms, values) : null;
  const outcome = adjusted?.outcome ?? arms.outcome;
  const shared = {
    estimand: 'ate' as const,
    n_observations: arms.n,
    n_treated: arms.nTreated,
    n_control: arms.nControl,
    diagnostics: {},
    warnings: [...arms.warnings, ...parameterWarnings(values, standardErrors)],
  };
  const model = arms.problem === null ? modelOf(values, formula, arms) : arms.problem;
  if (typeof model === 'string') return degenerate(shared, model);
  if (formula === null && Math.min(arms.nTreated, arms.nControl) < 2)
    return degenerate(shared, 'Each arm needs at least two rows to show how much its mean may vary.');

  const clusters = values.cluster_column === null ? undefined : asCategory(arms.others.get(values.cluster_column)!);
  const unusable = clusters === undefined ? null : clusterProblem(clusters, arms, model, standardErrors);
  if (unusable !== null) return degenerate(shared, unusable);
  const fitted = regression({
    outcome,
    columns: model.columns,
    names: model.names,
    intercept: model.intercept,
    standardErrors,
    confidenceLevel: values.confidence_level,
    ...(clusters === undefined ? {} : { clusters: clusters.codes }),
  });
  const isWelch = formula === null && model.names.length === 2 && standardErrors === 'HC2';
  const described = {
    ...shared,
    diagnostics: describe(table, values, arms, formula, fitted, adjusted, clusters, isWelch ? 'Welch' : standardErrors),
    warnings: [...shared.warnings, ...model.warnings, ...fitWarnings(fitted, values, arms)],
  };
  if (fitted.residualDf <= 0)
    return degenerate(
      described,
      `${arms.n} rows are used up by ${fitted.fit.rank} coefficients, so nothing is left to judge the error by.`,
    );
  const row = fitted.coefficients.get(values.treatment_column);
  if (row === undefined)
    return degenerate(
      described,
      `'${values.treatment_column}' is a combination of the other columns in the formula, so its own effect cannot be told.`,
    );
  const inference = isWelch ? welch(outcome, arms.treated) : { estimate: row.estimate, standardError: row.standard_error, df: row.df };
  const picture = armsPicture(formula?.outcome ?? values.outcome_column, arms, values.confidence_level);
  const coefficients = isWelch ? welchTable(outcome, arms, values) : regressionTable(fitted);
  return tidyRow(described, { ...inference, confidenceLevel: values.confidence_level }, outcome, { picture, coefficients });
}

function readRows(table: DataTable, values: Values, formula: Formula | null): ArmRows {
  const outcome =
    formula === null ? { name: values.outcome_column, parameter: 'outcome_column' } : { name: formula.outcome, parameter: 'formula' };
  const treatment = { name: values.treatment_column, parameter: 'treatment_column' };
  const arms = readArms(table, { outcome, treatment, others: usedColumns(values, formula) });
  return values.block_column === null ? arms : wholeBlocks(arms, values.block_column);
}

/** The columns whose missing values cost a row. */
function usedColumns(values: Values, formula: Formula | null): readonly NamedColumn[] {
  const roles: NamedColumn[] = [];
  const add = (name: string | null, parameter: string): void => {
    if (name !== null) roles.push({ name, parameter });
  };
  if (formula !== null) {
    formulaColumns(formula)
      .filter((name) => name !== formula.outcome && name !== values.treatment_column)
      .forEach((name) => add(name, 'formula'));
  } else if (values.adjustment === 'cuped') add(values.pre_column, 'pre_column');
  else if (values.adjustment !== 'none') covariateNames(values).forEach((name) => add(name, 'covariate_columns'));
  add(values.block_column, 'block_column');
  add(values.cluster_column, 'cluster_column');
  return roles;
}

function covariateNames({ covariate_columns: names, outcome_column: outcome, treatment_column: treatment }: Values): readonly string[] {
  for (const name of names) {
    if (name === outcome) throw inputError('covariate_columns', `'${name}' is the outcome, so it cannot be a covariate`, name);
    if (name === treatment) throw inputError('covariate_columns', `'${name}' is the treatment, so it cannot be a covariate`, name);
  }
  return [...new Set(names)];
}

function modelOf(values: Values, formula: Formula | null, arms: ArmRows): ExperimentModel | string {
  const blocks = values.block_column === null ? [] : [asCategory(arms.others.get(values.block_column)!)];
  if (formula !== null) return formulaModel(formula, values.treatment_column, arms);
  const isAdjusted = values.adjustment === 'lin' || values.adjustment === 'additive';
  const covariates = isAdjusted ? covariateNames(values).map((name) => arms.others.get(name)!) : [];
  const own = covariates.filter(({ name }) => name !== values.block_column);
  return covariateModel([...blocks, ...own], values.treatment_column, arms, values.adjustment !== 'additive');
}

function adjustByPrePeriod(arms: ArmRows, values: Values): Cuped {
  const pre = arms.others.get(values.pre_column!)!;
  if (pre.kind !== 'number')
    throw inputError('pre_column', `column '${pre.name}' holds text, and the pre-period mean must be a number`, pre.name);
  return cuped(arms.outcome, pre.values);
}

function checkedStandardErrors(values: Values): StandardErrorType {
  const { standard_errors: chosen, cluster_column: clusters } = values;
  const isClustered = chosen === 'CR0' || chosen === 'CR1' || chosen === 'CR2';
  if (isClustered && clusters === null)
    throw inputError('cluster_column', `${chosen} standard errors need the column that names the clusters`, clusters);
  if (clusters !== null && !isClustered && chosen !== 'HC2')
    throw inputError(
      'standard_errors',
      `${chosen} ignores the clusters in '${clusters}': choose CR0, CR1 or CR2, or take the cluster column out`,
      chosen,
    );
  if (values.formula === null && values.adjustment === 'cuped' && values.pre_column === null)
    throw inputError('pre_column', 'cuped needs the column with the pre-period mean of the outcome', null);
  if (values.formula !== null && values.block_column !== null)
    throw inputError('block_column', 'with a formula, write the blocks into it as a term', values.block_column);
  return clusters !== null && chosen === 'HC2' ? 'CR2' : chosen;
}

function parameterWarnings(values: Values, used: StandardErrorType): readonly string[] {
  const warnings: string[] = [];
  if (used !== values.standard_errors) warnings.push(`Standard errors are ${used}, since '${values.cluster_column ?? ''}' names clusters.`);
  if (values.formula !== null && (values.adjustment === 'cuped' || values.adjustment === 'additive'))
    warnings.push(`The formula says how to adjust; the adjustment '${values.adjustment}' was not used.`);
  return warnings;
}

/** Why errors cannot be judged by clusters; null where they can. */
function clusterProblem(
  clusters: Covariate & { kind: 'category' },
  arms: ArmRows,
  model: ExperimentModel,
  type: StandardErrorType,
): string | null {
  const count = clusters.levels.length;
  if (count < 2) return `All rows are in one cluster of '${clusters.name}', and the error cannot be judged from one.`;
  for (const [code, label] of [
    [1, 'treated'],
    [0, 'control'],
  ] as const) {
    if (new Set(clusters.codes.filter((_, i) => arms.treated[i] === code)).size < 2)
      return `All ${label} rows are in one cluster of '${clusters.name}', and the error cannot be judged from one.`;
  }
  if (type === 'CR2' && count * model.names.length * model.names.length > LARGEST_CR2)
    return `CR2 for ${count} clusters and ${model.names.length} coefficients is too large to compute here: choose CR1.`;
  return null;
}

function fitWarnings(fitted: Regression, values: Values, arms: ArmRows): readonly string[] {
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

function describe(
  table: DataTable,
  values: Values,
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
function describeBalance(table: DataTable, values: Values, formula: Formula | null): Diagnostics {
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

function regressionTable(fitted: Regression): CoefficientTable {
  return tableOf([...fitted.coefficients].map(([name, { df: _df, ...row }]) => [name, row]));
}

function welchTable(outcome: Float64Array, arms: ArmRows, values: Values): CoefficientTable {
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

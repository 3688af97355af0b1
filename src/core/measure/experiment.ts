import { inputError } from '../contracts/input-error.ts';
import type { DataTable } from '../numeric/columns.ts';
import { defineEstimator, describeEstimator, type Estimate } from './estimator.ts';
import { asCategory, covariateModel, cuped, formulaModel, type Cuped, type ExperimentModel } from './experiment-model.ts';
import { checkedStandardErrors, experimentParameters, parameterWarnings, type ExperimentValues } from './experiment-parameters.ts';
import { describeExperiment, fitWarnings, regressionTable, welchTable } from './experiment-report.ts';
import { covariateNames, readExperiment } from './experiment-rows.ts';
import { parseFormula, type Formula } from './formula.ts';
import type { Covariate } from './read-table.ts';
import { regression } from './regression.ts';
import type { StandardErrorType } from './robust-covariance.ts';
import { degenerate, tidyRow } from './tidy-row.ts';
import { armsPicture, welch, type ArmRows } from './two-arms.ts';

const LARGEST_CR2 = 2e7;

export const experimentDescription = describeEstimator({
  id: 'experiment',
  label: 'Experiment',
  summary: 'Compares treated with control units that chance alone told apart, if wanted after taking out what covariates predict.',
  model_type: 'experiment',
  estimand: 'ate',
  shape: 'cross_section',
  designs: ['complete_randomisation', 'bernoulli_randomisation', 'stratified_randomisation', 'cluster_randomisation'],
  parameters: experimentParameters,
  assumptions: [
    'Chance alone decided who was treated (within blocks, where there are blocks).',
    'Covariates were fixed before the treatment and are not changed by it.',
    'The treatment of one unit does not change the outcome of another (outside its cluster).',
    'Whose outcome is missing does not depend on the treatment.',
  ],
  reference:
    'Lin, W. (2013). Agnostic notes on regression adjustments to experimental data. Annals of Applied Statistics 7, 295-318; Imbens, G. W. and Kolesar, M. (2016). Robust standard errors in small samples. REStat 98, 701-712.',
});

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
export const experiment = defineEstimator(experimentDescription, estimateExperiment);

function estimateExperiment(table: DataTable, values: ExperimentValues): Estimate {
  const standardErrors = checkedStandardErrors(values);
  const formula = values.formula === null ? null : parseFormula(values.formula);
  const arms = readExperiment(table, values, formula);
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
  if (standardErrors !== 'classical' && Math.min(arms.nTreated, arms.nControl) < 2)
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
    diagnostics: describeExperiment(table, values, arms, formula, fitted, adjusted, clusters, isWelch ? 'Welch' : standardErrors),
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

function modelOf(values: ExperimentValues, formula: Formula | null, arms: ArmRows): ExperimentModel | string {
  const blocks = values.block_column === null ? [] : [asCategory(arms.others.get(values.block_column)!)];
  if (formula !== null) return formulaModel(formula, values.treatment_column, arms);
  const isAdjusted = values.adjustment === 'lin' || values.adjustment === 'additive';
  const covariates = isAdjusted ? covariateNames(values).map((name) => arms.others.get(name)!) : [];
  const own = covariates.filter(({ name }) => name !== values.block_column);
  return covariateModel([...blocks, ...own], values.treatment_column, arms, values.adjustment !== 'additive');
}

function adjustByPrePeriod(arms: ArmRows, values: ExperimentValues): Cuped {
  const pre = arms.others.get(values.pre_column!)!;
  if (pre.kind !== 'number')
    throw inputError('pre_column', `column '${pre.name}' holds text, and the pre-period mean must be a number`, pre.name);
  return cuped(arms.outcome, pre.values);
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

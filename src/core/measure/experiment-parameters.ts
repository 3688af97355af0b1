import { inputError } from '../contracts/input-error.ts';
import { defineParameters, type ParameterValues } from '../contracts/parameter.ts';
import { standardErrorTypes, type StandardErrorType } from './robust-covariance.ts';

export const experimentParameters = defineParameters({
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
  received_column: {
    kind: 'column',
    label: 'Received',
    help: 'Column of 1 for whoever really was treated, to say how many complied; the estimate stays that of being assigned.',
    default: null,
  },
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

export type ExperimentValues = ParameterValues<typeof experimentParameters>;

/** The standard errors to use. @throws InputError for parameters that contradict one another. */
export function checkedStandardErrors(values: ExperimentValues): StandardErrorType {
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

/** What was asked for and is not, or not quite, what was done. */
export function parameterWarnings(values: ExperimentValues, used: StandardErrorType): readonly string[] {
  const warnings: string[] = [];
  if (used !== values.standard_errors) warnings.push(`Standard errors are ${used}, since '${values.cluster_column ?? ''}' names clusters.`);
  if (values.formula !== null && (values.adjustment === 'cuped' || values.adjustment === 'additive'))
    warnings.push(`The formula says how to adjust; the adjustment '${values.adjustment}' was not used.`);
  return warnings;
}

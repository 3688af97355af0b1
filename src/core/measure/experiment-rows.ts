import { inputError } from '../contracts/input-error.ts';
import type { DataTable } from '../numeric/columns.ts';
import { wholeBlocks } from './experiment-model.ts';
import type { ExperimentValues } from './experiment-parameters.ts';
import { formulaColumns, type Formula } from './formula.ts';
import { readArms, type ArmRows, type NamedColumn } from './two-arms.ts';

/** The rows an experiment is judged by: complete in every column it uses, and in blocks with both arms. */
export function readExperiment(table: DataTable, values: ExperimentValues, formula: Formula | null): ArmRows {
  const outcome =
    formula === null ? { name: values.outcome_column, parameter: 'outcome_column' } : { name: formula.outcome, parameter: 'formula' };
  const treatment = { name: values.treatment_column, parameter: 'treatment_column' };
  const arms = readArms(table, { outcome, treatment, others: usedColumns(values, formula) });
  return values.block_column === null ? arms : wholeBlocks(arms, values.block_column);
}

/** The columns whose missing values cost a row. */
export function usedColumns(values: ExperimentValues, formula: Formula | null): readonly NamedColumn[] {
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

/** The covariates that were asked for. @throws InputError for one that is the outcome or the treatment. */
export function covariateNames({
  covariate_columns: names,
  outcome_column: outcome,
  treatment_column: treatment,
}: ExperimentValues): readonly string[] {
  for (const name of names) {
    if (name === outcome) throw inputError('covariate_columns', `'${name}' is the outcome, so it cannot be a covariate`, name);
    if (name === treatment) throw inputError('covariate_columns', `'${name}' is the treatment, so it cannot be a covariate`, name);
  }
  return [...new Set(names)];
}

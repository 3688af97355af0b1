import { InputError } from '../../core/contracts/input-error.ts';
import { formulaColumns, parseFormula } from '../../core/measure/formula.ts';
import type { Ledger } from './ledger.ts';
import { field, textOf, textsOf } from './tree-fields.ts';
import type { Tree } from './yaml-tree.ts';

/** Columns that a pilot's table has beside outcome and treatment. */
const covariates: readonly string[] = ['price', 'quality_score', 'category'];
const numericCovariates: readonly string[] = ['price', 'quality_score'];
/** How theirs call the column of who is treated. */
const treatmentNames: readonly string[] = ['enriched', 'treated', 'treatment'];
export const theirTreatment = 'enriched';

export function readTreatment(ledger: Ledger, parameters: Tree | undefined, to: string): void {
  const tree = field(ledger, parameters, 'treatment_column');
  if (tree !== undefined) ledger.map(tree, `${to}.treatment_column`, 'The pilot calls it treated.');
}

/** Revenue is all that pilots measure. */
export function readOutcome(ledger: Ledger, parameters: Tree | undefined, to: string): void {
  for (const name of ['dependent_variable', 'outcome_column']) {
    const tree = field(ledger, parameters, name);
    if (tree === undefined) continue;
    if (tree.kind === 'leaf' && tree.value === 'revenue') ledger.map(tree, `${to}.outcome_column`);
    else ledger.drop(tree, 'is not what pilots here measure; revenue stands in for it');
  }
}

/** The covariates that a pilot has, too; those it lacks are left out. */
export function readCovariates(ledger: Ledger, parameters: Tree | undefined, to: string): Readonly<Record<string, unknown>> {
  const tree = field(ledger, parameters, 'covariate_columns');
  const names = textsOf(tree).filter((name) => numericCovariates.includes(name));
  if (tree === undefined) return {};
  for (const item of tree.kind === 'list' ? tree.items : [tree]) {
    if (item.kind === 'leaf' && names.includes(item.value as string)) ledger.map(item, `${to}.covariate_columns`);
    else ledger.drop(item, `is no number that pilots here record before the treatment; ${numericCovariates.join(' and ')} are`);
  }
  return names.length > 0 ? { covariate_columns: names } : {};
}

/** A formula with the treatment called as here; none where it cannot be read or names what a pilot lacks. */
export function translateFormula(ledger: Ledger, tree: Tree, to: string): string | undefined {
  const text = textOf(ledger, tree);
  if (text === undefined) return undefined;
  try {
    const parsed = parseFormula(text);
    const [outcome, ...columns] = formulaColumns(parsed);
    const treatment = columns.find((name) => treatmentNames.includes(name));
    const strange = columns.filter((name) => name !== treatment && !covariates.includes(name));
    if (outcome !== 'revenue' || treatment === undefined || strange.length > 0) {
      const missing = outcome !== 'revenue' ? outcome : treatment === undefined ? 'a treatment' : strange.join(', ');
      ledger.drop(
        tree,
        `names ${missing ?? 'a column'} where the pilot has revenue, treated, ${covariates.join(', ')}; a plain comparison of means stands in for it`,
      );
      return undefined;
    }
    const first = parsed.terms[0]?.join(':') === treatment ? '' : ' There the first term is taken for the treatment, which it is not.';
    ledger.map(tree, to, `The treatment is called treated here.${first}`);
    return renamed(text, treatment, 'treated');
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    ledger.drop(tree, `cannot be read as a formula here (${error.issues[0]?.message ?? ''}); a plain comparison of means stands in for it`);
    return undefined;
  }
}

/** The formula with one name for another. */
export function renamed(formula: string, from: string, to: string): string {
  return formula.replace(/[\p{L}_.][\p{L}\p{N}_.]*/gu, (name) => (name === from ? to : name));
}

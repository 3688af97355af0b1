import type { Formula } from './formula.ts';
import type { Covariate } from './read-table.ts';

/** The columns of a regression, with the terms they come from. */
export type ModelMatrix = {
  readonly names: readonly string[];
  readonly columns: readonly Float64Array[];
  /** For each column the term (variable names) it belongs to; the intercept's is empty. */
  readonly terms: readonly (readonly string[])[];
};

export const INTERCEPT = '(Intercept)';

type Part = { readonly name: string; readonly values: Float64Array };

/**
 * Expands a formula over columns of equal length: numbers as they are, categories by treatment contrasts against their first
 * level (or by one indicator per level where the margin is not in the model), interactions as products. Names and order are R's:
 * `categoryBooks`, `treated:price`.
 */
export function modelMatrix(
  formula: Pick<Formula, 'intercept' | 'terms'>,
  variables: ReadonlyMap<string, Covariate>,
  rowCount: number,
): ModelMatrix {
  const names: string[] = [];
  const columns: Float64Array[] = [];
  const terms: (readonly string[])[] = [];
  if (formula.intercept) {
    names.push(INTERCEPT);
    columns.push(new Float64Array(rowCount).fill(1));
    terms.push([]);
  }
  const isFull = fullyCodedFactors(formula, variables);
  formula.terms.forEach((term, t) => {
    for (const part of product(term.map((name) => parts(variables.get(name)!, isFull(t, name))))) {
      names.push(part.name);
      columns.push(part.values);
      terms.push(term);
    }
  });
  return { names, columns, terms };
}

/** How many columns the formula expands to, an upper bound that costs nothing to compute. */
export function countColumns(formula: Pick<Formula, 'intercept' | 'terms'>, variables: ReadonlyMap<string, Covariate>): number {
  const width = (name: string): number => {
    const variable = variables.get(name);
    return variable?.kind === 'category' ? variable.levels.length : 1;
  };
  return formula.terms.reduce((sum, term) => sum + term.reduce((product, name) => product * width(name), 1), formula.intercept ? 1 : 0);
}

/** Columns laid end to end, as the least-squares routine wants them. */
export function columnMajor(columns: readonly Float64Array[], rowCount: number): Float64Array {
  const design = new Float64Array(columns.length * rowCount);
  columns.forEach((column, c) => design.set(column, c * rowCount));
  return design;
}

/**
 * R's rule: in a term, a category is coded by contrasts if the term without it is in the model (the empty one always is), else
 * by all its levels; without an intercept, the first category of the first term that has one is coded by all its levels too.
 */
function fullyCodedFactors({ intercept, terms }: Pick<Formula, 'intercept' | 'terms'>, variables: ReadonlyMap<string, Covariate>) {
  const keys = new Set(terms.map((term) => JSON.stringify(term)));
  const isCategory = (name: string): boolean => variables.get(name)?.kind === 'category';
  const firstTerm = intercept ? -1 : terms.findIndex((term) => term.some(isCategory));
  const firstName = firstTerm < 0 ? undefined : terms[firstTerm]?.find(isCategory);
  return (t: number, name: string): boolean => {
    if (t === firstTerm && name === firstName) return true;
    const margin = terms[t]!.filter((other) => other !== name);
    return margin.length > 0 && !keys.has(JSON.stringify(margin));
  };
}

function parts(variable: Covariate, full: boolean): readonly Part[] {
  if (variable.kind === 'number') return [{ name: variable.name, values: variable.values }];
  return variable.levels
    .map((level, code) => ({ name: variable.name + level, values: Float64Array.from(variable.codes, (own) => (own === code ? 1 : 0)) }))
    .slice(full ? 0 : 1);
}

/** All products of one part per factor, the first factor varying fastest. */
function product(factors: readonly (readonly Part[])[]): readonly Part[] {
  return factors.reduce((left, right) =>
    right.flatMap((b) => left.map((a) => ({ name: `${a.name}:${b.name}`, values: a.values.map((value, i) => value * b.values[i]!) }))),
  );
}

import { inputError } from '../contracts/input-error.ts';
import { covariance, mean, variance } from '../numeric/moments.ts';
import type { Formula } from './formula.ts';
import { countColumns, INTERCEPT, modelMatrix } from './model-matrix.ts';
import type { Covariate } from './read-table.ts';
import { keepRows, type ArmRows } from './two-arms.ts';

/** The regression an experiment is analysed by. */
export type ExperimentModel = {
  readonly names: readonly string[];
  readonly columns: readonly Float64Array[];
  readonly intercept: boolean;
  readonly warnings: readonly string[];
};

export type Cuped = { readonly outcome: Float64Array; readonly theta: number; readonly varianceReduction: number };

const MOST_COLUMNS = 300;

/** The columns of a formula. @throws InputError when the treatment has no term of its own. */
export function formulaModel(formula: Formula, treatment: string, arms: ArmRows): ExperimentModel | string {
  if (!formula.terms.some((term) => term.length === 1 && term[0] === treatment)) {
    throw inputError(
      'formula',
      `the formula has no term '${treatment}', the treatment whose effect is wanted: add '+ ${treatment}'`,
      treatment,
    );
  }
  const variables = new Map([...arms.others, [treatment, armColumn(treatment, arms)]]);
  const tooMany = tooManyColumns(countColumns(formula, variables), arms.n);
  if (tooMany !== null) return tooMany;
  const matrix = modelMatrix(formula, variables, arms.n);
  return { ...matrix, intercept: formula.intercept, warnings: conditionalWarning(formula, treatment, variables) };
}

/**
 * Intercept, treatment and covariates. `interacted` is Lin's (2013) model: covariates centred at their means over both arms, and
 * their products with the treatment, so that the treatment's coefficient is the average effect.
 */
export function covariateModel(
  covariates: readonly Covariate[],
  treatment: string,
  arms: ArmRows,
  interacted: boolean,
): ExperimentModel | string {
  const terms = { intercept: true, terms: covariates.map(({ name }) => [name]) };
  const variables = new Map(covariates.map((covariate) => [covariate.name, covariate]));
  const tooMany = tooManyColumns((interacted ? 2 : 1) * countColumns(terms, variables), arms.n);
  if (tooMany !== null) return tooMany;
  const [constant, ...own] = modelMatrix(terms, variables, arms.n).columns;
  const names = modelMatrix(terms, variables, 0).names.slice(1);
  const head = { names: [INTERCEPT, treatment], columns: [constant!, arms.treated], intercept: true, warnings: [] };
  if (!interacted) return { ...head, names: [...head.names, ...names], columns: [...head.columns, ...own] };
  const centred = own.map((column) => {
    const centre = mean(column);
    return column.map((value) => value - centre);
  });
  const crossed = centred.map((column) => column.map((value, i) => value * arms.treated[i]!));
  return {
    ...head,
    names: [...head.names, ...names.map((name) => `${name}_c`), ...names.map((name) => `${treatment}:${name}_c`)],
    columns: [...head.columns, ...centred, ...crossed],
  };
}

/**
 * CUPED (Deng et al. 2013): the outcome less theta times the centred pre-period mean, theta = cov(y, pre) / var(pre) over both arms.
 * Nothing is taken away where the pre-period mean is constant.
 */
export function cuped(outcome: Float64Array, pre: Float64Array): Cuped {
  const spread = variance(pre);
  const theta = spread > 0 ? covariance(outcome, pre) / spread : 0;
  const centre = mean(pre);
  const adjusted = outcome.map((value, i) => value - theta * (pre[i]! - centre));
  return { outcome: adjusted, theta, varianceReduction: 1 - variance(adjusted) / variance(outcome) };
}

/** Leaves out blocks in which an arm is absent: within them there is nothing to compare. */
export function wholeBlocks(arms: ArmRows, block: string): ArmRows {
  const { codes, levels } = asCategory(arms.others.get(block)!);
  const treated = new Int32Array(levels.length);
  const control = new Int32Array(levels.length);
  codes.forEach((code, i) => {
    const side = arms.treated[i] === 1 ? treated : control;
    side[code] = side[code]! + 1;
  });
  const keep = Uint8Array.from(codes, (code) => (treated[code]! > 0 && control[code]! > 0 ? 1 : 0));
  const dropped = keep.reduce((count, value) => count + 1 - value, 0);
  if (dropped === 0 || arms.problem !== null) return arms;
  const warning = `${dropped} rows are in blocks of '${block}' with only one arm; they were left out.`;
  const kept = keepRows(arms, keep);
  return { ...kept, warnings: [...arms.warnings, warning] };
}

/** A column as categories, whatever it holds; levels that occur, numbers in ascending order. */
export function asCategory(column: Covariate): Covariate & { readonly kind: 'category' } {
  if (column.kind === 'category') return column;
  const distinct = [...new Set(column.values)].sort((a, b) => a - b);
  const codeOf = new Map(distinct.map((value, code) => [value, code]));
  return {
    name: column.name,
    kind: 'category',
    codes: Int32Array.from(column.values, (value) => codeOf.get(value)!),
    levels: distinct.map(String),
  };
}

function tooManyColumns(columns: number, rows: number): string | null {
  if (columns >= rows) return `The model has ${columns} coefficients, and ${rows} rows cannot estimate them: use fewer covariates.`;
  return columns > MOST_COLUMNS
    ? `The model has ${columns} coefficients; at most ${MOST_COLUMNS} can be estimated here: use fewer categories.`
    : null;
}

function armColumn(name: string, arms: ArmRows): Covariate {
  return { name, kind: 'number', values: arms.treated };
}

/** With interactions the treatment's coefficient is its effect at one point only, and the reader must be told which. */
function conditionalWarning(formula: Formula, treatment: string, variables: ReadonlyMap<string, Covariate>): readonly string[] {
  const partners = new Set(formula.terms.filter((term) => term.length > 1 && term.includes(treatment)).flat());
  partners.delete(treatment);
  if (partners.size === 0) return [];
  const point = [...partners].map((name) => {
    const variable = variables.get(name)!;
    return variable.kind === 'number' ? `${name} = 0` : `${name} = ${variable.levels[0] ?? ''}`;
  });
  return [
    `The formula lets the effect vary, so the estimate is the effect where ${point.join(' and ')}, not the average effect. ` +
      "Centre the covariates, or use adjustment 'lin' without a formula, for the average.",
  ];
}

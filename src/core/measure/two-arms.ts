import { chiSquareSurvival } from '../numeric/chi-square.ts';
import { requireColumn, requireNumbers, type DataTable } from '../numeric/columns.ts';
import { mean, variance } from '../numeric/moments.ts';
import { studentTQuantile } from '../numeric/student-t.ts';
import type { ArmsPicture } from './method-picture.ts';
import { completeRows, missingRowsWarning, takeCovariate, takeNumbers, type Covariate } from './read-table.ts';

/** A column to read, with the parameter that named it (for errors). */
export type NamedColumn = { readonly name: string; readonly parameter: string };

export type ArmColumns = { readonly outcome: NamedColumn; readonly treatment: NamedColumn; readonly others: readonly NamedColumn[] };

/** The complete rows of a two-arm comparison. */
export type ArmRows = {
  readonly n: number;
  readonly outcome: Float64Array;
  /** 1 treated, 0 control. */
  readonly treated: Float64Array;
  readonly nTreated: number;
  readonly nControl: number;
  /** The other columns asked for, by name. */
  readonly others: ReadonlyMap<string, Covariate>;
  /** Rows left out for a missing value. */
  readonly nMissing: number;
  readonly warnings: readonly string[];
  /** Why the two arms cannot be compared; null where they can. */
  readonly problem: string | null;
};

export type Welch = { readonly estimate: number; readonly standardError: number; readonly df: number };

type Arm = { readonly n: number; readonly mean: number; readonly variance: number };

/**
 * Reads the rows in which every named column has a value. Who is treated may be 0 and 1, yes and no and the like, or any other
 * two values (the larger, or later in the alphabet, is then taken as treated, with a warning).
 * @throws InputError for a column that is not there or an outcome that is text.
 */
export function readArms(table: DataTable, columns: ArmColumns): ArmRows {
  const outcome = requireNumbers(table, columns.outcome.name, columns.outcome.parameter);
  const treatment = requireColumn(table, columns.treatment.name, columns.treatment.parameter);
  const others = columns.others.map(({ name, parameter }) => ({ name, column: requireColumn(table, name, parameter) }));
  const rows = completeRows(table.rowCount, [outcome], [treatment, ...others.map(({ column }) => column)]);
  const coded = codeTreatment(takeCovariate(columns.treatment.name, treatment, rows));
  const nTreated = coded.values.reduce((sum, value) => sum + value, 0);
  const values = takeNumbers(outcome, rows);
  return {
    n: rows.length,
    outcome: values,
    treated: coded.values,
    nTreated,
    nControl: coded.problem === null ? rows.length - nTreated : 0,
    others: new Map(others.map(({ name, column }) => [name, takeCovariate(name, column, rows)])),
    nMissing: table.rowCount - rows.length,
    warnings: [...missingRowsWarning(table.rowCount - rows.length, table.rowCount), ...coded.warnings],
    problem: coded.problem ?? armsProblem(values, rows.length, nTreated),
  };
}

/** The rows of an arm comparison in which `keep` is not 0. */
export function keepRows(arms: ArmRows, keep: Uint8Array): ArmRows {
  const rows = Int32Array.from(keep.keys()).filter((row) => keep[row] !== 0);
  const treated = takeNumbers(arms.treated, rows);
  const outcome = takeNumbers(arms.outcome, rows);
  const nTreated = treated.reduce((sum, value) => sum + value, 0);
  const others = [...arms.others].map(([name, covariate]) => [name, takeCovariate(name, covariate, rows)] as const);
  const problem = arms.problem ?? armsProblem(outcome, rows.length, nTreated);
  return { ...arms, n: rows.length, outcome, treated, nTreated, nControl: rows.length - nTreated, others: new Map(others), problem };
}

/**
 * Difference in means, treated minus control, with Welch's standard error and Welch-Satterthwaite degrees of freedom:
 * s1^2/n1 + s0^2/n0 (Welch 1947). Both arms need two rows.
 */
export function welch(outcome: Float64Array, treated: Float64Array): Welch {
  const [control, treatment] = armsOf(outcome, treated);
  const a = treatment.variance / treatment.n;
  const b = control.variance / control.n;
  const total = a + b;
  const shareA = a / total;
  const shareB = b / total;
  return {
    estimate: treatment.mean - control.mean,
    standardError: Math.sqrt(total),
    df: total > 0 ? 1 / ((shareA * shareA) / (treatment.n - 1) + (shareB * shareB) / (control.n - 1)) : treatment.n + control.n - 2,
  };
}

/** Both arm means with t intervals; null where an arm has fewer than two rows. */
export function armsPicture(outcomeName: string, arms: Pick<ArmRows, 'outcome' | 'treated'>, confidenceLevel: number): ArmsPicture | null {
  const both = armsOf(arms.outcome, arms.treated);
  if (both.some((arm) => arm.n < 2)) return null;
  return {
    kind: 'arms',
    outcome: outcomeName,
    arms: both.map((arm, i) => {
      const reach = studentTQuantile(0.5 + confidenceLevel / 2, arm.n - 1) * Math.sqrt(arm.variance / arm.n);
      return {
        label: i === 0 ? 'control' : 'treated',
        n: arm.n,
        mean: arm.mean,
        ci_lower: arm.mean - reach,
        ci_upper: arm.mean + reach,
        sd: Math.sqrt(arm.variance),
      };
    }),
  };
}

/** Chi-square p value of the split between the arms when `share` was to be treated. */
export function sampleRatioPValue(nTreated: number, nControl: number, share: number): number {
  const n = nTreated + nControl;
  const gap = nTreated - n * share;
  return chiSquareSurvival((gap * gap) / (n * share * (1 - share)), 1);
}

function armsOf(values: Float64Array, treated: Float64Array): readonly [Arm, Arm] {
  const arm = (code: number): Arm => {
    const own = values.filter((_, i) => treated[i] === code);
    return { n: own.length, mean: mean(own), variance: variance(own) };
  };
  return [arm(0), arm(1)];
}

function armsProblem(outcome: Float64Array, n: number, nTreated: number): string | null {
  if (n === 0) return 'No row has a value in every column that is used.';
  if (nTreated === 0) return 'No row is treated, so there is nothing to compare the controls with.';
  if (nTreated === n) return 'Every row is treated, so there is no control to compare with.';
  if (outcome.every((value) => value === outcome[0])) return 'The outcome has the same value in every row.';
  return null;
}

function codeTreatment(column: Covariate): { values: Float64Array; warnings: readonly string[]; problem: string | null } {
  const labels = column.kind === 'number' ? [...new Set(column.values)].sort((a, b) => a - b).map(String) : column.levels;
  const n = column.kind === 'number' ? column.values.length : column.codes.length;
  if (labels.length > 2) {
    const shown = labels.slice(0, 4).join(', ') + (labels.length > 4 ? ', ...' : '');
    const problem = `The treatment '${column.name}' takes ${labels.length} values (${shown}); two are needed, treated and control.`;
    return { values: new Float64Array(n), warnings: [], problem };
  }
  const meaning = labels.map(meaningOf);
  const isPlain = meaning.every((value) => value !== null) && new Set(meaning).size === labels.length;
  if (!isPlain && labels.length === 1) {
    return {
      values: new Float64Array(n),
      warnings: [],
      problem: `The treatment '${column.name}' is '${labels[0]}' in every row, so there are no two arms.`,
    };
  }
  const warnings = isPlain ? [] : [`'${labels[1]}' in '${column.name}' was taken as treated and '${labels[0]}' as control.`];
  const codeOf = (label: number): number => (isPlain ? meaning[label]! : label);
  const values =
    column.kind === 'number'
      ? column.values.map((value) => codeOf(labels.indexOf(String(value))))
      : Float64Array.from(column.codes, (code) => codeOf(code));
  return { values, warnings, problem: null };
}

function meaningOf(label: string): 0 | 1 | null {
  const word = label.trim().toLowerCase();
  if (['1', 'true', 'yes', 'treated', 'treatment'].includes(word)) return 1;
  return ['0', 'false', 'no', 'control', 'untreated'].includes(word) ? 0 : null;
}

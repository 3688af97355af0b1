import { inputError } from '../contracts/input-error.ts';
import { requireColumn, requireNumbers, type CategoryColumn, type Column, type DataTable, type NumberColumn } from '../numeric/columns.ts';

/** Every level of a category is a column of the design. */
const MOST_LEVELS = 100;

/** A covariate as it stands in the rows used: numbers, or levels by code (levels that occur, in sorted order). */
export type Covariate = { readonly name: string } & (NumberColumn | CategoryColumn);

/** The rows that can be used: outcome, treatment and every covariate are there. */
export type UnitRows = {
  readonly n: number;
  /** Row of the table for each row used. */
  readonly rows: Int32Array;
  readonly outcome: Float64Array;
  /** 1 treated, 0 control. */
  readonly treated: Uint8Array;
  readonly nTreated: number;
  readonly nControl: number;
  readonly covariates: readonly Covariate[];
  readonly nMissing: number;
};

export type UnitColumns = {
  readonly outcome_column: string;
  readonly treatment_column: string;
  readonly covariate_columns?: readonly string[];
};

/** Numeric columns for a design matrix: a category becomes one 0/1 column per level but the first. */
export type DesignColumns = { readonly names: readonly string[]; readonly columns: readonly Float64Array[] };

/**
 * Reads outcome, treatment and covariates; rows in which any of them is missing or not finite are left out and counted.
 * @throws InputError for a column that is not there, an outcome that is text, a treatment that is not 0/1, or a covariate
 * that is also the outcome or the treatment, or that names units.
 */
export function readUnits(table: DataTable, names: UnitColumns): UnitRows {
  const covariateNames = [...new Set(names.covariate_columns ?? [])];
  for (const name of covariateNames) {
    if (name === names.outcome_column || name === names.treatment_column) {
      throw inputError(
        'covariate_columns',
        `'${name}' is the ${name === names.outcome_column ? 'outcome' : 'treatment'}, so it cannot be a covariate`,
        name,
      );
    }
  }
  const outcome = requireNumbers(table, names.outcome_column, 'outcome_column');
  const treated = readTreatment(table, names.treatment_column, 'treatment_column');
  const columns = covariateNames.map((name) => readCovariate(table, name));
  const rows = completeRows(table.rowCount, [outcome, treated], columns);
  const arm = Uint8Array.from(rows, (row) => treated[row] ?? 0);
  const nTreated = arm.reduce((sum, value) => sum + value, 0);
  return {
    n: rows.length,
    rows,
    outcome: takeNumbers(outcome, rows),
    treated: arm,
    nTreated,
    nControl: rows.length - nTreated,
    covariates: columns.map((column, i) => takeCovariate(covariateNames[i] ?? '', column, rows)),
    nMissing: table.rowCount - rows.length,
  };
}

/**
 * The treatment as 1, 0 and NaN (missing). Numbers must be 0 or 1; text must be one of the usual pairs, in any case.
 * @throws InputError that names the value found.
 */
export function readTreatment(table: DataTable, name: string, parameter: string): Float64Array {
  const column = requireColumn(table, name, parameter);
  const values = new Float64Array(table.rowCount);
  if (column.kind === 'number') {
    column.values.forEach((value, row) => {
      if (value !== 0 && value !== 1 && !Number.isNaN(value)) throw notBinary(name, parameter, value);
      values[row] = value;
    });
    return values;
  }
  const meaning = column.levels.map((level) => treatmentWord(level));
  column.codes.forEach((code, row) => {
    const value = code < 0 ? NaN : meaning[code];
    if (value === undefined || value === null) throw notBinary(name, parameter, column.levels[code]);
    values[row] = value;
  });
  return values;
}

/** Indices of the rows in which no number is missing or infinite and no category is missing. */
export function completeRows(rowCount: number, numbers: readonly Float64Array[], columns: readonly Column[]): Int32Array {
  const kept: number[] = [];
  for (let row = 0; row < rowCount; row += 1) {
    if (numbers.every((values) => Number.isFinite(values[row])) && columns.every((column) => isPresent(column, row))) kept.push(row);
  }
  return Int32Array.from(kept);
}

export function takeNumbers(values: Float64Array, rows: Int32Array): Float64Array {
  const taken = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i += 1) taken[i] = values[rows[i]!] ?? NaN;
  return taken;
}

export function takeCovariate(name: string, column: Column, rows: Int32Array): Covariate {
  if (column.kind === 'number') return { name, kind: 'number', values: takeNumbers(column.values, rows) };
  const labels = Array.from(rows, (row) => column.levels[column.codes[row] ?? -1] ?? '');
  const levels = [...new Set(labels)].sort();
  const codeOf = new Map(levels.map((level, code) => [level, code]));
  return { name, kind: 'category', codes: Int32Array.from(labels, (label) => codeOf.get(label) ?? -1), levels };
}

/** Regression columns: numbers as they are, categories as indicators of every level but the first. */
export function designColumns(covariates: readonly Covariate[]): DesignColumns {
  return indicators(covariates, 1);
}

/** Balance columns: numbers as they are, categories as indicators of every level (of one level, where there are two). */
export function balanceColumns(covariates: readonly Covariate[]): DesignColumns {
  const parts = covariates.map((covariate) =>
    indicators([covariate], covariate.kind === 'category' && covariate.levels.length <= 2 ? 1 : 0),
  );
  return { names: parts.flatMap((part) => part.names), columns: parts.flatMap((part) => part.columns) };
}

/** Why no comparison of the arms is possible; null where one is. */
export function whyNotComparable(units: UnitRows): string | null {
  if (units.n === 0) return 'No row has a value in every column that is used.';
  if (units.nTreated === 0) return 'Nobody is treated in the rows that can be used, so there is nothing to compare.';
  if (units.nControl === 0) return 'Everybody is treated in the rows that can be used, so there is nothing to compare with.';
  if (units.outcome.every((value) => value === units.outcome[0]))
    return 'The outcome is the same in every row, so no effect can be told from it.';
  return null;
}

/** A sentence for `warnings` when rows were left out; an empty list otherwise. */
export function missingRowsWarning(nMissing: number, rowCount: number): string[] {
  if (nMissing === 0) return [];
  return [`${nMissing} of ${rowCount} rows have a missing value in a column that is used; they were left out.`];
}

function readCovariate(table: DataTable, name: string): Column {
  const column = requireColumn(table, name, 'covariate_columns');
  if (column.kind === 'number' || column.levels.length <= MOST_LEVELS) return column;
  throw inputError(
    'covariate_columns',
    `column '${name}' holds ${column.levels.length} different texts, as names do; a covariate may have at most ${MOST_LEVELS}`,
    name,
  );
}

function indicators(covariates: readonly Covariate[], firstLevel: number): DesignColumns {
  const names: string[] = [];
  const columns: Float64Array[] = [];
  for (const covariate of covariates) {
    if (covariate.kind === 'number') {
      names.push(covariate.name);
      columns.push(covariate.values);
      continue;
    }
    for (let level = firstLevel; level < covariate.levels.length; level += 1) {
      names.push(`${covariate.name}: ${covariate.levels[level] ?? ''}`);
      columns.push(Float64Array.from(covariate.codes, (code) => (code === level ? 1 : 0)));
    }
  }
  return { names, columns };
}

function isPresent(column: Column, row: number): boolean {
  return column.kind === 'number' ? Number.isFinite(column.values[row]) : (column.codes[row] ?? -1) >= 0;
}

function treatmentWord(level: string): 0 | 1 | null {
  const word = level.trim().toLowerCase();
  if (['1', 'true', 'yes', 'treated', 'treatment'].includes(word)) return 1;
  return ['0', 'false', 'no', 'control', 'untreated'].includes(word) ? 0 : null;
}

function notBinary(name: string, parameter: string, value: unknown) {
  const found = typeof value === 'number' ? String(value) : `'${String(value)}'`;
  return inputError(parameter, `column '${name}' must say who is treated by 0 and 1 (or yes and no); it also holds ${found}`, name);
}

import { inputError } from '../contracts/input-error.ts';
import { requireColumn, type Column, type DataTable } from '../numeric/columns.ts';

/** Numeric columns of a panel, entry (unit u, time t) at t * nUnits + u, NaN where missing; categories as 0/1 columns. */
export type PanelCovariates = {
  readonly names: readonly string[];
  readonly columns: readonly Float64Array[];
  readonly warnings: readonly string[];
};

type Names = {
  readonly outcome_column: string;
  readonly unit_column: string;
  readonly time_column: string;
  readonly treatment_column: string;
  readonly adjustment_columns: readonly string[];
};

/** Lays the covariates out once the units and times of the panel are known: row of the table by unit and time, -1 for none. */
export type CovariateLayout = (nUnits: number, nTimes: number, rowAt: (unit: number, time: number) => number) => PanelCovariates;

/** Every level of a category is a column of the design. */
const MOST_LEVELS = 100;

/** @throws InputError for columns that are absent, that have another part to play, or that hold names. */
export function readPanelCovariates(table: DataTable, names: Names): CovariateLayout {
  const chosen = [...new Set(names.adjustment_columns)];
  const parts = ['outcome', 'unit', 'time', 'treatment'] as const;
  const columns = chosen.flatMap((name) => {
    const part = parts.find((role) => names[`${role}_column`] === name);
    if (part !== undefined) throw inputError('adjustment_columns', `'${name}' is the ${part} column, so it cannot be adjusted for`, name);
    const column = requireColumn(table, name, 'adjustment_columns');
    if (column.kind === 'category' && column.levels.length > MOST_LEVELS) {
      throw inputError(
        'adjustment_columns',
        `column '${name}' holds ${column.levels.length} different texts, as names do; at most ${MOST_LEVELS} can be adjusted for`,
        name,
      );
    }
    return numericColumns(name, column);
  });
  return (nUnits, nTimes, rowAt) => {
    const laid = columns.map(() => new Float64Array(nUnits * nTimes));
    let missing = 0;
    for (let t = 0; t < nTimes && columns.length > 0; t += 1) {
      for (let u = 0; u < nUnits; u += 1) {
        const row = rowAt(u, t);
        columns.forEach(({ valueAt }, k) => (laid[k]![t * nUnits + u] = row < 0 ? NaN : valueAt(row)));
        if (laid.some((values) => Number.isNaN(values[t * nUnits + u]))) missing += 1;
      }
    }
    const warnings =
      missing === 0
        ? []
        : [
            `Covariates are missing at ${missing} of ${nUnits * nTimes} unit-times; units without them at a base period do not enter there.`,
          ];
    return { names: columns.map(({ name }) => name), columns: laid, warnings };
  };
}

function numericColumns(name: string, column: Column): { readonly name: string; readonly valueAt: (row: number) => number }[] {
  if (column.kind === 'number') {
    return [{ name, valueAt: (row) => (Number.isFinite(column.values[row]) ? column.values[row]! : NaN) }];
  }
  const present = [...new Set(column.codes)].filter((code) => code >= 0).sort((a, b) => (column.levels[a]! < column.levels[b]! ? -1 : 1));
  return present.slice(1).map((level) => ({
    name: `${name}: ${column.levels[level]!}`,
    valueAt: (row) => (column.codes[row]! < 0 ? NaN : column.codes[row] === level ? 1 : 0),
  }));
}

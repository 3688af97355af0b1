import { inputError } from '../contracts/input-error.ts';

/** Numbers; NaN marks a missing value. */
export type NumberColumn = { readonly kind: 'number'; readonly values: Float64Array };
/** Categories by code into `levels`; -1 marks a missing value. Levels are in order of first appearance, or sorted for dates. */
export type CategoryColumn = { readonly kind: 'category'; readonly codes: Int32Array; readonly levels: readonly string[] };
export type Column = NumberColumn | CategoryColumn;

/** A table by columns, all of `rowCount` entries. A Map, so that no column name can collide with an object's own keys. */
export type DataTable = { readonly rowCount: number; readonly columns: ReadonlyMap<string, Column> };

export function numberColumn(values: Float64Array): NumberColumn {
  return { kind: 'number', values };
}

export function categoryColumn(labels: readonly (string | null)[]): CategoryColumn {
  const codeOf = new Map<string, number>();
  const codes = new Int32Array(labels.length);
  labels.forEach((label, i) => {
    if (label === null) {
      codes[i] = -1;
      return;
    }
    const code = codeOf.get(label) ?? codeOf.size;
    codeOf.set(label, code);
    codes[i] = code;
  });
  return { kind: 'category', codes, levels: [...codeOf.keys()] };
}

/** The named column. @throws InputError naming the parameter that asked for it and the columns there are. */
export function requireColumn(table: DataTable, name: string, parameter: string): Column {
  const column = table.columns.get(name);
  if (column !== undefined) return column;
  throw inputError(parameter, `there is no column '${name}'; the data has ${[...table.columns.keys()].join(', ')}`, name);
}

/** The values of a numeric column. @throws InputError when it is absent or not numeric. */
export function requireNumbers(table: DataTable, name: string, parameter: string): Float64Array {
  const column = requireColumn(table, name, parameter);
  if (column.kind === 'number') return column.values;
  throw inputError(parameter, `column '${name}' holds text (such as '${column.levels[0] ?? ''}'), and numbers are needed`, name);
}

/** The label at a row, as text; null where missing. Numbers print in their shortest form. */
export function labelAt(column: Column, row: number): string | null {
  if (column.kind === 'number') {
    const value = column.values[row];
    return value === undefined || Number.isNaN(value) ? null : String(value);
  }
  return column.levels[column.codes[row] ?? -1] ?? null;
}

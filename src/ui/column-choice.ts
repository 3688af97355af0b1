/** A column that may be chosen; `detail` says what it holds. */
export type ColumnChoice = { readonly name: string; readonly detail: string };

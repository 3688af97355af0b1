/** What a file may hold, so that reading it needs a bounded amount of memory. */
export const csvLimits = {
  rows: 1_000_000,
  columns: 500,
  /** Rows times columns: eight bytes each where they are numbers. */
  cells: 20_000_000,
  /** Characters of one cell. */
  cell: 10_000,
  /** Characters of one row: a quote that is never closed would swallow the rest of the file. */
  record: 1_000_000,
  /** Characters of the different texts of one column, with what it takes to keep each. */
  texts: 64_000_000,
} as const;

export function inThousands(count: number): string {
  return String(count).replaceAll(/\B(?=(\d{3})+$)/g, ',');
}

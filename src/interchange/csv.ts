/** Rows as CSV (RFC 4180), numbers in their shortest exact form. */
export function toCsv(header: readonly string[], rows: Iterable<readonly (string | number | boolean | null)[]>): string {
  const lines = [header.map(quoted).join(',')];
  for (const row of rows) lines.push(row.map((cell) => (cell === null ? '' : quoted(String(cell)))).join(','));
  return `${lines.join('\r\n')}\r\n`;
}

/** Text that a spreadsheet would run as a formula is made plain. */
export function plainCell(cell: string): string {
  return /^[=+\-@\t\r]/.test(cell) && Number.isNaN(Number(cell)) ? `'${cell}` : cell;
}

/** Quotes where needed. */
function quoted(cell: string): string {
  const safe = plainCell(cell);
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Cells of a table by arrow keys, so that Tab passes a table in one step. Returns the cell to go to; null where there is none. */
export function neighbour(table: HTMLElement, from: Element, key: string): HTMLElement | null {
  const rows = [...table.querySelectorAll('tbody tr')]
    .map((row) => [...row.querySelectorAll<HTMLElement>('[data-cell]')])
    .filter((row) => row.length > 0);
  const y = rows.findIndex((row) => row.some((cell) => cell === from));
  const x = rows[y]?.findIndex((cell) => cell === from) ?? -1;
  if (y < 0 || x < 0) return null;
  switch (key) {
    case 'ArrowRight':
      return rows[y]?.[x + 1] ?? null;
    case 'ArrowLeft':
      return rows[y]?.[x - 1] ?? null;
    case 'ArrowDown':
      return rows[y + 1]?.[x] ?? null;
    case 'ArrowUp':
      return rows[y - 1]?.[x] ?? null;
    case 'Home':
      return rows[y]?.[0] ?? null;
    case 'End':
      return rows[y]?.at(-1) ?? null;
    default:
      return null;
  }
}

/** How many rows down and columns across a key leads from a cell's input, as in a spreadsheet; null where it stays in the cell. */
export function stepOfKey(
  key: Pick<KeyboardEvent, 'key' | 'shiftKey'>,
  input: Selection,
): { readonly down: number; readonly across: number } | null {
  if (key.key === 'Enter') return { down: key.shiftKey ? -1 : 1, across: 0 };
  if (key.shiftKey) return null;
  if (key.key === 'ArrowUp' || key.key === 'ArrowDown') return { down: key.key === 'ArrowUp' ? -1 : 1, across: 0 };
  const across = key.key === 'ArrowLeft' ? -1 : key.key === 'ArrowRight' ? 1 : 0;
  if (across === 0) return null;
  const { selectionStart, selectionEnd, value } = input;
  const isAll = selectionStart === 0 && selectionEnd === value.length;
  const isAtEnd = selectionStart === selectionEnd && selectionStart === (across < 0 ? 0 : value.length);
  return isAll || isAtEnd ? { down: 0, across } : null;
}

type Selection = Pick<HTMLInputElement, 'selectionStart' | 'selectionEnd' | 'value'>;

/**
 * Moves the keyboard between the inputs of a table. To be called while the event is on its way down, before the input makes
 * anything else of the key; what was typed is taken as the input is left.
 */
export function moveBetweenCells(event: KeyboardEvent & { readonly currentTarget: HTMLTableElement }): void {
  const input = event.target;
  if (!(input instanceof HTMLInputElement) || event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
  const cell = input.closest<HTMLTableCellElement>('td, th');
  const row = input.closest('tr');
  const step = stepOfKey(event, input);
  if (cell === null || row === null || step === null) return;
  event.preventDefault();
  event.stopPropagation();
  const next = event.currentTarget.rows[row.rowIndex + step.down]?.cells[cell.cellIndex + step.across]?.querySelector('input');
  next?.focus();
  next?.select();
}

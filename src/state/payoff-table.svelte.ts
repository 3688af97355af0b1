import { readTableLink, readTableText, tableLink, tableText, type DraftTable } from '../interchange/payoff-table-text.ts';
import { addressBar } from './route.svelte.ts';
import { keepText, keptText } from './storage.svelte.ts';
import { undoesItself } from './undo-keys.ts';

const key = 'impact-workbench-payoff-table';
/** Steps kept for undo. */
const historyLength = 200;
/** Edits of one kind that follow each other this quickly are one step (a slider being dragged). */
const coalesceMs = 800;

let past = $state.raw<readonly DraftTable[]>([]);
let present = $state.raw<DraftTable | null>(null);
let future = $state.raw<readonly DraftTable[]>([]);
let linkError = $state<string | null>(null);
let lastChange: { label: string; at: number } | null = null;
let writing = 0;
/** The table part of the address that `present` was read from or written to. */
let inAddress: string | null = null;
let opened = false;

/** The payoff table in hand; kept in the address and, for the next visit, in the browser. */
export const payoffTableState = {
  get current(): DraftTable | null {
    return present;
  },
  get canUndo() {
    return past.length > 0;
  },
  get canRedo() {
    return future.length > 0;
  },
  get linkError() {
    return linkError;
  },
  dismissLinkError(): void {
    linkError = null;
  },
  /** Takes what the address holds; without a table there, the one of the last visit, or else `otherwise`. */
  async open(link: string | null, otherwise: DraftTable): Promise<void> {
    if (opened && (link === null || link === inAddress)) {
      if (link === null) addressBar.writeTable(inAddress);
      return;
    }
    opened = true;
    inAddress = link;
    const ticket = (writing += 1);
    const read = link === null ? null : await readTableLink(link);
    if (ticket !== writing) return;
    linkError =
      read?.ok === false ? `${read.message} An example is shown instead; the address is left as it was until you change something.` : null;
    if (present !== null) past = [...past, present].slice(-historyLength);
    present = read === null ? (stored() ?? otherwise) : read.ok ? read.table : otherwise;
    if (read === null) void write(present);
  },
  /** Puts a table from elsewhere in place of the one in hand. */
  take(table: DraftTable): void {
    const before = present ?? stored();
    opened = true;
    if (before !== null) past = [...past, before].slice(-historyLength);
    future = [];
    lastChange = null;
    accept(table);
  },
  change(label: string, edit: (table: DraftTable) => DraftTable): void {
    if (present === null) return;
    const next = edit(present);
    if (next === present) return;
    const now = performance.now();
    const continues = lastChange?.label === label && now - lastChange.at < coalesceMs;
    lastChange = { label, at: now };
    if (!continues) past = [...past, present].slice(-historyLength);
    future = [];
    accept(next);
  },
  undo(): void {
    const previous = past.at(-1);
    if (previous === undefined || present === null) return;
    future = [present, ...future];
    past = past.slice(0, -1);
    lastChange = null;
    accept(previous);
  },
  redo(): void {
    const next = future[0];
    if (next === undefined || present === null) return;
    past = [...past, present];
    future = future.slice(1);
    lastChange = null;
    accept(next);
  },
};

undoesItself('decide', payoffTableState);

function accept(table: DraftTable): void {
  present = table;
  linkError = null;
  void write(table);
}

async function write(table: DraftTable): Promise<void> {
  const ticket = (writing += 1);
  // Where that fails, the address still holds the table.
  keepText(key, tableText(table));
  const link = await tableLink(table);
  if (ticket !== writing) return;
  inAddress = link;
  addressBar.writeTable(link);
}

function stored(): DraftTable | null {
  const text = keptText(key);
  const read = text === null ? null : readTableText(text);
  return read?.ok ? read.table : null;
}

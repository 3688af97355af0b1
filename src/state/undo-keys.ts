import { route } from './route.svelte.ts';
import { scenarioState } from './scenario.svelte.ts';

/** What can be taken back and done again, step by step. */
export type UndoTarget = { undo(): void; redo(): void };

const targets = new Map<string, UndoTarget>();

/** A place that has something of its own to undo says so; the scenario is undone everywhere else. */
export function undoesItself(place: string, target: UndoTarget): void {
  targets.set(place, target);
}

/** Ctrl+Z or Cmd+Z undoes, with Shift or as Ctrl+Y redoes; a field one types in has an undo of its own. */
export function undoByKey(event: KeyboardEvent): void {
  const step = stepOf(event);
  if (step === null || event.defaultPrevented || isTypedIn(event.target)) return;
  event.preventDefault();
  (targets.get(route.place) ?? scenarioState)[step]();
}

/** A label with the keys that do the same, as this computer writes them. */
export function withKeys(label: string, step: 'undo' | 'redo'): string {
  const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);
  const keys = { undo: isMac ? '\u2318Z' : 'Ctrl+Z', redo: isMac ? '\u21e7\u2318Z' : 'Ctrl+Y' };
  return `${label} (${keys[step]})`;
}

function stepOf({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent): 'undo' | 'redo' | null {
  if (ctrlKey === metaKey || altKey) return null;
  const letter = key.toLowerCase();
  if (letter === 'z') return shiftKey ? 'redo' : 'undo';
  return letter === 'y' && ctrlKey && !shiftKey ? 'redo' : null;
}

function isTypedIn(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest('textarea, [contenteditable]:not([contenteditable="false"])') !== null) return true;
  return target instanceof HTMLInputElement && !withoutText.has(target.type);
}

const withoutText: ReadonlySet<string> = new Set(['button', 'checkbox', 'color', 'file', 'image', 'radio', 'range', 'reset', 'submit']);

import { route } from './route.svelte.ts';

/**
 * Ctrl+S or Cmd+S saves the scenario as a file: the browser's own would save a page that cannot run. A payoff table is none, so there
 * the keys are the browser's.
 */
export function saveByKey(event: KeyboardEvent): void {
  const { key, ctrlKey, metaKey, shiftKey, altKey } = event;
  if (key.toLowerCase() !== 's' || ctrlKey === metaKey || shiftKey || altKey || event.defaultPrevented || route.place === 'decide') return;
  event.preventDefault();
  if (event.repeat) return;
  commitTyped();
  void import('./save-scenario.ts').then(({ saveScenario }) => saveScenario());
}

/** The keys as this computer writes them. */
export function saveKeys(): string {
  return /Mac|iPhone|iPad/.test(navigator.userAgent) ? '\u2318S' : 'Ctrl+S';
}

/** A field takes what is typed into it when it is left. */
function commitTyped(): void {
  const field = document.activeElement;
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return;
  field.blur();
  field.focus();
}

import type { Issue } from '../../core/contracts/input-error.ts';
import { scenarioState } from '../../state/scenario.svelte.ts';
import { flawOf } from './catalogue.ts';
import type { Edit } from './edits.ts';
import { sentence } from './words.ts';

/** Tries an edit; the message for the field it came from, or null when it was taken. */
export function commit(label: string, edit: Edit, path = ''): string | null {
  return fieldMessage(scenarioState.change(label, edit), path);
}

/** What is wrong, for the field at `path`; troubles that show elsewhere are named with where. */
export function fieldMessage(issues: readonly Issue[], path: string): string | null {
  if (issues.length === 0) return null;
  return issues.map((issue) => sentence(issue.path === path || path === '' ? issue.message : withPlace(issue, path))).join(' ');
}

function withPlace(issue: Issue, path: string): string {
  if (issue.path.startsWith(`${path}.`) || issue.path === '') return issue.message;
  const parts = issue.path.split('.');
  const flaw = parts.at(-2) === 'flaws' && typeof issue.value === 'string' ? flawOf(issue.value) : undefined;
  return `${flaw?.label ?? (parts.at(-1) ?? '').replaceAll('_', ' ')}: ${issue.message}`;
}

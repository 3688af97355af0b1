import { labState } from '../../state/lab.svelte.ts';
import { commit } from '../shared/commit.ts';
import { fieldMessage } from '../shared/commit.ts';
import type { Edit } from '../shared/edits.ts';

/** Commits an edit of the decision, or what is being tried out. Returns the message for the field it came from. */
export function decide(label: string, edit: Edit, path = ''): string | null {
  const message = commit(label, edit, path);
  labState.cancelPreview();
  return message;
}

/** Commits what is being tried out. */
export function settle(path = ''): string | null {
  return fieldMessage(labState.settle(), path);
}

import type { Dropped } from './dropped.ts';
import type { FileChoice, FileOutcome } from './file-outcome.ts';
import type { IncomingFile } from './incoming-files.ts';
import { route } from './route.svelte.ts';

let outcome = $state.raw<FileOutcome | null>(null);
let reading = $state<string | null>(null);
let turn = 0;

/** The file somebody gave the page last: being read, open, or why it is not. */
export const openedFile = {
  get outcome() {
    return outcome;
  },
  /** What is being read; null where nothing is. */
  get reading() {
    return reading;
  },
  open(files: readonly IncomingFile[]): Promise<void> {
    return take(async () => (await import('./open-files.ts')).openFiles(files));
  },
  drop(dropped: Dropped): Promise<void> {
    return take(async () => (await import('./open-files.ts')).openDropped(dropped));
  },
  choose(choice: FileChoice): Promise<void> {
    return take(choice.open);
  },
  dismiss(): void {
    turn += 1;
    outcome = null;
    reading = null;
  },
};

async function take(open: () => Promise<FileOutcome>): Promise<void> {
  const mine = (turn += 1);
  reading = 'Reading\u2026';
  outcome = null;
  const ended = await open().catch((cause: unknown): FileOutcome => {
    const message = cause instanceof Error ? cause.message : String(cause);
    return { kind: 'problem', title: 'This cannot be opened', issues: [{ path: '', message }] };
  });
  if (turn !== mine) return;
  reading = null;
  outcome = ended;
  if (ended.kind === 'opened' && ended.place !== undefined && ended.place !== route.place) route.go(ended.place);
}

import type { Issue } from '../core/contracts/input-error.ts';
import { libraryFileText, longestName, type NamedScenario } from '../interchange/library-file.ts';
import { readScenarioFile, type ScenarioInHand } from '../interchange/scenario-file.ts';
import { browserStore, memoryStore } from './kept-scenarios.ts';
import { entryOf, isRecord, keptText, newRecord, signatureOf, timeNow, type KeptRecord, type LibraryEntry } from './library-entry.ts';
import { scenarioState } from './scenario.svelte.ts';
import { storageState, type StorageProblem } from './storage.svelte.ts';

type Change = { readonly id: string; readonly before: unknown; readonly after: unknown };
type Step = { readonly words: string; readonly changes: readonly Change[] };

/** Another window was faster. */
class OvertakenError extends Error {}

const store = browserStore();
/** What the browser would not keep: it is there until the window is closed, in front of what is kept under the same id. */
const besides = memoryStore();
const news = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('impact-workbench-scenarios');

let entries = $state.raw<readonly LibraryEntry[]>([]);
const known = $derived(new Map(entries.map((entry) => [entry.id, entry])));
let phase = $state<'closed' | 'opening' | 'open'>('closed');
let refusal = $state<StorageProblem | null>(null);
let trouble = $state<string | null>(null);
let steps = $state.raw<readonly Step[]>([]);
const inHand = $derived(
  signatureOf({ scenario: scenarioState.current, preset: '', replication: scenarioState.replication, digest: null, witness: null }),
);

/** Scenarios kept under names on this machine, in the order they came. Every window of the page shows the same. */
export const library = {
  get entries() {
    return entries;
  },
  get phase() {
    return phase;
  },
  /** Why the browser did not keep the last thing it was given. */
  get refusal() {
    return refusal;
  },
  /** Why the last change was not made. */
  get trouble() {
    return trouble;
  },
  dismissTrouble(): void {
    trouble = null;
  },
  /** What `undo` would take back; null where there is nothing. */
  get undoable(): string | null {
    return steps.at(-1)?.words ?? null;
  },
  async open(): Promise<void> {
    if (phase !== 'closed') return;
    phase = 'opening';
    news?.addEventListener('message', () => void load());
    await load();
    phase = 'open';
  },
  /** Keeps a scenario under a name. */
  async keep(name: string, file: ScenarioInHand): Promise<void> {
    const record = newRecord(name.trim().slice(0, longestName) || 'Untitled scenario', keptText(file));
    const id = freshId();
    await make(`kept \u201c${record.name}\u201d`, [[id, () => record]]);
    scenarioState.setOrigin(id);
  },
  /** Keeps a scenario in place of what the entry held. */
  async replace(id: string, file: ScenarioInHand): Promise<void> {
    const changed = (now: unknown) => ({ ...existing(now), text: keptText(file), saved: timeNow() });
    await make(`kept the changes in \u201c${nameOf(id)}\u201d`, [[id, changed]]);
  },
  /** null, or what is wrong with the name. */
  rename(id: string, name: string): string | null {
    const given = name.trim();
    if (given === '') return 'A name has at least one character.';
    if (given.length > longestName) return `A name has at most ${longestName} characters; this one has ${given.length}.`;
    void make(`renamed \u201c${nameOf(id)}\u201d`, [[id, (now) => ({ ...existing(now), name: given })]]);
    return null;
  },
  async duplicate(id: string): Promise<void> {
    const original = entries.find((entry) => entry.id === id);
    if (original === undefined) return;
    const record = newRecord(copyName(original.name), original.text);
    await make(`duplicated \u201c${original.name}\u201d`, [[freshId(), () => record]]);
  },
  async remove(id: string): Promise<void> {
    await make(`deleted \u201c${nameOf(id)}\u201d`, [[id, () => undefined]]);
  },
  /** Takes in scenarios from a file, all in one step. Those that are here already, name and all, are left out. Returns how many came. */
  async takeIn(scenarios: readonly NamedScenario[]): Promise<number> {
    const here = entries.map(({ name, text }) => `${name}\n${text}`);
    const records = scenarios
      .map(({ name, saved, file }) => ({ ...newRecord(name, keptText(file)), saved }))
      .filter(({ name, text }) => !here.includes(`${name}\n${text}`));
    if (records.length > 0)
      await make(
        `took in ${records.length} ${records.length === 1 ? 'scenario' : 'scenarios'}`,
        records.map((record) => [freshId(), () => record]),
      );
    return records.length;
  },
  /** Takes the last change back; what another window has changed since stays as it is. */
  async undo(): Promise<void> {
    const step = steps.at(-1);
    if (step === undefined) return;
    steps = steps.slice(0, -1);
    trouble = null;
    for (const { id, before, after } of [...step.changes].reverse()) {
      await change(id, (now) => {
        if (JSON.stringify(now) === JSON.stringify(after)) return before;
        throw new OvertakenError('Another window has changed it since, so this was not undone.');
      });
    }
    await settle();
  },
  /** Makes a kept scenario the one in hand, to be run again. Returns what is wrong with it, in which case nothing has changed. */
  show(id: string): readonly Issue[] {
    const entry = entries.find((one) => one.id === id);
    const read = entry === undefined ? null : readScenarioFile(entry.text);
    if (!read?.ok) return read?.issues ?? [{ path: '', message: 'it is not there any more' }];
    const { scenario, preset, replication, digest, witness } = read.value;
    scenarioState.open({ scenario, preset, replication, digest, witness, origin: id });
    return [];
  },
  /** All that can be read, as one file. */
  fileText(): string {
    return libraryFileText(
      entries.flatMap(({ name, saved, text }) => {
        const read = saved === null ? null : readScenarioFile(text);
        return saved !== null && read?.ok ? [{ name, saved, file: read.value }] : [];
      }),
    );
  },
  /** Whether an entry is what is in hand: `same`, to the last number, or `changed` since it was opened or kept. */
  standing({ id, signature }: LibraryEntry): 'same' | 'changed' | null {
    if (signature === null) return null;
    if (signature === inHand) return 'same';
    return scenarioState.origin === id ? 'changed' : null;
  },
};

/** Makes changes as one step that can be taken back. An edit is given what is there now, whoever put it there. */
async function make(words: string, edits: readonly (readonly [string, (now: unknown) => unknown])[]): Promise<void> {
  trouble = null;
  refusal = null;
  const changes: Change[] = [];
  for (const [id, edit] of edits) {
    const made = await change(id, edit);
    if (made !== null) changes.push(made);
  }
  if (changes.length > 0) steps = [...steps, { words, changes }].slice(-100);
  await settle();
}

async function change(id: string, edit: (now: unknown) => unknown): Promise<Change | null> {
  let made: Change | null = null;
  const noting = (now: unknown) => {
    const after = edit(now);
    made = { id, before: now, after };
    return after;
  };
  try {
    await (besides.has(id) ? besides.change(id, noting) : store.change(id, noting));
    return made;
  } catch (cause) {
    if (cause instanceof OvertakenError) {
      trouble = cause.message;
      return null;
    }
    refusal = storageState.note(cause);
    await besides.change(id, (now) => noting(now ?? recordOf(id)));
    return made;
  }
}

async function settle(): Promise<void> {
  news?.postMessage('changed');
  await load();
}

async function load(): Promise<void> {
  const kept = await store.all().catch((cause: unknown) => {
    refusal = storageState.note(cause);
    return [];
  });
  const all = [
    ...kept.filter(([id]) => !besides.has(id)).map(([id, found]) => unchanged(id, found) ?? entryOf(id, found, false)),
    ...(await besides.all()).map(([id, found]) => entryOf(id, found, true)),
  ];
  entries = all.sort((a, b) => a.created - b.created || (a.id < b.id ? -1 : 1));
}

/** The entry as it was read before, where it is the same still: reading hundreds takes a while. */
function unchanged(id: string, found: unknown): LibraryEntry | undefined {
  const before = known.get(id);
  if (before?.problem !== null || before.onlyHere || !isRecord(found)) return undefined;
  const isSame =
    found.name === before.name && found.created === before.created && found.saved === before.saved && found.text === before.text;
  return isSame ? before : undefined;
}

function existing(now: unknown): KeptRecord {
  if (isRecord(now)) return now;
  throw new OvertakenError('It was deleted in another window. Keep the scenario anew if it is still wanted.');
}

/** What the list shows of an entry that the browser does not give access to any more. */
function recordOf(id: string): KeptRecord | undefined {
  const entry = entries.find((one) => one.id === id);
  if (entry?.saved == null) return undefined;
  const { name, created, saved, text } = entry;
  return { version: 1, name, created, saved, text };
}

function nameOf(id: string): string {
  return entries.find((entry) => entry.id === id)?.name ?? '';
}

function copyName(name: string): string {
  const taken = new Set(entries.map((entry) => entry.name));
  const [, stem = name] = /^(.*?)(?: \(\d+\))?$/s.exec(name) ?? [];
  for (let number = 2; ; number++) {
    const tried = `${stem.slice(0, longestName - 8)} (${number})`;
    if (!taken.has(tried)) return tried;
  }
}

function freshId(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join('');
}

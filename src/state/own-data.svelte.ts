import type { Run } from '../core/contracts/run.ts';
import type { Parameter } from '../core/contracts/parameter.ts';
import type { Issue } from '../core/contracts/input-error.ts';
import type { SimulatedInitiative } from '../core/scenario/scenario.ts';
import { spawnOwnDataWorker } from '../engine/browser-worker.ts';
import { ownDataSession, type OwnAnswer, type ReadProgress } from '../engine/own-data-session.ts';
import type { TableSummary } from '../interchange/csv-assemble.ts';
import type { ReadAs } from '../interchange/csv-column-scan.ts';
import type { FileIssues } from '../interchange/csv-issues.ts';
import { suggestColumns } from '../interchange/suggest-columns.ts';
import { methodDescriptions } from './catalogue.ts';
import { keepForReload, keptForReload } from './storage.svelte.ts';

export type OwnDataPhase = 'empty' | 'reading' | 'unusable' | 'ready';
/** What the answer is the answer to. */
export type OwnQuestion = { readonly method: string; readonly parameters: Readonly<Record<string, unknown>> };
type Chosen = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
export type AnsweredQuestion = { readonly question: OwnQuestion; readonly answer: OwnAnswer };

const session = ownDataSession(spawnOwnDataWorker);
const key = 'impact-workbench-own-question';
const before = keptForReload(key);
const noIssues: FileIssues = { listed: [], errors: 0, notes: 0 };

let phase = $state<OwnDataPhase>('empty');
let file = $state.raw<File | null>(null);
let progress = $state.raw<ReadProgress | null>(null);
let table = $state.raw<TableSummary | null>(null);
let issues = $state.raw<FileIssues>(noIssues);
let readAs = $state.raw<Readonly<Record<string, ReadAs>>>({});
/** Something that is not about a cell or a field: a worker that died, a file that went away. */
let trouble = $state<string | null>(null);
let sampleOf = $state<string | null>(null);
let method = $state<string>((methodDescriptions.find(({ id }) => id === before['method']) ?? methodDescriptions[0])?.id ?? '');
/** What was chosen, by method; only names of columns and settings, never data. */
let chosen = $state.raw<Chosen>(chosenBefore());
let answered = $state.raw<AnsweredQuestion | null>(null);
let measuring = $state(false);

let underWay: AbortController | null = null;
let isAskedAgain = false;

const description = $derived(methodDescriptions.find(({ id }) => id === method));
const parameters = $derived<Readonly<Record<string, unknown>>>({
  ...(table === null || description === undefined ? {} : suggestColumns(description.parameters, table.columns)),
  ...existing(chosen[method] ?? {}),
});
/** Columns the method cannot do without that nobody has named. */
const open = $derived(
  Object.entries<Parameter>(description?.parameters ?? {})
    .filter(([name, parameter]) => parameter.kind === 'column' && parameter.default !== null && typeof parameters[name] !== 'string')
    .map(([name]) => name),
);

/** A file of one's own, how it was read, what is asked of it, and the answer. The file stays in its worker. */
export const ownData = {
  get phase() {
    return phase;
  },
  get fileName() {
    return file?.name ?? '';
  },
  get progress() {
    return progress;
  },
  get table() {
    return table;
  },
  get issues() {
    return issues;
  },
  get trouble() {
    return trouble;
  },
  /** The initiative whose pilot the file is; null where it is somebody's own. */
  get sampleOf() {
    return sampleOf;
  },
  get method() {
    return method;
  },
  get parameters() {
    return parameters;
  },
  get open() {
    return open;
  },
  get measuring() {
    return measuring;
  },
  get answered() {
    return answered;
  },
  /** The answer is to another question than the one in hand. */
  get stale() {
    return answered !== null && !isSame(answered.question, { method, parameters });
  },

  choose(next: File): Promise<void> {
    forgetSample();
    return take(next, {});
  },
  /** Reads the file again, that column as told; null as it is found. */
  read(column: string, as: ReadAs | null): Promise<void> {
    if (file === null) return Promise.resolve();
    const { [column]: _before, ...others } = readAs;
    return take(file, as === null ? others : { ...others, [column]: as });
  },
  readAgain(): Promise<void> {
    return file === null ? Promise.resolve() : take(file, readAs);
  },
  chooseMethod(id: string): void {
    method = id;
    keep();
    void measure();
  },
  set(name: string, value: unknown): void {
    chosen = { ...chosen, [method]: { ...chosen[method], [name]: value } };
    keep();
    void measure();
  },
  measure(): void {
    void measure();
  },
  /** A pilot of the page, as the file somebody would bring. */
  async tryPilot(run: Run, initiative: SimulatedInitiative): Promise<void> {
    const { initiative_id, catalog, demand, effect, design, flaws, method: world } = initiative;
    const mine = begin();
    phase = 'reading';
    file = null;
    progress = null;
    try {
      const sample = await session.pilotSample(
        {
          stage: 'pilot',
          seed: run.scenario.seed,
          replication: run.replication,
          confidence_level: run.scenario.confidence_level,
          n_products: catalog.n_products,
          world: { initiative_id, catalog, demand, effect, design, flaws, method: world },
        },
        mine.signal,
      );
      if (underWay !== mine) return;
      method = sample.question.method;
      chosen = { ...chosen, [method]: sample.question.parameters };
      sampleOf = initiative_id;
      await take(new File([sample.csv], sample.name, { type: 'text/csv' }), {});
    } catch (cause) {
      giveUp(mine, cause, 'empty');
    }
  },
  /** The text of the file in hand, for saving. */
  text(): Promise<string> {
    return file?.text() ?? Promise.resolve('');
  },
  cancel(): void {
    const was = underWay;
    underWay = null;
    isAskedAgain = false;
    was?.abort();
    measuring = false;
    if (phase === 'reading') phase = table === null ? 'empty' : 'ready';
    if (phase === 'empty') file = null;
  },
  /** Lets go of the file and of everything that was read from it. What was chosen is kept while the page is open. */
  forget(): void {
    this.cancel();
    session.close();
    forgetSample();
    clear();
  },
};

async function take(next: File, how: Readonly<Record<string, ReadAs>>): Promise<void> {
  const mine = begin();
  const isAnother = next !== file;
  if (isAnother) {
    table = null;
    answered = null;
  }
  file = next;
  phase = 'reading';
  progress = { pass: 1, bytes: 0, total: next.size };
  try {
    const opened = await session.open(next, {
      read: { readAs: $state.snapshot(how) },
      signal: mine.signal,
      onProgress: (now) => {
        if (underWay === mine) progress = now;
      },
    });
    if (underWay !== mine) return;
    underWay = null;
    readAs = how;
    issues = opened.ok ? opened.summary.issues : opened.issues;
    table = opened.ok ? opened.summary : null;
    phase = opened.ok ? 'ready' : 'unusable';
    if (opened.ok) await measure();
  } catch (cause) {
    giveUp(mine, cause, 'unusable');
  }
}

/** Asks the question in hand; while one is being answered, the last one put is asked next. */
async function measure(): Promise<void> {
  if (phase !== 'ready' || open.length > 0) return;
  if (measuring) {
    isAskedAgain = true;
    return;
  }
  const mine = begin();
  measuring = true;
  try {
    const question = $state.snapshot({ method, parameters }) as OwnQuestion;
    const answer = await session.measure({ initiative_id: 'data', ...question }, mine.signal);
    if (underWay !== mine) return;
    answered = { question, answer };
    measuring = false;
    underWay = null;
    if (isAskedAgain) {
      isAskedAgain = false;
      await measure();
    }
  } catch (cause) {
    if (underWay === mine) measuring = false;
    giveUp(mine, cause, 'ready');
  }
}

function begin(): AbortController {
  underWay?.abort();
  measuring = false;
  isAskedAgain = false;
  trouble = null;
  underWay = new AbortController();
  return underWay;
}

function giveUp(mine: AbortController, cause: unknown, next: OwnDataPhase): void {
  if (underWay !== mine) return;
  underWay = null;
  phase = next;
  if (next === 'unusable') issues = noIssues;
  trouble = words(cause);
}

function words(cause: unknown): string {
  const { name, message } = cause instanceof Error ? cause : { name: '', message: String(cause) };
  // A file that changed on disk reads as a network error, though nothing goes over any network.
  if (name === 'NotReadableError' || name === 'NotFoundError' || /^network error$|could not be (read|found)/i.test(message))
    return 'The file can no longer be read: it was changed, moved or taken away. Choose it again.';
  if (/out of memory|array buffer allocation|Invalid array length/i.test(message))
    return `There is not enough memory for this (${message}).`;
  return message;
}

function clear(): void {
  phase = 'empty';
  file = null;
  progress = null;
  table = null;
  issues = noIssues;
  readAs = {};
  trouble = null;
  answered = null;
}

/** The question outlasts a reload; the file has to be chosen again. What was asked of a pilot is not anybody's own. */
function keep(): void {
  const { [method]: current = {}, ...others } = chosen;
  keepForReload(key, { method, chosen: sampleOf === null ? { ...others, [method]: current } : others });
}

function chosenBefore(): Chosen {
  const kept = before['chosen'];
  if (typeof kept !== 'object' || kept === null) return {};
  return Object.fromEntries(
    methodDescriptions.flatMap(({ id }) => {
      const values: unknown = Object.hasOwn(kept, id) ? (kept as Readonly<Record<string, unknown>>)[id] : null;
      return typeof values === 'object' && values !== null ? [[id, values as Readonly<Record<string, unknown>>]] : [];
    }),
  );
}

/** What was asked of a pilot says nothing about anybody's own file. */
function forgetSample(): void {
  if (sampleOf === null) return;
  const { [method]: _sample, ...others } = chosen;
  chosen = others;
  sampleOf = null;
}

/** What was chosen for another file counts where this one has the columns too. */
function existing(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const names = new Set(table?.columns.map(({ name }) => name));
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => {
      const kind = description?.parameters[name as keyof typeof description.parameters] as { kind: string } | undefined;
      if (kind?.kind === 'column' && typeof value === 'string' && !names.has(value)) return [];
      if (kind?.kind === 'columns' && Array.isArray(value)) return [[name, value.filter((item) => names.has(item as string))]];
      return [[name, value]];
    }),
  );
}

function isSame(a: OwnQuestion, b: OwnQuestion): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** What is wrong with one field of the question, by the last answer; null where nothing is. */
export function problemOf({ answer }: AnsweredQuestion, name: string): string | null {
  if (answer.ok) return null;
  const mine = answer.issues.filter((issue: Issue) => issue.path === name || issue.path.startsWith(`${name}.`));
  return mine.length === 0 ? null : mine.map(({ message }) => message).join('; ');
}

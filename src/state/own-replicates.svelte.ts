import { spawnOwnDataWorker } from '../engine/browser-worker.ts';
import { ownDataSession, type ReadProgress, type ReplicatesAnswer } from '../engine/own-data-session.ts';
import type { TableSummary } from '../interchange/csv-assemble.ts';
import type { FileIssues } from '../interchange/csv-issues.ts';
import { guessGroupColumns, takenColumns, type PartColumns, type ReplicatePart } from '../interchange/replicates-columns.ts';
import type { ReplicatesQuestion } from '../interchange/replicates-question.ts';
import { keepSaidOfReplicates, keptSaidOfReplicates } from './kept-replicates-question.ts';

export type OwnReplicatesPhase = 'empty' | 'reading' | 'unusable' | 'ready';
export type DiagnosedReplicates = { readonly question: ReplicatesQuestion; readonly answer: ReplicatesAnswer };

const session = ownDataSession(spawnOwnDataWorker);
const noIssues: FileIssues = { listed: [], errors: 0, notes: 0 };
const usualLevel = 0.95;

let phase = $state<OwnReplicatesPhase>('empty');
let file = $state.raw<File | null>(null);
let progress = $state.raw<ReadProgress | null>(null);
let table = $state.raw<TableSummary | null>(null);
let issues = $state.raw<FileIssues>(noIssues);
/** A worker that died, a file that went away. */
let trouble = $state<string | null>(null);
let chosen = $state.raw<Partial<PartColumns>>({});
let truth = $state<number | null>(null);
let level = $state(usualLevel);
let by = $state.raw<readonly string[]>([]);
let answered = $state.raw<DiagnosedReplicates | null>(null);
let diagnosing = $state(false);

let underWay: AbortController | null = null;
let isAskedAgain = false;

const names = $derived(table?.columns.flatMap(({ name, kind }) => (kind === 'left_out' ? [] : [name])) ?? []);
const taken = $derived(takenColumns(names, { columns: chosen, truth }));
const question = $derived<ReplicatesQuestion>({ columns: taken, truth, level, power_df: null, by });
/** Without these there is nothing to work out. */
const isComplete = $derived(taken.estimate !== null && (truth !== null || taken.truth !== null));

/** Anyone's replications from a file, what is asked of them, and the answer. The file stays in its worker. */
export const ownReplicates = {
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
  get question() {
    return question;
  },
  get isComplete() {
    return isComplete;
  },
  get diagnosing() {
    return diagnosing;
  },
  get answered() {
    return answered;
  },

  choose: (next: File): Promise<void> => take(next, null),
  /** Text that was pasted, as the file it could be. */
  paste: (text: string): Promise<void> => take(new File([text], 'pasted cells', { type: 'text/csv' }), null),
  /** A small simulation, as somebody's file. */
  async tryExample(): Promise<void> {
    const { exampleReplicates, exampleTruth } = await import('../interchange/replicates-example.ts');
    await take(new File([exampleReplicates()], 'mean and median of 8.csv', { type: 'text/csv' }), exampleTruth);
  },
  setColumn(part: ReplicatePart, name: string | null): void {
    chosen = { ...chosen, [part]: name };
    if (part === 'truth' && name !== null) truth = null;
    saidMore();
  },
  setTruth(value: number | null): void {
    truth = value;
    saidMore();
  },
  setLevel(value: number): void {
    level = value;
    saidMore();
  },
  setBy(columns: readonly string[]): void {
    by = columns;
    saidMore();
  },
  /** Once more, after a worker was lost. */
  again: (): Promise<void> => (phase === 'ready' ? diagnose() : file === null ? Promise.resolve() : take(file, truth)),
  cancel(): void {
    stop();
    if (phase === 'reading') clear();
  },
  /** Lets go of the file and of everything that was read from it. */
  forget(): void {
    stop();
    session.close();
    clear();
  },
};

async function take(next: File, itsTruth: number | null): Promise<void> {
  const mine = begin();
  clear();
  file = next;
  phase = 'reading';
  progress = { pass: 1, bytes: 0, total: next.size };
  try {
    const opened = await session.open(next, {
      signal: mine.signal,
      onProgress: (now) => {
        if (underWay === mine) progress = now;
      },
    });
    if (underWay !== mine) return;
    issues = opened.ok ? opened.summary.issues : opened.issues;
    phase = opened.ok ? 'ready' : 'unusable';
    if (!opened.ok) return;
    table = opened.summary;
    truth = itsTruth;
    by = groupsIn(opened.summary);
    const before = itsTruth === null ? keptSaidOfReplicates(names) : null;
    if (before !== null) ({ chosen, truth, level, by } = before);
    await diagnose();
  } catch (cause) {
    giveUp(mine, cause, 'unusable');
  }
}

function saidMore(): void {
  keepSaidOfReplicates(names, { chosen, truth, level, by });
  void diagnose();
}

/** Asks the question in hand; while one is being answered, the last one put is asked next. */
async function diagnose(): Promise<void> {
  if (phase !== 'ready') return;
  if (!isComplete) {
    answered = null;
    return;
  }
  if (diagnosing) {
    isAskedAgain = true;
    return;
  }
  const mine = begin();
  diagnosing = true;
  try {
    const asked: ReplicatesQuestion = { ...question, by: [...by] };
    const answer = await session.diagnose(asked, mine.signal);
    if (underWay !== mine) return;
    answered = { question: asked, answer };
    diagnosing = false;
    underWay = null;
    if (!isAskedAgain) return;
    isAskedAgain = false;
    await diagnose();
  } catch (cause) {
    giveUp(mine, cause, 'ready');
  }
}

/** Columns whose names say that they tell methods or settings apart, where they do. */
function groupsIn({ columns }: TableSummary): readonly string[] {
  const varied = columns.filter(({ levelCount, least, greatest }) => (levelCount === null ? least !== greatest : levelCount > 1));
  return guessGroupColumns(varied.map(({ name }) => name));
}

function begin(): AbortController {
  stop();
  trouble = null;
  underWay = new AbortController();
  return underWay;
}

function stop(): void {
  underWay?.abort();
  underWay = null;
  diagnosing = false;
  isAskedAgain = false;
}

function giveUp(mine: AbortController, cause: unknown, next: OwnReplicatesPhase): void {
  if (underWay !== mine) return;
  underWay = null;
  diagnosing = false;
  phase = next;
  trouble = cause instanceof Error ? cause.message : String(cause);
}

function clear(): void {
  phase = 'empty';
  file = null;
  progress = null;
  table = null;
  issues = noIssues;
  chosen = {};
  truth = null;
  level = usualLevel;
  by = [];
  answered = null;
}

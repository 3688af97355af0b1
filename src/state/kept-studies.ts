import { createStore, get, promisifyRequest } from 'idb-keyval';
import { digestOf } from '../core/contracts/digest.ts';
import type { Scenario } from '../core/scenario/scenario.ts';
import { readStudy, studyDocument } from '../core/study/study-document.ts';
import type { StudyPlan } from '../core/study/study-plan.ts';
import { replicationsDone, type StudyTally } from '../core/study/study-tally.ts';

/** A study that is kept on this machine, to go on with after the page was closed. */
export type KeptStudy = {
  /** Of scenario and settings: two pages that run the same study keep it once, as far as either has come. */
  readonly key: string;
  readonly scenario: string;
  readonly extent: string;
  readonly effect: string;
  readonly done: number;
  readonly planned: number;
};

type Whole = { readonly plan: StudyPlan; readonly tally: StudyTally };

/** So many are kept, the last ones. */
export const studiesKept = 5;
/** A study whose single estimates take more room than this is not kept. */
const mostBytes = 16_000_000;
const list = 'list';

let opened: ReturnType<typeof createStore> | undefined;
const store = () => (opened ??= createStore('impact-workbench-studies', 'studies'));

/**
 * Keeps the study as far as it has come, and tells how many milliseconds that held the page up. Rejects where the browser keeps nothing, or has no
 * room left.
 */
export async function keepStudy(study: Whole): Promise<number> {
  const bytes = [...study.tally.kept.rows.values()].reduce((sum, { figures }) => sum + figures.byteLength, 0);
  if (bytes > mostBytes) throw new Error(`it holds ${Math.round(bytes / 1e6)} MB of single estimates`);
  const mine = summaryOf(study);
  let tookMs = 0;
  await changeList((before, studies) => {
    const begun = performance.now();
    const longest = before.find(({ key, done }) => key === mine.key && done > mine.done);
    // The same study is the same replications in the same order: the longer one holds the shorter.
    if (longest === undefined) studies.put(study, mine.key);
    const all = [longest ?? mine, ...before.filter(({ key }) => key !== mine.key)];
    for (const { key } of all.slice(studiesKept)) studies.delete(key);
    tookMs = performance.now() - begun;
    return all.slice(0, studiesKept);
  });
  return tookMs;
}

/** The studies of a scenario that are kept, the last one first; none where the browser keeps nothing. */
export async function keptStudiesOf(scenario: Scenario): Promise<readonly KeptStudy[]> {
  try {
    const digest = digestOf(scenario);
    return ((await get<readonly KeptStudy[]>(list, store())) ?? []).filter((study) => study.scenario === digest);
  } catch {
    return [];
  }
}

/** Null where it is gone, or was kept by a version of the page that wrote it otherwise; it is then forgotten. */
export async function readKeptStudy({ key }: KeptStudy): Promise<Whole | null> {
  try {
    const kept = await get<Whole>(key, store());
    return kept === undefined ? null : readStudy(studyDocument(kept.plan, kept.tally, null));
  } catch {
    await forgetKeptStudy(key).catch(() => undefined);
    return null;
  }
}

export function forgetKeptStudy(forgotten: string): Promise<void> {
  return changeList((before, studies) => {
    studies.delete(forgotten);
    return before.filter(({ key }) => key !== forgotten);
  });
}

/** In one transaction: no other window comes between. */
function changeList(change: (before: readonly KeptStudy[], studies: IDBObjectStore) => readonly KeptStudy[]): Promise<void> {
  return store()(
    'readwrite',
    (studies) =>
      new Promise<void>((resolve, reject) => {
        const asked = studies.get(list) as IDBRequest<readonly KeptStudy[] | undefined>;
        asked.onerror = () => reject(asked.error ?? new Error('the list of studies cannot be read'));
        asked.onsuccess = () => {
          try {
            studies.put(change(asked.result ?? [], studies), list);
            promisifyRequest(studies.transaction).then(resolve, reject);
          } catch (error) {
            reject(error instanceof Error ? error : new Error(String(error)));
          }
        };
      }),
  );
}

function summaryOf({ plan: { scenario, settings, replications }, tally }: Whole): KeptStudy {
  const { extent, effect } = settings;
  return {
    key: digestOf({ scenario, settings }),
    scenario: digestOf(scenario),
    extent,
    effect,
    done: replicationsDone(tally),
    planned: replications,
  };
}

import type { OpenedTable, OwnAnswer, OwnDataApi, ReadProgress, ReplicatesAnswer } from '../../workers/own-data-api.ts';
import type { Issue } from '../core/contracts/input-error.ts';
import type { MeasureTask } from '../core/measure-initiative.ts';
import type { TableQuestion } from '../core/measure-table.ts';
import type { ReadOptions } from '../interchange/csv-scan.ts';
import type { PilotFile } from '../interchange/pilot-file.ts';
import type { ReplicatesQuestion } from '../interchange/replicates-question.ts';

export type { OwnAnswer, ReadProgress, ReplicatesAnswer };

/** A worker that reads files. `died` resolves, with the reason, if it stops without being told to. */
export type OwnDataWorker = { readonly api: OwnDataApi; readonly died: Promise<string>; readonly terminate: () => void };

export type OpenOptions = {
  readonly read?: ReadOptions;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: ReadProgress) => void;
};

/** The worker stopped in the middle of its work. The next request starts another one. */
export class WorkerLostError extends Error {}

type Refusal = { readonly ok: false; readonly issues: readonly Issue[] };

/** `worker` is null where the table is gone and the file must be read again. */
type Opened = { readonly file: Blob; readonly read: ReadOptions; readonly worker: OwnDataWorker | null; readonly handle: number };

/**
 * One file at a time, in a worker of its own that is started when needed. What is aborted ends at once, by ending the worker;
 * the file is then read again, unasked, when the next question is put to it.
 */
export function ownDataSession(spawn: () => OwnDataWorker) {
  let worker: OwnDataWorker | null = null;
  let opened: Opened | null = null;

  async function open(file: Blob, { read = {}, signal, onProgress = () => undefined }: OpenOptions): Promise<OpenedTable> {
    const before = opened;
    opened = null;
    if (before?.worker != null && before.worker === worker) void before.worker.api.releaseTable(before.handle).catch(() => undefined);
    try {
      const table = await ask(signal, (api) => api.openTable(file, read, onProgress));
      if (table.ok) opened = { file, read, worker, handle: table.handle };
      return table;
    } catch (cause) {
      // A reading that is given up leaves the file before it, to be read again when it is next asked about.
      opened ??= before === null ? null : { ...before, worker: null };
      throw cause;
    }
  }

  /** Puts a question to the file, which is read again before where the worker that held it is gone. */
  async function put<A>(signal: AbortSignal, request: (api: OwnDataApi, handle: number) => Promise<A>): Promise<A | Refusal> {
    if (opened === null) throw new Error('no file is open');
    if (opened.worker === null || opened.worker !== worker) {
      const again = await open(opened.file, { read: opened.read, signal });
      if (!again.ok) return { ok: false, issues: again.issues.listed.map(({ message }) => ({ path: '', message })) };
    }
    const { handle } = opened;
    return ask(signal, (api) => request(api, handle));
  }

  /** Settles with the answer, the signal's reason, or a WorkerLostError. */
  function ask<R>(signal: AbortSignal, request: (api: OwnDataApi) => Promise<R>): Promise<R> {
    return new Promise<R>((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const current = (worker ??= spawn());
      const onAbort = () => {
        drop(current);
        reject(signal.reason);
      };
      signal.addEventListener('abort', onAbort, { once: true });
      void current.died.then((reason) => {
        drop(current);
        reject(new WorkerLostError(`The worker that holds the file ${reason}.`));
      });
      request(current.api)
        .then(resolve, reject)
        .finally(() => signal.removeEventListener('abort', onAbort));
    });
  }

  function drop(lost: OwnDataWorker): void {
    lost.terminate();
    if (worker === lost) worker = null;
  }

  return {
    open,
    measure: (question: TableQuestion, signal: AbortSignal): Promise<OwnAnswer> =>
      put(signal, (api, handle) => api.measureOwn(handle, question)),
    /** The diagnosands of replications that the file holds. */
    diagnose: (question: ReplicatesQuestion, signal: AbortSignal): Promise<ReplicatesAnswer> =>
      put(signal, (api, handle) => api.diagnoseOwn(handle, question)),
    pilotSample: (task: MeasureTask, signal: AbortSignal): Promise<PilotFile> => ask(signal, (api) => api.pilotSample(task)),
    /** Forgets the file and ends the worker. */
    close(): void {
      opened = null;
      if (worker !== null) drop(worker);
    },
  };
}

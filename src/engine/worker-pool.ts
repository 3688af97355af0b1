import type { ResultOf, Task, TaskResult } from '../core/stage-tasks.ts';
import type { PipelineApi } from '../../workers/pipeline-api.ts';
import type { CatalogPageQuery, CatalogRow } from '../core/simulate/catalog-page.ts';
import type { Runner } from './runner.ts';
import type { StudyRunner } from './study-runner.ts';

/** A worker the pool can talk to. `died` resolves, with the reason, if it stops without being told to. */
export type PoolWorker = {
  readonly api: PipelineApi;
  readonly died: Promise<string>;
  readonly terminate: () => void;
};

export type PoolOptions = {
  readonly size: number;
  readonly spawn: () => PoolWorker;
  /** A task that has not answered by then counts as hung. */
  readonly deadlineMs?: number;
  /** How long an abandoned task may still occupy its worker. */
  readonly graceMs?: number;
  readonly onNotice?: (notice: string) => void;
};

export type WorkerPool = Runner & StudyRunner & { readonly catalogPage: (query: CatalogPageQuery) => Promise<readonly CatalogRow[]> };

type Job<R = unknown> = {
  readonly call: (api: PipelineApi) => Promise<R>;
  readonly resolve: (result: R) => void;
  readonly reject: (reason: unknown) => void;
  readonly signal: AbortSignal;
  /** Waits until nothing else is to be done: somebody looks at a run, nobody waits for one replication of a study. */
  readonly patient: boolean;
  attempts: number;
};
type Slot = { worker: PoolWorker | null; job: Job | null };

const attemptsAllowed = 2;

/**
 * Up to `size` workers, started when needed. A worker that dies or hangs is replaced and its job tried once more; a job whose
 * signal is aborted leaves the queue at once, and its worker is replaced if it does not come free soon.
 */
export function workerPool(options: PoolOptions): WorkerPool {
  const { size, spawn, deadlineMs = 120_000, graceMs = 250, onNotice = () => undefined } = options;
  const slots: Slot[] = Array.from({ length: size }, () => ({ worker: null, job: null }));
  let queue: Job[] = [];
  let disposed = false;

  function submit<R>(call: (api: PipelineApi) => Promise<R>, signal: AbortSignal, patient = false): Promise<R> {
    return new Promise<R>((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const onAbort = () => abandon(job as Job);
      const settled = () => signal.removeEventListener('abort', onAbort);
      const job: Job<R> = {
        call,
        resolve: (result) => (settled(), resolve(result)),
        reject: (reason) => (settled(), reject(reason)),
        signal,
        patient,
        attempts: 0,
      };
      signal.addEventListener('abort', onAbort);
      queue = patient ? [...queue, job as Job] : [...queue.filter((other) => !other.patient), job as Job, ...queue.filter((other) => other.patient)];
      dispatch();
    });
  }

  function dispatch(): void {
    for (const slot of slots) {
      if (slot.job !== null || disposed) continue;
      const job = queue.shift();
      if (job === undefined) return;
      void occupy(slot, job);
    }
  }

  async function occupy(slot: Slot, job: Job): Promise<void> {
    slot.job = job;
    job.attempts += 1;
    slot.worker ??= spawn();
    const worker = slot.worker;
    const outcome = await settle(worker, job);
    if (slot.worker !== worker) return;
    if (outcome.kind === 'lost') replace(slot, outcome.reason);
    else {
      slot.job = null;
      if (outcome.kind === 'result') job.resolve(outcome.result);
      else job.reject(outcome.error);
    }
    dispatch();
  }

  type Outcome = { kind: 'result'; result: unknown } | { kind: 'error'; error: unknown } | { kind: 'lost'; reason: string };

  function settle(worker: PoolWorker, job: Job): Promise<Outcome> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const hung = new Promise<Outcome>((resolve) => {
      timer = setTimeout(() => resolve({ kind: 'lost', reason: 'did not answer in time' }), deadlineMs);
    });
    const answered = job.call(worker.api).then(
      (result): Outcome => ({ kind: 'result', result }),
      (error: unknown): Outcome => ({ kind: 'error', error }),
    );
    const died = worker.died.then((reason): Outcome => ({ kind: 'lost', reason }));
    return Promise.race([answered, died, hung]).finally(() => clearTimeout(timer));
  }

  function replace(slot: Slot, reason: string): void {
    const job = slot.job;
    slot.worker?.terminate();
    slot.worker = null;
    slot.job = null;
    if (job === null || job.signal.aborted) return;
    if (job.attempts < attemptsAllowed) {
      onNotice(`A worker ${reason}. It was replaced and its work started again.`);
      // In the new worker, not in an old one that may be about to go the same way.
      void occupy(slot, job);
    } else job.reject(new Error(`two workers in a row ${reason} on the same work`));
  }

  function abandon(job: Job): void {
    queue = queue.filter((queued) => queued !== job);
    job.reject(job.signal.reason);
    setTimeout(() => {
      const slot = slots.find((candidate) => candidate.job === job);
      if (slot === undefined) return;
      replace(slot, 'was stopped');
      dispatch();
    }, graceMs);
  }

  return {
    size,
    run: <T extends Task>(task: T, signal: AbortSignal) => submit<TaskResult>((api) => api.runTask(task), signal) as Promise<ResultOf<T>>,
    replicate: (request, signal) => submit((api) => api.replicate(request), signal, true),
    splitRegret: (plan, average, signal) => submit((api) => api.splitRegret(plan, average), signal, true),
    catalogPage: (query) => submit((api) => api.catalogPage(query), new AbortController().signal),
    dispose() {
      disposed = true;
      for (const slot of slots) slot.worker?.terminate();
      for (const job of queue) job.reject(new Error('the worker pool was closed'));
      queue = [];
    },
  };
}

import * as Comlink from 'comlink';
import type { BrowserPipelineApi } from '../../workers/pipeline.worker.ts';
import type { OwnDataWorker } from './own-data-session.ts';
import type { PoolWorker } from './worker-pool.ts';

/** A worker that has not even started by then never will. */
const startLimitMs = 30_000;

/** Starts a pipeline worker in the browser. */
export function spawnBrowserWorker(): PoolWorker {
  const { api, holding, died, terminate } = startWorker('pipeline');
  return {
    api: {
      async runTask(task) {
        await holding;
        return api.runTask(task);
      },
      async catalogPage(query) {
        await holding;
        return api.catalogPage(query);
      },
    },
    died,
    terminate,
  };
}

/** Starts a worker for files of one's own: the same program, kept apart so that no run waits for it. */
export function spawnOwnDataWorker(): OwnDataWorker {
  const { api, holding, died, terminate } = startWorker('own-data');
  return {
    api: {
      async openTable(file, options, onProgress) {
        await holding;
        return api.openTable(file, options, Comlink.proxy(onProgress));
      },
      async measureOwn(handle, question) {
        await holding;
        return api.measureOwn(handle, question);
      },
      releaseTable: (handle) => api.releaseTable(handle),
      async pilotSample(task) {
        await holding;
        return api.pilotSample(task);
      },
    },
    died,
    terminate,
  };
}

function startWorker(name: string) {
  const worker = new Worker(new URL('../../workers/pipeline.worker.ts', import.meta.url), { type: 'module', name: 'pipeline' });
  const api = Comlink.wrap<BrowserPipelineApi>(worker);
  const watch = new AbortController();
  const lockName = `impact-workbench-${name}-${nextName()}`;
  // No task before the lock is held: a worker that dies on its first task is noticed as quickly as any other.
  const holding: Promise<boolean> = api.hold(lockName);
  const died = new Promise<string>((resolve) => {
    worker.addEventListener('error', (event) => resolve(`failed${event.message ? ` (${event.message})` : ' to start'}`));
    worker.addEventListener('messageerror', () => resolve('sent something unreadable'));
    void whenLockIsFreed(lockName, holding, watch.signal).then(resolve);
  });
  return {
    api,
    holding,
    died,
    terminate: () => {
      watch.abort();
      worker.terminate();
    },
  };
}

/** A lock held by the worker comes free only when the worker is gone. Never resolves where locks are not to be had. */
async function whenLockIsFreed(lockName: string, holding: Promise<boolean>, signal: AbortSignal): Promise<string> {
  const started = await Promise.race([holding, after(startLimitMs)]);
  if (started === 'late') return 'did not start';
  if (!started) return never;
  await navigator.locks.request(lockName, { signal }, () => undefined).catch(() => never);
  return 'stopped unexpectedly';
}

const never = new Promise<never>(() => undefined);

function after(milliseconds: number): Promise<'late'> {
  return new Promise((resolve) => setTimeout(() => resolve('late'), milliseconds));
}

/** Unique among all tabs of this origin. */
function nextName(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (word) => word.toString(16)).join('');
}

import * as Comlink from 'comlink';
import type { BrowserPipelineApi } from '../../workers/pipeline.worker.ts';
import type { OwnDataWorker } from './own-data-session.ts';
import { watchWorker } from './watched-worker.ts';
import type { PoolWorker } from './worker-pool.ts';

/** Starts a pipeline worker in the browser. */
export function spawnBrowserWorker(): PoolWorker {
  const { api, holding, died, terminate } = startWorker('pipeline');
  return {
    api: {
      async runTask(task) {
        await holding;
        return api.runTask(task);
      },
      async replicate(request) {
        await holding;
        return api.replicate(request);
      },
      async splitRegret(plan, average) {
        await holding;
        return api.splitRegret(plan, average);
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
      async diagnoseOwn(handle, question) {
        await holding;
        return api.diagnoseOwn(handle, question);
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
  return watchWorker(worker, Comlink.wrap<BrowserPipelineApi>(worker), name);
}

import { Worker } from 'node:worker_threads';
import * as Comlink from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import type { PipelineApi } from '../../workers/pipeline-api.ts';
import type { PoolWorker } from '../engine/worker-pool.ts';

/** Starts a pipeline worker as a node thread. */
export function spawnNodeWorker(): PoolWorker {
  const worker = new Worker(new URL('./pipeline-thread.ts', import.meta.url), { execArgv: ['--import', 'tsx'] });
  const api = Comlink.wrap<PipelineApi>(nodeEndpoint(worker));
  const died = new Promise<string>((resolve) => {
    worker.on('error', (error) => resolve(`failed (${error instanceof Error ? error.message : String(error)})`));
    worker.on('exit', () => resolve('stopped unexpectedly'));
  });
  return {
    api: { runTask: (task) => api.runTask(task), catalogPage: (query) => api.catalogPage(query) },
    died,
    terminate: () => void worker.terminate(),
  };
}

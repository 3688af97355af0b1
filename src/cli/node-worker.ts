import { Worker } from 'node:worker_threads';
import * as Comlink from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import type { PipelineApi } from '../../workers/pipeline-api.ts';
import type { PoolWorker } from '../engine/worker-pool.ts';

/** Node 20 loads the first file of a thread before any loader is there: the thread begins with this and fetches the TypeScript itself. */
const bootstrap = `
  const { workerData } = require('node:worker_threads');
  import('tsx/esm/api').then(({ register }) => {
    register();
    return import(workerData);
  });
`;

/** Starts a pipeline worker as a node thread: from the source, or beside it where both were built. */
export function spawnNodeWorker(): PoolWorker {
  const isSource = import.meta.url.endsWith('.ts');
  const thread = new URL(isSource ? './pipeline-thread.ts' : './pipeline-thread.js', import.meta.url);
  const worker = isSource ? new Worker(bootstrap, { eval: true, workerData: thread.href }) : new Worker(thread);
  const api = Comlink.wrap<PipelineApi>(nodeEndpoint(worker));
  const died = new Promise<string>((resolve) => {
    worker.on('error', (error) => resolve(`failed (${error instanceof Error ? error.message : String(error)})`));
    worker.on('exit', () => resolve('stopped unexpectedly'));
  });
  return {
    api: {
      runTask: (task) => api.runTask(task),
      replicate: (request) => api.replicate(request),
      splitRegret: (plan, average) => api.splitRegret(plan, average),
      catalogPage: (query) => api.catalogPage(query),
    },
    died,
    terminate: () => void worker.terminate(),
  };
}

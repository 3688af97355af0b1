import { parentPort } from 'node:worker_threads';
import * as Comlink from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import { loadHighsSolver } from '../../workers/highs-solver.ts';
import { pipelineApi } from '../../workers/pipeline.ts';

if (parentPort === null) throw new Error('pipeline-thread runs as a worker thread only');
Comlink.expose(
  pipelineApi(() => loadHighsSolver()),
  nodeEndpoint(parentPort),
);

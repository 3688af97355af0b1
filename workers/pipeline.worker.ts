import * as Comlink from 'comlink';
import wasmUrl from 'highs/runtime?url';
import { holdLock } from './hold-lock.ts';
import { ownDataApi } from './own-data.ts';
import { pipelineApi } from './pipeline.ts';

/** The browser worker. Holding a lock for as long as it lives lets the page notice its death at once. */
const api = {
  ...pipelineApi(async () => (await import('./highs-solver.ts')).loadHighsSolver({ wasmUrl })),
  ...ownDataApi(),
  hold: holdLock,
};
export type BrowserPipelineApi = typeof api;

Comlink.expose(api, self as unknown as Comlink.Endpoint);

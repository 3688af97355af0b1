import * as Comlink from 'comlink';
import wasmUrl from 'highs/runtime?url';
import { ownDataApi } from './own-data.ts';
import { pipelineApi } from './pipeline.ts';

/** The browser worker. Holding a lock for as long as it lives lets the page notice its death at once. */
const api = {
  ...pipelineApi(async () => (await import('./highs-solver.ts')).loadHighsSolver({ wasmUrl })),
  ...ownDataApi(),
  async hold(lockName: string): Promise<boolean> {
    if (!('locks' in navigator)) return false;
    return new Promise((resolve) => {
      void navigator.locks.request(lockName, () => {
        resolve(true);
        return new Promise(() => undefined);
      });
    });
  },
};
export type BrowserPipelineApi = typeof api;

Comlink.expose(api, self as unknown as Comlink.Endpoint);

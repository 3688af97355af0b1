import * as Comlink from 'comlink';
import { holdLock } from './hold-lock.ts';
import { labApi } from './lab.ts';

/** The lab's worker: small, without a solver, and never behind a run. */
const api = { ...labApi(), hold: holdLock };
export type BrowserLabApi = typeof api;

Comlink.expose(api, self as unknown as Comlink.Endpoint);

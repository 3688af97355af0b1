import { spawnBrowserWorker } from '../engine/browser-worker.ts';
import { workerPool } from '../engine/worker-pool.ts';

/** More workers than cores make nothing faster. */
const size = Math.max(1, Math.min(4, navigator.hardwareConcurrency || 2));
const listeners = new Set<(notice: string) => void>();

/** The page's workers: a run goes before a study. */
export const pool = workerPool({ size, spawn: spawnBrowserWorker, onNotice: (notice) => listeners.forEach((listen) => listen(notice)) });

/** Calls `listen` with what went wrong and was mended. */
export function onPoolNotice(listen: (notice: string) => void): void {
  listeners.add(listen);
}

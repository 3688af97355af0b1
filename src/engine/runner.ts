import type { ResultOf, Task } from '../core/stage-tasks.ts';

/** Somewhere tasks can run. Results do not depend on where or in which order. */
export type Runner = {
  /** How many tasks may run at once. */
  readonly size: number;
  /** Rejects with the signal's reason once aborted. */
  readonly run: <T extends Task>(task: T, signal: AbortSignal) => Promise<ResultOf<T>>;
  readonly dispose: () => void;
};

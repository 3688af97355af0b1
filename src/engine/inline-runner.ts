import { runTask, type Ports, type ResultOf, type Task } from '../core/stage-tasks.ts';
import type { Runner } from './runner.ts';

/** Runs every task on the spot: for tests and for programs without workers. */
export function inlineRunner(ports: Ports): Runner {
  return {
    size: 1,
    run: async <T extends Task>(task: T, signal: AbortSignal) => {
      signal.throwIfAborted();
      return runTask(task, ports) as ResultOf<T>;
    },
    dispose: () => undefined,
  };
}

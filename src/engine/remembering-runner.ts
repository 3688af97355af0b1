import type { ResultOf, Task, TaskResult } from '../core/stage-tasks.ts';
import type { Runner } from './runner.ts';

/**
 * Remembers the results of the last tasks. A task holds all that its result depends on, so after an edit only what depends
 * on it runs again: a new budget measures nothing anew.
 */
export function rememberingRunner(inner: Runner, capacity: number): Runner {
  const remembered = new Map<string, TaskResult>();
  return {
    size: inner.size,
    dispose: inner.dispose,
    run: async <T extends Task>(task: T, signal: AbortSignal) => {
      const key = JSON.stringify(task);
      const known = remembered.get(key);
      const result = known ?? (await inner.run(task, signal));
      remembered.delete(key);
      remembered.set(key, result);
      if (remembered.size > capacity) remembered.delete(remembered.keys().next().value as string);
      return result as ResultOf<T>;
    },
  };
}

import type { Run } from '../core/contracts/run.ts';
import { impactLoop } from '../core/pipeline.ts';
import type { Scenario } from '../core/scenario/scenario.ts';
import { initiativeOf, type Task, type TaskResult } from '../core/stage-tasks.ts';
import { progressCounter, type Progress } from './progress.ts';
import type { Runner } from './runner.ts';

export type RunOptions = {
  readonly replication?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** Called with every result as it comes, in whatever order. */
  readonly onResult?: (task: Task, result: TaskResult) => void;
};

/** A task that could not be done, with the stage and the initiative it was about. */
export class StageError extends Error {
  readonly stage: string;
  readonly initiative: string | null;

  constructor(task: Task, cause: unknown) {
    const initiative = initiativeOf(task);
    const subject = initiative === null ? task.stage : `${task.stage} of ${initiative}`;
    super(`${subject}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.name = 'StageError';
    this.stage = task.stage;
    this.initiative = initiative;
  }
}

/**
 * Runs the loop with at most `max_workers` tasks at once. Rejects with the signal's reason when aborted, or with the first
 * StageError; either way no further task is started.
 */
export async function runScenario(scenario: Scenario, runner: Runner, options: RunOptions = {}): Promise<Run> {
  const stop = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
  const progress = progressCounter(options.onProgress ?? (() => undefined));
  const loop = impactLoop(scenario, options.replication ?? 0);
  try {
    let step = loop.next();
    while (!step.done) {
      const tasks = step.value;
      const first = progress.announce(tasks);
      step = loop.next(await runAll(tasks, scenario.max_workers, (task, i) => runOne(task, first + i)));
    }
    return step.value;
  } finally {
    stop.abort();
  }

  async function runOne(task: Task, index: number): Promise<TaskResult> {
    signal.throwIfAborted();
    progress.mark(index, 'running');
    try {
      const result = await runner.run(task, signal);
      progress.mark(index, 'done');
      options.onResult?.(task, result);
      return result;
    } catch (cause) {
      if (signal.aborted) throw signal.reason;
      throw new StageError(task, cause);
    }
  }
}

/** Applies `work` to every item with at most `limit` under way; results keep the items' order. */
async function runAll<T, R>(items: readonly T[], limit: number, work: (item: T, index: number) => Promise<R>): Promise<R[]> {
  const results: R[] = new Array<R>(items.length);
  let next = 0;
  const lanes = Array.from({ length: Math.min(limit, items.length) }, async () => {
    while (next < items.length) {
      const index = next;
      next += 1;
      results[index] = await work(items[index] as T, index);
    }
  });
  await Promise.all(lanes);
  return results;
}

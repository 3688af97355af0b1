import { allocate } from './allocate/index.ts';
import type { Allocation, AllocationProblem } from './allocate/decision-rule.ts';
import type { Solver } from './allocate/solver.ts';
import type { EvaluateResult } from './contracts/evaluate-result.ts';
import type { MeasuredInitiative, Measurement } from './contracts/run.ts';
import { evaluate } from './evaluate/evaluate.ts';
import { measureInitiative, type MeasureTask } from './measure-initiative.ts';

export type EvaluateTask = {
  readonly stage: 'evaluate';
  readonly measured: MeasuredInitiative;
  readonly cost_to_scale: number;
  readonly units_at_scale: number;
};

export type AllocateTask = { readonly stage: 'allocate'; readonly question: 'choice' | 'oracle'; readonly problem: AllocationProblem };

/** One unit of work of the loop. A task holds all that its result depends on, so equal tasks have equal results. */
export type Task = MeasureTask | EvaluateTask | AllocateTask;
export type TaskResult = Measurement | EvaluateResult | Allocation;
export type ResultOf<T extends Task> = T extends MeasureTask ? Measurement : T extends EvaluateTask ? EvaluateResult : Allocation;

/** The core's one port. */
export type Ports = { readonly solver: Solver };

/** Does one task. Pure: same task, same bits, wherever it runs. */
export function runTask(task: Task, ports: Ports): TaskResult {
  switch (task.stage) {
    case 'pilot':
    case 'scale':
      return measureInitiative(task);
    case 'evaluate':
      return evaluate(task.measured, task);
    case 'allocate':
      return allocate(task.problem, ports.solver);
    default:
      return task satisfies never;
  }
}

/** The initiative a task is about; null for the ones about all of them. */
export function initiativeOf(task: Task): string | null {
  switch (task.stage) {
    case 'pilot':
    case 'scale':
      return task.world.initiative_id;
    case 'evaluate':
      return task.measured.initiative_id;
    case 'allocate':
      return null;
    default:
      return task satisfies never;
  }
}

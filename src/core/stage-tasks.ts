import { allocate } from './allocate/index.ts';
import type { Allocation, AllocationProblem } from './allocate/decision-rule.ts';
import type { Solver } from './allocate/solver.ts';
import type { EvaluateResult } from './contracts/evaluate-result.ts';
import type { Measurement } from './contracts/run.ts';
import { runEvidenceTask, type EvaluateTask, type EvidenceTask, type TruthTask } from './evidence-tasks.ts';
import type { MeasureTask } from './measure-initiative.ts';
import type { ExpectedTruth } from './simulate/expected-truth.ts';

export type AllocateTask = { readonly stage: 'allocate'; readonly question: 'choice' | 'oracle'; readonly problem: AllocationProblem };

/** One unit of work of the loop. A task holds all that its result depends on, so equal tasks have equal results. */
export type Task = EvidenceTask | AllocateTask;
export type TaskResult = Measurement | EvaluateResult | ExpectedTruth | Allocation;
export type ResultOf<T extends Task> = T extends MeasureTask
  ? Measurement
  : T extends EvaluateTask
    ? EvaluateResult
    : T extends TruthTask
      ? ExpectedTruth
      : Allocation;

/** The core's one port; null where no second opinion on decisions is wanted. */
export type Ports = { readonly solver: Solver | null };

/** Does one task. Pure: same task, same bits, wherever it runs. */
export function runTask(task: Task, ports: Ports): TaskResult {
  return task.stage === 'allocate' ? allocate(task.problem, ports.solver) : runEvidenceTask(task);
}

/** The initiative a task is about; null for the ones about all of them. */
export function initiativeOf(task: Task): string | null {
  switch (task.stage) {
    case 'pilot':
    case 'scale':
    case 'truth':
      return task.world.initiative_id;
    case 'evaluate':
      return task.measured.initiative_id;
    case 'allocate':
      return null;
    default:
      return task satisfies never;
  }
}

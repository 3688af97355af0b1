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

/** The loop's work before and after the decision: a worker that measures needs no decision rules. */
export type EvidenceTask = MeasureTask | EvaluateTask;

export function runEvidenceTask(task: EvidenceTask): Measurement | EvaluateResult {
  return task.stage === 'evaluate' ? evaluate(task.measured, task) : measureInitiative(task);
}

import type { EvaluateResult } from './contracts/evaluate-result.ts';
import type { MeasuredInitiative, Measurement } from './contracts/run.ts';
import { evaluate } from './evaluate/evaluate.ts';
import { measureInitiative, type MeasureTask } from './measure-initiative.ts';
import { expectedTruth, type ExpectedTruth } from './simulate/expected-truth.ts';
import type { SimulatedWorld } from './simulate/world.ts';

export type EvaluateTask = {
  readonly stage: 'evaluate';
  readonly measured: MeasuredInitiative;
  readonly cost_to_scale: number;
  readonly units_at_scale: number;
};

/** The expected effects in a world that is not simulated: that at scale, of an initiative whose effect changes on the way there. */
export type TruthTask = { readonly stage: 'truth'; readonly world: SimulatedWorld; readonly n_products: number };

/** The loop's work before and after the decision: a worker that measures needs no decision rules. */
export type EvidenceTask = MeasureTask | EvaluateTask | TruthTask;

export function runEvidenceTask(task: EvidenceTask): Measurement | EvaluateResult | ExpectedTruth {
  switch (task.stage) {
    case 'pilot':
    case 'scale':
      return measureInitiative(task);
    case 'evaluate':
      return evaluate(task.measured, task);
    case 'truth':
      return expectedTruth(task.world, task.n_products);
    default:
      return task satisfies never;
  }
}

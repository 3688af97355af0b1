import type { PipelineApi } from '../../workers/pipeline-api.ts';

type Cancellable<F> = F extends (...args: infer A) => infer R ? (...args: [...A, signal: AbortSignal]) => R : never;

/** Somewhere replications can run. Results do not depend on where, in which order, or in which batches. */
export type StudyRunner = {
  /** How many requests may run at once. */
  readonly size: number;
  /** Both reject with the signal's reason once aborted. */
  readonly replicate: Cancellable<PipelineApi['replicate']>;
  readonly splitRegret: Cancellable<PipelineApi['splitRegret']>;
};

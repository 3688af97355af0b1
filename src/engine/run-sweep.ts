import { sweepDocument, sweepPoint, sweepSteps } from '../core/study/sweep-document.ts';
import type { SweepDocument, SweepPlan } from '../core/study/sweep-plan.ts';
import { runStudies, type StudiesOptions, type StudiesState } from './run-studies.ts';
import type { StudyRunner } from './study-runner.ts';

export type SweepOptions = Omit<StudiesOptions, 'onFindings'> & {
  /** Called with all points so far whenever one is done, and what to go on from. */
  readonly onDocument?: (document: SweepDocument, state: StudiesState) => void;
};

export type SweepRun = { readonly end: 'complete' | 'stopped'; readonly document: SweepDocument; readonly state: StudiesState };

/**
 * A study of the scenario at each value, one after the other. Stopped, its document holds the points so far and `state` what to go
 * on from. Same bits on any number of workers. @throws InputError where path or values cannot be used.
 */
export async function runSweep(plan: SweepPlan, runner: StudyRunner, { onDocument, ...options }: SweepOptions = {}): Promise<SweepRun> {
  const steps = sweepSteps(plan);
  const documentOf = ({ findings }: StudiesState) =>
    sweepDocument(
      plan,
      steps.map((step, i) => sweepPoint(step, findings[i] ?? null)),
    );
  const { end, state } = await runStudies(
    steps.map((step) => step.plan),
    runner,
    { ...options, onFindings: (now) => onDocument?.(documentOf(now), now) },
  );
  return { end, document: documentOf(state), state };
}

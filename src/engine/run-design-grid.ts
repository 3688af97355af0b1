import { designGridDocument, designGridSteps, type DesignGridDocument, type DesignGridPlan } from '../core/study/design-grid.ts';
import { runStudies, type StudiesOptions, type StudiesState } from './run-studies.ts';
import type { StudyRunner } from './study-runner.ts';

export type DesignGridOptions = Omit<StudiesOptions, 'onFindings'> & {
  /** Called with all rows so far whenever a design is done, and what to go on from. */
  readonly onDocument?: (document: DesignGridDocument, state: StudiesState) => void;
};

export type DesignGridRun = { readonly end: 'complete' | 'stopped'; readonly document: DesignGridDocument; readonly state: StudiesState };

/** Every design, one after the other, each measured by all estimators. Same bits on any number of workers. */
export async function runDesignGrid(
  plan: DesignGridPlan,
  runner: StudyRunner,
  { onDocument, ...options }: DesignGridOptions = {},
): Promise<DesignGridRun> {
  const steps = designGridSteps(plan);
  const documentOf = ({ findings }: StudiesState, isFinal: boolean) => designGridDocument(plan, steps, findings, isFinal);
  const { end, state } = await runStudies(
    steps.map((step) => step.plan),
    runner,
    { ...options, onFindings: (now) => onDocument?.(documentOf(now, false), now) },
  );
  return { end, document: documentOf(state, true), state };
}

import type { Progress, ProgressStep, StepStatus } from '../../engine/progress.ts';
import type { Step } from '../../interchange/link.ts';

type Stage = ProgressStep['stage'];

const stageOf: Readonly<Record<Step, Stage | null>> = {
  overview: null,
  simulate: 'pilot',
  measure: 'pilot',
  evaluate: 'evaluate',
  allocate: 'allocate',
  scale: 'scale',
  study: null,
};

/** Share of a place's work that is done, in [0, 1]; null where it has none or none is known yet. */
export function placeProgress(progress: Progress, place: Step): number | null {
  const steps = progress.steps.filter(({ stage }) => stage === stageOf[place]);
  return steps.length === 0 ? null : steps.filter(({ status }) => status === 'done').length / steps.length;
}

export type ProgressRow = {
  readonly initiative: string;
  readonly stages: Readonly<Record<'pilot' | 'evaluate' | 'scale', StepStatus | null>>;
};

/** One row per initiative, in the order they were announced. */
export function progressRows({ steps }: Progress): ProgressRow[] {
  const ids = [...new Set(steps.flatMap(({ initiative_id }) => initiative_id ?? []))];
  const status = (id: string, stage: Stage) => steps.find((step) => step.initiative_id === id && step.stage === stage)?.status ?? null;
  return ids.map((id) => ({
    initiative: id,
    stages: { pilot: status(id, 'pilot'), evaluate: status(id, 'evaluate'), scale: status(id, 'scale') },
  }));
}

/** ALLOCATE is one step for all. */
export function allocateStatus({ steps }: Progress): StepStatus | null {
  const statuses = steps.filter(({ stage }) => stage === 'allocate').map(({ status }) => status);
  if (statuses.length === 0) return null;
  return statuses.every((status) => status === 'done') ? 'done' : statuses.includes('waiting') ? 'waiting' : 'running';
}

import { initiativeOf, type Task } from '../core/stage-tasks.ts';

export type StepStatus = 'waiting' | 'running' | 'done';
export type ProgressStep = { readonly initiative_id: string | null; readonly stage: Task['stage']; readonly status: StepStatus };

/** Where a run is. `total` grows when ALLOCATE has said how many initiatives are scaled. */
export type Progress = { readonly done: number; readonly total: number; readonly steps: readonly ProgressStep[] };

export const noProgress: Progress = { done: 0, total: 0, steps: [] };

/** Counts steps as tasks are announced, begun and done; tells `listen` after each change. */
export function progressCounter(listen: (progress: Progress) => void) {
  let steps: ProgressStep[] = [];
  const tell = () => listen({ done: steps.filter((step) => step.status === 'done').length, total: steps.length, steps });
  return {
    /** Adds the tasks of one synchronisation point and returns the index of the first. */
    announce(tasks: readonly Task[]): number {
      const first = steps.length;
      steps = [...steps, ...tasks.map((task) => ({ initiative_id: initiativeOf(task), stage: task.stage, status: 'waiting' as const }))];
      tell();
      return first;
    },
    mark(index: number, status: StepStatus): void {
      steps = steps.map((step, i) => (i === index ? { ...step, status } : step));
      tell();
    },
  };
}

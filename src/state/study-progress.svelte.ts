import type { Scenario } from '../core/scenario/scenario.ts';
import { scenarioState } from './scenario.svelte.ts';

export type StudyStatus = 'idle' | 'running' | 'paused' | 'done' | 'cancelled' | 'failed';

/** Where a study is. Apart from the study itself, so that the navigation can say so without loading it. */
export type StudyProgress = {
  readonly status: StudyStatus;
  /** Replications that are in the result, and those that were asked for. */
  readonly done: number;
  readonly planned: number;
  /** Of the run under way; null while it cannot be told. */
  readonly secondsLeft: number | null;
};

let progress = $state.raw<StudyProgress>({ status: 'idle', done: 0, planned: 0, secondsLeft: null });
let studied = $state.raw<Scenario | null>(null);

export const studyProgress = {
  get now(): StudyProgress {
    return progress;
  },
  /** The study is of another scenario than the one in hand. */
  get stale(): boolean {
    return studied !== null && studied !== scenarioState.current;
  },
  note(change: Partial<StudyProgress>): void {
    progress = { ...progress, ...change };
  },
  /** What is being studied from now on. */
  begin(scenario: Scenario): void {
    studied = scenario;
  },
};

import type { StudiesOptions, StudiesProgress, StudiesState } from '../engine/run-studies.ts';
import type { StudyRunner } from '../engine/study-runner.ts';
import type { StudyStatus } from './study-progress.svelte.ts';
import { pool } from './worker-pool.ts';

type Run<Plan, Document> = (
  plan: Plan,
  runner: StudyRunner,
  options: Omit<StudiesOptions, 'onFindings'> & { readonly onDocument?: (document: Document, state: StudiesState) => void },
) => Promise<{ readonly end: 'complete' | 'stopped'; readonly document: Document; readonly state: StudiesState }>;

type UnderWay = { readonly pause: AbortController; readonly stop: AbortController };

/** How often, at most, the progress is told. */
const progressMs = 250;

/** Several studies in a row on the page's workers: begun, paused, gone on with, cancelled. What was found stays. A second run supersedes the first. */
export function studiesJob<Plan, Document>(run: Run<Plan, Document>) {
  let plan = $state.raw<Plan | null>(null);
  let document = $state.raw<Document | null>(null);
  let status = $state<StudyStatus>('idle');
  let progress = $state.raw<StudiesProgress | null>(null);
  let error = $state<string | null>(null);
  let stopped: StudiesState | undefined;
  let underWay: UnderWay | null = null;

  async function work(mine: Plan): Promise<void> {
    underWay?.stop.abort();
    const control: UnderWay = { pause: new AbortController(), stop: new AbortController() };
    underWay = control;
    status = 'running';
    error = null;
    const isCurrent = () => underWay === control;
    let toldAt = 0;
    try {
      const result = await run(mine, pool, {
        pause: control.pause.signal,
        signal: control.stop.signal,
        ...(stopped && { from: stopped }),
        onProgress: (now) => {
          if (!isCurrent() || performance.now() - toldAt < progressMs) return;
          toldAt = performance.now();
          progress = now;
        },
        onDocument: (soFar, state) => {
          if (!isCurrent()) return;
          document = soFar;
          stopped = state;
        },
      });
      if (!isCurrent()) return;
      document = result.document;
      stopped = result.state;
      progress = progress && { ...progress, done: doneIn(result.state), secondsLeft: null };
      status = result.end === 'complete' ? 'done' : control.stop.signal.aborted ? 'cancelled' : 'paused';
    } catch (cause) {
      if (!isCurrent()) return;
      status = control.stop.signal.aborted ? 'cancelled' : 'failed';
      if (status === 'failed') error = cause instanceof Error ? cause.message : String(cause);
    }
    underWay = null;
  }

  return {
    get plan() {
      return plan;
    },
    /** What was found so far. */
    get document() {
      return document;
    },
    get status() {
      return status;
    },
    get progress() {
      return progress;
    },
    get error() {
      return error;
    },
    start(newPlan: Plan): void {
      plan = newPlan;
      document = null;
      stopped = undefined;
      progress = null;
      void work(newPlan);
    },
    /** Goes on after a pause, a cancel or a failure. */
    resume(): void {
      if (plan !== null && underWay === null) void work(plan);
    },
    /** Begins no further work; what is under way is waited for. */
    pause(): void {
      underWay?.pause.abort();
    },
    /** Ends at once. */
    cancel(): void {
      underWay?.stop.abort();
    },
  };
}

function doneIn({ findings }: StudiesState): number {
  return findings.reduce((sum, found) => sum + (found?.replications ?? 0), 0);
}

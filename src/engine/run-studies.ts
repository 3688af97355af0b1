import type { RegretSplit } from '../core/study/regret-split.ts';
import { studyFindings, type StudyFindings } from '../core/study/study-document.ts';
import type { StudyPlan } from '../core/study/study-plan.ts';
import { emptyStudyTally, replicationsDone, type StudyTally } from '../core/study/study-tally.ts';
import { regretSplitOf, runStudy } from './run-study.ts';
import type { StudyRunner } from './study-runner.ts';

export type StudiesProgress = {
  /** Studies begun or done, of those there are. */
  readonly study: number;
  readonly studies: number;
  readonly done: number;
  readonly planned: number;
  /** Judged by the replications done since the start; null before the first are back. */
  readonly secondsLeft: number | null;
};

/** What has been found in each place so far (null: nothing yet, or nothing to run there), and the sums of the one under way to go on from. */
export type StudiesState = {
  readonly findings: readonly (StudyFindings | null)[];
  readonly underWay: { readonly index: number; readonly tally: StudyTally } | null;
};

export type StudiesOptions = {
  /** Begins no further work; what is under way is waited for and counts. */
  readonly pause?: AbortSignal;
  /** Ends at once; what is under way is dropped. */
  readonly signal?: AbortSignal;
  /** Goes on from here. */
  readonly from?: StudiesState;
  readonly onProgress?: (progress: StudiesProgress) => void;
  /** A study has gone as far as it will, with all that is found so far. */
  readonly onFindings?: (state: StudiesState) => void;
};

export type StudiesRun = { readonly end: 'complete' | 'stopped'; readonly state: StudiesState };

/** Runs studies one after the other, each over all of the runner. Stopped, it has those that are done and the first replications of one. */
export async function runStudies(
  plans: readonly (StudyPlan | null)[],
  runner: StudyRunner,
  options: StudiesOptions = {},
): Promise<StudiesRun> {
  const signal = options.signal ?? new AbortController().signal;
  const findings = plans.map((_, i) => options.from?.findings[i] ?? null);
  const tell = progressTeller(plans, findings, options);
  const isOver = () => signal.aborted || options.pause?.aborted === true;
  for (const [index, plan] of plans.entries()) {
    if (plan === null || isFinished(plan, findings[index] ?? null, options.from, index)) continue;
    if (isOver()) return { end: 'stopped', state: { findings, underWay: null } };
    const resumed = options.from?.underWay?.index === index ? options.from.underWay.tally : null;
    const tally = resumed ?? emptyStudyTally(plan);
    const ended = await runStudy(plan, tally, runner, {
      signal,
      ...(options.pause && { pause: options.pause }),
      onProgress: () => tell(index, tally),
    });
    const split = ended === 'stopped' ? null : await splitOf(plan, tally, runner, signal);
    findings[index] = replicationsDone(tally) === 0 ? null : studyFindings(plan, tally, split);
    const underWay = ended === 'stopped' || signal.aborted ? { index, tally } : null;
    const state = { findings: [...findings], underWay };
    options.onFindings?.(state);
    if (underWay !== null) return { end: 'stopped', state };
  }
  return { end: 'complete', state: { findings, underWay: null } };
}

/** The decision on the average pilot; null where there is none, or no time for it. */
async function splitOf(plan: StudyPlan, tally: StudyTally, runner: StudyRunner, signal: AbortSignal): Promise<RegretSplit | null> {
  if (plan.settings.extent === 'estimates') return null;
  try {
    return await regretSplitOf(plan, tally, runner, signal);
  } catch (error) {
    if (signal.aborted) return null;
    throw error;
  }
}

function isFinished(plan: StudyPlan, found: StudyFindings | null, from: StudiesState | undefined, index: number): boolean {
  if (found === null || from?.underWay?.index === index) return false;
  return found.replications >= plan.replications || plan.settings.precision !== null;
}

function progressTeller(plans: readonly (StudyPlan | null)[], findings: readonly (StudyFindings | null)[], { onProgress }: StudiesOptions) {
  const begun = performance.now();
  const sumUp = (current: number, inCurrent: number) =>
    plans.reduce((sum, plan, i) => sum + (i === current ? inCurrent : plan === null ? 0 : (findings[i]?.replications ?? 0)), 0);
  const planned = plans.reduce((sum, plan) => sum + (plan?.replications ?? 0), 0);
  const first = sumUp(-1, 0);
  return (index: number, tally: StudyTally): void => {
    const done = sumUp(index, replicationsDone(tally));
    const seconds = (performance.now() - begun) / 1000;
    const secondsLeft = done > first ? (seconds / (done - first)) * (planned - done) : null;
    onProgress?.({ study: index + 1, studies: plans.length, done, planned, secondsLeft });
  };
}

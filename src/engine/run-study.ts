import type { RegretSplit } from '../core/study/regret-split.ts';
import { averageEvidence } from '../core/study/average-evidence.ts';
import type { ReplicationRecord } from '../core/study/replication-record.ts';
import type { StudyPlan } from '../core/study/study-plan.ts';
import { addRecord, replicationsDone, type StudyTally } from '../core/study/study-tally.ts';
import { isPreciseEnough } from '../core/study/target-precision.ts';
import type { StudyRunner } from './study-runner.ts';

export type StudyProgress = {
  readonly done: number;
  readonly planned: number;
  /** Judged by the replications done since the start; null before the first is back. */
  readonly secondsLeft: number | null;
};

export type StudyOptions = {
  /** Replications `from` up to, not including, `to`: a shard. All where absent. */
  readonly range?: { readonly from: number; readonly to: number };
  /** Begins no further work; what is under way is waited for and counts. */
  readonly pause?: AbortSignal;
  /** Ends at once; what is under way is dropped. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: StudyProgress) => void;
};

export type StudyEnd = 'complete' | 'precise enough' | 'stopped';

/** Work is cut so that a batch takes about this long. */
const batchMs = 80;
const largestBatch = 50;

/**
 * Runs what is missing of the study into `tally`, in batches over the runner. Replications enter the sums in their order,
 * whatever order they come back in: a study that is stopped holds the first ones, and one with a target precision stops at the
 * same replication everywhere. Rejects when work fails; `tally` then holds what was done.
 */
export async function runStudy(plan: StudyPlan, tally: StudyTally, runner: StudyRunner, options: StudyOptions = {}): Promise<StudyEnd> {
  const { from, to } = options.range ?? { from: 0, to: plan.replications };
  const signal = options.signal ?? new AbortController().signal;
  const stop = new AbortController();
  const hardStop = AbortSignal.any([signal, stop.signal]);
  const waiting = new Map<number, readonly ReplicationRecord[]>();
  const begun = performance.now();
  let cursor = firstMissing(tally, from);
  const first = cursor;
  let next = cursor;
  let precise = isPreciseEnough(plan, tally, replicationsDone(tally));
  let msEach: number | null = null;

  const isOver = () => precise || signal.aborted || options.pause?.aborted === true;

  async function lane(): Promise<void> {
    while (!isOver() && next < to) {
      const start = next;
      const end = Math.min(to, start + batchSize(msEach));
      next = end;
      const sent = performance.now();
      const records = await runner.replicate({ plan, from: start, to: end }, hardStop);
      msEach = (performance.now() - sent) / records.length;
      waiting.set(start, records);
      fold();
    }
  }

  function fold(): void {
    for (let records = waiting.get(cursor); records !== undefined && !precise; records = waiting.get(cursor)) {
      waiting.delete(cursor);
      for (const record of records) {
        addRecord(tally, record);
        cursor += 1;
        precise = isPreciseEnough(plan, tally, replicationsDone(tally));
        if (precise) break;
      }
    }
    const seconds = (performance.now() - begun) / 1000;
    const secondsLeft = cursor > first ? (seconds / (cursor - first)) * (to - cursor) : null;
    options.onProgress?.({ done: replicationsDone(tally), planned: to - from, secondsLeft });
  }

  try {
    await Promise.all(Array.from({ length: runner.size }, lane));
  } catch (cause) {
    if (!signal.aborted) throw cause;
  } finally {
    stop.abort();
  }
  return precise ? 'precise enough' : cursor >= to ? 'complete' : 'stopped';
}

/** The split of expected regret for what the tally holds; null where it has none. */
export async function regretSplitOf(
  plan: StudyPlan,
  tally: StudyTally,
  runner: StudyRunner,
  signal: AbortSignal,
): Promise<RegretSplit | null> {
  const average = averageEvidence(tally.decisions);
  return average === null ? null : runner.splitRegret(plan, average, signal);
}

function batchSize(msEach: number | null): number {
  return msEach === null ? 1 : Math.max(1, Math.min(largestBatch, Math.round(batchMs / msEach)));
}

/** Resuming: the replications of the range that are done are its first ones. */
function firstMissing({ done }: StudyTally, from: number): number {
  return done.find(([start, end]) => start <= from && from < end)?.[1] ?? from;
}

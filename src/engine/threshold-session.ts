import type { EntryThresholds, ThresholdQuestion } from '../core/scale/entry-thresholds.ts';
import { spawnLabWorker, type Answered, type LabWorker } from './lab-session.ts';
import { newestLane, type LaneResult } from './newest-lane.ts';

export type ThresholdSessionOptions = { readonly spawn?: () => LabWorker };

/** Thresholds are of the newest run or of no use. */
const patienceMs = 60;

/** A worker for the thresholds of a run's decision, started when first needed. */
export function thresholdSession({ spawn = spawnLabWorker }: ThresholdSessionOptions = {}) {
  const lane = newestLane({ spawn, patienceMs });
  return {
    thresholds: (question: ThresholdQuestion): Promise<LaneResult<Answered<EntryThresholds>>> => lane.ask((api) => api.thresholds(question)),
    close: (): void => lane.close(),
  };
}

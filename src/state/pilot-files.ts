import type { Run } from '../core/contracts/run.ts';
import type { MeasureTask } from '../core/measure-initiative.ts';
import { measureTask } from '../core/pipeline.ts';
import { spawnOwnDataWorker } from '../engine/browser-worker.ts';
import { ownDataSession } from '../engine/own-data-session.ts';
import type { PilotFile } from '../interchange/pilot-file.ts';

const session = ownDataSession(spawnOwnDataWorker);

/** The data that one measurement was made on, and its question; made anew in a worker. */
export function pilotSample(task: MeasureTask, signal: AbortSignal): Promise<PilotFile> {
  return session.pilotSample(task, signal);
}

/** The data of an initiative's pilot in a run; null where it has none. */
export async function pilotOfInitiative({ scenario, replication }: Run, id: string, signal: AbortSignal): Promise<PilotFile | null> {
  const initiative = scenario.initiatives.find(({ initiative_id }) => initiative_id === id);
  return initiative?.source === 'simulated' ? pilotSample(measureTask(scenario, replication, initiative, 'pilot'), signal) : null;
}

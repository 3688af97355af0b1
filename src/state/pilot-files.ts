import type { Run } from '../core/contracts/run.ts';
import type { MeasureTask } from '../core/measure-initiative.ts';
import { measureTask } from '../core/pipeline.ts';
import type { SimulatedInitiative } from '../core/scenario/scenario.ts';
import { spawnOwnDataWorker } from '../engine/browser-worker.ts';
import { ownDataSession } from '../engine/own-data-session.ts';
import type { PilotFile } from '../interchange/pilot-file.ts';

const session = ownDataSession(spawnOwnDataWorker);

/** The data that one measurement was made on, and its question; made anew in a worker. */
export function pilotSample(task: MeasureTask, signal: AbortSignal): Promise<PilotFile> {
  return session.pilotSample(task, signal);
}

/** The data of every simulated pilot of a run, one after the other, by initiative id; made anew in a worker. */
export async function pilotFiles(run: Run, signal: AbortSignal): Promise<ReadonlyMap<string, PilotFile>> {
  const files = new Map<string, PilotFile>();
  for (const initiative of run.scenario.initiatives.filter(isSimulated))
    files.set(initiative.initiative_id, await session.pilotSample(measureTask(run.scenario, run.replication, initiative, 'pilot'), signal));
  return files;
}

function isSimulated(initiative: Run['scenario']['initiatives'][number]): initiative is SimulatedInitiative {
  return initiative.source === 'simulated';
}

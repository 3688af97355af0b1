import type { Run } from '../core/contracts/run.ts';
import type { PilotFile } from '../interchange/pilot-file.ts';
import { saveFile } from './downloads.ts';
import { scenarioState } from './scenario.svelte.ts';
import { turns } from './turns.ts';

type Status =
  | { readonly kind: 'idle' }
  | { readonly kind: 'working'; readonly done: number; readonly of: number }
  | { readonly kind: 'saved'; readonly name: string; readonly bytes: number }
  | { readonly kind: 'failed'; readonly message: string };

let status = $state.raw<Status>({ kind: 'idle' });
let underWay: AbortController | null = null;

/** The run on the screen as a zip of job directories. One at a time. */
export const jobsExport = {
  get status() {
    return status;
  },
  async save(run: Run): Promise<void> {
    underWay?.abort();
    const mine = (underWay = new AbortController());
    try {
      const saved = await zipped(run, mine.signal);
      if (underWay === mine) status = { kind: 'saved', ...saved };
    } catch (cause) {
      if (underWay !== mine) return;
      status = mine.signal.aborted ? { kind: 'idle' } : { kind: 'failed', message: cause instanceof Error ? cause.message : String(cause) };
    }
  },
  cancel(): void {
    underWay?.abort();
  },
};

async function zipped(run: Run, signal: AbortSignal): Promise<{ name: string; bytes: number }> {
  const of = run.initiatives.length;
  status = { kind: 'working', done: 0, of };
  const [{ exportJobs }, { writeZip }, { pilotOfInitiative }, { scenarioFileName }] = await Promise.all([
    import('../interchange/job-directory/export-jobs.ts'),
    import('../interchange/job-directory/write-zip.ts'),
    import('./pilot-files.ts'),
    import('../interchange/scenario-file.ts'),
  ]);
  let done = 0;
  const pilotOf = async (id: string): Promise<PilotFile | null> => {
    status = { kind: 'working', done, of };
    done += 1;
    return pilotOfInitiative(run, id, signal);
  };
  const files = exportJobs(run, { preset: scenarioState.presetId, pilotOf, created_at: new Date().toISOString() });
  const content = new Blob(await writeZip(files, { pause: turns(signal) }), { type: 'application/zip' });
  const name = scenarioFileName(run.scenario.title, 'zip').replace('scenario.zip', 'jobs.zip');
  saveFile(name, content);
  return { name, bytes: content.size };
}

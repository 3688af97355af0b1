import { readJobArchive, readJobFiles } from '../interchange/job-directory/read-jobs.ts';
import type { JobReading } from '../interchange/job-directory/job-reading.ts';
import type { IncomingFile } from './incoming-files.ts';
import { jobsImport } from './jobs-import.svelte.ts';
import type { FileOutcome } from './file-outcome.ts';
import { scenarioState } from './scenario.svelte.ts';

/** Largest archive that is taken into memory. */
const largestArchive = 200_000_000;

/** A zip archive of job directories: its scenario becomes the one in hand. */
export async function openJobArchive([given]: readonly IncomingFile[], name: string): Promise<FileOutcome> {
  if (given === undefined) throw new Error('There is no file in it.');
  if (given.file.size > largestArchive) {
    const message = `holds ${given.file.size.toLocaleString('en')} bytes, and at most ${largestArchive.toLocaleString('en')} can be read: unpack it and open the folder`;
    return { kind: 'problem', title: `${name} cannot be opened`, issues: [{ path: '', message }] };
  }
  return openReading(readJobArchive(new Uint8Array(await given.file.arrayBuffer())), name, 'is');
}

/** The same unpacked: what declares or results is read, of data the name is enough. */
export async function openJobFiles(given: readonly IncomingFile[], name: string): Promise<FileOutcome> {
  const nothing = new Uint8Array();
  const files = new Map<string, Uint8Array>();
  for (const { path, file } of given) files.set(path, /\.(?:json|ya?ml)$/i.test(path) ? new Uint8Array(await file.arrayBuffer()) : nothing);
  return openReading(readJobFiles(files), name, given.length > 1 ? 'are' : 'is');
}

function openReading(reading: JobReading, name: string, verb: 'is' | 'are'): FileOutcome {
  if (!reading.ok) return { kind: 'problem', title: `${name} cannot be opened`, issues: reading.issues };
  const { source, inHand, recorded, notes } = reading;
  scenarioState.open(inHand);
  const { current: scenario, replication } = scenarioState;
  jobsImport.note(source === 'workbench' ? { name, scenario, replication, recorded } : null);
  const title =
    source === 'workbench'
      ? `${name} ${verb} open: ${scenario.title}`
      : `${name} ${verb} open: ${scenario.initiatives.length} ${scenario.initiatives.length === 1 ? 'initiative' : 'initiatives'} with stated returns`;
  return { kind: 'opened', title, notes, canUndo: true };
}

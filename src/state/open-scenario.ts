import { largestScenarioFile, readScenarioFile, type OpenedScenario } from '../interchange/scenario-file.ts';
import { textOfBytes } from '../interchange/text-of-bytes.ts';
import type { IncomingFile } from './incoming-files.ts';
import type { FileNote, FileOutcome } from './file-outcome.ts';
import { scenarioState } from './scenario.svelte.ts';

/** A scenario file, or a run or study that was saved: its scenario becomes the one in hand, and is run again. */
export async function openScenario([given]: readonly IncomingFile[], name: string): Promise<FileOutcome> {
  if (given === undefined) throw new Error('There is no file in it.');
  if (given.file.size > largestScenarioFile)
    return refused(
      name,
      `holds ${given.file.size.toLocaleString('en')} bytes, and a scenario at most ${largestScenarioFile.toLocaleString('en')}`,
    );
  const text = textOfBytes(new Uint8Array(await given.file.arrayBuffer()));
  if (text === null) return refused(name, 'is not text');
  const read = readScenarioFile(text);
  if (!read.ok) return { kind: 'problem', title: `${name} cannot be opened`, issues: read.issues };
  return openedScenario(read.value, name);
}

export function openedScenario(read: OpenedScenario, name: string): FileOutcome {
  const { scenario, preset, replication, digest, witness, from } = read;
  scenarioState.open({ scenario, preset, replication, digest, witness });
  const notes: FileNote[] = read.notes.map(({ path, message }) => ({ kind: 'note', path, message }));
  if (from === 'study')
    notes.push({
      kind: 'note',
      path: '',
      message: 'The scenario of the study is shown; what the study found stays in the file, for the command line to merge.',
    });
  return { kind: 'opened', title: `${name} is open: ${scenario.title}`, notes, canUndo: true };
}

function refused(name: string, message: string): FileOutcome {
  return { kind: 'problem', title: `${name} cannot be opened`, issues: [{ path: '', message }] };
}

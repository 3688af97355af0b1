import { InputError } from '../core/contracts/input-error.ts';
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
  return read.value.from === 'study' ? openedStudy(read.value, name, text) : openedScenario(read.value, name);
}

/** The scenario of a study, with what the study found; where that cannot be read, the scenario alone. */
async function openedStudy(read: OpenedScenario, name: string, text: string): Promise<FileOutcome> {
  const [{ readStudy }, { studyState }] = await Promise.all([import('../core/study/study-document.ts'), import('./study.svelte.ts')]);
  const opened = openedScenario(read, name);
  if (opened.kind !== 'opened') return opened;
  try {
    studyState.show(readStudy(JSON.parse(text.replace(/^\uFEFF/, ''))));
    return { ...opened, title: `${name} is open: a study of ${read.scenario.title}`, place: 'study' };
  } catch (cause) {
    if (!(cause instanceof InputError)) throw cause;
    const lost = cause.issues.map(({ path, message }): FileNote => ({ kind: 'ignored', path, message }));
    const why: FileNote = { kind: 'note', path: '', message: 'The scenario of the study is open; what the study found cannot be read.' };
    return { ...opened, notes: [...opened.notes, why, ...lost] };
  }
}

export function openedScenario(read: OpenedScenario, name: string): FileOutcome {
  const { scenario, preset, replication, digest, witness } = read;
  scenarioState.open({ scenario, preset, replication, digest, witness });
  const notes: FileNote[] = read.notes.map(({ path, message }) => ({ kind: 'note', path, message }));
  return { kind: 'opened', title: `${name} is open: ${scenario.title}`, notes, canUndo: true };
}

function refused(name: string, message: string): FileOutcome {
  return { kind: 'problem', title: `${name} cannot be opened`, issues: [{ path: '', message }] };
}

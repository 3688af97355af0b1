import { InputError, inputError } from '../../core/contracts/input-error.ts';
import { jobArchiveFileNames, jobFileNames } from '../../core/contracts/job-directory.ts';
import { limits } from '../../core/scenario/defaults.ts';
import { readScenarioFile } from '../scenario-file.ts';
import { folderOf, inFile, placeIn, type JobNote, type JobReading } from './job-reading.ts';
import { folderSource, zipSource, type JobSource } from './job-source.ts';
import { readDirectory } from './read-directory.ts';
import { readFamily } from './read-family.ts';
import { recordedIn } from './recorded-results.ts';

/** Job directories in a zip archive. Every issue names the file in it, the field, what was found and what to do. */
export function readJobArchive(bytes: Uint8Array): JobReading {
  return reading(() => zipSource(bytes));
}

/** Job directories as the files of a folder, by path. */
export function readJobFiles(files: ReadonlyMap<string, Uint8Array>): JobReading {
  return reading(() => folderSource(files));
}

function reading(open: () => JobSource): JobReading {
  try {
    const source = open();
    const folders = jobFolders(source);
    const scenario = scenarioPath(source, folders);
    if (scenario !== null) return readExport(source, folders, scenario);
    return readFamily(source, folders);
  } catch (error) {
    if (error instanceof InputError) return { ok: false, issues: error.issues };
    throw error;
  }
}

/** The folders with a manifest; one inside another belongs to that. */
function jobFolders({ paths }: JobSource): readonly string[] {
  const all = paths.filter((path) => path === jobFileNames.manifest || path.endsWith(`/${jobFileNames.manifest}`)).map(folderOf);
  const folders = all.filter((folder) => !all.some((outer) => outer !== folder && (outer === '' || folder.startsWith(`${outer}/`))));
  if (folders.length > limits.initiatives)
    throw inputError('', `holds ${folders.length} job directories; a scenario holds at most ${limits.initiatives} initiatives`);
  return folders.sort((a, b) => (a < b ? -1 : 1));
}

/** The scenario an export of ours lies beside; null where there is none. */
function scenarioPath({ paths }: JobSource, folders: readonly string[]): string | null {
  const { scenario } = jobArchiveFileNames;
  const beside = paths.filter(
    (path) =>
      (path === scenario || path.endsWith(`/${scenario}`)) && !folders.some((folder) => folder !== '' && path.startsWith(`${folder}/`)),
  );
  return beside.sort((a, b) => a.length - b.length)[0] ?? null;
}

/** What the directories say is only held against the run, so what is wrong with one keeps nothing from being opened. */
function readExport(source: JobSource, folders: readonly string[], path: string): JobReading {
  const read = readScenarioFile(source.text(path));
  if (!read.ok) return { ok: false, issues: inFile(read.issues, path) };
  const notes: JobNote[] = read.value.notes.map((note) => ({ kind: 'ignored', path: placeIn(path, note.path), message: note.message }));
  const recorded = folders.flatMap((folder) => {
    try {
      return [recordedIn(readDirectory(source, folder))];
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      notes.push(...error.issues.map((issue) => ({ kind: 'ignored' as const, path: issue.path, message: issue.message })));
      return [];
    }
  });
  const { scenario, preset, replication, digest, witness } = read.value;
  return { ok: true, source: 'workbench', inHand: { scenario, preset, replication, digest, witness }, recorded, notes };
}

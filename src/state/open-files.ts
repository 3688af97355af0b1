import { largestLibraryFile } from '../interchange/library-file.ts';
import { recogniseFile, recogniseTogether, type FileKind, type FilesKind } from '../interchange/recognise-file.ts';
import { fileReaders } from './file-readers.ts';
import type { Dropped } from './dropped.ts';
import { bytesOf, filesOf, type IncomingFile } from './incoming-files.ts';
import type { FileOutcome } from './file-outcome.ts';

export async function openDropped(dropped: Dropped): Promise<FileOutcome> {
  return openFiles(await filesOf(dropped));
}

/** Finds out what files are, by what is in them, and hands them to their reader. */
export async function openFiles(files: readonly IncomingFile[]): Promise<FileOutcome> {
  const [first] = files;
  if (first === undefined) return problem('There is no file in it', 'Choose a file, or a folder with files in it.');
  const name = files.length === 1 ? `\u201c${shortened(first.path)}\u201d` : `These ${files.length} files`;
  const kind = await kindOf(files);
  const reader = fileReaders.find((candidate) => candidate.kind === kind);
  if (reader === undefined) return problem(`${name} cannot be opened`, notOpened[kind] ?? notOpened['unknown'] ?? '');
  return reader.open(files, name);
}

async function kindOf(files: readonly IncomingFile[]): Promise<FilesKind> {
  const kinds: FileKind[] = [];
  let read = 0;
  for (const file of files) {
    read += file.file.size;
    if (files.length > 1 && read > largestLibraryFile) throw new Error('The files hold more than 50 MB together: choose fewer.');
    const { bytes, isWhole } = await bytesOf(file);
    kinds.push(recogniseFile(bytes, isWhole));
  }
  return recogniseTogether(kinds);
}

const notOpened: Readonly<Partial<Record<FilesKind, string>>> = {
  several:
    'They are of several kinds, or several scenarios. Open one at a time; files that belong together (a job directory, a configuration) may come at once.',
  json: 'It is JSON, but neither a scenario, nor a run or study of the command line, nor a job directory; or it is cut. Save the whole file again and choose that.',
  zip: 'It is a zip archive, and this page opens none of that kind.',
  job_directory: 'It is a job directory, and this page does not open those.',
  configuration: 'It is a YAML configuration, and this page does not open those.',
  unknown:
    'It is none of the kinds this page reads: a scenario, a run or a study (JSON), a table (CSV), a job directory (zip or folder), or a configuration (YAML).',
};

function problem(title: string, message: string): FileOutcome {
  return { kind: 'problem', title, issues: [{ path: '', message }] };
}

function shortened(path: string): string {
  return path.length > 60 ? `\u2026${path.slice(-59)}` : path;
}

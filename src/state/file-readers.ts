import type { FilesKind } from '../interchange/recognise-file.ts';
import type { IncomingFile } from './incoming-files.ts';
import type { FileOutcome } from './file-outcome.ts';

/** Opens files of one kind. `name` is how they are called in a sentence, at its beginning. */
export type FileReader = {
  readonly kind: FilesKind;
  readonly open: (files: readonly IncomingFile[], name: string) => Promise<FileOutcome>;
};

/** Who opens what; each fetched when its first file comes. */
export const fileReaders: readonly FileReader[] = [
  { kind: 'scenario', open: async (files, name) => (await import('./open-scenario.ts')).openScenario(files, name) },
  { kind: 'library', open: async (files, name) => (await import('./open-library.ts')).openLibrary(files, name) },
  { kind: 'table', open: async (files, name) => (await import('./open-table.ts')).openTable(files, name) },
  { kind: 'zip', open: async (files, name) => (await import('./open-configuration.ts')).openArchive(files, name) },
  { kind: 'job_directory', open: async (files, name) => (await import('./jobs-open.ts')).openJobFiles(files, name) },
  { kind: 'configuration', open: async (files, name) => (await import('./open-configuration.ts')).openConfiguration(files, name) },
  { kind: 'payoff_table', open: async (files, name) => (await import('./open-table.ts')).openPayoffTable(files, name) },
];

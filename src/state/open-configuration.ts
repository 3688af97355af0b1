import { configurationImport } from './configuration-import.svelte.ts';
import type { IncomingFile } from './incoming-files.ts';
import type { FileNote, FileOutcome } from './file-outcome.ts';

/** Configurations that came by a drop or a picker: what is in them is said before they become the scenario. */
export async function openConfiguration(files: readonly IncomingFile[], name: string): Promise<FileOutcome> {
  await configurationImport.read(files, name);
  const { status } = configurationImport;
  if (status.kind === 'problem') return { kind: 'problem', title: `${name} cannot be opened`, issues: status.issues };
  if (status.kind !== 'read') return { kind: 'problem', title: `${name} was put aside`, issues: [] };
  const { scenario, mapped, unmapped } = status.reading;
  const count = scenario.initiatives.length;
  return {
    kind: 'choose',
    title: `${name}: a problem with ${count} ${count === 1 ? 'initiative' : 'initiatives'}. ${mapped.length} values were taken over, ${unmapped.length} have no counterpart here.`,
    choices: [
      { label: 'Open as scenario', note: 'Takes the place of the scenario in hand; can be undone.', open: opened(name) },
      { label: 'Look at it first', note: 'Every value, and what became of it.', open: () => Promise.resolve(looked(name)) },
    ],
  };
}

/** A zip: of configurations, or else of job directories. */
export async function openArchive(files: readonly IncomingFile[], name: string): Promise<FileOutcome> {
  const [given] = files;
  if (given !== undefined && given.file.size <= largestLookedAt) {
    const { isConfigurationArchive } = await import('../interchange/configuration/texts.ts');
    if (isConfigurationArchive(new Uint8Array(await given.file.arrayBuffer()))) return openConfiguration(files, name);
  }
  return (await import('./jobs-open.ts')).openJobArchive(files, name);
}

/** No archive of configurations is larger. */
const largestLookedAt = 50_000_000;

function opened(name: string): () => Promise<FileOutcome> {
  return () => {
    const { status } = configurationImport;
    if (status.kind !== 'read') throw new Error('It was put aside; open it again.');
    const { unmapped, assumed, scenario } = status.reading;
    configurationImport.open();
    const notes: readonly FileNote[] = [
      ...assumed.map(({ to, why }): FileNote => ({ kind: 'defaulted', path: to, message: why })),
      ...unmapped.map(({ file, path, why }): FileNote => ({ kind: 'ignored', path: `${file}: ${path}`, message: why })),
    ];
    return Promise.resolve({ kind: 'opened', title: `${name} is open: ${scenario.title}`, notes, canUndo: true });
  };
}

function looked(name: string): FileOutcome {
  return {
    kind: 'opened',
    title: `${name} is read, and shown under Configurations. Nothing has changed yet.`,
    notes: [],
    canUndo: false,
    place: 'data',
  };
}

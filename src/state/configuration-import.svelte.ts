import type { Issue } from '../core/contracts/input-error.ts';
import type { ReadConfiguration } from '../interchange/configuration/configuration.ts';
import { defaultPreset } from '../core/scenario/presets/index.ts';
import type { IncomingFile } from './incoming-files.ts';
import { scenarioState } from './scenario.svelte.ts';

type Status =
  | { readonly kind: 'idle' }
  | { readonly kind: 'reading' }
  | { readonly kind: 'read'; readonly name: string; readonly reading: ReadConfiguration; readonly opened: boolean }
  | { readonly kind: 'problem'; readonly name: string; readonly issues: readonly Issue[] };

let status = $state.raw<Status>({ kind: 'idle' });
let turn = 0;

/** Configurations that were read and are looked at before they become the scenario. */
export const configurationImport = {
  get status() {
    return status;
  },
  /** Reads files, or one zip of them. Nothing but `status` changes. */
  async read(files: readonly IncomingFile[], name: string): Promise<void> {
    const mine = (turn += 1);
    status = { kind: 'reading' };
    const ended = await readFiles(files, name).catch((cause: unknown): Status => {
      return { kind: 'problem', name, issues: [{ path: '', message: cause instanceof Error ? cause.message : String(cause) }] };
    });
    if (mine === turn) status = ended;
  },
  /** Makes what was read the scenario in hand; can be undone. */
  open(): void {
    if (status.kind !== 'read') return;
    scenarioState.open({ scenario: status.reading.scenario, preset: defaultPreset.id, replication: 0, digest: null });
    status = { ...status, opened: true };
  },
  dismiss(): void {
    turn += 1;
    status = { kind: 'idle' };
  },
};

/** Largest archive that is taken into memory. */
const largestArchive = 50_000_000;

async function readFiles(given: readonly IncomingFile[], name: string): Promise<Status> {
  const [{ archiveTexts, configurationTexts, isConfigurationPath, mostFileBytes }, { readConfiguration }] = await Promise.all([
    import('../interchange/configuration/texts.ts'),
    import('../interchange/configuration/read-configuration.ts'),
  ]);
  const [only] = given;
  if (only !== undefined && given.length === 1 && !isConfigurationPath(only.path) && only.file.size > largestArchive)
    throw new Error(`The archive holds more than ${largestArchive / 1e6} MB.`);
  const isArchive = only !== undefined && given.length === 1 && (await isZip(only.file));
  const texts = isArchive
    ? archiveTexts(new Uint8Array(await only.file.arrayBuffer()))
    : configurationTexts(
        await Promise.all(
          // One byte more than a file may have says that it is too large.
          given
            .filter(({ path }) => isConfigurationPath(path))
            .map(async ({ path, file }) => [path, await bytesOf(file, mostFileBytes + 1)] as const),
        ),
      );
  if (!texts.ok) return { kind: 'problem', name, issues: texts.issues };
  const reading = readConfiguration(texts.files);
  return reading.ok ? { kind: 'read', name, reading, opened: false } : { kind: 'problem', name, issues: reading.issues };
}

async function bytesOf(file: File, most: number): Promise<Uint8Array> {
  return new Uint8Array(await file.slice(0, most).arrayBuffer());
}

async function isZip(file: File): Promise<boolean> {
  const [first, second] = await bytesOf(file, 2);
  return first === 0x50 && second === 0x4b;
}

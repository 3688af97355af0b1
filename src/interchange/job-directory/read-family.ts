import { InputError, inputError, type Issue } from '../../core/contracts/input-error.ts';
import { jobFileNames } from '../../core/contracts/job-directory.ts';
import { parseScenario } from '../../core/scenario/parse-scenario.ts';
import { defaultPreset } from '../../core/scenario/presets/index.ts';
import { allocationBeside } from './allocation-beside.ts';
import { placeIn, type JobNote, type JobReading } from './job-reading.ts';
import type { JobSource } from './job-source.ts';
import { readDirectory, type JobDirectory } from './read-directory.ts';
import { recordedIn } from './recorded-results.ts';
import { statedInitiative, type ImportedInitiative } from './stated-initiative.ts';

/** Directories that come without a scenario, as stated initiatives. @throws InputError where there are none */
export function readFamily(source: JobSource, folders: readonly string[]): JobReading {
  if (folders.length === 0)
    throw inputError(
      '',
      `holds no job directory: a folder with ${jobFileNames.manifest} and ${jobFileNames.impactResults} for every initiative${seen(source)}`,
    );
  const issues: Issue[] = [];
  const allocation = collected(issues, () => allocationBeside(source, folders));
  const read = folders.flatMap((folder) => collected(issues, () => readDirectory(source, folder)) ?? []);
  const imported = read.flatMap((directory) => collected(issues, () => statedInitiative(directory, allocation?.costs ?? new Map())) ?? []);
  issues.push(...repeatedIds(read, imported));
  if (issues.length > 0 || allocation === null) return { ok: false, issues };
  const notes = [...allocation.notes, ...imported.flatMap((initiative) => initiative.notes)];
  const costs = imported.reduce((sum, { initiative }) => sum + initiative.cost_to_scale, 0);
  if (allocation.fields.budget === undefined)
    notes.push({
      kind: 'defaulted',
      path: '',
      message: `no budget is told: ${costs}, what all initiatives cost together, stands in for it`,
    });
  const parsed = parseScenario({
    version: 1,
    title: 'Imported job directories',
    seed: '1',
    budget: costs,
    ...allocation.fields,
    what_if: imported.flatMap(({ whatIf }) => whatIf ?? []),
    initiatives: imported.map(({ initiative }) => initiative),
  });
  if (!parsed.ok) return { ok: false, issues: parsed.issues };
  const inHand = { scenario: parsed.value, preset: defaultPreset.id, replication: 0, digest: null, witness: null };
  return { ok: true, source: 'family', inHand, recorded: read.map(recordedIn), notes: [...notes, ...leftAlone(source, folders)] };
}

function collected<T>(issues: Issue[], make: () => T): T | null {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    issues.push(...error.issues);
    return null;
  }
}

function repeatedIds(directories: readonly JobDirectory[], imported: readonly ImportedInitiative[]): Issue[] {
  const firstOf = new Map<string, string>();
  return directories.length !== imported.length
    ? []
    : imported.flatMap(({ initiative: { initiative_id: id } }, i) => {
        const { folder } = directories[i] as JobDirectory;
        const before = firstOf.get(id);
        if (before === undefined) firstOf.set(id, folder);
        const path = placeIn(`${folder}/${jobFileNames.manifest}`, 'initiative_id');
        return before === undefined
          ? []
          : [{ path, message: `'${id}' is the id of ${before} already: give every initiative an id of its own`, value: id }];
      });
}

/** Data are not needed for a decision. */
function leftAlone({ paths }: JobSource, folders: readonly string[]): JobNote[] {
  const known = new Set<string>(Object.values(jobFileNames).filter((name) => name !== jobFileNames.pilot));
  const others = paths.filter(
    (path) => folders.some((folder) => folder === '' || path.startsWith(`${folder}/`)) && !known.has(path.slice(path.lastIndexOf('/') + 1)),
  );
  const named = others.slice(0, 3).join(', ');
  return others.length === 0
    ? []
    : [
        {
          kind: 'ignored',
          path: '',
          message: `${others.length} other ${others.length === 1 ? 'file was' : 'files were'} left alone (${named}${others.length > 3 ? ', …' : ''})`,
        },
      ];
}

function seen({ paths }: JobSource): string {
  return paths.length === 0
    ? '; it is empty'
    : `; it holds ${paths.slice(0, 3).join(', ')}${paths.length > 3 ? ` and ${paths.length - 3} more` : ''}`;
}

import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { InputError, inputError } from '../core/contracts/input-error.ts';
import type { Run } from '../core/contracts/run.ts';
import { measureTask } from '../core/pipeline.ts';
import { defaultPreset } from '../core/scenario/presets/index.ts';
import { exportJobs } from '../interchange/job-directory/export-jobs.ts';
import type { TextFile } from '../interchange/job-directory/job-files.ts';
import { familyGaps } from '../interchange/job-directory/family-gaps.ts';
import { readJobArchive, readJobFiles } from '../interchange/job-directory/read-jobs.ts';
import { recordedDifferences } from '../interchange/job-directory/recorded-results.ts';
import { writeZip } from '../interchange/job-directory/write-zip.ts';
import { pilotFile } from '../interchange/pilot-file.ts';
import { readOptions, required, type Command } from './command.ts';
import { runHere } from './run-here.ts';
import { replicatedOptions, replicationOption, scenarioOption } from './scenario-option.ts';

export const jobsCommand: Command = {
  usage:
    'jobs ((--preset P | --scenario FILE) [--seed S] [--replication R] [--created-at TIME] --out FILE.zip|FOLDER | --data FILE.zip|FOLDER)',
  async run(words) {
    const options = readOptions(words, {
      ...replicatedOptions,
      'created-at': { type: 'string' },
      out: { type: 'string' },
      data: { type: 'string' },
    });
    if (options.data !== undefined) return opened(options.data);
    const out = required(options.out, 'out');
    const scenario = scenarioOption(options);
    const run = await runHere(scenario, replicationOption(options));
    const files = exportJobs(run, {
      preset: options.preset ?? defaultPreset.id,
      pilotOf: async (id) => pilotOf(run, id),
      created_at: options['created-at'] ?? new Date().toISOString(),
    });
    const written = out.endsWith('.zip') ? await writeArchive(out, files) : await writeFolder(out, files);
    return {
      out,
      ...written,
      initiatives: run.evaluate_results.length,
      digest: run.digest,
      not_told: familyGaps(run).map(({ text }) => text),
    };
  },
};

/** An export of ours is run again and held against what it records. */
async function opened(path: string) {
  const reading = statOf(path).isDirectory() ? readJobFiles(folderFiles(path)) : readJobArchive(readFileSync(path));
  if (!reading.ok) throw new InputError(reading.issues.map((issue) => ({ ...issue, path: issue.path === '' ? path : issue.path })));
  const { source, inHand, recorded, notes } = reading;
  const { scenario, replication, digest } = inHand;
  if (source === 'family') return { source, scenario, notes };
  const run = await runHere(scenario, replication);
  const differences = recordedDifferences(recorded, run);
  const isSame = digest === null ? null : run.digest.startsWith(digest);
  return { source, scenario, replication, digest, reproduced: isSame, differences, notes };
}

function pilotOf({ scenario, replication }: Run, id: string) {
  const initiative = scenario.initiatives.find(({ initiative_id }) => initiative_id === id);
  return initiative?.source === 'simulated' ? pilotFile(measureTask(scenario, replication, initiative, 'pilot')) : null;
}

async function writeArchive(out: string, files: AsyncIterable<TextFile>) {
  const archive = Buffer.concat(await writeZip(files, { pause: async () => undefined }));
  writeFileSync(out, archive);
  return { bytes: archive.length };
}

async function writeFolder(out: string, files: AsyncIterable<TextFile>) {
  mkdirSync(out, { recursive: true });
  if (readdirSync(out).length > 0)
    throw inputError('--out', `${out} is not empty: give a new folder, so that nothing in it is taken for an initiative`);
  let bytes = 0;
  for await (const { path, text } of files) {
    const file = join(out, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    bytes += Buffer.byteLength(text);
  }
  return { bytes };
}

/** Only what declares or results is read; of data the name is enough. */
function folderFiles(folder: string): ReadonlyMap<string, Uint8Array> {
  const nothing = new Uint8Array();
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    entries.map(({ parentPath, name }) => {
      const file = join(parentPath, name);
      return [file.slice(join(folder, sep).length).replaceAll(sep, '/'), /\.(?:json|ya?ml)$/i.test(name) ? readFileSync(file) : nothing];
    }),
  );
}

function statOf(path: string) {
  try {
    return statSync(path);
  } catch (error) {
    throw inputError('--data', `cannot be read (${error instanceof Error ? error.message : String(error)})`, path);
  }
}

import { readFileSync, statSync } from 'node:fs';
import { inputError, InputError } from '../core/contracts/input-error.ts';
import { requireScenario } from '../core/scenario/parse-scenario.ts';
import { findPreset, presets } from '../core/scenario/presets/index.ts';
import type { Scenario } from '../core/scenario/scenario.ts';
import { lastReplication } from '../interchange/link.ts';
import { largestScenarioFile, readScenarioFile, type OpenedScenario } from '../interchange/scenario-file.ts';
import { textOfBytes } from '../interchange/text-of-bytes.ts';
import { numberOption, UsageError } from './command.ts';

/** What a command takes that needs a scenario. */
export const scenarioOptions = { preset: { type: 'string' }, scenario: { type: 'string' }, seed: { type: 'string' } } as const;
/** What a command takes that runs one replication of a scenario. */
export const replicatedOptions = { ...scenarioOptions, replication: { type: 'string' } } as const;

/** The scenario that `--preset` or `--scenario` names, with the seed that `--seed` gives. A file may hold more than the scenario. */
export function scenarioOption(options: { readonly preset?: string; readonly scenario?: string; readonly seed?: string }): Scenario {
  const base = baseScenario(options);
  return options.seed === undefined ? base : requireScenario({ ...base, seed: options.seed });
}

/** The replication that `--replication` names; where it names none, the one the file of `--scenario` is of, or else the first. */
export function replicationOption({
  replication: value,
  scenario: file,
}: {
  readonly replication?: string;
  readonly scenario?: string;
}): number {
  const replication =
    value === undefined && file !== undefined ? readScenario(file).replication : (numberOption(value, 'replication', 0) ?? 0);
  if (!Number.isInteger(replication) || replication < 0 || replication > lastReplication)
    throw new UsageError(`--replication must be a whole number from 0 to ${lastReplication} (found '${value}')`);
  return replication;
}

function baseScenario({ preset, scenario }: { readonly preset?: string; readonly scenario?: string }): Scenario {
  if ((preset === undefined) === (scenario === undefined)) throw new UsageError('give one of --preset and --scenario');
  if (scenario !== undefined) return readScenario(scenario).scenario;
  const found = findPreset(preset as string);
  if (found === undefined) throw new UsageError(`there is no preset '${preset}'; there are ${presets.map(({ id }) => id).join(', ')}`);
  return found.scenario;
}

function readScenario(path: string): OpenedScenario {
  const read = readScenarioFile(textOf(path));
  if (!read.ok) throw new InputError(read.issues.map((issue) => (issue.path === '' ? { ...issue, path } : issue)));
  return read.value;
}

function textOf(path: string): string {
  let bytes: Uint8Array;
  try {
    const { size } = statSync(path);
    if (size > largestScenarioFile) throw new Error(`it holds ${size} bytes, and a scenario file at most ${largestScenarioFile}`);
    bytes = readFileSync(path);
  } catch (error) {
    throw inputError(path, `cannot be read (${error instanceof Error ? error.message : String(error)})`);
  }
  const text = textOfBytes(bytes);
  if (text === null) throw inputError(path, 'is not text: choose a scenario as JSON');
  return text;
}

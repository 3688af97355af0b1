import { requireScenario } from '../core/scenario/parse-scenario.ts';
import { findPreset, presets } from '../core/scenario/presets/index.ts';
import type { Scenario } from '../core/scenario/scenario.ts';
import { lastReplication } from '../interchange/link.ts';
import { numberOption, readJsonFile, UsageError } from './command.ts';

/** The scenario that `--preset` or `--scenario` names, with the seed that `--seed` gives. */
export function scenarioOption(options: { readonly preset?: string; readonly scenario?: string; readonly seed?: string }): Scenario {
  const base = baseScenario(options);
  return options.seed === undefined ? base : requireScenario({ ...base, seed: options.seed });
}

/** The replication that `--replication` names; the first where it names none. */
export function replicationOption(value: string | undefined): number {
  const replication = numberOption(value, 'replication', 0) ?? 0;
  if (!Number.isInteger(replication) || replication < 0 || replication > lastReplication)
    throw new UsageError(`--replication must be a whole number from 0 to ${lastReplication} (found '${value}')`);
  return replication;
}

function baseScenario({ preset, scenario }: { readonly preset?: string; readonly scenario?: string }): Scenario {
  if ((preset === undefined) === (scenario === undefined)) throw new UsageError('give one of --preset and --scenario');
  if (scenario !== undefined) return requireScenario(readJsonFile(scenario));
  const found = findPreset(preset as string);
  if (found === undefined) throw new UsageError(`there is no preset '${preset}'; there are ${presets.map(({ id }) => id).join(', ')}`);
  return found.scenario;
}

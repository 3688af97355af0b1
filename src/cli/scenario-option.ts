import { requireScenario } from '../core/scenario/parse-scenario.ts';
import { findPreset, presets } from '../core/scenario/presets/index.ts';
import type { Scenario } from '../core/scenario/scenario.ts';
import { readJsonFile, UsageError } from './command.ts';

/** The scenario that `--preset` or `--scenario` names, with the seed that `--seed` gives. */
export function scenarioOption(options: { readonly preset?: string; readonly scenario?: string; readonly seed?: string }): Scenario {
  const base = baseScenario(options);
  return options.seed === undefined ? base : requireScenario({ ...base, seed: options.seed });
}

function baseScenario({ preset, scenario }: { readonly preset?: string; readonly scenario?: string }): Scenario {
  if ((preset === undefined) === (scenario === undefined)) throw new UsageError('give one of --preset and --scenario');
  if (scenario !== undefined) return requireScenario(readJsonFile(scenario));
  const found = findPreset(preset as string);
  if (found === undefined) throw new UsageError(`there is no preset '${preset}'; there are ${presets.map(({ id }) => id).join(', ')}`);
  return found.scenario;
}

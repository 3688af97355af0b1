import { engineOf } from '../interchange/link-engine.ts';
import { witnessOf } from '../interchange/link-witness.ts';
import { scenarioFileName, scenarioFileText, type ScenarioInHand } from '../interchange/scenario-file.ts';
import { saveFile } from './downloads.ts';
import { runState } from './run.svelte.ts';
import { scenarioState } from './scenario.svelte.ts';

/** The scenario in hand, with the digest of its run where that is finished. */
export function scenarioInHand(): ScenarioInHand {
  const { current: scenario, presetId: preset, replication } = scenarioState;
  const { run, stale } = runState;
  if (run === null || stale) return { scenario, preset, replication, digest: null, witness: null };
  return { scenario, preset, replication, digest: run.digest, witness: witnessOf(run, engineOf(navigator.userAgent)) };
}

/** Saves the scenario in hand as a file. Returns its name. */
export function saveScenario(): string {
  const inHand = scenarioInHand();
  const name = scenarioFileName(inHand.scenario.title);
  saveFile(name, new Blob([scenarioFileText(inHand)], { type: 'application/json' }));
  return name;
}

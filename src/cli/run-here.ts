import type { Run } from '../core/contracts/run.ts';
import type { Scenario } from '../core/scenario/scenario.ts';
import { inlineRunner } from '../engine/inline-runner.ts';
import { runScenario } from '../engine/run-scenario.ts';
import { loadHighsSolver } from '../../workers/highs-solver.ts';

/** Runs a replication of the scenario in this process. */
export async function runHere(scenario: Scenario, replication: number): Promise<Run> {
  const runner = inlineRunner({ solver: await loadHighsSolver() });
  try {
    return await runScenario(scenario, runner, { replication });
  } finally {
    runner.dispose();
  }
}

import type { Run } from '../../core/contracts/run.ts';
import type { Initiative, Scenario } from '../../core/scenario/scenario.ts';

/** The initiative the address names, else the first. */
export function selectedInitiative(scenario: Scenario, id: string | null): Initiative | undefined {
  return scenario.initiatives.find((initiative) => initiative.initiative_id === id) ?? scenario.initiatives[0];
}

export function initiativeRun(run: Run, id: string) {
  return run.initiatives.find((initiative) => initiative.initiative_id === id) ?? null;
}

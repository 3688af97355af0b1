import type { Measurement } from '../../core/contracts/run.ts';
import type { Scenario, SimulatedInitiative } from '../../core/scenario/scenario.ts';
import { runState } from '../../state/run.svelte.ts';
import { scenarioState } from '../../state/scenario.svelte.ts';

type Asked = { readonly scenario: Scenario; readonly initiative: SimulatedInitiative };

/** The same pilot with no flaw at all, once it is measured; null until then, and where there is no flaw to leave out. */
export function flawlessPilot(asked: () => Asked): { readonly pilot: Measurement | null } {
  let answer = $state.raw<{ readonly key: string; readonly pilot: Measurement } | null>(null);
  const key = $derived(worldKey(asked(), scenarioState.replication));

  $effect(() => {
    const wanted = key;
    if (wanted === null || answer?.key === wanted) return;
    const { scenario, initiative } = asked();
    void runState.pilotWithoutFlaws(scenario, initiative.initiative_id).then(
      (pilot) => (key === wanted && pilot !== null ? (answer = { key: wanted, pilot }) : undefined),
      // Without it the picture lacks the comparison; the run itself reports what failed.
      () => undefined,
    );
  });

  return {
    get pilot() {
      return answer !== null && answer.key === key ? answer.pilot : null;
    },
  };
}

/** All that the answer depends on: turning a flaw asks for nothing new. */
function worldKey({ scenario, initiative }: Asked, replication: number): string | null {
  if (initiative.flaws.length === 0) return null;
  const { initiative_id, catalog, demand, effect, design, method } = initiative;
  return JSON.stringify([scenario.seed, replication, scenario.confidence_level, initiative_id, catalog, demand, effect, design, method]);
}

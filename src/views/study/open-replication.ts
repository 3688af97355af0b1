import type { StudyFindings } from '../../core/study/study-document.ts';
import type { Step } from '../../interchange/link.ts';
import { route } from '../../state/route.svelte.ts';
import { scenarioState } from '../../state/scenario.svelte.ts';
import { studyProgress } from '../../state/study-progress.svelte.ts';

/** Why the study's replications are not those of the scenario in hand; null where they are. */
export function whyClosed({ settings }: StudyFindings): string | null {
  if (settings.effect === 'none')
    return 'These replications have no effects, so they are not those of the scenario in hand and cannot be opened in the other places.';
  if (studyProgress.stale)
    return 'These replications are of the scenario before your change; run the study again to open one in the other places.';
  return null;
}

/** Shows a replication of the scenario in hand in another place, as one step that can be undone. */
export function openReplication(replication: number, place: Step, initiative: string | null = route.initiative): void {
  if (replication === scenarioState.replication) return route.go(place, initiative);
  route.turn(place, initiative);
  scenarioState.openReplication(replication);
}

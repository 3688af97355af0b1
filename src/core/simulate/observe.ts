import type { Stream } from '../random/stream.ts';
import { observedDemand } from './demand-funnel.ts';
import type { Sighting, Treatment } from './flaws/flaw.ts';
import type { Assignment, Calendar, Catalog, Demand, Pilot, PotentialOutcomes } from './pilot.ts';
import type { ResolvedFlaw } from './world.ts';

/** A world as it is, before anyone looks at it. */
export type Unobserved = {
  readonly catalog: Catalog;
  readonly calendar: Calendar;
  readonly assignment: Assignment;
  readonly outcomes: PotentialOutcomes;
  /** Quality of each listing if treated; null where treatment does not change it. */
  readonly qualityIfTreated: Float64Array | null;
};

/**
 * What of a world the analyst gets to see. Flaws change what is seen, never what is true: first who receives treatment, then
 * what the outcomes become, then what gets on record; in the order of their registry. A flaw of severity 0 is passed over.
 * What has no data is blank: nothing of it stays in the arrays.
 */
export function observePilot(world: Unobserved, flaws: readonly ResolvedFlaw[], streamOf: (purpose: string) => Stream): Pilot {
  const { catalog, calendar, assignment, outcomes } = world;
  const acting = flaws
    .filter(({ parameters }) => parameters.severity !== 0)
    .map(({ flaw, parameters }) => ({ flaw, parameters, stream: streamOf(`flaw ${flaw.id}`) }));

  const treatment: Treatment = { catalog, calendar, assignment, received: assignment.firstTreated.slice() };
  for (const { flaw, parameters, stream } of acting) flaw.receive?.(treatment, parameters, stream);
  const sighting = firstSight(treatment, outcomes, world.qualityIfTreated);
  for (const { flaw, parameters, stream } of acting) flaw.alter?.(sighting, outcomes, parameters, stream);
  for (const { flaw, parameters, stream } of acting) flaw.record?.(sighting, parameters, stream);
  blankUnobserved(sighting.seen, sighting.observedUntil, calendar.nPeriods);

  const asAssigned = treatment.received.every((first, i) => first === assignment.firstTreated[i]);
  return {
    catalog: { ...catalog, quality: sighting.reportedQuality },
    calendar,
    assignment,
    received: asAssigned ? null : treatment.received,
    observed: sighting.seen,
    observedUntil: sighting.observedUntil,
    qualityAfter: sighting.reportedQualityAfter,
  };
}

/** Everything as it happened, before any flaw but those that decide who is treated. */
function firstSight(treatment: Treatment, outcomes: PotentialOutcomes, qualityIfTreated: Float64Array | null): Sighting {
  const { catalog, calendar, received } = treatment;
  return {
    ...treatment,
    seen: observedDemand(outcomes, { firstTreated: received }, calendar.nPeriods),
    observedUntil: new Int32Array(catalog.nProducts).fill(calendar.nPeriods),
    reportedQuality: catalog.quality.slice(),
    reportedQualityAfter:
      qualityIfTreated === null ? null : catalog.quality.map((before, i) => (received[i]! >= 0 ? qualityIfTreated[i]! : before)),
  };
}

function blankUnobserved(seen: Demand, observedUntil: Int32Array, nPeriods: number): void {
  const columns = [seen.impressions, seen.visits, seen.cartAdds, seen.orderedUnits, seen.revenue];
  observedUntil.forEach((until, i) => {
    if (until >= nPeriods) return;
    for (const column of columns) column.fill(0, i * nPeriods + Math.max(0, until), (i + 1) * nPeriods);
  });
}

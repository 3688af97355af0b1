import { observedDemand } from './demand-funnel.ts';
import type { Assignment, Calendar, Catalog, Pilot, PotentialOutcomes } from './pilot.ts';

/** What of a world the analyst gets to see. Flaws change what is seen, never what is true. */
export function observePilot(catalog: Catalog, calendar: Calendar, assignment: Assignment, outcomes: PotentialOutcomes): Pilot {
  return {
    catalog,
    calendar,
    assignment,
    received: null,
    observed: observedDemand(outcomes, assignment, calendar.nPeriods),
    observedUntil: new Int32Array(catalog.nProducts).fill(calendar.nPeriods),
    qualityAfter: null,
  };
}

import type { AssignmentDesignDefinition } from './assignment-design.ts';
import { completeRandomisation } from './complete-randomisation.ts';
import { everyoneFromDate } from './everyone-from-date.ts';
import { oneTreatedUnit } from './one-treated-unit.ts';
import { selectionOnObservables } from './selection-on-observables.ts';

/** Every assignment design by id, in the order the page lists them. */
export const assignmentDesigns = {
  complete_randomisation: completeRandomisation,
  selection_on_observables: selectionOnObservables,
  one_treated_unit: oneTreatedUnit,
  everyone_from_date: everyoneFromDate,
} as const;

export type AssignmentDesignId = keyof typeof assignmentDesigns;

/** The design of that id, with its parameter types erased; undefined where there is none. */
export function findAssignmentDesign(id: string): AssignmentDesignDefinition | undefined {
  return Object.hasOwn(assignmentDesigns, id)
    ? (assignmentDesigns[id as AssignmentDesignId] as unknown as AssignmentDesignDefinition)
    : undefined;
}

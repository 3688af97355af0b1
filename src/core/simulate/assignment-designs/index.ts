import type { AssignmentDesignDefinition } from './assignment-design.ts';
import { bernoulliRandomisation } from './bernoulli-randomisation.ts';
import { clusterRandomisation } from './cluster-randomisation.ts';
import { completeRandomisation } from './complete-randomisation.ts';
import { everyoneFromDate } from './everyone-from-date.ts';
import { lowestQualityFirst } from './lowest-quality-first.ts';
import { oneTreatedUnit } from './one-treated-unit.ts';
import { selectionOnObservables } from './selection-on-observables.ts';
import { selectionOnUnobservable } from './selection-on-unobservable.ts';
import { staggeredRollout } from './staggered-rollout.ts';
import { stratifiedRandomisation } from './stratified-randomisation.ts';
import { thresholdRule } from './threshold-rule.ts';

/** Every assignment design by id, in the order the page lists them. */
export const assignmentDesigns = {
  complete_randomisation: completeRandomisation,
  bernoulli_randomisation: bernoulliRandomisation,
  stratified_randomisation: stratifiedRandomisation,
  cluster_randomisation: clusterRandomisation,
  selection_on_observables: selectionOnObservables,
  lowest_quality_first: lowestQualityFirst,
  selection_on_unobservable: selectionOnUnobservable,
  threshold_rule: thresholdRule,
  one_treated_unit: oneTreatedUnit,
  staggered_rollout: staggeredRollout,
  everyone_from_date: everyoneFromDate,
} as const;

export type AssignmentDesignId = keyof typeof assignmentDesigns;

/** The design of that id, with its parameter types erased; undefined where there is none. */
export function findAssignmentDesign(id: string): AssignmentDesignDefinition | undefined {
  return Object.hasOwn(assignmentDesigns, id)
    ? (assignmentDesigns[id as AssignmentDesignId] as unknown as AssignmentDesignDefinition)
    : undefined;
}

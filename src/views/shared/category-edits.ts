import type { Scenario } from '../../core/scenario/scenario.ts';
import { editInitiative, type Edit } from './edits.ts';

export function setCategory(id: string, given: string): Edit {
  const category = given.trim();
  return (scenario) => {
    const before = scenario.initiatives.find(({ initiative_id }) => initiative_id === id)?.category ?? category;
    const edited = editInitiative(id, (initiative) => ({ ...initiative, category }))(scenario);
    return followCategory(edited, before, category);
  };
}

export function setDivisible(id: string, divisible: boolean): Edit {
  return editInitiative(id, (initiative) => ({ ...initiative, divisible }));
}

/** A cap on a category that its last initiative has left goes along, or goes where the new name has a cap already. */
export function followCategory(scenario: Scenario, from: string, to: string): Scenario {
  if (from === to || scenario.initiatives.some(({ category }) => category === from)) return scenario;
  const caps = scenario.constraints.category_caps;
  const isTaken = to === '' || caps.some(({ category }) => category === to);
  const followed = caps.flatMap((cap) => (cap.category !== from ? [cap] : isTaken ? [] : [{ ...cap, category: to }]));
  return { ...scenario, constraints: { ...scenario.constraints, category_caps: followed } };
}

import type { Choice, SimulatedInitiative } from '../../core/scenario/scenario.ts';
import { editSimulated, type Edit } from './edits.ts';

/** Which method of an initiative: the one in the decision, or a comparison by its place. */
export type MethodPlace = 'method' | number;

/** Further methods on the same pilot, each at its own defaults, after those that are there. */
export function addComparisons(id: string, methods: readonly string[]): Edit {
  return editSimulated(id, (initiative) => ({
    ...initiative,
    comparisons: [...initiative.comparisons, ...methods.map((method): Choice => ({ id: method, parameters: {} }))],
  }));
}

export function removeComparison(id: string, place: number): Edit {
  return editSimulated(id, (initiative) => ({ ...initiative, comparisons: initiative.comparisons.filter((_, i) => i !== place) }));
}

/** Puts a comparison into the decision, and what was there into its place. */
export function decideBy(id: string, place: number): Edit {
  return editSimulated(id, (initiative) => {
    const chosen = initiative.comparisons[place];
    if (chosen === undefined) return initiative;
    const comparisons = initiative.comparisons.flatMap((choice, i) => (i === place ? kept(initiative.method) : [choice]));
    return { ...initiative, method: chosen, comparisons };
  });
}

/** Puts the naive answer into the decision; what was there becomes the first comparison. */
export function decideNaively(id: string): Edit {
  return editSimulated(id, (initiative) => ({
    ...initiative,
    method: { id: 'naive_difference', parameters: {} },
    comparisons: [...kept(initiative.method), ...initiative.comparisons],
  }));
}

/** Sets one parameter of a method; undefined takes it back to what the pilot or the default says. */
export function setMethodParameter(id: string, place: MethodPlace, name: string, value: unknown): Edit {
  const change = (choice: Choice): Choice => {
    const { [name]: _old, ...others } = choice.parameters;
    return { ...choice, parameters: value === undefined ? others : { ...others, [name]: value } };
  };
  return editSimulated(id, (initiative): SimulatedInitiative =>
    place === 'method'
      ? { ...initiative, method: change(initiative.method) }
      : { ...initiative, comparisons: initiative.comparisons.map((choice, i) => (i === place ? change(choice) : choice)) },
  );
}

// The naive answer is laid beside every pilot anyway.
function kept(choice: Choice): Choice[] {
  return choice.id === 'naive_difference' && Object.keys(choice.parameters).length === 0 ? [] : [choice];
}

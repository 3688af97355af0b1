import type { AllocationProblem, Candidate } from '../decision-rule.ts';
import { allocate } from '../index.ts';
import { sideConstraintsOf } from '../side-constraints.ts';
import type { MenuChange } from './explanations.ts';

/**
 * What one option more, or one fewer, does to the choice. A choice that changes although the option is in neither breaks the
 * independence of irrelevant alternatives; minimax regret does, because an option nobody picks can still set what could have been
 * had. Source: Chernoff 1954, Rational selection of decision functions, Econometrica 22.
 *
 * An option added by an id that is taken stands in place of the one that had it. @throws InputError where the problem is not one the rule can be asked.
 */
export function menuChange(problem: AllocationProblem, edit: { readonly add: Candidate } | { readonly remove: string }): MenuChange {
  const isAdded = 'add' in edit;
  const id = isAdded ? edit.add.id : edit.remove;
  const changed = isAdded ? withOption(problem, edit.add) : withoutOption(problem, id);
  const before = allocate(problem, null).selected_initiatives;
  const after = allocate(changed, null).selected_initiatives;
  const winnerChanged = [...before].sort().join('\n') !== [...after].sort().join('\n');
  const picked = before.includes(id) || after.includes(id);
  return { id, change: isAdded ? 'added' : 'removed', before, after, winner_changed: winnerChanged, option_picked: picked, is_violation: winnerChanged && !picked };
}

export function withOption(problem: AllocationProblem, option: Candidate): AllocationProblem {
  return { ...problem, candidates: [...problem.candidates.filter(({ id }) => id !== option.id), option] };
}

/** Without the option and the constraints that name it; what needs it can no longer be chosen. */
export function withoutOption(problem: AllocationProblem, id: string): AllocationProblem {
  const constraints = sideConstraintsOf(problem);
  const stranded = constraints.prerequisites.filter(({ requires }) => requires === id).map((entry) => entry.id);
  const others = (ids: readonly string[]) => ids.filter((other) => other !== id);
  const candidates = problem.candidates.filter((candidate) => candidate.id !== id);
  const categories = new Set(candidates.map(({ category }) => category ?? ''));
  return {
    ...problem,
    candidates,
    constraints: {
      ...constraints,
      required: others(constraints.required).filter((other) => !stranded.includes(other)),
      excluded: [...others(constraints.excluded), ...stranded],
      exclusive: constraints.exclusive.map(others),
      prerequisites: constraints.prerequisites.filter((entry) => entry.id !== id && entry.requires !== id),
      category_caps: constraints.category_caps.filter(({ category }) => categories.has(category)),
    },
  };
}

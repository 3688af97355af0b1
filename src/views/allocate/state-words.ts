import type { State } from '../../core/contracts/shared-types.ts';

/** The heads of the tables' columns. */
export const stateWords: Readonly<Record<State, string>> = { best: 'best', med: 'median', worst: 'worst' };

export const ifState: Readonly<Record<State, string>> = {
  best: 'if all turn out best',
  med: 'if all turn out median',
  worst: 'if all turn out worst',
};

export const alongState: Readonly<Record<State, string>> = {
  best: 'in the best state',
  med: 'in the median state',
  worst: 'in the worst state',
};

export const payoffSenses = ['gain', 'cost'] as const;
/** Whether a payoff is to be large (gain) or small (cost). */
export type PayoffSense = (typeof payoffSenses)[number];

/** A decision under uncertainty: one option is chosen, then one state turns out to hold; `payoffs[i][j]` is option i in state j. */
export type PayoffTable = {
  readonly options: readonly string[];
  readonly states: readonly string[];
  readonly payoffs: readonly (readonly number[])[];
  readonly sense: PayoffSense;
  /** How likely each state is, in the order of `states`; non-negative and adding up to 1. None where absent. */
  readonly weights?: readonly number[];
  /** Hurwicz's weight on the best outcome, from 0 (only the worst counts) to 1 (only the best); one half where absent. */
  readonly alpha?: number;
};

export const defaultAlpha = 0.5;

/** So that the exact linear program of the mixed strategy stays quick. */
export const largestTable = { options: 200, states: 200, cells: 2_500 } as const;

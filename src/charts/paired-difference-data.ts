import type { Averaged } from './monte-carlo-words.ts';

/** One way to decide, over all replications. */
export type ArmRow = {
  /** 'own' is the way the others are compared with. */
  readonly id: string;
  readonly label: string;
  /** Heading under which the row stands, such as 'another rule'; none for ''. */
  readonly group: string;
  /** Expected regret. */
  readonly expected: Averaged;
  /** Expected regret minus that of 'own', on the same replications; null for 'own' and where there is none. */
  readonly difference: Averaged | null;
};

/** The row that the others are compared with. */
export const own = 'own';

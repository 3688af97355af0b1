import type { Averaged } from './monte-carlo-words.ts';

export type ReplicateRegret = { readonly replication: number; readonly regret: number };

export type RegretDistribution = {
  readonly regrets: readonly ReplicateRegret[];
  /** Of all replications, also of those that are not among the regrets. */
  readonly mean: Averaged;
  readonly worst: { readonly value: number; readonly replication: number } | null;
};

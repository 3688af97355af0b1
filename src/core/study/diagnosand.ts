import type { Replicate } from './replicate-answer.ts';
import type { ReplicateTally } from './replicate-tally.ts';

export type { Replicate } from './replicate-answer.ts';

/** What diagnosands are worked out from: exact sums over all replications, and those that are kept one by one, in order of replication. */
export type ReplicateEvidence = { readonly tally: ReplicateTally; readonly kept: readonly Replicate[] };

/** A value worked out from finitely many replications, with its Monte Carlo standard error; that is null where it cannot be told. */
export type Measured = { readonly value: number; readonly monte_carlo_se: number | null };

/** 'share' is of replications, from 0 to 1, its error binomial; 'percent' is in percent already; 'ratio' is so many times something. */
export type DiagnosandUnit = 'outcome' | 'outcome_squared' | 'share' | 'percent' | 'ratio';

/** A property of a procedure over replications. Adding one is a file with `defineDiagnosand` and a line in `index.ts`. */
export type DiagnosandDefinition<Id extends string = string> = {
  readonly id: Id;
  readonly label: string;
  /** What it says, in one plain sentence. */
  readonly summary: string;
  readonly unit: DiagnosandUnit;
  /** Which replications it is about: all that have an answer, those kept one by one, or those that reject. */
  readonly about: 'all' | 'kept' | 'rejected';
  /** null where it is not defined: too few replications, or a method without standard errors. */
  readonly measure: (evidence: ReplicateEvidence) => Measured | null;
};

export function defineDiagnosand<const Id extends string>(definition: DiagnosandDefinition<Id>): DiagnosandDefinition<Id> {
  return definition;
}

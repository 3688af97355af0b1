import type { Measured } from './diagnosand.ts';

/**
 * Contributions to what came at scale minus what was predicted; they add up to `error`. Money, negative where the part made the
 * prediction too high.
 */
export type ErrorSplit = {
  /** Mean over the replications in which it was funded: true return at scale minus predicted. */
  readonly error: Measured;
  /** Zero on average given that it was funded; `standard_deviation` is its size in one replication. */
  readonly sampling_noise: Measured & { readonly standard_deviation: number | null };
  /** Minus (mean estimate where funded - mean estimate): funded because it looked good. */
  readonly selection: Measured;
  /** Minus (mean estimate - true return of the pilot's effect). */
  readonly bias: Measured;
  /** True return at scale - true return of the pilot's effect. */
  readonly transport: Measured;
  /** Minus (predicted - estimate): a correction of the returns, where one is made. */
  readonly correction: Measured;
};

export type ErrorSplitSummary = {
  /** Of the portfolio, over the replications that funded something; null where none did or its truth is not known. */
  readonly overall: (ErrorSplit & { readonly replications: number }) | null;
  /** Those that were funded in some replication. */
  readonly initiatives: readonly (ErrorSplit & { readonly initiative_id: string; readonly replications: number })[];
};

/** The parts of one replication's error, money for the share that was funded; they add up to `error`. */
export type OneErrorSplit = {
  readonly error: number;
  readonly sampling_noise: number;
  readonly selection: number;
  readonly bias: number;
  readonly transport: number;
  readonly correction: number;
};

export type ReplicateEstimate = { readonly replication: number; readonly estimate: number };

/** What one method estimated for one initiative in each replication. */
export type SamplingRow = {
  readonly id: string;
  readonly label: string;
  readonly estimates: readonly ReplicateEstimate[];
  /** Of all replications, also of those that are not among the estimates. */
  readonly mean: number;
  /** Monte Carlo standard error of the mean. */
  readonly mean_error: number | null;
  readonly truth: number | null;
  /** How many replications the mean is of, where the estimates are only some of them. */
  readonly replications?: number;
  /** Such as how many replications failed, and why. */
  readonly note?: string;
};

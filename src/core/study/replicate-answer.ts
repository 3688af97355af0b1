/** One replication of a procedure: its answer and what was true of it. */
export type Replicate = {
  readonly estimate: number;
  /** null where the method has none. */
  readonly standard_error: number | null;
  readonly ci_lower: number;
  readonly ci_upper: number;
  readonly p_value: number;
  readonly truth: number;
};

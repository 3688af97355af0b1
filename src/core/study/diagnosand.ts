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

/** A value worked out from finitely many replications, with its Monte Carlo standard error; that is null where it cannot be told. */
export type Measured = { readonly value: number; readonly monte_carlo_se: number | null };

/** A property of a procedure over replications. Adding one is a file with `defineDiagnosand` and a line in `index.ts`. */
export type DiagnosandDefinition<Id extends string = string> = {
  readonly id: Id;
  readonly label: string;
  /** What it says, in one plain sentence. */
  readonly summary: string;
  /** null where it is not defined: too few replications, or a method without standard errors. */
  readonly measure: (replicates: readonly Replicate[]) => Measured | null;
};

export function defineDiagnosand<const Id extends string>(definition: DiagnosandDefinition<Id>): DiagnosandDefinition<Id> {
  return definition;
}

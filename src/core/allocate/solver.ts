/**
 * A mixed-integer linear program in integers:
 *   maximise or minimise objective . x   subject to   rowLower <= A x <= rowUpper,  lower <= x <= upper.
 * `rows` lists the non-zeros of each row. `integer[j]` is 1 where x_j must be whole.
 */
export type MixedIntegerModel = {
  readonly sense: 'maximise' | 'minimise';
  readonly objective: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly integer: Uint8Array;
  readonly rows: readonly { readonly columns: readonly number[]; readonly values: readonly number[]; readonly lower: number; readonly upper: number }[];
  /** Branch-and-bound nodes after which the search stops with what it has. A count, so that every machine stops at the same place. */
  readonly maxNodes: number;
};

export type SolverSolution =
  | {
      readonly status: 'optimal' | 'node_limit';
      readonly x: Float64Array;
      readonly objective: number;
      /** Proved bound on the objective. */
      readonly bound: number;
    }
  | { readonly status: 'infeasible' | 'failed'; readonly reason: string };

/** The one port of the core. */
export type Solver = { readonly name: string; readonly solve: (model: MixedIntegerModel) => SolverSolution };

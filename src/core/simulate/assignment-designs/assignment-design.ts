import type { Parameters, ParameterValues } from '../../contracts/parameter.ts';
import type { Estimand } from '../../contracts/shared-types.ts';
import type { DataShape } from '../../measure/estimator.ts';
import type { Stream } from '../../random/stream.ts';
import type { Assignment, Calendar, Catalog } from '../pilot.ts';

/** All that an assignment may depend on. */
export type AssignmentInput = {
  readonly catalog: Catalog;
  readonly calendar: Calendar;
  /** Each product's mean revenue per period before the intervention; all 0 where there are no such periods. */
  readonly preRevenue: Float64Array;
};

/** Who is treated from when. Adding a design is a file with `defineAssignmentDesign` and a line in `index.ts`. */
export type AssignmentDesignDefinition<Id extends string = string, Ps extends Parameters = Parameters> = {
  readonly id: Id;
  readonly label: string;
  /** Who is treated, in one plain sentence. */
  readonly summary: string;
  readonly parameters: Ps;
  /** The table that such a pilot is usually analysed as. */
  readonly shape: DataShape;
  /** Which effects can be learnt from it, and under what condition. */
  readonly estimands: readonly Estimand[];
  readonly identifies: string;
  /** Number of panel units the products are dealt to; left out where there are none. */
  readonly unitCount?: (parameters: ParameterValues<Ps>) => number;
  /** Why a catalog of this size cannot be assigned so, for the person who set it; null where it can. Left out where any can. */
  readonly misfit?: (parameters: ParameterValues<Ps>, nProducts: number) => string | null;
  /** Whether anyone is ever treated, and whether anyone never is, in a catalog of this size. */
  readonly groups: (parameters: ParameterValues<Ps>, nProducts: number) => { readonly treated: boolean; readonly controls: boolean };
  readonly assign: (input: AssignmentInput, parameters: ParameterValues<Ps>, stream: Stream) => Assignment;
  /**
   * Each product's probability of being treated, summing to the number treated, which is fixed. Left out where it does not
   * depend on the product: then the effects on the treated, the controls and all have the same expectation.
   */
  readonly treatmentProbabilities?: (input: AssignmentInput, parameters: ParameterValues<Ps>) => Float64Array;
  /** Whether `treatmentProbabilities` reads revenue before the intervention; left out where it never does. */
  readonly readsPreRevenue?: (parameters: ParameterValues<Ps>) => boolean;
};

export function defineAssignmentDesign<const Id extends string, const Ps extends Parameters>(
  definition: AssignmentDesignDefinition<Id, Ps>,
): AssignmentDesignDefinition<Id, Ps> {
  return definition;
}

import type { Parameters, ParameterValues } from '../../contracts/parameter.ts';
import type { Estimand } from '../../contracts/shared-types.ts';
import type { DataShape } from '../../measure/estimator.ts';
import type { Stream } from '../../random/stream.ts';
import type { CatalogDeclaration } from '../../scenario/scenario.ts';
import type { Assignment, Calendar, Catalog } from '../pilot.ts';

/** All that an assignment may depend on. */
export type AssignmentInput = {
  readonly catalog: Catalog;
  readonly calendar: Calendar;
  /** Each product's mean revenue per period before the intervention; all 0 where there are no such periods. */
  readonly preRevenue: Float64Array;
  /**
   * Each product's hidden appeal, standard normal: where demand depends on it, the standardised logarithm of its factor. On no
   * record, so a design that reads it says so with `readsAppeal`.
   */
  readonly appeal: Float64Array;
};

/** What of a catalog's declaration may forbid a design. */
export type DeclaredCatalog = Pick<CatalogDeclaration, 'categories' | 'pre_periods' | 'post_periods'>;

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
  /** Why such a catalog cannot be assigned so, for the person who set it; null where it can. Left out where any can. */
  readonly misfit?: (parameters: ParameterValues<Ps>, nProducts: number, catalog: DeclaredCatalog) => string | null;
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
  /** Whether `treatmentProbabilities` reads the hidden appeal; left out where it never does. */
  readonly readsAppeal?: (parameters: ParameterValues<Ps>) => boolean;
};

export function defineAssignmentDesign<const Id extends string, const Ps extends Parameters>(
  definition: AssignmentDesignDefinition<Id, Ps>,
): AssignmentDesignDefinition<Id, Ps> {
  return definition;
}

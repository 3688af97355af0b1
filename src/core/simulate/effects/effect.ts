import type { Parameters, ParameterValues } from '../../contracts/parameter.ts';

/**
 * What a treatment does to the demand funnel, each factor 1 where it does nothing there:
 * the probability that a product is active is multiplied (and capped at 1), and the ordered units are multiplied and rounded
 * up or down at random with the product as their mean. An effect on another stage adds its factor here and in the funnel.
 */
export type FunnelChange = { readonly activityFactor: number; readonly unitsFactor: number };

export const noChange: FunnelChange = { activityFactor: 1, unitsFactor: 1 };

/** A treatment effect. Adding one is a file with `defineEffect` and a line in `index.ts`. */
export type EffectDefinition<Id extends string = string, Ps extends Parameters = Parameters> = {
  readonly id: Id;
  readonly label: string;
  /** What it does, in one plain sentence. */
  readonly summary: string;
  readonly parameters: Ps;
  /** The relative effect on revenue that is asked for; a cap may leave less of it. */
  readonly nominalEffect: (parameters: ParameterValues<Ps>) => number;
  readonly change: (parameters: ParameterValues<Ps>) => FunnelChange;
};

export function defineEffect<const Id extends string, const Ps extends Parameters>(
  definition: EffectDefinition<Id, Ps>,
): EffectDefinition<Id, Ps> {
  return definition;
}

import type { Parameters, ParameterValues } from '../../contracts/parameter.ts';
import type { TextSizes } from '../catalog.ts';
import { profileParameters, type EffectProfile } from './effect-profile.ts';

/**
 * What a treatment does to the demand funnel of one product in one period; every factor is 1 where it does nothing there and
 * never negative. An effect on another stage adds its factor here and in the funnel.
 */
export type FunnelChange = {
  /** Multiplies the probability that the product is active, capped at 1. */
  readonly activityFactor: number;
  /** Multiplies impressions, rounded up or down at random with the product as their mean; the rest of the funnel follows. */
  readonly impressionsFactor: number;
  /** Multiplies ordered units, rounded likewise. */
  readonly unitsFactor: number;
  /** Whether ordered units are rounded down instead. */
  readonly truncatesUnits: boolean;
  /** Multiplies the price paid. */
  readonly priceFactor: number;
};

export const noChange: FunnelChange = { activityFactor: 1, impressionsFactor: 1, unitsFactor: 1, truncatesUnits: false, priceFactor: 1 };

/** Quality of a listing without treatment and with it; the same where treatment leaves the text alone. */
export type ListingQuality = { readonly before: number; readonly after: number };

/** A treatment effect. Adding one is a file with `defineEffect` and a line in `index.ts`. */
export type EffectDefinition<Id extends string = string, Ps extends Parameters = Parameters> = {
  readonly id: Id;
  readonly label: string;
  /** What it does, in one plain sentence. */
  readonly summary: string;
  readonly parameters: Ps;
  /** The relative effect on revenue that is asked for, at so many times its size; a cap, rounding, ramp or decay may leave less of it. */
  readonly nominalEffect: (parameters: ParameterValues<Ps>, meanQuality: number, multiplier: number) => number;
  /** The change at so many times the size asked for: 1 as asked, 0 for nothing. */
  readonly change: (parameters: ParameterValues<Ps>, strength: number, quality: ListingQuality) => FunnelChange;
  /** The text of a treated listing; left out where treatment leaves it alone. */
  readonly rewrite?: (sizes: TextSizes, parameters: ParameterValues<Ps>) => TextSizes;
};

type WithProfile<Ps extends Parameters> = Ps & typeof profileParameters;

/** Gives the effect the parameters that all have, after its own. */
export function defineEffect<const Id extends string, const Ps extends Parameters>(
  definition: EffectDefinition<Id, Ps>,
): EffectDefinition<Id, WithProfile<Ps>> {
  const parameters: WithProfile<Ps> = { ...definition.parameters, ...profileParameters };
  return { ...definition, parameters };
}

/** An effect with its parameters filled in. */
export type ResolvedEffect = {
  readonly nominalEffect: number;
  readonly profile: EffectProfile;
  readonly change: (strength: number, quality: ListingQuality) => FunnelChange;
  readonly rewrite: ((sizes: TextSizes) => TextSizes) | null;
};

/** The effect at `multiplier` times its size: what it does to demand, not how a listing is rewritten. */
export function resolveEffect(
  effect: EffectDefinition,
  parameters: ParameterValues<Parameters>,
  meanQuality: number,
  multiplier: number,
): ResolvedEffect {
  const { rewrite } = effect;
  return {
    nominalEffect: effect.nominalEffect(parameters, meanQuality, multiplier),
    profile: parameters as unknown as EffectProfile,
    change: (strength, quality) => effect.change(parameters, multiplier * strength, quality),
    rewrite: rewrite === undefined ? null : (sizes) => rewrite(sizes, parameters),
  };
}

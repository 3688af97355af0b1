import type { NumberParameter, Parameters, ParameterValues } from '../../contracts/parameter.ts';
import type { Stream } from '../../random/stream.ts';
import type { Assignment, Calendar, Catalog, Demand, PotentialOutcomes } from '../pilot.ts';

/** Who was to be treated, and who really is. */
export type Treatment = {
  readonly catalog: Catalog;
  readonly calendar: Calendar;
  readonly assignment: Assignment;
  /** First period in which each product really is treated, -1 for never. */
  readonly received: Int32Array;
};

/** What the analyst will be given, on its way from the world. Flaws write into its arrays, which are its own. */
export type Sighting = Treatment & {
  readonly seen: Demand;
  /** First period of each product without data; nPeriods where nothing is missing, -1 where it is not on record. */
  readonly observedUntil: Int32Array;
  readonly reportedQuality: Float64Array;
  /** Quality from the intervention on, where treatment changes it. */
  readonly reportedQualityAfter: Float64Array | null;
};

/** What a flaw needs to know of a pilot to tell whether it can happen there. */
export type FlawSetting = { readonly treated: boolean; readonly controls: boolean; readonly prePeriods: number };

/**
 * A flaw: something that goes wrong on the way from the world to the data. It changes what is seen, never what is true. Adding
 * one is a file with `defineFlaw` and a line in `index.ts`. Hooks of all flaws run in the order of the registry, whatever the
 * order in the scenario: first who receives treatment, then what the outcomes become, then what gets on record. Each flaw has
 * one random stream of its own, from which it draws the same uniforms whatever its severity: more of it adds to what it did.
 */
export type FlawDefinition<Id extends string = string, Ps extends FlawParameters = FlawParameters> = {
  readonly id: Id;
  readonly label: string;
  /** What happens, in one plain sentence. */
  readonly summary: string;
  /** The identifying assumption it breaks, in words. */
  readonly breaks: string;
  /** Which way the naive answer moves, and why. */
  readonly moves: string;
  readonly parameters: Ps;
  /** Why it cannot happen in such a pilot, for the person who set it; null where it can. Left out where it always can. */
  readonly misfit?: (parameters: ParameterValues<Ps>, setting: FlawSetting) => string | null;
  readonly receive?: (treatment: Treatment, parameters: ParameterValues<Ps>, stream: Stream) => void;
  readonly alter?: (sighting: Sighting, outcomes: PotentialOutcomes, parameters: ParameterValues<Ps>, stream: Stream) => void;
  readonly record?: (sighting: Sighting, parameters: ParameterValues<Ps>, stream: Stream) => void;
};

/** Every flaw has a severity: 0 for nothing at all. */
export type FlawParameters = Parameters & { readonly severity: NumberParameter & { readonly min: 0; readonly default: number } };

export function defineFlaw<const Id extends string, const Ps extends FlawParameters>(
  definition: FlawDefinition<Id, Ps>,
): FlawDefinition<Id, Ps> {
  return definition;
}

/** The dial. 0 is nothing at all. */
export function severity(help: string, limits: { readonly max?: number; readonly default?: number } = {}) {
  return {
    kind: 'number',
    label: 'Severity',
    help: `${help} At 0 nothing happens.`,
    min: 0,
    max: limits.max ?? 1,
    step: 0.05,
    default: limits.default ?? 0.3,
  } as const satisfies NumberParameter;
}

import type { Parameters, ParameterValues } from '../../contracts/parameter.ts';
import type { Stream } from '../../random/stream.ts';
import type { Assignment, Calendar, Catalog, Demand, PotentialOutcomes } from '../pilot.ts';

/** What the analyst will be given, on its way from the world. Flaws write into its arrays, which are its own. */
export type Sighting = {
  readonly catalog: Catalog;
  readonly calendar: Calendar;
  readonly assignment: Assignment;
  /** First period in which each product really is treated, -1 for never. */
  readonly received: Int32Array;
  readonly seen: Demand;
  /** First period of each product without data; nPeriods where nothing is missing, -1 where it is not on record. */
  readonly observedUntil: Int32Array;
  readonly reportedQuality: Float64Array;
};

/**
 * A flaw: something that goes wrong on the way from the world to the data. It changes what is seen, never what is true. Adding
 * one is a file with `defineFlaw` and a line in `index.ts`. Hooks of all flaws run in the order of the registry, whatever the
 * order in the scenario: first who receives treatment, then what the outcomes become, then what gets on record.
 */
export type FlawDefinition<Id extends string = string, Ps extends Parameters = Parameters> = {
  readonly id: Id;
  readonly label: string;
  /** What happens, in one plain sentence. */
  readonly summary: string;
  /** The identifying assumption it breaks, in words. */
  readonly breaks: string;
  /** Which way the naive answer moves, and why. */
  readonly moves: string;
  /** Includes `severity`, 0 for nothing at all. */
  readonly parameters: Ps;
  readonly receive?: (sighting: Sighting, parameters: ParameterValues<Ps>, stream: Stream) => void;
  readonly alter?: (sighting: Sighting, outcomes: PotentialOutcomes, parameters: ParameterValues<Ps>, stream: Stream) => void;
  readonly record?: (sighting: Sighting, parameters: ParameterValues<Ps>, stream: Stream) => void;
};

export function defineFlaw<const Id extends string, const Ps extends Parameters>(definition: FlawDefinition<Id, Ps>): FlawDefinition<Id, Ps> {
  return definition;
}

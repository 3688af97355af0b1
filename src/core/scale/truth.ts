import type { Measurement } from '../contracts/run.ts';
import type { ExpectedTruth } from '../simulate/expected-truth.ts';

/** The expected effect per product-period on the group the method is about; null where nobody is in it. */
export function truePerUnit(measurement: Measurement | null | undefined): number | null {
  if (measurement === null || measurement === undefined) return null;
  return measurement.truth.population[measurement.result.estimand];
}

/** The same for the very products that were measured. */
export function sampleTruePerUnit(measurement: Measurement): number | null {
  return measurement.truth.sample[measurement.result.estimand];
}

/** The expected effect at scale on the same group: as in the pilot, but where a truth at scale of its own is given. */
export function effectAtScale(pilot: Measurement, atScale: ExpectedTruth | undefined): number | null {
  return atScale === undefined ? truePerUnit(pilot) : atScale.population[pilot.result.estimand];
}

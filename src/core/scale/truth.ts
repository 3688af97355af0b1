import type { Measurement } from '../contracts/run.ts';

/** The expected effect per product-period on the group the method is about; null where nobody is in it. */
export function truePerUnit(measurement: Measurement | null | undefined): number | null {
  if (measurement === null || measurement === undefined) return null;
  return measurement.truth.population[measurement.result.estimand];
}

/** The same for the very products that were measured. */
export function sampleTruePerUnit(measurement: Measurement): number | null {
  return measurement.truth.sample[measurement.result.estimand];
}

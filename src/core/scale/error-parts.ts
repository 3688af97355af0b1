import type { ErrorParts, Measurement } from '../contracts/run.ts';
import { sampleTruePerUnit, truePerUnit } from './truth.ts';

/**
 * Splits actual - predicted into what the pilot and the scale measurement each contributed, through the sample's own
 * effect S and the expected effect P:  -(pilot - S_p) - (S_p - P_p) + (P_s - P_p) + (S_s - P_s) + (scale - S_s), times
 * units_at_scale. null where a measurement has no estimate or nobody is in the estimand's group.
 */
export function errorParts(pilot: Measurement, scale: Measurement, expectedAtScale: number | null, unitsAtScale: number): ErrorParts | null {
  const expected = truePerUnit(pilot);
  const pilotSample = sampleTruePerUnit(pilot);
  const scaleSample = sampleTruePerUnit(scale);
  if (pilot.result.status !== 'ok' || scale.result.status !== 'ok') return null;
  if (expected === null || expectedAtScale === null || pilotSample === null || scaleSample === null) return null;
  return {
    pilot_estimation: (pilotSample - pilot.result.effect_estimate) * unitsAtScale,
    pilot_sample: (expected - pilotSample) * unitsAtScale,
    transport: (expectedAtScale - expected) * unitsAtScale,
    scale_sample: (scaleSample - expectedAtScale) * unitsAtScale,
    scale_estimation: (scale.result.effect_estimate - scaleSample) * unitsAtScale,
  };
}

import { expm1 } from '../../numeric/elementary.ts';
import { defineResponseFunction, levelResponse } from './response-function.ts';

/** Saturating, quickly: 1 + c (1 - exp(-metric / scale)); 63% of the greatest gain is there where the metric equals the scale. */
export const exponentialSaturation = defineResponseFunction({
  id: 'exponential_saturation',
  label: 'Saturating (exponential)',
  coefficient: 'The most that the metric can ever add, as a share of the outcome at a metric of 0.',
  defaultCoefficient: 0.8,
  ...levelResponse((metric, scale) => -expm1(-metric / scale)),
});

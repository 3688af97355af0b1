import { defineResponseFunction, levelResponse } from './response-function.ts';

/** Saturating, slowly: 1 + c metric / (scale + metric); half of the greatest gain is there where the metric equals the scale. */
export const michaelisMenten = defineResponseFunction({
  id: 'michaelis_menten',
  label: 'Saturating (Michaelis-Menten)',
  coefficient: 'The most that the metric can ever add, as a share of the outcome at a metric of 0.',
  defaultCoefficient: 1.3,
  ...levelResponse((metric, scale) => (metric >= 0 ? metric / (scale + metric) : NaN)),
});

import { defineResponseFunction, levelResponse } from './response-function.ts';

/**
 * The outcome lies on a straight line in the metric: c (after - before) / (1 + c before). With c = 0.5 this is how often products
 * of a simulated world are active: in proportion to 0.8 + 0.4 quality.
 */
export const proportional = defineResponseFunction({
  id: 'proportional',
  label: 'Straight line',
  coefficient: 'What one unit of the metric adds, as a share of the outcome at a metric of 0.',
  defaultCoefficient: 0.5,
  ...levelResponse((metric) => metric),
});

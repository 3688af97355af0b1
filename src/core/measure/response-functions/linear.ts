import { defineResponseFunction } from './response-function.ts';

/** Every unit of the metric is worth the same share of the baseline, wherever it is gained: c (after - before). */
export const linear = defineResponseFunction({
  id: 'linear',
  label: 'Linear',
  coefficient: 'Share of the baseline that one unit of the metric adds.',
  defaultCoefficient: 0.4,
  change: (before, after, coefficient) => coefficient * (after - before),
  slope: (before, after) => after - before,
});

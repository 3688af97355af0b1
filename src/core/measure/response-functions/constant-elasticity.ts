import { log, pow } from '../../numeric/elementary.ts';
import { defineResponseFunction } from './response-function.ts';

/** (after / before)^c - 1: a rise of the metric by 1% is worth c%, wherever it is gained. Positive metrics only. */
export const constantElasticity = defineResponseFunction({
  id: 'constant_elasticity',
  label: 'Constant elasticity',
  coefficient: 'Elasticity: the percentage by which the outcome rises when the metric rises by 1%.',
  defaultCoefficient: 0.2,
  change: (before, after, coefficient) => growth(before, after, coefficient) - 1,
  slope: (before, after, coefficient) => growth(before, after, coefficient) * log(after / before),
});

function growth(before: number, after: number, coefficient: number): number {
  return before > 0 && after > 0 ? pow(after / before, coefficient) : NaN;
}

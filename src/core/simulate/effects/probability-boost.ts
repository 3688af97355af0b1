import { defineParameters } from '../../contracts/parameter.ts';
import { defineEffect, noChange } from './effect.ts';

const parameters = defineParameters({
  size: {
    kind: 'number',
    label: 'Effect size',
    help: 'Relative change of the probability that a product is active on a day; the probability stays at most 1.',
    min: -1,
    max: 5,
    step: 0.01,
    default: 0.1,
  },
});

/** Activity probability times (1 + size), capped at 1: products that are nearly always active gain less than the size. */
export const probabilityBoost = defineEffect({
  id: 'probability_boost',
  label: 'Active more often',
  summary: 'Products are active on more (or fewer) days; what happens on an active day stays the same.',
  parameters,
  nominalEffect: ({ size }, _meanQuality, multiplier) => Math.max(-1, multiplier * size),
  change: ({ size }, strength) => ({ ...noChange, activityFactor: Math.max(0, 1 + strength * size) }),
});

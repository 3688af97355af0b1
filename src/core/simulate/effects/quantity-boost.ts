import { defineParameters } from '../../contracts/parameter.ts';
import { defineEffect, noChange } from './effect.ts';

const parameters = defineParameters({
  size: {
    kind: 'number',
    label: 'Effect size',
    help: 'Relative change of the units in an order: 0.1 is 10% more, -0.1 is 10% less.',
    min: -1,
    max: 5,
    step: 0.01,
    default: 0.1,
  },
  rounding: {
    kind: 'choice',
    label: 'Rounding',
    help: 'Units are whole: stochastic rounds up or down at random, so that the effect is met on average; truncate rounds down, so that 50% more of a single unit is nothing.',
    options: ['stochastic', 'truncate'],
    default: 'stochastic',
  },
});

/**
 * Ordered units times (1 + size). Rounded at random with that mean, E[Y(1) | Y(0)] = (1 + size) Y(0) even for orders of one;
 * truncated, most of a small boost is lost.
 */
export const quantityBoost = defineEffect({
  id: 'quantity_boost',
  label: 'More units per order',
  summary: 'Whoever orders, orders more (or less): units change by the effect size, on average exactly.',
  parameters,
  nominalEffect: ({ size }, _meanQuality, multiplier) => Math.max(-1, multiplier * size),
  change: ({ size, rounding }, strength) => ({
    ...noChange,
    unitsFactor: Math.max(0, 1 + strength * size),
    truncatesUnits: rounding === 'truncate',
  }),
});

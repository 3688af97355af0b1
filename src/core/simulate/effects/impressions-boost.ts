import { defineParameters } from '../../contracts/parameter.ts';
import { defineEffect, noChange } from './effect.ts';

const parameters = defineParameters({
  size: {
    kind: 'number',
    label: 'Effect size',
    help: 'Relative change of the impressions of an active product: 0.1 is 10% more, rounded up or down at random.',
    min: -1,
    max: 5,
    step: 0.01,
    default: 0.1,
  },
});

/** However strong, a product is shown at most so many times as often: what a week adds up to has to fit its column. */
const MOST_IMPRESSIONS = 30;

/** Impressions times (1 + size); visits, cart adds and orders follow by the same draws, each rounded down, so revenue moves by another share. */
export const impressionsBoost = defineEffect({
  id: 'impressions_boost',
  label: 'Shown more often',
  summary: 'Active products are shown more (or less) often; more visits, carts and orders follow as far as the funnel carries them.',
  parameters,
  nominalEffect: ({ size }, _meanQuality, multiplier) => Math.max(-1, multiplier * size),
  change: ({ size }, strength) => ({ ...noChange, impressionsFactor: Math.min(MOST_IMPRESSIONS, Math.max(0, 1 + strength * size)) }),
});

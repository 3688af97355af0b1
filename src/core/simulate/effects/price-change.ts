import { defineParameters } from '../../contracts/parameter.ts';
import { pow } from '../../numeric/elementary.ts';
import { defineEffect, noChange } from './effect.ts';

const parameters = defineParameters({
  size: {
    kind: 'number',
    label: 'Price change',
    help: 'Relative change of the price: -0.1 is 10% cheaper.',
    min: -0.5,
    max: 1,
    step: 0.01,
    default: -0.1,
  },
  elasticity: {
    kind: 'number',
    label: 'Price elasticity',
    help: 'Demand is multiplied by (1 + price change) to this power: at -1.5, 10% cheaper sells 17% more. Below -1, cheaper means more revenue.',
    min: -5,
    max: 0,
    step: 0.1,
    default: -1.5,
  },
  acts_on: {
    kind: 'choice',
    label: 'Demand changes by',
    help: 'units: more or fewer units per order, on average exactly; activity: more or fewer days with a sale, at most every day.',
    options: ['units', 'activity'],
    default: 'units',
  },
});

/** However strong, a price never falls below this share of itself. */
const LOWEST_PRICE = 0.25;

/** Price times (1 + size), demand times (1 + size)^elasticity: revenue times (1 + size)^(1 + elasticity) where no cap binds. */
export const priceChange = defineEffect({
  id: 'price_change',
  label: 'Another price',
  summary: 'Treated products sell at another price, and demand answers by its elasticity.',
  parameters,
  nominalEffect: ({ size, elasticity }, _meanQuality, multiplier) => pow(Math.max(LOWEST_PRICE, 1 + multiplier * size), 1 + elasticity) - 1,
  change({ size, elasticity, acts_on }, strength) {
    const priceFactor = Math.max(LOWEST_PRICE, 1 + strength * size);
    const demandFactor = pow(priceFactor, elasticity);
    return acts_on === 'units'
      ? { ...noChange, priceFactor, unitsFactor: demandFactor }
      : { ...noChange, priceFactor, activityFactor: demandFactor };
  },
});

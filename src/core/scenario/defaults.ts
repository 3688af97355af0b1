import type { DemandDeclaration } from './scenario.ts';

/** Bounds on what a scenario may ask of a browser. `productPeriods` counts days, also where periods are weeks: demand is drawn by the day. */
export const limits = { products: 50_000, periods: 730, productPeriods: 6_000_000, initiatives: 200, money: 1e15 } as const;

/** The rule-based funnel with every extension off. */
export const defaultDemand: DemandDeclaration = {
  sale_probability: 0.7,
  impression_to_visit: 0.15,
  visit_to_cart: 0.25,
  cart_to_order: 0.8,
  product_variation: 0,
  weekday_amplitude: 0,
  trend: 0,
  shock_deviation: 0,
  shock_autocorrelation: 0,
  unit_variation: 0,
  one_off_size: 0,
  one_off_period: 0,
  one_off_length: 7,
  appeal_variation: 0,
};

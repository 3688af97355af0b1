import type { DemandDeclaration } from '../../core/scenario/scenario.ts';

type DemandField = {
  readonly field: keyof DemandDeclaration;
  readonly label: string;
  readonly help: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
};

/** The funnel first, then the extensions that are off at 0. Limits as the scenario's own check has them. */
export const funnelFields: readonly DemandField[] = [
  {
    field: 'sale_probability',
    label: 'Chance of activity',
    help: 'Per product and period, before quality raises or lowers it.',
    min: 0,
    max: 1,
    step: 0.05,
  },
  {
    field: 'impression_to_visit',
    label: 'Impression to visit',
    help: 'Share of impressions that lead to a visit.',
    min: 0,
    max: 1,
    step: 0.01,
  },
  { field: 'visit_to_cart', label: 'Visit to cart', help: 'Share of visits that put something into the cart.', min: 0, max: 1, step: 0.01 },
  { field: 'cart_to_order', label: 'Cart to order', help: 'Share of carts that become orders.', min: 0, max: 1, step: 0.05 },
];

export const extensionFields: readonly DemandField[] = [
  {
    field: 'product_variation',
    label: 'Products differ by',
    help: "Coefficient of variation of a product's own demand level; 0 is off.",
    min: 0,
    max: 2,
    step: 0.05,
  },
  {
    field: 'weekday_amplitude',
    label: 'Weekday swing',
    help: 'Relative amplitude of the weekly profile; 0 is off.',
    min: 0,
    max: 0.9,
    step: 0.05,
  },
  { field: 'trend', label: 'Trend', help: 'Relative change of demand per 100 periods; 0 is off.', min: -0.9, max: 5, step: 0.05 },
  {
    field: 'one_off_size',
    label: 'One-off shock',
    help: 'Relative change of everybody’s demand while it lasts, -1 to lose it all; 0 is off.',
    min: -1,
    max: 5,
    step: 0.05,
  },
  { field: 'one_off_period', label: 'Shock starts in', help: 'Period, counted from 0 for the first.', min: 0, max: 730, step: 1 },
  { field: 'one_off_length', label: 'Shock lasts', help: 'Periods.', min: 1, max: 730, step: 1 },
  {
    field: 'shock_deviation',
    label: 'Common shocks',
    help: 'Standard deviation of the shock that all products of a period share; 0 is off.',
    min: 0,
    max: 1,
    step: 0.01,
  },
  {
    field: 'shock_autocorrelation',
    label: 'Shocks persist',
    help: 'Correlation of one period\u2019s shock with the next.',
    min: -0.95,
    max: 0.95,
    step: 0.05,
  },
  {
    field: 'unit_variation',
    label: 'Store fronts differ by',
    help: "Coefficient of variation of a store front's own demand level; 0 is off.",
    min: 0,
    max: 1,
    step: 0.05,
  },
  {
    field: 'appeal_variation',
    label: 'Hidden appeal',
    help: 'Coefficient of variation of demand by an appeal that is on no record; 0 is off. Who is chosen by it cannot be adjusted for.',
    min: 0,
    max: 2,
    step: 0.05,
  },
];

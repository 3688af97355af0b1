import { limits } from '../scenario/defaults.ts';
import type { DemandDeclaration } from '../scenario/scenario.ts';

/** What is said of a number before it is known where it stands. */
export type SweptNumber = {
  readonly label: string;
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly integer: boolean;
  /** What it usually is, where the scenario has none or nothing; a suggestion is made around it. */
  readonly typical?: number;
};

/** Costs and units must be more than nothing. */
const least = 0.01;

export const moneyAbove = { min: least, max: limits.money, integer: false } as const;
export const moneyFromZero = { min: 0, max: limits.money, integer: false } as const;
export const signedMoney = { min: -limits.money, max: limits.money, integer: false } as const;
export const shareRange = { unit: 'from 0 to 1', min: 0, max: 1, integer: false } as const;

/** The effect at scale as a multiple of the pilot's. */
export const effectAtScale: SweptNumber = { label: 'Effect at scale', unit: '\u00d7 the pilot\u2019s', min: -5, max: 5, integer: false };

/** Every number of the demand funnel, with the bounds that the scenario's own check has. */
export const demandNumbers: Readonly<Record<keyof DemandDeclaration, SweptNumber>> = {
  sale_probability: share('Chance of activity', 1),
  impression_to_visit: share('Impression to visit', 1),
  visit_to_cart: share('Visit to cart', 1),
  cart_to_order: share('Cart to order', 1),
  product_variation: share('Products differ by', 2, 'coefficient of variation'),
  weekday_amplitude: share('Weekday swing', 0.9, 'relative amplitude'),
  trend: { label: 'Trend', unit: 'relative change per 100 periods', min: -0.9, max: 5, integer: false, typical: 0.2 },
  shock_deviation: share('Common shocks', 1, 'standard deviation'),
  shock_autocorrelation: { label: 'Shocks persist', unit: 'correlation', min: -0.95, max: 0.95, integer: false },
  unit_variation: share('Store fronts differ by', 1, 'coefficient of variation'),
  one_off_size: { label: 'One-off shock', unit: 'relative change', min: -1, max: 5, integer: false, typical: 0.2 },
  one_off_period: { label: 'Shock starts in', unit: 'period, from 0', min: 0, max: limits.periods, integer: true },
  one_off_length: { label: 'Shock lasts', unit: 'periods', min: 1, max: limits.periods, integer: true },
  appeal_variation: share('Hidden appeal', 2, 'coefficient of variation'),
};

function share(label: string, max: number, unit = 'share'): SweptNumber {
  return { label, unit, min: 0, max, integer: false };
}

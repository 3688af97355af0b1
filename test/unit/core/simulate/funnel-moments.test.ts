import { describe, expect, it } from 'vitest';
import { momentsGivenActivity } from '../../../../src/core/simulate/funnel-moments.ts';
import reference from '../../../reference/simulator_moments.json';

const defaults = { impression_to_visit: 0.15, visit_to_cart: 0.25, cart_to_order: 0.8 };

describe('momentsGivenActivity', () => {
  it('equals the exact moments of the rule', () => {
    const moments = momentsGivenActivity(defaults);
    for (const [name, value] of Object.entries(reference.given_activity)) {
      expect(Math.abs(moments[name as keyof typeof reference.given_activity] - value)).toBeLessThan(1e-12);
    }
    for (const [k, p] of Object.entries(reference.p_units_given_activity))
      expect(Math.abs(moments.p_units[Number(k)]! - p)).toBeLessThan(1e-12);
  });

  it('explains how little a truncated boost realises', () => {
    const { p_units, ordered_units } = momentsGivenActivity(defaults);
    for (const [size, realised] of Object.entries(reference.truncated_quantity_boost_realised_relative_effect)) {
      const truncated = p_units.reduce((sum, p, k) => sum + p * Math.floor(k * (1 + Number(size))), 0);
      expect(Math.abs(truncated / ordered_units - 1 - realised)).toBeLessThan(1e-12);
    }
  });

  it.each([
    [0.4, 0.6, 0.5],
    [1, 1, 1],
    [0.07, 0.9, 0.3],
    [0.15, 0.25, 0],
    [0, 1, 1],
    [0.5, 0, 1],
  ])('agrees with a fine grid of uniforms at rates %s, %s, %s', (visitRate, cartRate, orderRate) => {
    const cells = 700;
    const sum = { visits: 0, cart_adds: 0, ordered_units: 0 };
    const impressions = [10, 25, 50, 100, 200];
    const impressionShare = [0.4, 0.3, 0.15, 0.1, 0.05];
    const wantedShare = [0.5, 0.25, 0.15, 0.07, 0.03];
    impressions.forEach((shown, a) => {
      for (let i = 0; i < cells; i += 1) {
        const visits = Math.max(1, Math.floor(shown * visitRate * (0.8 + (0.4 * (i + 0.5)) / cells)));
        for (let j = 0; j < cells; j += 1) {
          const cart = Math.floor(visits * cartRate * (0.7 + (0.6 * (j + 0.5)) / cells));
          const weight = impressionShare[a]! / (cells * cells);
          sum.visits += weight * visits;
          sum.cart_adds += weight * cart;
          if (Math.floor(cart * orderRate) > 0)
            wantedShare.forEach((share, k) => (sum.ordered_units += weight * share * Math.min(k + 1, cart)));
        }
      }
    });
    const moments = momentsGivenActivity({ impression_to_visit: visitRate, visit_to_cart: cartRate, cart_to_order: orderRate });
    for (const name of ['visits', 'cart_adds', 'ordered_units'] as const)
      expect(Math.abs(moments[name] - sum[name])).toBeLessThan(0.01 * Math.max(1, sum[name]));
    expect(moments.p_units.reduce((total, p) => total + p, 0)).toBeCloseTo(1, 12);
  });
});

import { describe, expect, it } from 'vitest';
import { pilotRows, pilotRowsWithTruth } from '../../../../src/core/simulate/pilot-rows.ts';
import { productIdentifiers } from '../../../../src/core/simulate/product-identifier.ts';
import { simulateToy, toyWorld } from './toy-world.ts';

const name = { seed: 'toy', initiative: 'toy', stage: 'pilot', replication: 0 } as const;
const observed = ['impressions', 'visits', 'cart_adds', 'ordered_units', 'revenue'];

describe('pilotRows', () => {
  const simulated = simulateToy(toyWorld({ design: { id: 'one_treated_unit', parameters: { n_units: 6 } } }));
  const { pilot, potentialOutcomes } = simulated;

  it('lists every product-period as seen', () => {
    const { names, rows } = pilotRows(pilot, name);
    expect(names).toEqual(['product_identifier', 'category', 'price', 'quality_score', 'unit', 'date', 'treated', 'post', ...observed]);
    const all = [...rows];
    expect(all.length).toBe(60 * 21);
    expect(all.every((row) => row.length === names.length)).toBe(true);
    const row = Object.fromEntries(names.map((column, k) => [column, all[5 * 21 + 15]![k]]));
    expect(row).toMatchObject({
      product_identifier: productIdentifiers(name)(5),
      unit: 'Store 06',
      date: '2026-01-20',
      post: 1,
      treated: pilot.assignment.firstTreated[5]! >= 0 ? 1 : 0,
      revenue: pilot.observed.revenue[5 * 21 + 15],
      price: pilot.catalog.price[5],
    });
    expect([...rows].length).toBe(all.length);
  });

  it('has no unit where the design has none', () => {
    expect(pilotRows(simulateToy(toyWorld()).pilot, name).names).not.toContain('unit');
  });

  it('shows both potential outcomes only when asked for the truth', () => {
    const { names, rows } = pilotRowsWithTruth(simulated, name);
    expect(names.slice(-4)).toEqual(['ordered_units_0', 'ordered_units_1', 'revenue_0', 'revenue_1']);
    [...rows].forEach((row, at) => {
      expect(row.slice(-4)).toEqual([
        potentialOutcomes.untreated.orderedUnits[at],
        potentialOutcomes.treated.orderedUnits[at],
        potentialOutcomes.untreated.revenue[at],
        potentialOutcomes.treated.revenue[at],
      ]);
      const [treated, seen] = [row[names.indexOf('treated')], row[names.indexOf('revenue')]];
      expect(seen).toBe(row.at(treated === 1 ? -1 : -2));
    });
  });
});

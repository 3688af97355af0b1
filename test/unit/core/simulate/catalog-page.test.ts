import { faker } from '@faker-js/faker/locale/en';
import { describe, expect, it } from 'vitest';
import { catalogPage } from '../../../../src/core/simulate/catalog-page.ts';
import { pilotTable } from '../../../../src/core/simulate/pilot-table.ts';
import { requireNumbers } from '../../../../src/core/numeric/columns.ts';
import { simulateToy, toyWorld } from './toy-world.ts';

const world = toyWorld();
const query = { seed: 'toy', replication: 0, stage: 'pilot', n_products: 60, world } as const;

describe('catalogPage', () => {
  it('shows the products of the very pilot that is measured', () => {
    const { pilot } = simulateToy(world);
    const table = pilotTable(pilot, 'cross_section');
    const rows = catalogPage({ ...query, first: 10, count: 5 }, faker);
    expect(rows.map((row) => row.index)).toEqual([10, 11, 12, 13, 14]);
    for (const row of rows) {
      expect(row).toMatchObject({
        price: pilot.catalog.price[row.index],
        quality_score: pilot.catalog.quality[row.index],
        unit: null,
        treated: pilot.assignment.firstTreated[row.index]! >= 0,
      });
      expect(row.revenue!).toBeCloseTo(requireNumbers(table, 'revenue', 'test')[row.index]!, 12);
      expect(row.title.length).toBe(pilot.catalog.titleLength[row.index]);
    }
  });

  it('gives the same rows in one page or in two, and stops at the end', () => {
    const whole = catalogPage({ ...query, first: 50, count: 100 }, faker);
    expect(whole.length).toBe(10);
    expect([...catalogPage({ ...query, first: 50, count: 4 }, faker), ...catalogPage({ ...query, first: 54, count: 6 }, faker)]).toEqual(
      whole,
    );
    expect(catalogPage({ ...query, first: 60, count: 5 }, faker)).toEqual([]);
  });

  it('shows the text of a rewritten listing before and after, and that of the others once', () => {
    const rewritten = { ...query, world: { ...world, effect: { id: 'product_detail_boost', parameters: { quality_boost: 0.3 } } } };
    const rows = catalogPage({ ...rewritten, first: 0, count: 60 }, faker);
    const originals = catalogPage({ ...query, first: 0, count: 60 }, faker);
    for (const [i, row] of rows.entries()) {
      const { title, brand, description, features } = originals[i]!;
      expect(row.before).toEqual(row.treated ? { title, brand, description, features } : null);
      if (!row.treated) expect(row.title).toBe(title);
    }
    expect(rows.filter(({ before, description }) => before !== null && before.description !== description).length).toBeGreaterThan(5);
    expect(rows.filter(({ treated, quality_score, quality_after }) => treated && quality_after! > quality_score).length).toBeGreaterThan(
      25,
    );
  });
});

import { describe, expect, it } from 'vitest';
import { labelAt, requireNumbers, type DataTable } from '../../../../src/core/numeric/columns.ts';
import { assignmentDesigns } from '../../../../src/core/simulate/assignment-designs/index.ts';
import { pilotTable, treatedUnits } from '../../../../src/core/simulate/pilot-table.ts';
import { livelyDemand, simulateToy, toyWorld } from './toy-world.ts';

const numbers = (table: DataTable, name: string) => requireNumbers(table, name, 'test');
const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, x) => sum + x, 0) / values.length;

describe('cross_section', () => {
  const { pilot } = simulateToy(toyWorld({ demand: livelyDemand }));
  const table = pilotTable(pilot, 'cross_section');

  it('has a row per product with means before and after', () => {
    expect([...table.columns.keys()]).toEqual(['revenue', 'treated', 'pre_revenue', 'price', 'quality_score', 'category']);
    expect(table.rowCount).toBe(60);
    for (const i of [0, 17, 59]) {
      const row = pilot.observed.revenue.slice(i * 21, (i + 1) * 21);
      expect(numbers(table, 'pre_revenue')[i]).toBeCloseTo(mean(row.slice(0, 14)), 12);
      expect(numbers(table, 'revenue')[i]).toBeCloseTo(mean(row.slice(14)), 12);
      expect(numbers(table, 'treated')[i]).toBe(pilot.assignment.firstTreated[i]! >= 0 ? 1 : 0);
      expect(numbers(table, 'price')[i]).toBe(pilot.catalog.price[i]);
      expect(labelAt(table.columns.get('category')!, i)).toBe(pilot.catalog.categories[pilot.catalog.category[i]!]);
    }
  });

  it('has no earlier revenue where nothing is earlier', () => {
    const single = pilotTable(simulateToy(toyWorld({ pre_periods: 0, post_periods: 1 })).pilot, 'cross_section');
    expect([...single.columns.keys()]).not.toContain('pre_revenue');
    expect(numbers(single, 'revenue').every(Number.isFinite)).toBe(true);
  });
});

describe('panel', () => {
  it('has a row per unit and date, treated in the one unit from the intervention on', () => {
    const { pilot } = simulateToy(toyWorld({ demand: livelyDemand, design: { id: 'one_treated_unit', parameters: { n_units: 7 } } }));
    const table = pilotTable(pilot, 'panel');
    expect([...table.columns.keys()]).toEqual(['unit', 'date', 'revenue', 'treated']);
    expect(table.rowCount).toBe(7 * 21);
    const [name] = treatedUnits(pilot);
    expect(treatedUnits(pilot).length).toBe(1);
    for (let row = 0; row < table.rowCount; row += 1) {
      const unit = labelAt(table.columns.get('unit')!, row);
      const date = labelAt(table.columns.get('date')!, row);
      expect(numbers(table, 'treated')[row]).toBe(unit === name && date! >= '2026-01-19' ? 1 : 0);
      const t = pilot.calendar.dates.indexOf(date!);
      const u = pilot.catalog.unitNames.indexOf(unit!);
      const revenues = Array.from(pilot.catalog.unit).flatMap((of, i) => (of === u ? [pilot.observed.revenue[i * 21 + t]!] : []));
      expect(numbers(table, 'revenue')[row]).toBeCloseTo(mean(revenues), 12);
    }
  });

  it('takes every product for a unit where the design has none', () => {
    const { pilot } = simulateToy(toyWorld());
    const table = pilotTable(pilot, 'panel');
    expect(table.rowCount).toBe(60 * 21);
    expect([...numbers(table, 'revenue')]).toEqual([...pilot.observed.revenue]);
    expect(labelAt(table.columns.get('unit')!, 21)).toBe('Product 02');
    expect(treatedUnits(pilot)).toEqual([]);
  });
});

describe('series', () => {
  it('has a row per date with the mean over all products', () => {
    const { pilot } = simulateToy(toyWorld({ design: { id: 'everyone_from_date', parameters: {} } }));
    const table = pilotTable(pilot, 'series');
    expect([...table.columns.keys()]).toEqual(['date', 'revenue', 'post']);
    expect([...numbers(table, 'post')]).toEqual([...new Array<number>(14).fill(0), ...new Array<number>(7).fill(1)]);
    const day = Array.from({ length: 60 }, (_, i) => pilot.observed.revenue[i * 21 + 16]!);
    expect(numbers(table, 'revenue')[16]).toBeCloseTo(mean(day), 12);
    expect(labelAt(table.columns.get('date')!, 16)).toBe('2026-01-21');
  });
});

describe('every table of every design', () => {
  it.each(Object.keys(assignmentDesigns))('%s: is finite and a function of what was observed only', (id) => {
    const simulated = simulateToy(toyWorld({ post_periods: 28, demand: livelyDemand, design: { id, parameters: {} } }));
    for (const shape of ['cross_section', 'panel', 'series'] as const) {
      const table = pilotTable(simulated.pilot, shape);
      for (const [name, column] of table.columns) {
        const values = column.kind === 'number' ? column.values : column.codes;
        expect(values.length).toBe(table.rowCount);
        expect(values.every(Number.isFinite), name).toBe(true);
        expect(name).not.toMatch(/_0$|_1$|effect|truth/);
      }
    }
  });
});

import { describe, expect, it } from 'vitest';
import { labelAt, requireNumbers, type DataTable } from '../../../../src/core/numeric/columns.ts';
import { assignmentDesigns } from '../../../../src/core/simulate/assignment-designs/index.ts';
import { pilotRows } from '../../../../src/core/simulate/pilot-rows.ts';
import { pilotSummary } from '../../../../src/core/simulate/pilot-series.ts';
import { pilotTable, treatedUnits } from '../../../../src/core/simulate/pilot-table.ts';
import type { Pilot } from '../../../../src/core/simulate/pilot.ts';
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

describe('panel of a staggered roll-out', () => {
  it('has a unit per product, treated from its own start on', () => {
    const { pilot } = simulateToy(
      toyWorld({ post_periods: 14, design: { id: 'staggered_rollout', parameters: { n_cohorts: 2, spacing: 5 } } }),
    );
    const table = pilotTable(pilot, 'panel');
    expect(table.rowCount).toBe(60 * 28);
    const starts = new Map<number, number>();
    pilot.assignment.firstTreated.forEach((first, i) => {
      const own = numbers(table, 'treated').subarray(i * 28, (i + 1) * 28);
      expect(own.indexOf(1)).toBe(first);
      expect(own.reduce((sum, d) => sum + d, 0)).toBe(first < 0 ? 0 : 28 - first);
      starts.set(first, (starts.get(first) ?? 0) + 1);
    });
    expect([...starts].sort(([a], [b]) => a - b)).toEqual([
      [-1, 12],
      [14, 24],
      [19, 24],
    ]);
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

describe('a pilot with missing data', () => {
  const complete = simulateToy(toyWorld({ n_products: 40, design: { id: 'stratified_randomisation', parameters: {} } })).pilot;
  const observedUntil = complete.observedUntil.slice();
  observedUntil.set([-1, 0, 5, 14, 16], 0);
  const received = complete.assignment.firstTreated.map((first, i) => (i === 9 ? -1 : first));
  const qualityAfter = complete.catalog.quality.map((q) => q + 0.01);
  const pilot: Pilot = { ...complete, observedUntil, received, qualityAfter };
  const revenue = (i: number, from: number, to: number) => mean(pilot.observed.revenue.subarray(i * 21 + from, i * 21 + to));

  it('has a cross section of the products on record, over the periods with data', () => {
    const table = pilotTable(pilot, 'cross_section');
    expect(table.rowCount).toBe(39);
    for (const column of table.columns.values()) expect((column.kind === 'number' ? column.values : column.codes).length).toBe(39);
    const [post, pre] = [numbers(table, 'revenue'), numbers(table, 'pre_revenue')];
    expect([post[0], post[1], post[2], pre[0]]).toEqual([NaN, NaN, NaN, NaN]);
    expect(pre[1]).toBeCloseTo(revenue(2, 0, 5), 12);
    expect(pre[2]).toBeCloseTo(revenue(3, 0, 14), 12);
    expect(post[3]).toBeCloseTo(revenue(4, 14, 16), 12);
    expect(post[4]).toBeCloseTo(revenue(5, 14, 21), 12);
  });

  it('carries what was received, the new score, the block, and no unit where there is none', () => {
    const table = pilotTable(pilot, 'cross_section');
    expect(numbers(table, 'received')[8]).toBe(0);
    expect([...numbers(table, 'treated')]).toEqual(Array.from(pilot.assignment.firstTreated.subarray(1), (first) => (first >= 0 ? 1 : 0)));
    expect(numbers(table, 'quality_after')[8]).toBe(qualityAfter[9]);
    const { codes, labels } = pilot.assignment.blocks!;
    expect(labelAt(table.columns.get('block')!, 8)).toBe(labels[codes[9]!]);
    expect(table.columns.has('unit')).toBe(false);
    const names = [...pilotTable(complete, 'cross_section').columns.keys()];
    expect(names).not.toContain('received');
    expect(names).not.toContain('quality_after');
  });

  it('leaves cells without data out of the panel, and units without any out of its units', () => {
    const table = pilotTable(pilot, 'panel');
    expect(table.rowCount).toBe(5 + 14 + 16 + 35 * 21);
    const unit = table.columns.get('unit')!;
    expect(unit.kind === 'category' ? unit.levels.length : 0).toBe(38);
    expect([labelAt(unit, 0), labelAt(unit, 5), labelAt(unit, 19)]).toEqual(['Product 03', 'Product 04', 'Product 05']);
    expect(numbers(table, 'revenue')[5 + 14 + 15]).toBe(pilot.observed.revenue[4 * 21 + 15]);
    expect(labelAt(table.columns.get('date')!, 5 + 14 + 15)).toBe(pilot.calendar.dates[15]);
  });

  it('averages panel units and series over the products seen in each period', () => {
    const units = simulateToy(toyWorld({ n_products: 40, design: { id: 'cluster_randomisation', parameters: { n_units: 4 } } })).pilot;
    const leaving = units.observedUntil.slice();
    for (let i = 0; i < 40; i += 4) leaving[i] = i === 0 ? -1 : 10;
    const panel = pilotTable({ ...units, observedUntil: leaving }, 'panel');
    expect(panel.rowCount).toBe(4 * 21 - 11);
    expect(labelAt(pilotTable(units, 'cross_section').columns.get('unit')!, 6)).toBe('Store 03');
    const of = Array.from({ length: 9 }, (_, k) => units.observed.revenue[4 * (k + 1) * 21 + 3]!);
    expect(numbers(panel, 'revenue')[3]).toBeCloseTo(mean(of), 12);
    const series = pilotTable(pilot, 'series');
    const seen = Array.from({ length: 40 }, (_, i) => i).filter((i) => pilot.assignment.firstTreated[i]! >= 0 && observedUntil[i]! > 15);
    expect(numbers(series, 'revenue')[15]).toBeCloseTo(mean(seen.map((i) => pilot.observed.revenue[i * 21 + 15]!)), 12);
  });

  it('is exported and summed up likewise', () => {
    const rows = [...pilotRows(pilot, { seed: 'toy', initiative: 'toy', stage: 'pilot', replication: 0 }).rows];
    expect(rows.length).toBe(5 + 14 + 16 + 35 * 21);
    const summary = pilotSummary(pilot);
    expect(summary.n_products).toBe(39);
    const revenueColumn = pilotRows(pilot, { seed: 'toy', initiative: 'toy', stage: 'pilot', replication: 0 }).names.indexOf('revenue');
    const blank = pilot.observed.revenue.slice();
    observedUntil.forEach((until, i) => blank.fill(0, i * 21 + Math.max(0, until), (i + 1) * 21));
    expect(pilotSummary({ ...pilot, observed: { ...pilot.observed, revenue: blank } }).revenue).toBeCloseTo(
      mean(rows.map((row) => Number(row[revenueColumn]))),
      12,
    );
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

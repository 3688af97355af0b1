import type { DataShape } from '../measure/estimator.ts';
import { numberColumn, type CategoryColumn, type Column, type DataTable } from '../numeric/columns.ts';
import type { Pilot } from './pilot.ts';

/**
 * The pilot as a table for an estimator. Treatment is as assigned.
 *
 * cross_section: a row per product on record. `revenue` is the mean per period from the intervention on, `pre_revenue` before it
 * (only where there are such periods), over the periods with data, missing where there are none; `treated` 0 or 1; `received`
 * 0 or 1 where not everyone got what was assigned; `price`, `quality_score`, `category`; `quality_after` where treatment changes
 * it; `block` where treatment was drawn within blocks; `unit` where the design has panel units.
 * panel: a row per unit and date with data. `unit`, `date`, `revenue` (mean over the unit's products seen then), `treated` 0 or
 * 1. Where the design has no panel units, each product is a unit.
 * series: a row per date. `date`, `revenue` (mean over the products that are treated at some time and seen then), `post` 0 or 1.
 */
export function pilotTable(pilot: Pilot, shape: DataShape): DataTable {
  switch (shape) {
    case 'cross_section':
      return crossSection(pilot);
    case 'panel':
      return panel(pilot);
    case 'series':
      return series(pilot);
    default:
      return shape satisfies never;
  }
}

/** Names of the panel units in which anything is treated; none where the design has no panel units. */
export function treatedUnits({ catalog, assignment }: Pilot): readonly string[] {
  const isTreated = new Set<number>();
  assignment.firstTreated.forEach((first, i) => {
    if (first >= 0) isTreated.add(catalog.unit[i]!);
  });
  return catalog.unitNames.filter((_, u) => isTreated.has(u));
}

function crossSection(pilot: Pilot): DataTable {
  const { catalog, calendar, assignment, received, observedUntil, qualityAfter } = pilot;
  const { nPeriods, interventionIndex } = calendar;
  const products = Array.from(observedUntil.keys()).filter((i) => observedUntil[i]! >= 0);
  const numbers = (valueOf: (i: number) => number) => numberColumn(Float64Array.from(products, valueOf));
  const codes = (codeOf: ArrayLike<number>, levels: readonly string[]): CategoryColumn => ({
    kind: 'category',
    codes: Int32Array.from(products, (i) => codeOf[i]!),
    levels,
  });
  const columns = new Map<string, Column>();
  columns.set(
    'revenue',
    numbers((i) => meanSeen(pilot, i, interventionIndex, nPeriods)),
  );
  columns.set(
    'treated',
    numbers((i) => (assignment.firstTreated[i]! >= 0 ? 1 : 0)),
  );
  if (received !== null)
    columns.set(
      'received',
      numbers((i) => (received[i]! >= 0 ? 1 : 0)),
    );
  if (interventionIndex > 0)
    columns.set(
      'pre_revenue',
      numbers((i) => meanSeen(pilot, i, 0, interventionIndex)),
    );
  columns.set(
    'price',
    numbers((i) => catalog.price[i]!),
  );
  columns.set(
    'quality_score',
    numbers((i) => catalog.quality[i]!),
  );
  if (qualityAfter !== null)
    columns.set(
      'quality_after',
      numbers((i) => qualityAfter[i]!),
    );
  columns.set('category', codes(catalog.category, catalog.categories));
  if (assignment.blocks !== undefined) columns.set('block', codes(assignment.blocks.codes, assignment.blocks.labels));
  if (catalog.unitNames.length > 0) columns.set('unit', codes(catalog.unit, catalog.unitNames));
  return { rowCount: products.length, columns };
}

function panel({ catalog, calendar, assignment, observed, observedUntil }: Pilot): DataTable {
  const { nProducts } = catalog;
  const { nPeriods } = calendar;
  const names = catalog.unitNames.length > 0 ? catalog.unitNames : productNames(nProducts);
  const cells = names.length * nPeriods;
  const sums = new Float64Array(cells);
  const seen = new Int32Array(cells);
  const treated = new Float64Array(cells);
  for (let i = 0; i < nProducts; i += 1) {
    const unit = catalog.unitNames.length > 0 ? catalog.unit[i]! : i;
    const first = assignment.firstTreated[i]!;
    const until = Math.min(nPeriods, observedUntil[i]!);
    for (let t = 0; t < until; t += 1) {
      const cell = unit * nPeriods + t;
      seen[cell] = seen[cell]! + 1;
      sums[cell] = sums[cell]! + observed.revenue[i * nPeriods + t]!;
      if (first >= 0 && t >= first) treated[cell] = 1;
    }
  }
  const rows = Array.from(seen.keys()).filter((cell) => seen[cell]! > 0);
  const columns = new Map<string, Column>([
    ['unit', unitColumn(rows, nPeriods, names)],
    ['date', { kind: 'category', codes: Int32Array.from(rows, (cell) => cell % nPeriods), levels: calendar.dates }],
    ['revenue', numberColumn(Float64Array.from(rows, (cell) => sums[cell]! / seen[cell]!))],
    ['treated', numberColumn(Float64Array.from(rows, (cell) => treated[cell]!))],
  ]);
  return { rowCount: rows.length, columns };
}

function series({ catalog, calendar, assignment, observed, observedUntil }: Pilot): DataTable {
  const { nPeriods, interventionIndex, dates } = calendar;
  const revenue = new Float64Array(nPeriods);
  const seen = new Int32Array(nPeriods);
  for (let i = 0; i < catalog.nProducts; i += 1) {
    if (assignment.firstTreated[i]! < 0) continue;
    const until = Math.min(nPeriods, observedUntil[i]!);
    for (let t = 0; t < until; t += 1) {
      seen[t] = seen[t]! + 1;
      revenue[t] = revenue[t]! + observed.revenue[i * nPeriods + t]!;
    }
  }
  for (let t = 0; t < nPeriods; t += 1) revenue[t] = revenue[t]! / seen[t]!;
  const columns = new Map<string, Column>([
    ['date', { kind: 'category', codes: Int32Array.from(dates.keys()), levels: dates }],
    ['revenue', numberColumn(revenue)],
    ['post', numberColumn(Float64Array.from({ length: nPeriods }, (_, t) => (t >= interventionIndex ? 1 : 0)))],
  ]);
  return { rowCount: nPeriods, columns };
}

/** Mean revenue of a product over those of the periods from..to that have data; missing where none has. */
function meanSeen({ calendar, observed, observedUntil }: Pilot, i: number, from: number, to: number): number {
  const until = Math.min(to, observedUntil[i]!);
  let sum = 0;
  for (let t = from; t < until; t += 1) sum += observed.revenue[i * calendar.nPeriods + t]!;
  return until > from ? sum / (until - from) : NaN;
}

/** Only units that have rows are levels. */
function unitColumn(rows: readonly number[], nPeriods: number, names: readonly string[]): CategoryColumn {
  const levels: string[] = [];
  let last = -1;
  const codes = Int32Array.from(rows, (cell) => {
    const unit = Math.floor(cell / nPeriods);
    if (unit !== last) levels.push(names[unit]!);
    last = unit;
    return levels.length - 1;
  });
  return { kind: 'category', codes, levels };
}

function productNames(nProducts: number): string[] {
  const width = String(nProducts).length;
  return Array.from({ length: nProducts }, (_, i) => `Product ${String(i + 1).padStart(width, '0')}`);
}

import type { DataShape } from '../measure/estimator.ts';
import { numberColumn, type CategoryColumn, type Column, type DataTable } from '../numeric/columns.ts';
import type { Pilot } from './pilot.ts';

/**
 * The pilot as a table for an estimator.
 *
 * cross_section: a row per product. `revenue` is the mean per period from the intervention on, `pre_revenue` before it (only
 * where there are such periods), `treated` 0 or 1, `price`, `quality_score`, `category`.
 * panel: a row per unit and date. `unit`, `date`, `revenue` (mean over the unit's products), `treated` 0 or 1. Where the design
 * has no panel units, each product is a unit.
 * series: a row per date. `date`, `revenue` (mean over the products that are treated at some time), `post` 0 or 1.
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

function crossSection({ catalog, calendar, assignment, observed }: Pilot): DataTable {
  const { nProducts } = catalog;
  const { nPeriods, interventionIndex } = calendar;
  const columns = new Map<string, Column>();
  columns.set('revenue', numberColumn(meanOfRows(observed.revenue, nProducts, nPeriods, interventionIndex, nPeriods)));
  columns.set('treated', numberColumn(Float64Array.from(assignment.firstTreated, (first) => (first >= 0 ? 1 : 0))));
  if (interventionIndex > 0)
    columns.set('pre_revenue', numberColumn(meanOfRows(observed.revenue, nProducts, nPeriods, 0, interventionIndex)));
  columns.set('price', numberColumn(catalog.price.slice()));
  columns.set('quality_score', numberColumn(catalog.quality.slice()));
  columns.set('category', { kind: 'category', codes: Int32Array.from(catalog.category), levels: catalog.categories });
  return { rowCount: nProducts, columns };
}

function panel({ catalog, calendar, assignment, observed }: Pilot): DataTable {
  const { nProducts } = catalog;
  const { nPeriods } = calendar;
  const names = catalog.unitNames.length > 0 ? catalog.unitNames : productNames(nProducts);
  const unitOf = (i: number) => (catalog.unitNames.length > 0 ? catalog.unit[i]! : i);
  const rowCount = names.length * nPeriods;
  const revenue = new Float64Array(rowCount);
  const treated = new Float64Array(rowCount);
  const size = new Float64Array(names.length);
  for (let i = 0; i < nProducts; i += 1) {
    const u = unitOf(i);
    const first = assignment.firstTreated[i]!;
    size[u] = size[u]! + 1;
    for (let t = 0; t < nPeriods; t += 1) {
      const row = u * nPeriods + t;
      revenue[row] = revenue[row]! + observed.revenue[i * nPeriods + t]!;
      if (first >= 0 && t >= first) treated[row] = 1;
    }
  }
  for (let row = 0; row < rowCount; row += 1) revenue[row] = revenue[row]! / size[Math.floor(row / nPeriods)]!;
  const columns = new Map<string, Column>([
    ['unit', { kind: 'category', codes: Int32Array.from({ length: rowCount }, (_, row) => Math.floor(row / nPeriods)), levels: names }],
    ['date', dateColumn(calendar.dates, rowCount)],
    ['revenue', numberColumn(revenue)],
    ['treated', numberColumn(treated)],
  ]);
  return { rowCount, columns };
}

function series({ catalog, calendar, assignment, observed }: Pilot): DataTable {
  const { nPeriods, interventionIndex, dates } = calendar;
  const revenue = new Float64Array(nPeriods);
  let count = 0;
  for (let i = 0; i < catalog.nProducts; i += 1) {
    if (assignment.firstTreated[i]! < 0) continue;
    count += 1;
    for (let t = 0; t < nPeriods; t += 1) revenue[t] = revenue[t]! + observed.revenue[i * nPeriods + t]!;
  }
  for (let t = 0; t < nPeriods; t += 1) revenue[t] = revenue[t]! / count;
  const columns = new Map<string, Column>([
    ['date', dateColumn(dates, nPeriods)],
    ['revenue', numberColumn(revenue)],
    ['post', numberColumn(Float64Array.from({ length: nPeriods }, (_, t) => (t >= interventionIndex ? 1 : 0)))],
  ]);
  return { rowCount: nPeriods, columns };
}

/** Mean over the periods from..to of each product. */
function meanOfRows(values: Float64Array, nProducts: number, nPeriods: number, from: number, to: number): Float64Array {
  const means = new Float64Array(nProducts);
  for (let i = 0; i < nProducts; i += 1) {
    let sum = 0;
    for (let t = from; t < to; t += 1) sum += values[i * nPeriods + t]!;
    means[i] = sum / (to - from);
  }
  return means;
}

/** Dates over and over, one run per unit. */
function dateColumn(dates: readonly string[], rowCount: number): CategoryColumn {
  return { kind: 'category', codes: Int32Array.from({ length: rowCount }, (_, row) => row % dates.length), levels: dates };
}

function productNames(nProducts: number): string[] {
  const width = String(nProducts).length;
  return Array.from({ length: nProducts }, (_, i) => `Product ${String(i + 1).padStart(width, '0')}`);
}

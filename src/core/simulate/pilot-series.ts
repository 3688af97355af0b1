import type { PilotSeries } from '../contracts/run.ts';
import { periodLabels } from './calendar.ts';
import type { Pilot, SimulatedPilot } from './pilot.ts';

/**
 * Mean revenue per product on each date: of the products that are treated at some time, of the others (both as seen, missing
 * where nobody is seen any more), and of the treated had nothing been done. Holds truth. The treated lists are empty where nobody
 * is treated.
 */
export function pilotSeries({ pilot, potentialOutcomes }: SimulatedPilot): PilotSeries {
  const { calendar, observed, observedUntil } = pilot;
  const isTreated = (first: number) => first >= 0;
  const treated = meanByDate(pilot, observed.revenue, isTreated, observedUntil);
  return {
    dates: periodLabels(calendar),
    intervention_index: calendar.interventionIndex,
    ...lastStart(pilot),
    treated: treated ?? [],
    control: meanByDate(pilot, observed.revenue, (first) => !isTreated(first), observedUntil),
    treated_without_treatment: meanByDate(pilot, potentialOutcomes.untreated.revenue, isTreated, null) ?? [],
  };
}

function lastStart({ assignment }: Pilot): Pick<PilotSeries, 'last_start_index'> {
  let first = Infinity;
  let last = -1;
  for (const start of assignment.firstTreated) {
    if (start < 0) continue;
    first = Math.min(first, start);
    last = Math.max(last, start);
  }
  return last > first ? { last_start_index: last } : {};
}

/** Plain descriptions of a pilot as on record, for its caption. Means per product-period with data unless said; null where the group is empty. */
export type PilotSummary = {
  readonly n_products: number;
  readonly n_treated: number;
  readonly n_control: number;
  readonly mean_price: number;
  readonly mean_quality_treated: number | null;
  readonly mean_quality_control: number | null;
  /** Share of product-periods with an order. */
  readonly order_share: number;
  readonly impressions: number;
  readonly visits: number;
  readonly cart_adds: number;
  readonly ordered_units: number;
  readonly revenue: number;
};

export function pilotSummary(pilot: Pilot): PilotSummary {
  const { catalog, calendar, assignment, observed, observedUntil } = pilot;
  const treated = { count: 0, quality: 0 };
  const control = { count: 0, quality: 0 };
  let price = 0;
  let cells = 0;
  assignment.firstTreated.forEach((first, i) => {
    if (observedUntil[i]! < 0) return;
    const group = first >= 0 ? treated : control;
    price += catalog.price[i]!;
    cells += Math.min(calendar.nPeriods, observedUntil[i]!);
    group.count += 1;
    group.quality += catalog.quality[i]!;
  });
  let ordered = 0;
  for (const units of observed.orderedUnits) if (units > 0) ordered += 1;
  // Blank where there is no data, so nothing is added there.
  const mean = (values: ArrayLike<number>) => total(values) / cells;
  const nProducts = treated.count + control.count;
  return {
    n_products: nProducts,
    n_treated: treated.count,
    n_control: control.count,
    mean_price: price / nProducts,
    mean_quality_treated: treated.count > 0 ? treated.quality / treated.count : null,
    mean_quality_control: control.count > 0 ? control.quality / control.count : null,
    order_share: ordered / cells,
    impressions: mean(observed.impressions),
    visits: mean(observed.visits),
    cart_adds: mean(observed.cartAdds),
    ordered_units: mean(observed.orderedUnits),
    revenue: mean(observed.revenue),
  };
}

/** Over the periods before `until` of each product; over all where that is null. */
function meanByDate(
  pilot: Pilot,
  revenue: Float64Array,
  belongs: (firstTreated: number) => boolean,
  until: Int32Array | null,
): number[] | null {
  const { nPeriods } = pilot.calendar;
  const sums = new Array<number>(nPeriods).fill(0);
  const counts = new Array<number>(nPeriods).fill(0);
  let count = 0;
  pilot.assignment.firstTreated.forEach((first, i) => {
    if (!belongs(first)) return;
    count += 1;
    const end = until === null ? nPeriods : Math.min(nPeriods, until[i]!);
    for (let t = 0; t < end; t += 1) {
      sums[t] = sums[t]! + revenue[i * nPeriods + t]!;
      counts[t] = counts[t]! + 1;
    }
  });
  return count > 0 ? sums.map((sum, t) => sum / counts[t]!) : null;
}

function total(values: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < values.length; k += 1) sum += values[k]!;
  return sum;
}

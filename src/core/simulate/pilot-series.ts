import type { PilotSeries } from '../contracts/run.ts';
import type { Pilot, SimulatedPilot } from './pilot.ts';

/**
 * Mean revenue per product on each date: of the products that are treated at some time, of the others, and of the treated had
 * nothing been done. Holds truth. The treated lists are empty where nobody is treated.
 */
export function pilotSeries({ pilot, potentialOutcomes }: SimulatedPilot): PilotSeries {
  const { calendar, observed } = pilot;
  const isTreated = (first: number) => first >= 0;
  const treated = meanByDate(pilot, observed.revenue, isTreated);
  return {
    dates: calendar.dates,
    intervention_index: calendar.interventionIndex,
    ...lastStart(pilot),
    treated: treated ?? [],
    control: meanByDate(pilot, observed.revenue, (first) => !isTreated(first)),
    treated_without_treatment: meanByDate(pilot, potentialOutcomes.untreated.revenue, isTreated) ?? [],
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

/** Plain descriptions of a pilot, for its caption. Means per product-period unless said; null where the group is empty. */
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

export function pilotSummary({ catalog, assignment, observed }: Pilot): PilotSummary {
  const treated = { count: 0, quality: 0 };
  const control = { count: 0, quality: 0 };
  assignment.firstTreated.forEach((first, i) => {
    const group = first >= 0 ? treated : control;
    group.count += 1;
    group.quality += catalog.quality[i]!;
  });
  let ordered = 0;
  for (const units of observed.orderedUnits) if (units > 0) ordered += 1;
  return {
    n_products: catalog.nProducts,
    n_treated: treated.count,
    n_control: control.count,
    mean_price: mean(catalog.price),
    mean_quality_treated: treated.count > 0 ? treated.quality / treated.count : null,
    mean_quality_control: control.count > 0 ? control.quality / control.count : null,
    order_share: ordered / observed.orderedUnits.length,
    impressions: mean(observed.impressions),
    visits: mean(observed.visits),
    cart_adds: mean(observed.cartAdds),
    ordered_units: mean(observed.orderedUnits),
    revenue: mean(observed.revenue),
  };
}

function meanByDate(pilot: Pilot, revenue: Float64Array, belongs: (firstTreated: number) => boolean): number[] | null {
  const { nPeriods } = pilot.calendar;
  const sums = new Array<number>(nPeriods).fill(0);
  let count = 0;
  pilot.assignment.firstTreated.forEach((first, i) => {
    if (!belongs(first)) return;
    count += 1;
    for (let t = 0; t < nPeriods; t += 1) sums[t] = sums[t]! + revenue[i * nPeriods + t]!;
  });
  return count > 0 ? sums.map((sum) => sum / count) : null;
}

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < values.length; k += 1) sum += values[k]!;
  return sum / values.length;
}

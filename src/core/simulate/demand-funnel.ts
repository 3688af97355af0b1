import type { Stream } from '../random/stream.ts';
import type { DemandDeclaration } from '../scenario/scenario.ts';
import type { DemandLevels } from './demand-levels.ts';
import { noChange } from './effects/effect.ts';
import type { Assignment, Calendar, Catalog, Demand, PotentialOutcomes } from './pilot.ts';
import type { TreatmentPlan } from './treatment-plan.ts';

/** Drawn for every product and day, whatever becomes of them, so that turning a dial does not reshuffle the noise. */
export const uniformsPerProductPeriod = 6;

/** Impressions of an active product by twentieth: {10, 25, 50, 100, 200} with weights {40, 30, 15, 10, 5}. */
export const impressionsByTwentieth = Uint8Array.from({ length: 20 }, (_, k) =>
  k < 8 ? 10 : k < 14 ? 25 : k < 17 ? 50 : k < 19 ? 100 : 200,
);
/** Units wanted by percentile: {1, ..., 5} with weights {50, 25, 15, 7, 3}. */
export const unitsByPercentile = Uint8Array.from({ length: 100 }, (_, k) => (k < 50 ? 1 : k < 75 ? 2 : k < 90 ? 3 : k < 97 ? 4 : 5));
export const visitSpread = [0.8, 1.2] as const;
export const cartSpread = [0.7, 1.3] as const;

/** Probability that a product of this quality is active where its demand multiplier is 1, before the cap at 1. */
export function baseActivity(saleProbability: number, quality: number): number {
  return saleProbability * (0.8 + 0.4 * quality);
}

/**
 * Demand of every product and period, without treatment and with treatment from the product's start on, on common random
 * numbers; product by product, so that a larger catalog extends a smaller one. Before its start the two are equal. Demand is
 * drawn by the day, and summed where periods are weeks.
 *
 * active with probability min(1, baseActivity * m), impressions drawn, visits = max(1, floor(impressions * r_iv * U(0.8, 1.2))),
 * cart_adds = floor(visits * r_vc * U(0.7, 1.3)), ordered_units = min(wanted, cart_adds) if floor(cart_adds * r_co) > 0 else 0.
 * More units raise cart adds, visits and impressions to at least as many.
 */
export function drawDemand(
  stream: Stream,
  catalog: Catalog,
  calendar: Calendar,
  demand: DemandDeclaration,
  levels: DemandLevels,
  plan: TreatmentPlan,
): PotentialOutcomes {
  const { nProducts, price, quality, unit } = catalog;
  const { nPeriods, daysPerPeriod } = calendar;
  const { impression_to_visit: visitRate, visit_to_cart: cartRate, cart_to_order: orderRate } = demand;
  const { uniform } = stream;
  const unitDay = levels.unitDay;
  const [visitLow, visitWidth] = [visitSpread[0], visitSpread[1] - visitSpread[0]];
  const [cartLow, cartWidth] = [cartSpread[0], cartSpread[1] - cartSpread[0]];
  const untreated = emptyDemand(nProducts * nPeriods);
  const treated = emptyDemand(nProducts * nPeriods);
  for (let i = 0; i < nProducts; i += 1) {
    const level = baseActivity(demand.sale_probability, quality[i]!) * levels.product[i]!;
    const productPrice = price[i]!;
    const start = plan.startOf(i);
    let { activityFactor, impressionsFactor, unitsFactor, truncatesUnits, priceFactor } = noChange;
    let day = unit[i]! * nPeriods * daysPerPeriod;
    for (let t = 0; t < nPeriods; t += 1) {
      if (t === start || (t > start && !plan.isSteady)) {
        ({ activityFactor, impressionsFactor, unitsFactor, truncatesUnits, priceFactor } = plan.changeOf(i, t - start));
      }
      const at = i * nPeriods + t;
      for (let d = 0; d < daysPerPeriod; d += 1, day += 1) {
        const activity = uniform();
        const impressionDraw = uniform();
        const visitDraw = uniform();
        const cartDraw = uniform();
        const unitsDraw = uniform();
        const roundingDraw = uniform();

        const probability = Math.min(1, level * unitDay[day]!);
        const treatedProbability = Math.min(1, activityFactor * probability);
        if (activity >= probability && activity >= treatedProbability) continue;

        const impressions = impressionsByTwentieth[(impressionDraw * 20) | 0]!;
        const visits = Math.max(1, Math.floor(impressions * visitRate * (visitLow + visitWidth * visitDraw)));
        const cartAdds = Math.floor(visits * cartRate * (cartLow + cartWidth * cartDraw));
        const wanted = unitsByPercentile[(unitsDraw * 100) | 0]!;
        const units = Math.floor(cartAdds * orderRate) > 0 ? Math.min(wanted, cartAdds) : 0;
        if (activity < probability) {
          untreated.impressions[at] = untreated.impressions[at]! + impressions;
          untreated.visits[at] = untreated.visits[at]! + visits;
          untreated.cartAdds[at] = untreated.cartAdds[at]! + cartAdds;
          untreated.orderedUnits[at] = untreated.orderedUnits[at]! + units;
          untreated.revenue[at] = productPrice * untreated.orderedUnits[at];
        }
        if (activity >= treatedProbability) continue;
        let shown = impressions;
        let visiting = visits;
        let adding = cartAdds;
        let ordering = units;
        if (impressionsFactor !== 1) {
          shown = roundedBy(impressions * impressionsFactor, roundingDraw);
          visiting = shown === 0 ? 0 : Math.max(1, Math.floor(shown * visitRate * (visitLow + visitWidth * visitDraw)));
          adding = Math.floor(visiting * cartRate * (cartLow + cartWidth * cartDraw));
          ordering = Math.floor(adding * orderRate) > 0 ? Math.min(wanted, adding) : 0;
        }
        ordering = truncatesUnits ? Math.floor(ordering * unitsFactor) : roundedBy(ordering * unitsFactor, roundingDraw);
        treated.impressions[at] = treated.impressions[at]! + Math.max(shown, ordering);
        treated.visits[at] = treated.visits[at]! + Math.max(visiting, ordering);
        treated.cartAdds[at] = treated.cartAdds[at]! + Math.max(adding, ordering);
        treated.orderedUnits[at] = treated.orderedUnits[at]! + ordering;
        treated.revenue[at] = productPrice * priceFactor * treated.orderedUnits[at];
      }
    }
  }
  return { untreated, treated };
}

/** What was seen: the outcome with treatment from each product's first treated period on, the one without before. */
export function observedDemand(outcomes: PotentialOutcomes, assignment: Assignment, nPeriods: number): Demand {
  const { untreated, treated } = outcomes;
  const observed = {
    impressions: untreated.impressions.slice(),
    visits: untreated.visits.slice(),
    cartAdds: untreated.cartAdds.slice(),
    orderedUnits: untreated.orderedUnits.slice(),
    revenue: untreated.revenue.slice(),
  };
  assignment.firstTreated.forEach((first, i) => {
    if (first < 0) return;
    const [from, to] = [i * nPeriods + first, (i + 1) * nPeriods];
    observed.impressions.set(treated.impressions.subarray(from, to), from);
    observed.visits.set(treated.visits.subarray(from, to), from);
    observed.cartAdds.set(treated.cartAdds.subarray(from, to), from);
    observed.orderedUnits.set(treated.orderedUnits.subarray(from, to), from);
    observed.revenue.set(treated.revenue.subarray(from, to), from);
  });
  return observed;
}

/** Down or up by a uniform, with mean x. */
function roundedBy(x: number, uniform: number): number {
  const floor = Math.floor(x);
  return uniform < x - floor ? floor + 1 : floor;
}

function emptyDemand(length: number): Demand {
  return {
    impressions: new Uint16Array(length),
    visits: new Uint16Array(length),
    cartAdds: new Uint16Array(length),
    orderedUnits: new Uint16Array(length),
    revenue: new Float64Array(length),
  };
}

import { meanPrice, qualityDistribution } from './catalog.ts';
import { expectedActivity } from './expected-activity.ts';
import { momentsGivenActivity } from './funnel-moments.ts';
import type { Calendar, Effects } from './pilot.ts';
import { selectionShift } from './selection-shift.ts';
import type { ResolvedWorld, SimulatedWorld } from './world.ts';

export type PopulationEffects = { readonly effects: Effects; readonly standardError: number };

const remembered = new Map<string, PopulationEffects>();
const MOST_REMEMBERED = 200;

/**
 * Expected effects per product-period of the post window, over catalogs, demand and assignment.
 *
 * On all products, in closed form: E[price] * E[units | active] * E_q[unitsFactor * A(q, activityFactor) - A(q, 1)], with
 * A(q, f) the expected activity at quality q and the expectation over the exact distribution of quality (price and demand
 * level are independent of it). Where no cap binds this is size * E[price] * E[units | active] * sale_probability *
 * (0.8 + 0.4 E[quality]), times the mean trend.
 *
 * On the treated and the controls it is the same where assignment does not look at the product; else `selectionShift` adds
 * the difference. Results are remembered: they depend on the arguments alone.
 */
export function populationEffects(
  world: SimulatedWorld,
  resolved: ResolvedWorld,
  calendar: Calendar,
  nProducts: number,
): PopulationEffects {
  const { catalog, demand, effect, design } = world;
  const size = resolved.design.treatmentProbabilities === undefined ? null : nProducts;
  const { treated, controls } = resolved.design.groups(resolved.designParameters, nProducts);
  const key = JSON.stringify([
    catalog.categories,
    calendar.dates[0],
    calendar.nPeriods,
    calendar.interventionIndex,
    demand,
    effect,
    design,
    size,
    treated,
    controls,
  ]);
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const result = computeEffects(world, resolved, calendar, nProducts);
  const oldest = remembered.size >= MOST_REMEMBERED ? remembered.keys().next().value : undefined;
  if (oldest !== undefined) remembered.delete(oldest);
  remembered.set(key, result);
  return result;
}

function computeEffects(world: SimulatedWorld, resolved: ResolvedWorld, calendar: Calendar, nProducts: number): PopulationEffects {
  const { design, designParameters, change, unitNames } = resolved;
  if (calendar.nPeriods <= calendar.interventionIndex || nProducts === 0)
    return { effects: { ate: null, att: null, atc: null, at_cutoff: null }, standardError: 0 };
  const moments = momentsGivenActivity(world.demand);
  const activity = expectedActivity(world.demand, calendar, calendar.interventionIndex, unitNames.length > 0);
  const perPrice = byQuality((quality) => {
    const without = activity(quality, 1);
    const withTreatment = change.activityFactor === 1 ? without : activity(quality, change.activityFactor);
    return moments.ordered_units * (change.unitsFactor * withTreatment - without);
  });
  let expected = 0;
  qualityDistribution().forEach((probability, k) => {
    if (probability > 0) expected += probability * perPrice(k / 1000);
  });
  const ate = meanPrice(world.catalog.categories) * expected;
  const { treated, controls } = design.groups(designParameters, nProducts);
  if (design.treatmentProbabilities === undefined || ate === 0) {
    return { effects: { ate, att: treated ? ate : null, atc: controls ? ate : null, at_cutoff: null }, standardError: 0 };
  }
  const shift = selectionShift(world, resolved, calendar, nProducts, moments, perPrice);
  return {
    effects: { ate, att: treated ? ate + shift.att : null, atc: controls ? ate + shift.atc : null, at_cutoff: null },
    standardError: shift.standardError,
  };
}

/** Quality is a whole number of thousandths: each value is worked out once. */
function byQuality(compute: (quality: number) => number): (quality: number) => number {
  const known = new Float64Array(1001).fill(NaN);
  return (quality) => {
    const k = Math.round(1000 * quality);
    const value = known[k]!;
    if (value === value) return value;
    return (known[k] = compute(k / 1000));
  };
}

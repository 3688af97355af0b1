import { exp } from '../numeric/elementary.ts';
import { namedStream } from '../random/stream.ts';
import { lognormalSigma } from '../random/variates.ts';
import { baseActivity } from './demand-funnel.ts';
import { drawDemandLevels } from './demand-levels.ts';
import { noChange } from './effects/effect.ts';
import { expectedUnits, momentsGivenActivity } from './funnel-moments.ts';
import type { Calendar, PilotName } from './pilot.ts';
import type { PopulationProducts } from './population-products.ts';
import { treatmentPlan } from './treatment-plan.ts';
import type { ResolvedWorld, SimulatedWorld } from './world.ts';

/** Revenue before the intervention where it is read, and the expected effect after it given the same demand levels. One uniform draws a day's units. */
export function historySimulator(world: SimulatedWorld, { effect }: ResolvedWorld, calendar: Calendar, readsPreRevenue: boolean) {
  const { demand } = world;
  const { nPeriods, interventionIndex, daysPerPeriod } = calendar;
  const moments = momentsGivenActivity(demand);
  const unitsOf = expectedUnits(demand);
  const atLeast = [1, 2, 3, 4, 5].map((k) => moments.p_units.slice(k).reduce((sum, p) => sum + p, 0));
  const [sigma, appealSigma] = [lognormalSigma(demand.product_variation), lognormalSigma(demand.appeal_variation)];
  return ({ catalog, after, level, appeal }: PopulationProducts, name: PilotName) => {
    const { unitDay } = drawDemandLevels({ ...catalog, nProducts: 0 }, calendar, demand, name);
    const plan = treatmentPlan(effect, catalog, calendar, effect.rewrite === null ? null : after);
    const stream = namedStream({ ...name, purpose: 'demand' });
    const preRevenue = new Float64Array(catalog.nProducts);
    const expected = new Float64Array(catalog.nProducts);
    for (let i = 0; i < catalog.nProducts; i += 1) {
      const base =
        baseActivity(demand.sale_probability, catalog.quality[i]!) *
        exp(sigma * level[i]! - (sigma * sigma) / 2 + appealSigma * appeal[i]! - (appealSigma * appealSigma) / 2);
      let units = 0;
      if (readsPreRevenue) {
        for (let day = 0; day < interventionIndex * daysPerPeriod; day += 1) {
          const probability = Math.min(1, base * unitDay[day]!);
          const uniform = stream.uniform();
          for (let k = 0; k < 5 && uniform < probability * atLeast[k]!; k += 1) units += 1;
        }
        preRevenue[i] = (catalog.price[i]! * units) / interventionIndex;
      }
      let gain = 0;
      let change = noChange;
      let unitsTreated = 0;
      for (let t = interventionIndex; t < nPeriods; t += 1) {
        if (t === interventionIndex || !plan.isSteady) {
          change = plan.changeOf(i, t - interventionIndex);
          unitsTreated = change.priceFactor * unitsOf(change);
        }
        for (let day = t * daysPerPeriod; day < (t + 1) * daysPerPeriod; day += 1) {
          const probability = Math.min(1, base * unitDay[day]!);
          gain += unitsTreated * Math.min(1, change.activityFactor * probability) - moments.ordered_units * probability;
        }
      }
      expected[i] = (catalog.price[i]! * gain) / (nPeriods - interventionIndex);
    }
    return { preRevenue, effect: expected };
  };
}

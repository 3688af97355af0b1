import { namedStream } from '../random/stream.ts';
import { makeCalendar } from './calendar.ts';
import { makeCatalog } from './catalog.ts';
import { drawDemand } from './demand-funnel.ts';
import { drawDemandLevels } from './demand-levels.ts';
import { groundTruth } from './ground-truth.ts';
import { observePilot } from './observe.ts';
import type { Calendar, Demand, PilotName, SimulatedPilot } from './pilot.ts';
import { populationEffects } from './population-effects.ts';
import { isStaggered, qualityIfTreated, treatmentPlan } from './treatment-plan.ts';
import { resolveWorld, type SimulatedWorld } from './world.ts';

export type SimulationTask = {
  readonly seed: string;
  readonly replication: number;
  readonly stage: 'pilot' | 'scale';
  readonly initiative: SimulatedWorld;
  /** Instead of the catalog's own number of products, and of periods from the intervention on. */
  readonly nProducts?: number;
  readonly postPeriods?: number;
};

/**
 * One pilot with its truth. Every part has a random stream of its own, named by seed, initiative, stage, replication and
 * purpose, so that the second measurement at scale is independent of the pilot and nothing depends on what else is run.
 * @throws InputError where the initiative's effect, design or dates cannot be used.
 */
export function simulatePilot(task: SimulationTask): SimulatedPilot {
  const { initiative: world } = task;
  const { catalog: declared, demand } = world;
  const nProducts = task.nProducts ?? declared.n_products;
  const resolved = resolveWorld(world, nProducts);
  const name: PilotName = { seed: task.seed, initiative: world.initiative_id, stage: task.stage, replication: task.replication };
  const stream = (purpose: string) => namedStream({ ...name, purpose });

  const calendar = makeCalendar(declared.start_date, declared.pre_periods, task.postPeriods ?? declared.post_periods, declared.granularity);
  const catalog = makeCatalog(stream('catalog'), nProducts, declared.categories, resolved.unitNames);
  const levels = drawDemandLevels(catalog, calendar, demand, name);
  const after = qualityIfTreated(resolved.effect, catalog);
  const outcomesFrom = (starts: Int32Array | null) =>
    drawDemand(stream('demand'), catalog, calendar, demand, levels, treatmentPlan(resolved.effect, catalog, calendar, after, starts));
  const outcomes = outcomesFrom(null);
  const preRevenue = meanPreRevenue(outcomes.untreated, nProducts, calendar);
  const assignment = resolved.design.assign(
    { catalog, calendar, preRevenue, appeal: levels.appeal },
    resolved.designParameters,
    stream('assignment'),
  );
  // The same draws again, with everyone treated from their own date on: nothing before the intervention changes.
  const potentialOutcomes = isStaggered(assignment, calendar) ? outcomesFrom(assignment.firstTreated) : outcomes;
  const pilot = observePilot(
    { catalog, calendar, assignment, outcomes: potentialOutcomes, qualityIfTreated: after },
    resolved.flaws,
    stream,
  );

  const population = populationEffects(world, resolved, calendar, nProducts, assignment);
  const truth = groundTruth(catalog, calendar, assignment, potentialOutcomes, population, resolved.effect.nominalEffect);
  return { pilot, truth, potentialOutcomes };
}

function meanPreRevenue({ revenue }: Demand, nProducts: number, { nPeriods, interventionIndex }: Calendar): Float64Array {
  const means = new Float64Array(nProducts);
  if (interventionIndex === 0) return means;
  for (let i = 0; i < nProducts; i += 1) {
    let sum = 0;
    for (let t = 0; t < interventionIndex; t += 1) sum += revenue[i * nPeriods + t]!;
    means[i] = sum / interventionIndex;
  }
  return means;
}

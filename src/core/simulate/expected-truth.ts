import { namedStream } from '../random/stream.ts';
import { makeCalendar } from './calendar.ts';
import { makeCatalog } from './catalog.ts';
import type { GroundTruth } from './pilot.ts';
import { populationEffects } from './population-effects.ts';
import { resolveWorld, type SimulatedWorld } from './world.ts';

/** The part of the truth that does not depend on what was drawn. */
export type ExpectedTruth = Pick<GroundTruth, 'population' | 'population_standard_error' | 'missing'>;

/**
 * The expected effects in a world, without simulating its demand: the very values a pilot of so many products in it carries.
 * Of an assignment they depend on the sizes of its cohorts and on its cutoff alone, which are the same whatever was sold before.
 */
export function expectedTruth(world: SimulatedWorld, nProducts: number): ExpectedTruth {
  const { start_date, pre_periods, post_periods, granularity, categories } = world.catalog;
  const resolved = resolveWorld(world, nProducts);
  const stream = (purpose: string) => namedStream({ seed: 'truth', initiative: '', stage: 'population', replication: 0, purpose });
  const calendar = makeCalendar(start_date, pre_periods, post_periods, granularity);
  const catalog = makeCatalog(stream('catalog'), nProducts, categories, resolved.unitNames);
  const unknown = new Float64Array(nProducts);
  const assignment = resolved.design.assign(
    { catalog, calendar, preRevenue: unknown, appeal: unknown },
    resolved.designParameters,
    stream('assignment'),
  );
  const { effects, standardError, missing } = populationEffects(world, resolved, calendar, nProducts, assignment);
  return { population: effects, population_standard_error: standardError, missing };
}

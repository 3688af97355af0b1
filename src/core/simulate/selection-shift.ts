import { namedStream } from '../random/stream.ts';
import type { DemandDeclaration } from '../scenario/scenario.ts';
import { makeCatalog } from './catalog.ts';
import { baseActivity } from './demand-funnel.ts';
import { drawDemandLevels } from './demand-levels.ts';
import type { FunnelMoments } from './funnel-moments.ts';
import type { Calendar, Catalog, PilotName } from './pilot.ts';
import type { ResolvedWorld, SimulatedWorld } from './world.ts';

/** Enough for a Monte Carlo error well below what a pilot can see. */
const PRODUCTS_DRAWN = 100_000;
const PRODUCT_PERIODS_DRAWN = 5_000_000;
const FEWEST_CATALOGS = 40;
/** In a catalog this large the share treated at given attributes is that of an infinite one. */
const LARGEST_CATALOG = 2000;

export type SelectionShift = { readonly att: number; readonly atc: number; readonly standardError: number };

/**
 * How far the expected effects on the treated and on the controls lie from that on all, where assignment looks at the product.
 * Catalogs are drawn from fixed seeds. Given what the assignment looks at, each product's probability p of treatment and
 * expected effect tau are in closed form, so only those are averaged: E[sum of p tau / sum of p - mean tau]. The standard
 * error is that of the worse of the two.
 */
export function selectionShift(
  world: SimulatedWorld,
  resolved: ResolvedWorld,
  calendar: Calendar,
  nProducts: number,
  moments: FunnelMoments,
  perPrice: (quality: number) => number,
): SelectionShift {
  const { design, designParameters } = resolved;
  const readsHistory =
    ((design.readsPreRevenue?.(designParameters) ?? false) && calendar.interventionIndex > 0) || (design.readsAppeal?.(designParameters) ?? false);
  const size = Math.min(nProducts, LARGEST_CATALOG);
  const products = readsHistory ? Math.min(PRODUCTS_DRAWN, PRODUCT_PERIODS_DRAWN / calendar.nPeriods) : PRODUCTS_DRAWN;
  const catalogs = Math.max(FEWEST_CATALOGS, Math.ceil(products / size));
  const att = new Float64Array(catalogs);
  const atc = new Float64Array(catalogs);
  for (let c = 0; c < catalogs; c += 1) {
    const name: PilotName = { seed: 'population', initiative: '', stage: 'population', replication: c };
    const catalog = makeCatalog(namedStream({ ...name, purpose: 'catalog' }), size, world.catalog.categories);
    const history = readsHistory
      ? drawHistory(catalog, calendar, world.demand, name, moments, resolved)
      : { preRevenue: new Float64Array(size), appeal: new Float64Array(size), effect: catalog.price.map((price, i) => price * perPrice(catalog.quality[i]!)) };
    const probabilities = design.treatmentProbabilities!({ catalog, calendar, preRevenue: history.preRevenue, appeal: history.appeal }, designParameters);
    let places = 0;
    let treated = 0;
    let all = 0;
    for (let i = 0; i < size; i += 1) {
      places += probabilities[i]!;
      treated += probabilities[i]! * history.effect[i]!;
      all += history.effect[i]!;
    }
    att[c] = places > 0 ? treated / places - all / size : 0;
    atc[c] = places < size ? (all - treated) / (size - places) - all / size : 0;
  }
  const [attMean, attError] = meanWithError(att);
  const [atcMean, atcError] = meanWithError(atc);
  return { att: attMean, atc: atcMean, standardError: Math.max(attError, atcError) };
}

/** Revenue before the intervention, and the expected effect after it given the same demand levels. One uniform draws a period's units. */
function drawHistory(
  catalog: Catalog,
  calendar: Calendar,
  demand: DemandDeclaration,
  name: PilotName,
  moments: FunnelMoments,
  { change }: ResolvedWorld,
) {
  const { nPeriods, interventionIndex } = calendar;
  const levels = drawDemandLevels(catalog, calendar, demand, name);
  const stream = namedStream({ ...name, purpose: 'demand' });
  const atLeast = [1, 2, 3, 4, 5].map((k) => moments.p_units.slice(k).reduce((sum, p) => sum + p, 0));
  const preRevenue = new Float64Array(catalog.nProducts);
  const effect = new Float64Array(catalog.nProducts);
  for (let i = 0; i < catalog.nProducts; i += 1) {
    const base = baseActivity(demand.sale_probability, catalog.quality[i]!) * levels.product[i]!;
    let units = 0;
    for (let t = 0; t < interventionIndex; t += 1) {
      const probability = Math.min(1, base * levels.unitDay[t]!);
      const uniform = stream.uniform();
      for (let k = 0; k < 5 && uniform < probability * atLeast[k]!; k += 1) units += 1;
    }
    let gain = 0;
    for (let t = interventionIndex; t < nPeriods; t += 1) {
      const probability = Math.min(1, base * levels.unitDay[t]!);
      gain += change.unitsFactor * Math.min(1, change.activityFactor * probability) - probability;
    }
    preRevenue[i] = interventionIndex > 0 ? (catalog.price[i]! * units) / interventionIndex : 0;
    effect[i] = (catalog.price[i]! * moments.ordered_units * gain) / (nPeriods - interventionIndex);
  }
  return { preRevenue, appeal: levels.appeal, effect };
}

function meanWithError(values: Float64Array): readonly [number, number] {
  const n = values.length;
  let mean = 0;
  for (let i = 0; i < n; i += 1) mean += values[i]!;
  mean /= n;
  let squares = 0;
  for (let i = 0; i < n; i += 1) squares += (values[i]! - mean) * (values[i]! - mean);
  return [mean, Math.sqrt(squares / (n * (n - 1)))];
}

import { dayCount } from './calendar.ts';
import type { ExpectedGain } from './expected-gain.ts';
import { localMean } from './local-mean.ts';
import type { Assignment, Calendar, PilotName } from './pilot.ts';
import { historySimulator } from './population-history.ts';
import { cellPicker, drawProducts, shiftedLattice } from './population-products.ts';
import type { ResolvedWorld, SimulatedWorld } from './world.ts';

/** Independent estimates, whose spread gives the standard error. */
const POOLS = 8;
const POOL_SIZE = 1024;
/** Product-days over all pools, where the days before the intervention have to be drawn. */
const PRODUCT_DAYS = 1_500_000;
const SMALLEST_POOL = 256;

export type SelectionShift = {
  readonly att: number;
  readonly atc: number;
  /** The effect at a cutoff in earlier revenue; null where there is no such rule, or too few products are near it. */
  readonly atCutoff: number | null;
  readonly standardError: number;
};

/**
 * How far the expected effects on the treated and on the controls lie from that on all, where assignment looks at the product.
 * Catalogs are drawn from fixed seeds. Given what the assignment looks at, each product's probability p of treatment and
 * expected effect tau are in closed form, so only those are averaged: E[sum of p tau / sum of p - mean tau].
 *
 * Products are the points of a randomly shifted lattice in quality, price, demand level and appeal (randomised quasi-Monte
 * Carlo: Cranley and Patterson 1976), dealt at random to the catalogs of a pool, so that only what a finite catalog adds is left to
 * chance. The standard error is the worst of the estimands', from the spread of independent pools.
 */
export function selectionShift(
  world: SimulatedWorld,
  resolved: ResolvedWorld,
  calendar: Calendar,
  nProducts: number,
  gain: ExpectedGain,
  threshold: Assignment['threshold'] | null,
): SelectionShift {
  const { design, designParameters } = resolved;
  const readsPreRevenue = (design.readsPreRevenue?.(designParameters) ?? false) && calendar.interventionIndex > 0;
  const readsLevels = readsPreRevenue || (design.readsAppeal?.(designParameters) ?? false);
  const poolSize = readsLevels
    ? Math.max(SMALLEST_POOL, Math.min(POOL_SIZE, Math.floor(PRODUCT_DAYS / POOLS / dayCount(calendar))))
    : POOL_SIZE;
  const size = Math.min(nProducts, poolSize);
  const catalogs = Math.floor(poolSize / size);
  const cellOf = cellPicker(gain.cells);
  const draw = readsLevels ? historySimulator(world, resolved, calendar, readsPreRevenue) : null;
  const att: number[] = [];
  const atc: number[] = [];
  const atCutoff: number[] = [];
  for (let pool = 0; pool < POOLS; pool += 1) {
    const name: PilotName = { seed: 'population', initiative: '', stage: 'population', replication: pool };
    const points = shiftedLattice(name, catalogs * size);
    const shifts = { att: 0, treatedCatalogs: 0, atc: 0, controlCatalogs: 0 };
    const running: number[] = [];
    const effects: number[] = [];
    for (let c = 0; c < catalogs; c += 1) {
      const products = drawProducts(points, c * size, size, world.catalog.categories, cellOf);
      const { catalog, after, appeal } = products;
      const history = draw?.(products, { ...name, replication: pool * catalogs + c }) ?? {
        preRevenue: new Float64Array(size),
        effect: catalog.price.map(
          (price, i) => price * gain.perPrice(Math.round(1000 * catalog.quality[i]!), Math.round(1000 * after[i]!), catalog.category[i]!),
        ),
      };
      addShift(
        shifts,
        design.treatmentProbabilities!({ catalog, calendar, preRevenue: history.preRevenue, appeal }, designParameters),
        history.effect,
      );
      if (threshold?.column === 'pre_revenue') {
        running.push(...history.preRevenue);
        effects.push(...history.effect);
      }
    }
    if (shifts.treatedCatalogs > 0) att.push(shifts.att / shifts.treatedCatalogs);
    if (shifts.controlCatalogs > 0) atc.push(shifts.atc / shifts.controlCatalogs);
    const near = threshold?.column === 'pre_revenue' ? localMean(running, effects, threshold.cutoff) : null;
    if (near !== null) atCutoff.push(near);
  }
  const [attMean, attError] = meanWithError(att);
  const [atcMean, atcError] = meanWithError(atc);
  const [cutoffMean, cutoffError] = meanWithError(atCutoff);
  return {
    att: attMean,
    atc: atcMean,
    atCutoff: atCutoff.length === POOLS ? cutoffMean : null,
    standardError: Math.max(attError, atcError, atCutoff.length === POOLS ? cutoffError : 0),
  };
}

function addShift(
  shifts: { att: number; treatedCatalogs: number; atc: number; controlCatalogs: number },
  probabilities: Float64Array,
  effects: Float64Array,
): void {
  const size = effects.length;
  let places = 0;
  let treated = 0;
  let all = 0;
  for (let i = 0; i < size; i += 1) {
    places += probabilities[i]!;
    treated += probabilities[i]! * effects[i]!;
    all += effects[i]!;
  }
  if (places > 0) {
    shifts.att += treated / places - all / size;
    shifts.treatedCatalogs += 1;
  }
  if (places < size) {
    shifts.atc += (all - treated) / (size - places) - all / size;
    shifts.controlCatalogs += 1;
  }
}

function meanWithError(values: readonly number[]): readonly [number, number] {
  const n = values.length;
  if (n === 0) return [0, 0];
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return [mean, n > 1 ? Math.sqrt(squares / (n * (n - 1))) : 0];
}

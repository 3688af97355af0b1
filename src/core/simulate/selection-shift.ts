import { dayCount } from './calendar.ts';
import type { ExpectedGain } from './expected-gain.ts';
import { localMean } from './local-mean.ts';
import type { Assignment, Calendar, PilotName } from './pilot.ts';
import { historySimulator } from './population-history.ts';
import { cellPicker, drawProducts, shiftedLattice } from './population-products.ts';
import type { ResolvedWorld, SimulatedWorld } from './world.ts';

/** Independent estimates, whose spread gives the standard error. */
const POOLS = 8;
const POOL_SIZE = 2048;
/** Product-days over all pools, where demand levels have to be drawn. */
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
  const days = dayCount(calendar) - (readsPreRevenue ? 0 : calendar.interventionIndex * calendar.daysPerPeriod);
  const affordable = Math.max(SMALLEST_POOL, Math.floor(PRODUCT_DAYS / (POOLS * days)));
  const poolSize = readsLevels ? Math.min(POOL_SIZE, affordable) : POOL_SIZE;
  const size = Math.min(nProducts, poolSize);
  const catalogs = Math.floor(poolSize / size);
  const cellOf = cellPicker(gain.cells);
  const simulate = readsLevels ? historySimulator(world, resolved, calendar, readsPreRevenue) : null;
  const pools = Array.from({ length: POOLS }, (_, pool): PoolEstimate => {
    const name: PilotName = { seed: 'population', initiative: '', stage: 'population', replication: pool };
    const points = shiftedLattice(name, catalogs * size);
    const drawn = Array.from({ length: catalogs }, (__, c): DrawnCatalog => {
      const products = drawProducts(points, c * size, size, world.catalog.categories, cellOf);
      const { catalog, appeal } = products;
      const { preRevenue, effect } = simulate?.(products, { ...name, replication: pool * catalogs + c }) ?? {
        preRevenue: new Float64Array(size),
        effect: catalog.price.map((price, i) => price * gain.perPrice(Math.round(1000 * catalog.quality[i]!), catalog.category[i]!)),
      };
      const probabilities = design.treatmentProbabilities!({ catalog, calendar, preRevenue, appeal }, designParameters);
      return { probabilities, preRevenue, effect };
    });
    return {
      att: meanShift(drawn, (p) => p),
      atc: meanShift(drawn, (p) => 1 - p),
      atCutoff: threshold?.column === 'pre_revenue' ? effectNear(drawn, threshold.cutoff) : null,
    };
  });
  const att = meanWithError(pools.map((pool) => pool.att));
  const atc = meanWithError(pools.map((pool) => pool.atc));
  const atCutoff = meanWithError(pools.map((pool) => pool.atCutoff));
  return {
    att: att?.mean ?? 0,
    atc: atc?.mean ?? 0,
    atCutoff: atCutoff?.mean ?? null,
    standardError: Math.max(att?.error ?? 0, atc?.error ?? 0, atCutoff?.error ?? 0),
  };
}

type DrawnCatalog = { readonly probabilities: Float64Array; readonly preRevenue: Float64Array; readonly effect: Float64Array };
type PoolEstimate = { readonly att: number | null; readonly atc: number | null; readonly atCutoff: number | null };

/** Mean over catalogs of the weighted mean effect minus the plain one; null where no catalog has any weight. */
function meanShift(catalogs: readonly DrawnCatalog[], weightOf: (probability: number) => number): number | null {
  let sum = 0;
  let count = 0;
  for (const { probabilities, effect } of catalogs) {
    let [weights, weighted, all] = [0, 0, 0];
    for (let i = 0; i < effect.length; i += 1) {
      const weight = weightOf(probabilities[i]!);
      weights += weight;
      weighted += weight * effect[i]!;
      all += effect[i]!;
    }
    if (!(weights > 0)) continue;
    sum += weighted / weights - all / effect.length;
    count += 1;
  }
  return count > 0 ? sum / count : null;
}

function effectNear(catalogs: readonly DrawnCatalog[], cutoff: number): number | null {
  const running = catalogs.flatMap(({ preRevenue }) => Array.from(preRevenue));
  const effects = catalogs.flatMap(({ effect }) => Array.from(effect));
  return localMean(running, effects, cutoff);
}

/** Over the pools; null where one of them has no estimate. */
function meanWithError(values: readonly (number | null)[]): { readonly mean: number; readonly error: number } | null {
  const known = values.filter((value) => value !== null);
  const n = known.length;
  if (n < values.length) return null;
  const mean = known.reduce((sum, value) => sum + value, 0) / n;
  const squares = known.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return { mean, error: Math.sqrt(squares / (n * (n - 1))) };
}

import { exp } from '../numeric/elementary.ts';
import { normalQuantile } from '../numeric/normal.ts';
import { namedStream } from '../random/stream.ts';
import { lognormalSigma, randomOrder } from '../random/variates.ts';
import { dayCount } from './calendar.ts';
import { priceRange } from './catalog.ts';
import { baseActivity } from './demand-funnel.ts';
import { drawDemandLevels } from './demand-levels.ts';
import { noChange } from './effects/effect.ts';
import type { ExpectedGain } from './expected-gain.ts';
import { expectedUnits, momentsGivenActivity } from './funnel-moments.ts';
import type { Assignment, Calendar, Catalog, PilotName } from './pilot.ts';
import { treatmentPlan, type QualityCell } from './treatment-plan.ts';
import type { ResolvedWorld, SimulatedWorld } from './world.ts';

/** Independent estimates, whose spread gives the standard error. */
const POOLS = 8;
const POOL_SIZE = 2048;
/** Product-days over all pools, where the days before the intervention have to be drawn. */
const PRODUCT_DAYS = 1_500_000;
const SMALLEST_POOL = 256;
/** Share of a pool, on both sides, from which the effect at a cutoff is read, and the fewest products that must be on either. */
const WINDOW_SHARE = 0.12;
const FEWEST_ON_A_SIDE = 8;
/** Powers of 1/x for x^5 = x + 1: steps that spread points evenly over the four dimensions of a product (Roberts 2018). */
const LATTICE = [0.8566748838545029, 0.733891856627126, 0.6287067210378087, 0.5385972572236101] as const;
const MIDDLE = 1.1641532182693481e-10;

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
  const poolSize = readsLevels ? Math.max(SMALLEST_POOL, Math.min(POOL_SIZE, Math.floor(PRODUCT_DAYS / POOLS / dayCount(calendar)))) : POOL_SIZE;
  const size = Math.min(nProducts, poolSize);
  const catalogs = Math.floor(poolSize / size);
  const cellOf = cellPicker(gain.cells);
  const draw = readsLevels ? levelSimulator(world, resolved, calendar, readsPreRevenue) : null;
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
        effect: catalog.price.map((price, i) => price * gain.perPrice(Math.round(1000 * catalog.quality[i]!), Math.round(1000 * after[i]!), catalog.category[i]!)),
      };
      addShift(shifts, design.treatmentProbabilities!({ catalog, calendar, preRevenue: history.preRevenue, appeal }, designParameters), history.effect);
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

/** Points in random order, `LATTICE.length` coordinates each. */
function shiftedLattice(name: PilotName, count: number): Float64Array {
  const stream = namedStream({ ...name, purpose: 'lattice' });
  const shift = LATTICE.map(() => stream.uniform());
  const points = new Float64Array(count * LATTICE.length);
  randomOrder(stream, count).forEach((place, k) => {
    LATTICE.forEach((step, d) => {
      const x = shift[d]! + k * step;
      points[place * LATTICE.length + d] = x - Math.floor(x);
    });
  });
  return points;
}

type Products = {
  /** Without texts: only what assignment may look at. */
  readonly catalog: Catalog;
  readonly after: Float64Array;
  /** Standard normal, as is the logarithm of the demand level. */
  readonly level: Float64Array;
  readonly appeal: Float64Array;
};

function drawProducts(points: Float64Array, first: number, size: number, categories: readonly string[], cellOf: (u: number) => QualityCell): Products {
  const ranges = categories.map(priceRange);
  const category = new Uint8Array(size);
  const [price, quality, after, level, appeal] = [0, 1, 2, 3, 4].map(() => new Float64Array(size)) as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
  for (let i = 0; i < size; i += 1) {
    const at = (first + i) * LATTICE.length;
    const cell = cellOf(points[at]!);
    const place = points[at + 1]! * categories.length;
    const [lowest, highest] = ranges[Math.floor(place)]!;
    category[i] = Math.floor(place);
    price[i] = Math.round(100 * (lowest + (highest - lowest) * (place - Math.floor(place)))) / 100;
    quality[i] = cell.before / 1000;
    after[i] = cell.after / 1000;
    level[i] = normalQuantile(points[at + 2]! + MIDDLE);
    appeal[i] = normalQuantile(points[at + 3]! + MIDDLE);
  }
  const none = new Uint8Array(size);
  const texts = { titleLength: none, descriptionLength: none, featureCount: none, hasBrand: none };
  return { catalog: { nProducts: size, category, categories, price, quality, ...texts, unit: new Uint16Array(size), unitNames: [] }, after, level, appeal };
}

/** The cell at each point of [0, 1), by its cumulative probability. */
function cellPicker(cells: readonly QualityCell[]): (u: number) => QualityCell {
  const upTo = new Float64Array(cells.length);
  let sum = 0;
  cells.forEach(({ probability }, k) => (upTo[k] = sum += probability));
  return (u) => {
    let [low, high] = [0, cells.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (u * sum < upTo[middle]!) high = middle;
      else low = middle + 1;
    }
    return cells[low]!;
  };
}

/** Revenue before the intervention where it is read, and the expected effect after it given the same demand levels. One uniform draws a day's units. */
function levelSimulator(world: SimulatedWorld, { effect }: ResolvedWorld, calendar: Calendar, readsPreRevenue: boolean) {
  const { demand } = world;
  const { nPeriods, interventionIndex, daysPerPeriod } = calendar;
  const moments = momentsGivenActivity(demand);
  const unitsOf = expectedUnits(demand);
  const atLeast = [1, 2, 3, 4, 5].map((k) => moments.p_units.slice(k).reduce((sum, p) => sum + p, 0));
  const [sigma, appealSigma] = [lognormalSigma(demand.product_variation), lognormalSigma(demand.appeal_variation)];
  return ({ catalog, after, level, appeal }: Products, name: PilotName) => {
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

/** Local linear fit at x = c, by triangular weights over the points nearest to it; null where they are not on both sides. */
function localMean(x: readonly number[], y: readonly number[], c: number): number | null {
  const distances = x.map((value) => Math.abs(value - c)).sort((a, b) => a - b);
  const width = distances[Math.min(distances.length - 1, Math.ceil(WINDOW_SHARE * distances.length))] ?? 0;
  if (!(width > 0)) return null;
  const sums = { w: 0, wx: 0, wxx: 0, wy: 0, wxy: 0, below: 0, above: 0 };
  x.forEach((value, i) => {
    const d = value - c;
    const w = 1 - Math.abs(d) / width;
    if (!(w > 0)) return;
    if (d <= 0) sums.below += 1;
    if (d >= 0) sums.above += 1;
    sums.w += w;
    sums.wx += w * d;
    sums.wxx += w * d * d;
    sums.wy += w * y[i]!;
    sums.wxy += w * d * y[i]!;
  });
  const determinant = sums.w * sums.wxx - sums.wx * sums.wx;
  if (sums.below < FEWEST_ON_A_SIDE || sums.above < FEWEST_ON_A_SIDE || !(determinant > 0)) return null;
  return (sums.wxx * sums.wy - sums.wx * sums.wxy) / determinant;
}

function meanWithError(values: readonly number[]): readonly [number, number] {
  const n = values.length;
  if (n === 0) return [0, 0];
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return [mean, n > 1 ? Math.sqrt(squares / (n * (n - 1))) : 0];
}

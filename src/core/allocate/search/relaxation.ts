import type { MinimaxProgram } from './minimax-program.ts';
import type { RowLimit } from '../side-constraints.ts';

/**
 * Prices that turn the program into one that is solved row by row: weights on the states (non-negative, summing to 1), a
 * price per unit of cost, a price per unit of floor, and one for each limit.
 */
export type Prices = { readonly weights: Float64Array; readonly cost: number; readonly floor: number; readonly limits: Float64Array };

/**
 * The program under prices. `reduced[i]` is what taking row i is worth; taking exactly the rows worth more than nothing
 * gives `bound`, below which no portfolio's shortfall lies. Deciding row i the other way raises the bound by |reduced[i]|.
 */
export type Relaxation = { readonly prices: Prices; readonly bound: number; readonly reduced: Float64Array };

export function relax(program: MinimaxProgram, prices: Prices): Relaxation {
  const { targets, returns, costs, worst, floor, limits } = program;
  const n = costs.values.length;
  const reduced = new Float64Array(n);
  const floorPrice = floor === null ? 0 : prices.floor;
  let bound = floorPrice * (floor ?? 0) - prices.cost * costs.budget;
  let size = floorPrice * Math.abs(floor ?? 0) + prices.cost * costs.budget;
  targets.forEach((target, j) => {
    bound += (prices.weights[j] as number) * target;
    size += (prices.weights[j] as number) * Math.abs(target);
  });
  const charged = limits.filter((_, k) => (prices.limits[k] as number) > 0);
  const tolls = prices.limits.filter((price) => price > 0);
  charged.forEach(({ most }, k) => {
    bound -= (tolls[k] as number) * most;
    size += (tolls[k] as number) * Math.abs(most);
  });
  for (let i = 0; i < n; i += 1) {
    const charge = prices.cost * (costs.values[i] as number);
    const credit = floorPrice * (worst[i] as number);
    let value = credit - charge;
    size += charge + Math.abs(credit);
    for (let k = 0; k < charged.length; k += 1) {
      const toll = (tolls[k] as number) * ((charged[k] as RowLimit).values[i] as number);
      value -= toll;
      size += Math.abs(toll);
    }
    for (let j = 0; j < returns.length; j += 1) {
      const part = (prices.weights[j] as number) * ((returns[j] as Float64Array)[i] as number);
      value += part;
      size += Math.abs(part);
    }
    reduced[i] = value;
    if (value > 0) bound -= value;
  }
  // What rounding may have added to the bound, here and in the sums that a search will build on it.
  return { prices, bound: bound - size * (n + 20) * unitRoundoff, reduced };
}

const unitRoundoff = 1 / 4503599627370496;

/**
 * Prices whose bound is close to the best one (the linear relaxation's), by projected subgradient steps of Polyak's
 * length towards `target`, a shortfall that is attained. `suggest` is shown the rows taken at every other step.
 */
export function bestPrices(program: MinimaxProgram, target: number, suggest: (x: Uint8Array) => number): Relaxation {
  const scales = scalesOf(program);
  const states = program.targets.length;
  let best = relax(program, { weights: new Float64Array(states).fill(1 / states), cost: scales.cost, floor: 0, limits: new Float64Array(program.limits.length) });
  let attained = target;
  for (let round = 0; round < rounds; round += 1) {
    let current = best;
    let [step, sinceBetter] = [1, 0];
    for (let iteration = 0; iteration < iterations; iteration += 1) {
      if (iteration % 2 === 0) attained = Math.min(attained, suggest(Uint8Array.from(current.reduced, (value) => (value > 0 ? 1 : 0))));
      const slope = slopeAt(program, current, scales);
      const length = [...slope.weights, slope.cost, slope.floor, ...slope.limits].reduce((sum, g) => sum + g * g, 0);
      if (length === 0 || attained <= best.bound) return best;
      const stride = (step * (attained - current.bound)) / length;
      current = relax(program, {
        weights: ontoSimplex(current.prices.weights.map((w, j) => w + stride * (slope.weights[j] as number))),
        cost: Math.max(0, current.prices.cost + stride * slope.cost * scales.cost),
        floor: Math.max(0, current.prices.floor + stride * slope.floor * scales.floor),
        limits: current.prices.limits.map((price, k) => Math.max(0, price + stride * (slope.limits[k] as number) * (scales.limits[k] as number))),
      });
      if (current.bound > best.bound) [best, sinceBetter] = [current, 0];
      else if ((sinceBetter += 1) === patience) [step, sinceBetter] = [step * 0.6, 0];
    }
  }
  return best;
}

const rounds = 3;
const iterations = 150;
const patience = 4;

/** Prices around the best ones. Where a search has settled some rows, theirs may be the better bound. */
export function neighbouringPrices(program: MinimaxProgram, { prices }: Relaxation): Relaxation[] {
  const last = prices.weights.length - 1;
  const tilted = last < 1 ? [] : [tilt, -tilt, 3 * tilt, -3 * tilt].flatMap((shift) => {
    const weights = prices.weights.slice();
    weights[0] = (weights[0] as number) + shift;
    weights[last] = (weights[last] as number) - shift;
    return (weights[0]) < 0 || (weights[last]) < 0 ? [] : [{ ...prices, weights }];
  });
  const charged = [1 + tilt, 1 - tilt].map((factor) => ({ ...prices, cost: prices.cost * factor }));
  return [...tilted.map((moved) => ({ ...moved, cost: criticalPrice(program, moved) })), ...charged].map((moved) => relax(program, moved));
}

const tilt = 0.02;

/** The price of cost that is best for given weights: what the last row that fits is worth per unit of cost. */
function criticalPrice(program: MinimaxProgram, prices: Prices): number {
  const worth = relax(program, { ...prices, cost: 0 }).reduced;
  const { values, budget } = program.costs;
  const rows = Array.from(values.keys()).filter((i) => (worth[i] as number) > 0);
  const ratio = (i: number) => (worth[i] as number) / (values[i] as number);
  let room = budget;
  for (const i of rows.sort((a, b) => ratio(b) - ratio(a))) {
    room -= values[i] as number;
    if (room < 0) return ratio(i);
  }
  return 0;
}

type Scales = { readonly cost: number; readonly floor: number; readonly limits: readonly number[] };

/** Sizes that make a step in each price comparable with one in the weights. */
function scalesOf({ returns, costs, worst, limits }: MinimaxProgram): Scales {
  const size = (column: Float64Array) => column.reduce((sum, value) => sum + Math.abs(value), 0);
  const atStake = returns.reduce((sum, column) => sum + size(column), 0) / returns.length;
  const perUnit = (column: Float64Array) => atStake / Math.max(1, size(column));
  return { cost: perUnit(costs.values), floor: perUnit(worst), limits: limits.map(({ values }) => perUnit(values)) };
}

/** Direction in which the bound rises, in scaled prices, less what would leave the allowed prices. */
function slopeAt({ targets, returns, costs, worst, floor, limits }: MinimaxProgram, { prices, reduced }: Relaxation, scales: Scales): Prices {
  const weights = Float64Array.from(targets);
  let cost = -costs.budget;
  let floorSlope = floor ?? 0;
  const beyond = Float64Array.from(limits, ({ most }) => -most);
  for (let i = 0; i < reduced.length; i += 1) {
    if ((reduced[i] as number) <= 0) continue;
    for (let j = 0; j < returns.length; j += 1) weights[j] = (weights[j] as number) - ((returns[j] as Float64Array)[i] as number);
    cost += costs.values[i] as number;
    floorSlope -= worst[i] as number;
    for (let k = 0; k < limits.length; k += 1) beyond[k] = (beyond[k] as number) + ((limits[k] as RowLimit).values[i] as number);
  }
  const held = (price: number, slope: number) => (price <= 0 && slope < 0 ? 0 : slope);
  return {
    weights: withinSimplex(prices.weights, weights),
    cost: held(prices.cost, cost * scales.cost),
    floor: floor === null ? 0 : held(prices.floor, floorSlope * scales.floor),
    limits: beyond.map((sum, k) => held(prices.limits[k] as number, sum * (scales.limits[k] as number))),
  };
}

/** The part of a direction that keeps the sum of the weights and lowers none that is already 0. */
function withinSimplex(weights: Float64Array, direction: Float64Array): Float64Array {
  let free = Array.from(weights.keys());
  for (;;) {
    const mean = free.reduce((sum, j) => sum + (direction[j] as number), 0) / free.length;
    const still = free.filter((j) => (weights[j] as number) > 0 || (direction[j] as number) >= mean);
    if (still.length === free.length) return direction.map((value, j) => (free.includes(j) ? value - mean : 0));
    free = still;
  }
}

/** The nearest weights that are non-negative and sum to 1 (Held, Wolfe and Crowder 1974). */
function ontoSimplex(weights: Float64Array): Float64Array {
  const sorted = weights.slice().sort().reverse();
  let sum = 0;
  let shift = 0;
  sorted.forEach((weight, k) => {
    sum += weight;
    const candidate = (sum - 1) / (k + 1);
    if (weight > candidate) shift = candidate;
  });
  return weights.map((weight) => Math.max(0, weight - shift));
}

import { intervalClasses } from './interval-classes.ts';
import { fillingSolver } from './interval-filling.ts';
import type { IntervalProgram } from './interval-program.ts';
import { knapsack } from '../search/knapsack.ts';
import { unlimited, type Work } from './interval-work.ts';
import { dot } from '../search/minimax-program.ts';
import { activity } from '../side-constraints.ts';

/** The best answer to a scenario: `bound` is proved, and above `value` only where the search was cut short. */
export type Reply = { readonly y: Uint8Array; readonly value: number; readonly bound: number };

export type Replier = {
  /** The portfolio worth most in a scenario of whole numbers, of those a reply may be. */
  readonly exact: (scenario: Float64Array) => Reply;
  /** A good one, in a scenario of any numbers. */
  readonly rough: (scenario: Float64Array) => Uint8Array;
};

export function replier(program: IntervalProgram, work: Work = unlimited()): Replier {
  const { costs, floor, constraints, replyIsConstrained } = program;
  if (replyIsConstrained && (floor !== null || constraints !== null)) {
    const { before } = intervalClasses(program);
    return rounding((scenario) => richest(program, scenario, before, work) ?? nothing(scenario));
  }
  if (costs.slack > 0) return rounding((scenario) => byKnapsack(scenario, program, work));
  const fill = fillingSolver(costs.values, work);
  const rows = Int32Array.from(costs.values.keys());
  const filled = (scenario: Float64Array, least: 0 | 1, turns: number): Reply => {
    const y = new Uint8Array(rows.length);
    return { y, ...fill(scenario, rows, rows.length, costs.budget, least, turns, y) };
  };
  return {
    exact: (scenario) => {
      const reply = filled(scenario, 1, exactTurns);
      return reply.value === reply.bound ? reply : byKnapsack(scenario, program, work);
    },
    rough: (scenario) => filled(scenario, 0, roughTurns).y,
  };
}

/** What a row adds to a knapsack by dynamic programming, roughly. */
const knapsackCharge = 1_000;
const exactTurns = 20_000;
const roughTurns = 2_000;

function rounding(exact: Replier['exact']): Replier {
  return { exact, rough: (scenario) => exact(scenario.map(Math.round)).y };
}

function nothing(scenario: Float64Array): Reply {
  return { y: new Uint8Array(scenario.length), value: 0, bound: 0 };
}

function byKnapsack(scenario: Float64Array, { costs }: IntervalProgram, work: Work): Reply {
  work.done += scenario.length * knapsackCharge;
  const { x, value, bound } = knapsack(scenario, costs);
  return { y: x, value, bound };
}

/**
 * The portfolio worth most under the budget, the floor and the side constraints, by depth-first search in order of value per
 * cost; null where it found none (certainly none where `value` would have been proved, see `bound`).
 */
export function richest(program: IntervalProgram, values: Float64Array, before = intervalClasses(program).before, work: Work = unlimited()): Reply | null {
  const { costs, rawWorst, floor, constraints } = program;
  const n = values.length;
  const ratio = Float64Array.from(values, (value, i) => (value === 0 ? 0 : value / (costs.values[i] as number)));
  const order = [...values.keys()].sort((a, b) => ((ratio[b] as number) > (ratio[a] as number) ? 1 : ratio[b] === ratio[a] ? a - b : -1));
  const limits = constraints?.limits ?? [];
  const gain = suffix(order, (i) => Math.max(0, rawWorst[i] as number));
  const relief = limits.map((limit) => suffix(order, (i) => Math.min(0, limit.values[i] as number)));
  const active = new Float64Array(limits.length);
  const twin = twinsBefore(order, values, before);
  const x = new Uint8Array(n);
  let best: Uint8Array | null = null;
  let [most, left] = [-Infinity, replyNodes];
  const reach = (depth: number, room: number): number => {
    let [sum, space] = [0, room];
    for (let k = depth; k < n; k += 1) {
      const [value, cost] = [values[order[k] as number] as number, costs.values[order[k] as number] as number];
      if (value <= 0) break;
      if (cost > space) return sum + (space * value) / cost;
      sum += value;
      space -= cost;
    }
    return sum;
  };
  const visit = (depth: number, room: number, value: number, gained: number): void => {
    left -= 1;
    work.done += n - depth + nodeCharge;
    if (left < 0 || (value + reach(depth, room)) * roundingMargin + Math.abs(value) / 281474976710656 < most + 1) return;
    if (floor !== null && gained + (gain[depth] as number) < floor) return;
    for (let k = 0; k < limits.length; k += 1) if ((active[k] as number) + ((relief[k] as Float64Array)[depth] as number) > (limits[k] as { most: number }).most) return;
    if (depth === n) {
      if (!costs.fits(dot(costs.values, x), (i) => x[i] === 1) || !limits.every((limit) => limit.keeps(activity(limit, x), x))) return;
      [most, best] = [value, x.slice()];
      return;
    }
    const i = order[depth] as number;
    const follows = (twin[depth] as number) < 0 || x[twin[depth] as number] === 1;
    if (follows && constraints?.barred[i] !== 1 && (costs.values[i] as number) <= room) {
      x[i] = 1;
      limits.forEach((limit, k) => { active[k] = (active[k] as number) + (limit.values[i] as number); });
      visit(depth + 1, room - (costs.values[i] as number), value + (values[i] as number), gained + (rawWorst[i] as number));
      limits.forEach((limit, k) => { active[k] = (active[k] as number) - (limit.values[i] as number); });
      x[i] = 0;
    }
    if (constraints?.forced[i] !== 1) visit(depth + 1, room, value, gained);
  };
  const isPossible = constraints === null || constraints.conflicts.length === 0;
  const whole = Math.ceil(reach(0, costs.budget) * roundingMargin);
  if (isPossible) visit(0, costs.budget, 0, 0);
  if (best === null) return left < 0 ? { y: new Uint8Array(n), value: -Infinity, bound: whole } : null;
  return { y: best, value: most, bound: left < 0 ? Math.max(most, whole) : most };
}

const nodeCharge = 10;
const replyNodes = 2_000_000;
const roundingMargin = 1 + 1 / 281474976710656;

/**
 * For each position in the order, the row before it that is like its own and worth as much, or -1: of such rows the first ones are
 * taken, as exchanging them changes nothing.
 */
function twinsBefore(order: readonly number[], values: Float64Array, before: Int32Array): Int32Array {
  const place = new Int32Array(order.length);
  order.forEach((i, depth) => (place[i] = depth));
  return Int32Array.from(order, (i) => {
    let earlier = before[i] as number;
    while (earlier >= 0 && values[earlier] !== values[i]) earlier = before[earlier] as number;
    return earlier >= 0 && (place[earlier] as number) < (place[i] as number) ? earlier : -1;
  });
}

function suffix(order: readonly number[], part: (i: number) => number): Float64Array {
  const sums = new Float64Array(order.length + 1);
  for (let k = order.length - 1; k >= 0; k -= 1) sums[k] = (sums[k + 1] as number) + part(order[k] as number);
  return sums;
}

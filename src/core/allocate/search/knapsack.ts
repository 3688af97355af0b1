import type { ExactCosts } from '../exact/exact-costs.ts';

export type KnapsackAnswer = {
  readonly value: number;
  readonly x: Uint8Array;
  /** Proved upper bound; equal to `value` unless the lists outgrew their limit. */
  readonly bound: number;
};

/** Undominated sets of decided rows in order of cost; `node` leads to the rows of each. */
type States = { readonly cost: number[]; readonly value: number[]; readonly node: number[] };
type Trail = { readonly parent: number[]; readonly row: number[] };

/** The best filling found: the rows of a node, then rows by ratio from one position to another. */
type Incumbent = { readonly value: number; readonly node: number; readonly from: number; readonly to: number };

/**
 * The most that a sum of `values` (whole numbers) can be within the budget.
 *
 * Dynamic programming over lists of undominated (cost, value) pairs, rows in order of value per cost; a pair is dropped
 * once the fractional filling of what is left (Dantzig's bound) cannot beat the best filling found so far. Rounded costs
 * (`slack` > 0) dominate only where the comparison is certain, and the last list is settled by exact sums.
 * Stops after `statesLimit` pairs with the best filling and the bound it has.
 * Source: Kellerer, Pferschy and Pisinger 2004, Knapsack Problems, sections 3.4 and 5.
 */
export function knapsack(values: Float64Array, costs: ExactCosts, statesLimit = 4_000_000): KnapsackAnswer {
  const rows = byRatio(values, costs);
  const filling = fillings(rows, values, costs.values);
  const trail: Trail = { parent: [-1], row: [-1] };
  const certainBudget = costs.budget - costs.slack;
  let states: States = { cost: [0], value: [0], node: [0] };
  let best: Incumbent = { value: Math.max(0, filling.whole(0, certainBudget)), node: 0, from: 0, to: filling.lastFilled(0, Math.max(0, certainBudget)) };
  let seen = 0;
  let position = 0;
  while (position < rows.length && states.cost.length > 0 && seen < statesLimit) {
    const row = rows[position] as number;
    position += 1;
    const merged = withRow(states, values[row] as number, costs.values[row] as number, costs);
    seen += merged.cost.length;
    let better = -1;
    let reached = best.value;
    for (let k = 0; k < merged.cost.length; k += 1) {
      const value = (merged.value[k] as number) + filling.whole(position, certainBudget - (merged.cost[k] as number));
      if (value > reached) [reached, better] = [value, k];
    }
    if (better >= 0) {
      const to = filling.lastFilled(position, certainBudget - (merged.cost[better] as number));
      best = { value: reached, node: nodeOf(merged.node[better] as number, row, trail), from: position, to };
    }
    states = promising(merged, row, trail, (cost, value) => filling.fractional(position, costs.budget - cost, value) > reached);
  }
  const bound = states.cost.reduce((most, cost, k) => Math.max(most, filling.fractional(position, costs.budget - cost, states.value[k] as number)), best.value);
  if (position < rows.length) return { value: best.value, x: rowsOf(best, trail, rows, values.length), bound };
  return settled(states, best, trail, rows, values.length, costs);
}

function byRatio(values: Float64Array, costs: ExactCosts): number[] {
  const rows: number[] = [];
  values.forEach((value, i) => { if (value > 0 && (costs.values[i] as number) <= costs.budget) rows.push(i); });
  const ratio = (i: number) => (values[i] as number) / (costs.values[i] as number);
  return rows.sort((a, b) => ratio(b) - ratio(a));
}

/** Greedy fillings of a room with the rows from a position on: with whole rows, and with a fraction of the last as a bound. */
function fillings(rows: readonly number[], values: Float64Array, cost: Float64Array) {
  const cumulativeCost = new Float64Array(rows.length + 1);
  const cumulativeValue = new Float64Array(rows.length + 1);
  rows.forEach((row, k) => {
    cumulativeCost[k + 1] = (cumulativeCost[k] as number) + (cost[row] as number);
    cumulativeValue[k + 1] = (cumulativeValue[k] as number) + (values[row] as number);
  });
  const lastFilled = (position: number, room: number) => {
    const limit = (cumulativeCost[position] as number) + room;
    let [low, high] = [position, rows.length];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((cumulativeCost[middle] as number) <= limit) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  return {
    lastFilled,
    whole: (position: number, room: number) =>
      room < 0 ? -Infinity : (cumulativeValue[lastFilled(position, room)] as number) - (cumulativeValue[position] as number),
    // Whole numbers allow rounding down; the factor covers the rounding of the division and of the order of ratios.
    fractional: (position: number, room: number, value: number) => {
      const last = lastFilled(position, room);
      const filled = value + (cumulativeValue[last] as number) - (cumulativeValue[position] as number);
      if (last === rows.length) return filled;
      const row = rows[last] as number;
      const left = room - ((cumulativeCost[last] as number) - (cumulativeCost[position] as number));
      return Math.floor((filled + (left * (values[row] as number)) / (cost[row] as number)) * (1 + roundingMargin));
    },
  };
}

const roundingMargin = 1 / 281474976710656;

/** Merges the states with their copies that take one more row, in order of cost, leaving out the dominated ones. */
function withRow(states: States, value: number, cost: number, costs: ExactCosts): States {
  const merged: States = { cost: [], value: [], node: [] };
  const n = states.cost.length;
  let [left, right, certain, dominating] = [0, 0, 0, -Infinity];
  while (left < n || right < n) {
    const leftCost = left < n ? (states.cost[left] as number) : Infinity;
    const rightCost = right < n ? (states.cost[right] as number) + cost : Infinity;
    if (leftCost === Infinity && rightCost > costs.budget) break;
    const takes = rightCost < leftCost || (rightCost === leftCost && (states.value[right] as number) + value > (states.value[left] as number));
    const source = takes ? right : left;
    const newCost = takes ? rightCost : leftCost;
    const newValue = (states.value[source] as number) + (takes ? value : 0);
    if (takes) right += 1;
    else left += 1;
    if (newCost > costs.budget) continue;
    while (certain < merged.cost.length && (merged.cost[certain] as number) + costs.slack <= newCost) {
      dominating = Math.max(dominating, merged.value[certain] as number);
      certain += 1;
    }
    if (newValue <= dominating) continue;
    merged.cost.push(newCost);
    merged.value.push(newValue);
    // A state that has just taken the row has no node yet: the complement of its parent's stands in.
    merged.node.push(takes ? -1 - (states.node[source] as number) : (states.node[source] as number));
  }
  return merged;
}

function promising(states: States, row: number, trail: Trail, isPromising: (cost: number, value: number) => boolean): States {
  const kept: States = { cost: [], value: [], node: [] };
  for (let k = 0; k < states.cost.length; k += 1) {
    const [cost, value, node] = [states.cost[k] as number, states.value[k] as number, states.node[k] as number];
    if (!isPromising(cost, value)) continue;
    kept.cost.push(cost);
    kept.value.push(value);
    kept.node.push(nodeOf(node, row, trail));
  }
  return kept;
}

function nodeOf(node: number, row: number, trail: Trail): number {
  if (node >= 0) return node;
  trail.parent.push(-1 - node);
  trail.row.push(row);
  return trail.row.length - 1;
}

/** All rows are decided: what is left beats the incumbent if it really fits the budget. */
function settled(states: States, best: Incumbent, trail: Trail, rows: readonly number[], n: number, costs: ExactCosts): KnapsackAnswer {
  const order = Array.from(states.cost.keys()).sort((a, b) => (states.value[b] as number) - (states.value[a] as number));
  for (const k of order) {
    const value = states.value[k] as number;
    const x = rowsOf({ value, node: states.node[k] as number, from: 0, to: 0 }, trail, rows, n);
    if (costs.fits(states.cost[k] as number, (i) => x[i] === 1)) return { value, x, bound: value };
  }
  return { value: best.value, x: rowsOf(best, trail, rows, n), bound: best.value };
}

function rowsOf({ node, from, to }: Incumbent, trail: Trail, rows: readonly number[], n: number): Uint8Array {
  const x = new Uint8Array(n);
  for (let k = node; k > 0; k = trail.parent[k] as number) x[trail.row[k] as number] = 1;
  for (let k = from; k < to; k += 1) x[rows[k] as number] = 1;
  return x;
}

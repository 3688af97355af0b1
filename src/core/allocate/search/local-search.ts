import { dot, isFeasible, shortfall, type MinimaxProgram } from './minimax-program.ts';
import type { RowLimit } from '../side-constraints.ts';

/**
 * A function that makes a set of rows affordable: drops the rows of least average return per cost until it fits and keeps
 * the limits, then adds the best that still fit. It gives null where the result misses the floor.
 */
export function repairer(program: MinimaxProgram): (taken: Uint8Array) => Uint8Array | null {
  const { returns, costs, limits } = program;
  const average = costs.values.map((_, i) => returns.reduce((sum, column) => sum + (column[i] as number), 0) / returns.length);
  const ratio = average.map((value, i) => value / (costs.values[i] as number));
  const order = Array.from(ratio.keys()).sort((a, b) => (ratio[b] as number) - (ratio[a] as number));
  const room = costs.budget - costs.slack;
  return (taken) => {
    const x = taken.slice();
    let cost = dot(costs.values, x);
    for (let k = order.length - 1; k >= 0 && cost > room; k -= 1) {
      const i = order[k] as number;
      if (x[i] === 1) cost -= costs.values[i] as number;
      x[i] = 0;
    }
    for (let broken = limits.find((limit) => !keepsSurely(limit, x)); broken !== undefined; broken = limits.find((limit) => !keepsSurely(limit, x))) {
      const { values } = broken;
      const last = order.findLast((i) => x[i] === 1 && (values[i] as number) > 0);
      if (last === undefined) return null;
      x[last] = 0;
      cost -= costs.values[last] as number;
    }
    for (const i of order) {
      if (x[i] === 1 || (average[i] as number) <= 0 || cost + (costs.values[i] as number) > room) continue;
      x[i] = 1;
      if (limits.every((limit) => keepsSurely(limit, x))) cost += costs.values[i] as number;
      else x[i] = 0;
    }
    return isFeasible(program, x) ? x : null;
  };
}

function keepsSurely({ values, most, slack }: RowLimit, x: Uint8Array): boolean {
  return dot(values, x) <= most - slack;
}

/** Changes one or two rows at a time, the best change first, until none lowers the largest shortfall. `start` is feasible. */
export function improve(program: MinimaxProgram, start: Uint8Array): Uint8Array {
  let x: Uint8Array = start.slice();
  for (let round = 0; round < mostRounds; round += 1) {
    let best = shortfall(program, x);
    let change: readonly [number, number] | null = null;
    forEachChange(program, x, (first, second, objective) => {
      if (objective < best) [best, change] = [objective, [first, second]];
    });
    if (change === null) return x;
    x = changed(x, ...(change as [number, number]));
  }
  return x;
}

const mostRounds = 50;

/** `x` with one or two rows (`first` -1: one) decided the other way. */
export function changed(x: Uint8Array, first: number, second: number): Uint8Array {
  return x.map((value, i) => (i === first || i === second ? 1 - value : value));
}

/** Hands out every change of one or two rows after which the portfolio certainly fits, meets the floor and keeps the limits. */
export function forEachChange(program: MinimaxProgram, x: Uint8Array, visit: (first: number, second: number, objective: number, cost: number) => void): void {
  const { targets, returns, costs, worst, floor, limits } = program;
  const n = x.length;
  const short = targets.map((target, j) => target - dot(returns[j] as Float64Array, x));
  const spent = dot(costs.values, x);
  const room = costs.budget - costs.slack;
  const spare = floor === null ? Infinity : dot(worst, x) - floor;
  const sign = Float64Array.from(x, (value) => (value === 1 ? -1 : 1));
  const change = (column: Float64Array, i: number) => (i < 0 ? 0 : (sign[i] as number) * (column[i] as number));
  const spaces = limits.map(({ values, most, slack }) => most - slack - dot(values, x));
  const breaks = (a: number, b: number) => limits.some(({ values }, k) => change(values, a) + change(values, b) > (spaces[k] as number));
  for (let first = -1; first < n; first += 1) {
    const [cost, gain] = [spent + change(costs.values, first), change(worst, first)];
    const left = short.map((value, j) => value - change(returns[j] as Float64Array, first));
    for (let second = first + 1; second < n; second += 1) {
      const turn = sign[second] as number;
      const total = cost + turn * (costs.values[second] as number);
      if (total > room || gain + turn * (worst[second] as number) < -spare || breaks(first, second)) continue;
      let largest = -Infinity;
      for (let j = 0; j < left.length; j += 1) {
        const value = (left[j] as number) - turn * ((returns[j] as Float64Array)[second] as number);
        if (value > largest) largest = value;
      }
      visit(first, second, largest, total);
    }
  }
}

import { dot, isFeasible, shortfall, type MinimaxProgram } from './minimax-program.ts';

/**
 * A function that makes a set of rows affordable: drops the rows of least average return per cost until it fits, then
 * adds the best that still fit. It gives null where the result misses the floor.
 */
export function repairer(program: MinimaxProgram): (taken: Uint8Array) => Uint8Array | null {
  const { returns, costs } = program;
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
    for (const i of order) {
      if (x[i] === 1 || (average[i] as number) <= 0 || cost + (costs.values[i] as number) > room) continue;
      x[i] = 1;
      cost += costs.values[i] as number;
    }
    return isFeasible(program, x) ? x : null;
  };
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

/** Hands out every change of one or two rows after which the portfolio certainly fits and meets the floor. */
export function forEachChange(program: MinimaxProgram, x: Uint8Array, visit: (first: number, second: number, objective: number, cost: number) => void): void {
  const { targets, returns, costs, worst, floor } = program;
  const n = x.length;
  const short = targets.map((target, j) => target - dot(returns[j] as Float64Array, x));
  const spent = dot(costs.values, x);
  const room = costs.budget - costs.slack;
  const spare = floor === null ? Infinity : dot(worst, x) - floor;
  const sign = Float64Array.from(x, (value) => (value === 1 ? -1 : 1));
  const change = (column: Float64Array, i: number) => (i < 0 ? 0 : (sign[i] as number) * (column[i] as number));
  for (let first = -1; first < n; first += 1) {
    const [cost, gain] = [spent + change(costs.values, first), change(worst, first)];
    const left = short.map((value, j) => value - change(returns[j] as Float64Array, first));
    for (let second = first + 1; second < n; second += 1) {
      const turn = sign[second] as number;
      const total = cost + turn * (costs.values[second] as number);
      if (total > room || gain + turn * (worst[second] as number) < -spare) continue;
      let largest = -Infinity;
      for (let j = 0; j < left.length; j += 1) {
        const value = (left[j] as number) - turn * ((returns[j] as Float64Array)[second] as number);
        if (value > largest) largest = value;
      }
      visit(first, second, largest, total);
    }
  }
}

import { dot, isFeasible, shortfall, type MinimaxProgram } from './minimax-program.ts';

/**
 * Makes a set of rows affordable: drops the rows of least average return per cost until it fits, then adds the best that
 * still fit. null where the result misses the floor.
 */
export function repair(program: MinimaxProgram, taken: Uint8Array): Uint8Array | null {
  const { costs } = program;
  const order = byAverageReturn(program);
  const room = costs.budget - costs.slack;
  const x = taken.slice();
  let cost = dot(costs.values, x);
  for (let k = order.length - 1; k >= 0 && cost > room; k -= 1) {
    const i = order[k] as number;
    if (x[i] === 1) cost -= costs.values[i] as number;
    x[i] = 0;
  }
  for (const i of order) {
    if (x[i] === 1 || cost + (costs.values[i] as number) > room || averageReturn(program, i) <= 0) continue;
    x[i] = 1;
    cost += costs.values[i] as number;
  }
  return isFeasible(program, x) ? x : null;
}

/** Exchanges single rows and pairs of rows for as long as that makes the largest shortfall smaller. */
export function improve(program: MinimaxProgram, start: Uint8Array): Uint8Array {
  let best = start.slice();
  let objective = shortfall(program, best);
  for (let better = true; better; ) {
    better = false;
    for (const neighbour of neighbours(best)) {
      if (!isFeasible(program, neighbour)) continue;
      const value = shortfall(program, neighbour);
      if (value >= objective) continue;
      [best, objective, better] = [neighbour.slice(), value, true];
      break;
    }
  }
  return best;
}

/** Portfolios that differ in one row, then those that give one row for another. The same array is handed out each time. */
function* neighbours(x: Uint8Array): Generator<Uint8Array> {
  const neighbour = x.slice();
  const flip = (i: number) => { neighbour[i] = 1 - (neighbour[i] as number); };
  for (let i = 0; i < x.length; i += 1) {
    flip(i);
    yield neighbour;
    flip(i);
  }
  for (let i = 0; i < x.length; i += 1) {
    if (x[i] === 0) continue;
    for (let k = 0; k < x.length; k += 1) {
      if (x[k] === 1) continue;
      flip(i);
      flip(k);
      yield neighbour;
      flip(i);
      flip(k);
    }
  }
}

/** Rows from the best average return per cost down; ties in their own order. */
function byAverageReturn(program: MinimaxProgram): number[] {
  const { values } = program.costs;
  const ratio = Float64Array.from(values, (cost, i) => averageReturn(program, i) / cost);
  return Array.from(values.keys()).sort((a, b) => (ratio[b] as number) - (ratio[a] as number) || a - b);
}

function averageReturn({ returns }: MinimaxProgram, i: number): number {
  return returns.reduce((sum, column) => sum + (column[i] as number), 0) / returns.length;
}

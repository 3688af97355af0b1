import { coarser } from './exact-columns.ts';
import { isFeasible, shortfall, type MinimaxProgram } from './minimax-program.ts';
import type { MixedIntegerModel, Solver } from './solver.ts';

export type SolverAnswer = {
  /** What the solver chose; null where it gave no portfolio that can be had. */
  readonly x: Uint8Array | null;
  /** The largest shortfall of `x`, computed again by exact sums; null without x. */
  readonly objective: number | null;
  /** How far a right answer may lie above the smallest shortfall, because the solver was given coarser numbers. */
  readonly tolerance: number;
};

/**
 * Asks the solver for the portfolio with the smallest largest shortfall. It is given whole numbers small enough for its
 * tolerances (returns and costs in units of about a billionth of their total), and what it answers is judged by exact sums.
 */
export function solverAnswer(program: MinimaxProgram, solver: Solver, maxNodes: number): SolverAnswer {
  const n = program.costs.values.length;
  const { columns, unit } = coarser(program.returns, largestTotal);
  const tolerance = unit === 1 ? 0 : unit * (n + 1);
  const solution = solver.solve(modelOf(program, columns, unit, maxNodes));
  if (solution.status !== 'optimal' && solution.status !== 'node_limit') return { x: null, objective: null, tolerance };
  const x = Uint8Array.from({ length: n }, (_, i) => (solution.x[i] as number) > 0.5 ? 1 : 0);
  return isFeasible(program, x) ? { x, objective: shortfall(program, x), tolerance } : { x: null, objective: null, tolerance };
}

const largestTotal = 1e6;

/** minimise theta subject to theta + returns_j . x >= target_j for every state j, the budget and the floor. */
function modelOf(program: MinimaxProgram, returns: readonly Float64Array[], unit: number, maxNodes: number): MixedIntegerModel {
  const { costs, worst, floor, targets } = program;
  const n = costs.values.length;
  const all = Array.from({ length: n }, (_, i) => i);
  const row = (values: Float64Array, lower: number, upper: number) => ({ columns: all, values: Array.from(values), lower, upper });
  const [cost, budget] = scaled(costs.values, costs.budget);
  const rows = [
    row(cost, -Infinity, budget),
    ...returns.map((column, j) => ({ columns: [...all, n], values: [...column, 1], lower: Math.round((targets[j] as number) / unit), upper: Infinity })),
  ];
  if (floor !== null) {
    const [gain, least] = scaled(worst, floor);
    rows.push(row(gain, least, Infinity));
  }
  const objective = new Float64Array(n + 1);
  objective[n] = 1;
  const upper = new Float64Array(n + 1).fill(1);
  upper[n] = Infinity;
  const integer = new Uint8Array(n + 1).fill(1);
  integer[n] = 0;
  return { sense: 'minimise', objective, lower: new Float64Array(n + 1), upper, integer, rows, maxNodes };
}

/** A column and its limit in units that keep the column's total within `largestTotal`. */
function scaled(column: Float64Array, limit: number): [Float64Array, number] {
  const { columns, unit } = coarser([column], largestTotal);
  return [columns[0] as Float64Array, Math.floor(limit / unit)];
}


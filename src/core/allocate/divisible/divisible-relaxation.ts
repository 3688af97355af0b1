import type { RoundedProgram } from './divisible-program.ts';

/** `bound` is certainly not above the largest shortfall of any shares within the bounds and rows; `x` is about where it is attained, with `shortfall`;
 * `doubt` is how far rounding may have moved the bound. */
export type DivisibleRelaxation = { readonly bound: number; readonly x: Float64Array; readonly shortfall: number; readonly doubt: number };

/**
 * The linear relaxation in doubles: a few pivots of the simplex method find prices of goals and rows, and the prices give the bound
 * (Lagrange), which holds whatever the prices are and is lowered by more than its rounding. So that speed costs no certainty.
 */
export function divisibleRelaxation(program: RoundedProgram, lower: Float64Array, upper: Float64Array): DivisibleRelaxation {
  const { goals, rows } = program;
  const free = Array.from(lower.keys()).filter((i) => (upper[i] as number) > (lower[i] as number));
  const goalRoom = goals.map(({ target, row }) => target - dot(row, lower));
  // No shares within the bounds fall shorter than this.
  const start = goals.reduce((most, { row }, j) => {
    const lost = free.reduce((sum, i) => sum + Math.max(0, -(row[i] as number) * ((upper[i] as number) - (lower[i] as number))), 0);
    return Math.max(most, (goalRoom[j] as number) + lost);
  }, -Infinity);
  const room = rows.map(({ bound, row }) => bound - dot(row, lower));
  const tableau = simplex(
    [
      ...goals.map(({ row }, j) => ({ row, sign: -1, room: start - (goalRoom[j] as number) })),
      ...rows.map(({ row }, k) => ({ row, sign: 1, room: room[k] as number })),
    ],
    free.map((i) => ({ column: i, width: (upper[i] as number) - (lower[i] as number) })),
    goals.length,
  );
  const x = lower.slice();
  free.forEach((i, k) => (x[i] = (lower[i] as number) + (tableau.shares[k] as number) * ((upper[i] as number) - (lower[i] as number))));
  const shortfall = goals.reduce((most, { target, row }) => Math.max(most, target - dot(row, x)), -Infinity);
  return { ...boundAt(program, lower, upper, tableau.prices), x, shortfall };
}

/** The Lagrangian bound: min over the bounds of sum_j w_j (target_j - row_j . x) + sum_k y_k (row_k . x - bound_k), w adding up to 1. */
function boundAt(
  { goals, rows }: RoundedProgram,
  lower: Float64Array,
  upper: Float64Array,
  prices: readonly number[],
): { readonly bound: number; readonly doubt: number } {
  const positive = prices.map((price) => Math.max(0, price));
  const total = goals.reduce((sum, _, j) => sum + (positive[j] as number), 0);
  if (!(total > 0 && total < Infinity)) return { bound: -Infinity, doubt: 0 };
  const weights = goals.map((_, j) => (positive[j] as number) / total);
  const paid = rows.map((_, k) => (positive[goals.length + k] as number) / total);
  let [bound, size] = [0, 0];
  const include = (term: number) => {
    bound += term;
    size += Math.abs(term);
  };
  goals.forEach(({ target }, j) => include((weights[j] as number) * target));
  rows.forEach((row, k) => include(-(paid[k] as number) * row.bound));
  for (let i = 0; i < lower.length; i += 1) {
    let [slope, steepness] = [0, 0];
    const add = (term: number) => {
      slope += term;
      steepness += Math.abs(term);
    };
    goals.forEach(({ row }, j) => add(-(weights[j] as number) * (row[i] as number)));
    rows.forEach(({ row }, k) => add((paid[k] as number) * (row[i] as number)));
    bound += slope * (slope > 0 ? (lower[i] as number) : (upper[i] as number));
    size += steepness;
  }
  const doubt = size * roundingMargin;
  return Number.isFinite(bound - doubt) ? { bound: bound - doubt, doubt } : { bound: -Infinity, doubt: 0 };
}

/** Sums of some hundred terms in doubles, and weights that add up to 1 but for their last digits. */
const roundingMargin = 1e-12;

type Constraint = { readonly row: Float64Array; readonly sign: number; readonly room: number };
type Column = { readonly column: number; readonly width: number };

/**
 * Maximise t subject to t - row . z <= room for the first `goals` constraints, row . z <= room for the others, z between 0 and its
 * width. A row without room at z = 0 begins with an artificial that costs more than anything is worth.
 */
function simplex(constraints: readonly Constraint[], columns: readonly Column[], goals: number) {
  const m = constraints.length;
  const n = columns.length;
  const largest = ({ row }: Constraint) =>
    columns.reduce((most, { column, width }) => Math.max(most, Math.abs((row[column] as number) * width)), 0) || 1;
  const goalScale = constraints.slice(0, goals).reduce((most, goal) => Math.max(most, largest(goal)), 0);
  const scale = constraints.map((constraint, i) => 1 / (i < goals ? goalScale : largest(constraint)));
  const isTurned = constraints.map(({ room }, i) => i >= goals && room < 0);
  const turned = isTurned.flatMap((value, i) => (value ? [i] : []));
  // Variables by number: 1 for t, then z, then the rows' slacks, then artificials; column 0 is the right-hand side.
  const slackOf = (i: number) => n + 2 + i;
  const artificialOf = (i: number) => n + 2 + m + i;
  const out = [0, 1, ...columns.map((_, k) => k + 2), ...turned.map(slackOf)];
  const basic = constraints.map((_, i) => (isTurned[i] ? artificialOf(i) : slackOf(i)));
  const width = out.length;
  const T = constraints.map(({ row, sign, room }, i) => {
    const factor = (scale[i] as number) * (isTurned[i] ? -1 : 1);
    const entries = new Float64Array(width);
    entries[0] = room * factor;
    entries[1] = i < goals ? 1 : 0;
    columns.forEach(({ column, width: span }, k) => {
      entries[k + 2] = sign * factor * (row[column] as number) * span;
    });
    turned.forEach((other, k) => {
      if (other === i) entries[n + 2 + k] = -1;
    });
    return entries;
  });
  const objective = new Float64Array(width);
  objective[1] = -1;
  for (const i of turned)
    T[i]?.forEach((value, j) => {
      objective[j] = (objective[j] as number) - artificialCost * value;
    });
  T.push(objective);
  const isBounded = (variable: number) => variable >= 2 && variable < n + 2;
  const complemented = new Uint8Array(n + 2);
  const toggle = (variable: number) => {
    complemented[variable] = 1 - (complemented[variable] as number);
  };

  for (let step = 0; step < stepsPerColumn * (m + n); step += 1) {
    let q = 0;
    for (let j = 1; j < width; j += 1) {
      if (out[j] !== gone && (objective[j] as number) < -tolerance && (q === 0 || (objective[j] as number) < (objective[q] as number)))
        q = j;
    }
    if (q === 0) break;
    const entering = out[q] as number;
    let [r, limit, atUpper] = [-1, isBounded(entering) ? 1 : Infinity, false];
    for (let i = 0; i < m; i += 1) {
      const row = T[i] as Float64Array;
      const slope = row[q] as number;
      if (Math.abs(slope) < tolerance || (slope < 0 && !isBounded(basic[i] as number))) continue;
      const reach = Math.max(0, slope > 0 ? (row[0] as number) : 1 - (row[0] as number)) / Math.abs(slope);
      if (reach < limit) [r, limit, atUpper] = [i, reach, slope < 0];
    }
    if (limit === Infinity) break;
    if (r < 0) {
      for (const row of T) {
        row[0] = (row[0] as number) - (row[q] as number);
        row[q] = -(row[q] as number);
      }
      toggle(entering);
      continue;
    }
    const left = basic[r] as number;
    const pivotRow = T[r] as Float64Array;
    if (atUpper) {
      for (let j = 0; j < width; j += 1) pivotRow[j] = (j === 0 ? 1 : 0) - (pivotRow[j] as number);
      toggle(left);
    }
    pivot(T, r, q);
    basic[r] = entering;
    out[q] = left >= artificialOf(0) ? gone : left;
  }

  const shares = new Float64Array(n);
  basic.forEach((variable, i) => {
    if (isBounded(variable)) shares[variable - 2] = T[i]?.[0] as number;
  });
  for (let k = 0; k < n; k += 1) if (complemented[k + 2] === 1) shares[k] = 1 - (shares[k] as number);
  const reduced = new Map(out.map((variable, j) => [variable, objective[j] as number]));
  const prices = constraints.map((_, i) => (reduced.get(slackOf(i)) ?? 0) * (i < goals ? 1 : (scale[i] as number) * goalScale));
  return { shares, prices };
}

function pivot(T: readonly Float64Array[], r: number, q: number): void {
  const pivotRow = T[r] as Float64Array;
  const p = pivotRow[q] as number;
  for (let j = 0; j < pivotRow.length; j += 1) pivotRow[j] = (j === q ? 1 : (pivotRow[j] as number)) / p;
  for (let i = 0; i < T.length; i += 1) {
    const row = T[i] as Float64Array;
    const factor = row[q] as number;
    if (i === r || factor === 0) continue;
    row[q] = 0;
    for (let j = 0; j < row.length; j += 1) row[j] = (row[j] as number) - factor * (pivotRow[j] as number);
  }
}

/** Of a column whose variable is an artificial that has left: it never comes back. */
const gone = -1;
const artificialCost = 1e4;
const tolerance = 1e-11;
const stepsPerColumn = 4;

function dot(row: Float64Array, x: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < row.length; i += 1) sum += (row[i] as number) * (x[i] as number);
  return sum;
}

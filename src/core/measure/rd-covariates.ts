import { leastSquares } from '../numeric/least-squares.ts';
import { normalSurvival } from '../numeric/normal.ts';
import { windowOf, type CutoffSide, type Kernel } from './local-linear.ts';
import { jumpAtCutoff, type JumpSettings, type SideData } from './rd-estimate.ts';
import type { RdRows, RdSide } from './rd-rows.ts';

export type CovariateJump = { readonly name: string; readonly pValue: number };

const FEWEST_ROWS_A_COLUMN = 5;

/**
 * Outcome (and treatment) less what the covariates explain of it: one coefficient per covariate, common to both sides, from the
 * weighted local fit on both sides at once. null where the window holds too few rows for the covariates.
 * Source: Calonico, Cattaneo, Farrell and Titiunik (2019, Review of Economics and Statistics 101).
 */
export function adjustForCovariates(
  data: RdRows,
  order: number,
  bandwidth: number,
  kernel: Kernel,
): { control: SideData; treated: SideData } | null {
  const { control, treated, covariates } = data;
  const sides = [control, treated] as const;
  const windows = sides.map(({ side }) => windowOf(side, bandwidth, kernel));
  const counts = windows.map(({ from, to }) => to - from);
  const rows = counts[0]! + counts[1]!;
  const powers = order + 1;
  const columns = 2 * powers + covariates.columns.length;
  if (rows < FEWEST_ROWS_A_COLUMN * columns) return null;
  const centres = covariates.columns.map((column) => column.reduce((sum, value) => sum + value, 0) / column.length);
  const design = new Float64Array(columns * rows);
  const weights = new Float64Array(rows);
  const responses = control.treatment === null ? [new Float64Array(rows)] : [new Float64Array(rows), new Float64Array(rows)];
  sides.forEach((own, s) => {
    const first = s === 0 ? 0 : counts[0]!;
    for (let k = 0; k < counts[s]!; k += 1) {
      const i = windows[s]!.from + k;
      const u = own.side.x[i]! / bandwidth;
      weights[first + k] = kernel === 'uniform' ? 1 : kernel === 'triangular' ? 1 - Math.abs(u) : 1 - u * u;
      let power = 1;
      for (let j = 0; j < powers; j += 1) {
        design[(s * powers + j) * rows + first + k] = power;
        power *= u;
      }
      covariates.columns.forEach((column, c) => {
        design[(2 * powers + c) * rows + first + k] = column[own.rows[i]!]! - centres[c]!;
      });
      responses[0]![first + k] = own.outcome[i]!;
      if (own.treatment !== null) responses[1]![first + k] = own.treatment[i]!;
    }
  });
  const slopes = responses.map((outcome) => leastSquares({ design, rows, columns, outcome, weights }).coefficients.subarray(2 * powers));
  const without = (own: RdSide): SideData => ({
    side: own.side,
    outcome: less(own.outcome, own.rows, covariates.columns, centres, slopes[0]!),
    treatment: own.treatment === null ? null : less(own.treatment, own.rows, covariates.columns, centres, slopes[1]!),
  });
  return { control: without(control), treated: without(treated) };
}

/** Whether covariates jump at the cutoff, each measured as the outcome is. Those that do not vary near it are passed over. */
export function covariateJumps({ control, treated, covariates }: RdRows, settings: JumpSettings): CovariateJump[] {
  return covariates.names.flatMap((name, c) => {
    const [left, right] = [control, treated].map((own) => withOutcome(own, covariates.columns[c]!));
    const jump = left === undefined || right === undefined ? null : jumpAtCutoff(left, right, settings);
    if (jump === null) return [];
    const { estimate, standardError } = jump.robust;
    const size = covariates.columns[c]!.reduce((most, value) => Math.max(most, Number.isFinite(value) ? Math.abs(value) : 0), 0);
    return standardError > 1e-12 * size ? [{ name, pValue: 2 * normalSurvival(Math.abs(estimate / standardError)) }] : [];
  });
}

function less(
  values: Float64Array,
  rows: Int32Array,
  columns: readonly Float64Array[],
  centres: readonly number[],
  slopes: Float64Array,
): Float64Array {
  const rest = values.slice();
  columns.forEach((column, c) => {
    if (slopes[c] === 0) return;
    for (let i = 0; i < rest.length; i += 1) rest[i] = rest[i]! - slopes[c]! * (column[rows[i]!]! - centres[c]!);
  });
  return rest;
}

function withOutcome({ side, rows }: RdSide, column: Float64Array): SideData {
  const outcome = Float64Array.from(rows, (row) => column[row]!);
  if (outcome.every((value) => Number.isFinite(value))) return { side, outcome, treatment: null };
  const present = Array.from(outcome.keys()).filter((i) => Number.isFinite(outcome[i]));
  const x = Float64Array.from(present, (i) => side.x[i]!);
  const starts = present.flatMap((_, k) => (k === 0 || x[k] !== x[k - 1] ? [k] : []));
  const whole: CutoffSide = { x, starts: Int32Array.from([...starts, present.length]) };
  return { side: whole, outcome: Float64Array.from(present, (i) => outcome[i]!), treatment: null };
}

import { normalQuantile } from '../core/numeric/normal.ts';
import { studentTQuantile } from '../core/numeric/student-t.ts';
import type { PartColumns } from './replicates-columns.ts';

type Conventions = { readonly level: number; readonly power_df: number | null };

/** In words, where intervals and verdicts of tests come from. */
export function conventionWords(columns: PartColumns, conventions: Conventions): { readonly interval: string; readonly power: string } {
  return { interval: intervalWords(columns, conventions), power: powerWords(columns, conventions) };
}

function intervalWords({ ci_lower, ci_upper, standard_error, df }: PartColumns, { level }: Conventions): string {
  if (ci_lower !== null && ci_upper !== null) return `columns '${ci_lower}' and '${ci_upper}'`;
  if (standard_error === null) return 'none: there are no standard errors';
  if (df !== null) return `estimate ± q standard errors, q of Student's t at ${percent(level)} with the degrees of freedom in '${df}'`;
  return `estimate ± ${shown(normalQuantile((1 + level) / 2))} standard errors (normal distribution at ${percent(level)})`;
}

function powerWords({ p_value, standard_error }: PartColumns, { level, power_df }: Conventions): string {
  if (p_value !== null) return `share of p values in '${p_value}' of at most ${Number((1 - level).toPrecision(6))}`;
  if (standard_error === null) return 'none: there are neither standard errors nor p values';
  const tail = (1 + level) / 2;
  const q = power_df === null ? normalQuantile(tail) : studentTQuantile(tail, power_df);
  const law = power_df === null ? 'normal distribution' : `Student's t with ${power_df} degrees of freedom`;
  return `share of |estimate| ≥ ${shown(q)} standard errors (${law} at ${percent(level)})`;
}

function percent(level: number): string {
  return `${Number((100 * level).toPrecision(6))}%`;
}

function shown(quantile: number): string {
  return String(Number(quantile.toPrecision(4)));
}

/** Whether rows of a group have different true values. */
export function varyingTruth(truth: number | Float64Array, rows: readonly number[]): boolean {
  if (typeof truth === 'number') return false;
  const values = rows.map((row) => truth[row]!).filter((value) => !Number.isNaN(value));
  return values.some((value) => value !== values[0]);
}

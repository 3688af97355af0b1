import { limits } from '../core/scenario/defaults.ts';
import { inThousands } from './csv-limits.ts';
import { numberOf, type CellOf, type Wrong } from './results-cell.ts';
import type { ResultField } from './results-columns.ts';

/** Where a row's returns come from. */
export type ReturnsBasis = 'stated' | 'interval' | 'standard_error';

export type Returns = { readonly R_best: number; readonly R_med: number; readonly R_worst: number; readonly basis: ReturnsBasis };

/**
 * The returns of a row: stated outright, or an estimate with its interval, or with an interval of `halfWidth` standard errors to
 * either side, times the units at scale. null where something is wrong.
 */
export function returnsOf(cellOf: CellOf, halfWidth: number, wrong: Wrong): Returns | null {
  const number = (field: ResultField) => numberOf(cellOf, field, wrong);
  const stated = { R_best: number('R_best'), R_med: number('R_med'), R_worst: number('R_worst') };
  const [estimate, lower, upper, error] = [number('estimate'), number('ci_lower'), number('ci_upper'), number('standard_error')];
  const units = number('units_at_scale');
  const all = [...Object.values(stated), estimate, lower, upper, error, units];
  if (all.includes(null)) return null;
  if (units != null && !(units > 0 && units <= limits.money)) {
    wrong(
      cellOf('units_at_scale')?.column ?? null,
      `must be more than 0 and at most ${inThousands(limits.money)}`,
      cellOf('units_at_scale')?.text,
    );
    return null;
  }
  const scale = units ?? 1;
  if (stated.R_best != null && stated.R_med != null && stated.R_worst != null)
    return ordered({ R_best: stated.R_best, R_med: stated.R_med, R_worst: stated.R_worst, basis: 'stated' }, cellOf, wrong);
  if (estimate != null && lower != null && upper != null)
    return ordered({ R_best: upper * scale, R_med: estimate * scale, R_worst: lower * scale, basis: 'interval' }, cellOf, wrong);
  if (estimate != null && error != null) {
    if (error >= 0) {
      const half = halfWidth * error;
      const ends = { R_best: (estimate + half) * scale, R_med: estimate * scale, R_worst: (estimate - half) * scale };
      return ordered({ ...ends, basis: 'standard_error' }, cellOf, wrong);
    }
    wrong(cellOf('standard_error')?.column ?? null, 'must not be negative', cellOf('standard_error')?.text);
    return null;
  }
  wrong(null, `needs returns: ${missingWords({ ...stated, estimate, ci_lower: lower, ci_upper: upper, standard_error: error })}`);
  return null;
}

function ordered(returns: Returns, cellOf: CellOf, wrong: Wrong): Returns | null {
  const { R_best, R_med, R_worst, basis } = returns;
  if (Math.max(Math.abs(R_best), Math.abs(R_med), Math.abs(R_worst)) > limits.money) {
    wrong(null, `its returns must lie between -${inThousands(limits.money)} and ${inThousands(limits.money)}`, String(R_best));
    return null;
  }
  if (R_worst <= R_med && R_med <= R_best) return returns;
  const [low, middle, high] =
    basis === 'stated' ? (['R_worst', 'R_med', 'R_best'] as const) : (['ci_lower', 'estimate', 'ci_upper'] as const);
  const name = (field: ResultField) => cellOf(field)?.column ?? field;
  const value = [low, middle, high].map((field) => cellOf(field)?.text ?? '').join(', ');
  const swapped = R_best <= R_med && R_med <= R_worst ? ` (are ${name(low)} and ${name(high)} swapped?)` : '';
  wrong(null, `needs ${name(low)} <= ${name(middle)} <= ${name(high)}${swapped}`, value);
  return null;
}

function missingWords(given: Readonly<Partial<Record<ResultField, number | null>>>): string {
  const lacks = (fields: readonly ResultField[]) => fields.filter((field) => given[field] === undefined);
  const ways = [
    ['estimate', 'ci_lower', 'ci_upper'],
    ['estimate', 'standard_error'],
    ['R_worst', 'R_med', 'R_best'],
  ] as const;
  const [least] = ways.map(lacks).toSorted((a, b) => a.length - b.length);
  return `${(least ?? []).join(' and ')} ${least?.length === 1 ? 'is' : 'are'} empty`;
}

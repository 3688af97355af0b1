import { inputError } from '../contracts/input-error.ts';
import { labelAt, requireColumn, type DataTable } from '../numeric/columns.ts';

type PeriodKind = 'day' | 'week' | 'month' | 'year' | 'number';

/** A column of times: where each row stands, as a number that grows with time (days, ISO weeks, months, years, or the number itself). */
export type TimeColumn = {
  readonly kind: PeriodKind;
  /** NaN where missing. */
  readonly values: Float64Array;
};

const FORMS = 'ISO dates (2024-11-30), ISO weeks (2024-W48), months (2024-11) or numbers';

/** @throws InputError when the column is absent, or holds text that is not an ISO period, or mixes kinds of period. */
export function readTimes(table: DataTable, name: string, parameter: string): TimeColumn {
  const column = requireColumn(table, name, parameter);
  if (column.kind === 'number') return { kind: 'number', values: column.values.map((value) => (Number.isFinite(value) ? value : NaN)) };
  let kind: PeriodKind | null = null;
  const meaning = Float64Array.from(column.levels, (level) => {
    const period = parsePeriod(level);
    if (period === null || (kind !== null && period.kind !== kind)) {
      throw inputError(parameter, `column '${name}' must hold ${FORMS}, all of one kind; it also holds '${level}'`, name);
    }
    kind = period.kind;
    return period.value;
  });
  const values = new Float64Array(table.rowCount);
  for (let row = 0; row < table.rowCount; row += 1) values[row] = meaning[column.codes[row]!] ?? NaN;
  return { kind: kind ?? 'day', values };
}

/** A single time given as a parameter, on the scale of the column. @throws InputError when it is of another kind. */
export function readTime(text: string, times: TimeColumn, parameter: string): number {
  if (times.kind === 'number') {
    const value = text.trim() === '' ? NaN : Number(text);
    if (Number.isFinite(value)) return value;
    throw inputError(parameter, `must be a number, as the times in the data are (found '${text}')`, text);
  }
  const period = parsePeriod(text);
  if (period?.kind === times.kind) return period.value;
  throw inputError(parameter, `must be written as the times in the data are, which are ${times.kind}s (found '${text}')`, text);
}

/** The label of each distinct time, in order of time. */
export function timeLabels(table: DataTable, name: string, rows: Iterable<number>): string[] {
  const column = table.columns.get(name);
  return Array.from(rows, (row) => (column === undefined ? null : labelAt(column, row)) ?? '');
}

/**
 * Steps since the first time, counted on the calendar: where all distances are whole multiples of the least one (days,
 * weeks), a gap counts. Otherwise (months written as dates) times are counted one by one. `values` ascend.
 */
export function calendarSteps(values: Float64Array): { readonly steps: Float64Array; readonly nGaps: number } {
  const first = values[0] ?? 0;
  let least = Infinity;
  for (let i = 1; i < values.length; i += 1) least = Math.min(least, (values[i] ?? 0) - (values[i - 1] ?? 0));
  const steps = values.map((value) => (value - first) / least);
  const isRegular = steps.every((step) => Math.abs(step - Math.round(step)) < 1e-9);
  if (!isRegular || values.length < 2) return { steps: values.map((_, i) => i), nGaps: 0 };
  const whole = steps.map(Math.round);
  return { steps: whole, nGaps: (whole.at(-1) ?? 0) + 1 - values.length };
}

/** Day of the week of a day number: 0 Monday to 6 Sunday. */
export function weekdayOf(dayNumber: number): number {
  return (((dayNumber + 3) % 7) + 7) % 7;
}

function parsePeriod(text: string): { readonly kind: Exclude<PeriodKind, 'number'>; readonly value: number } | null {
  const match = /^(\d{4})(?:-(?:W(\d\d)|(\d\d)(?:-(\d\d))?))?$/.exec(text.trim());
  if (match === null) return null;
  const [year, week, month, day] = match.slice(1).map((part) => (part === undefined ? null : Number(part)));
  if (year === null || year === undefined) return null;
  if (week !== null && week !== undefined) return weekPeriod(year, week);
  if (month === null || month === undefined) return { kind: 'year', value: year };
  if (month < 1 || month > 12) return null;
  if (day === null || day === undefined) return { kind: 'month', value: year * 12 + month - 1 };
  const isDay = day >= 1 && day <= dayNumberOf(year, month + 1, 1) - dayNumberOf(year, month, 1);
  return isDay ? { kind: 'day', value: dayNumberOf(year, month, day) } : null;
}

function weekPeriod(year: number, week: number): { kind: 'week'; value: number } | null {
  const firstWeek = (mondayBefore(dayNumberOf(year, 1, 4)) + 3) / 7;
  const nextYear = (mondayBefore(dayNumberOf(year + 1, 1, 4)) + 3) / 7;
  const value = firstWeek + week - 1;
  return week >= 1 && value < nextYear ? { kind: 'week', value } : null;
}

function mondayBefore(dayNumber: number): number {
  return dayNumber - weekdayOf(dayNumber);
}

/** Days since 1970-01-01 in the Gregorian calendar; month 13 is January of the next year. */
function dayNumberOf(year: number, month: number, day: number): number {
  // The year is taken to begin in March, so that the leap day is its last.
  const months = year * 12 + month - 3;
  const marchYear = Math.floor(months / 12);
  const dayOfYear = Math.floor((153 * (months - marchYear * 12) + 2) / 5) + day - 1;
  return marchYear * 365 + Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400) + dayOfYear - 719468;
}

import { inputError } from '../contracts/input-error.ts';
import type { Calendar } from './pilot.ts';

const DAYS_IN_A_WEEK = 7;
const DAYS_IN_400_YEARS = 146_097;
/** Days from the first of March of the year 0 to the first of January 1970. */
const EPOCH = 719_468;
const FIRST_YEAR = 1583;
const LAST_YEAR = 9990;
const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

export type Granularity = 'day' | 'week';

/**
 * Periods from `startDate` on: `prePeriods` before the intervention and `postPeriods` from it. Weeks run from Monday to Sunday.
 * @throws InputError for a bad date, or one that is not a Monday where periods are weeks.
 */
export function makeCalendar(startDate: string, prePeriods: number, postPeriods: number, granularity: Granularity = 'day'): Calendar {
  const first = dayNumber(startDate);
  const misfit = startMisfit(startDate, granularity);
  if (misfit !== null) throw inputError('start_date', misfit, startDate);
  const nPeriods = prePeriods + postPeriods;
  const daysPerPeriod = granularity === 'week' ? DAYS_IN_A_WEEK : 1;
  const dates = Array.from({ length: nPeriods }, (_, t) => isoDate(first + t * daysPerPeriod));
  return { dates, nPeriods, interventionIndex: prePeriods, daysPerPeriod };
}

/** Why a calendar cannot start on that (valid) date; null where it can. */
export function startMisfit(startDate: string, granularity: Granularity): string | null {
  if (granularity === 'day' || weekday(dayNumber(startDate)) === 0) return null;
  return `must be a Monday where periods are weeks, and ${startDate} is a ${WEEKDAYS[weekday(dayNumber(startDate))]}; the Monday of its week is ${mondayOf(startDate)}`;
}

/** The Monday of the week that a date lies in. */
export function mondayOf(date: string): string {
  const day = dayNumber(date);
  return isoDate(day - weekday(day));
}

/** How a period is called: its date, or its ISO week such as 2026-W05. */
export function periodLabels({ dates, daysPerPeriod }: Calendar): readonly string[] {
  return daysPerPeriod === 1 ? dates : dates.map((date) => isoWeek(dayNumber(date)));
}

export function dayCount({ nPeriods, daysPerPeriod }: Calendar): number {
  return nPeriods * daysPerPeriod;
}

/** True for a date that exists, written like 2026-01-05, in the years 1583 to 9990. */
export function isIsoDate(text: string): boolean {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (parts === null) return false;
  const year = Number(parts[1]);
  return year >= FIRST_YEAR && year <= LAST_YEAR && isoDate(civilDay(year, Number(parts[2]), Number(parts[3]))) === text;
}

/** Days since 1970-01-01. @throws InputError for what is not a date. */
export function dayNumber(date: string): number {
  if (!isIsoDate(date)) throw inputError('start_date', `must be a date such as 2026-01-05 (found '${date}')`, date);
  return civilDay(Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10)));
}

/** The date that many days after 1970-01-01. */
export function isoDate(day: number): string {
  const fromMarch0 = day + EPOCH;
  const era = Math.floor(fromMarch0 / DAYS_IN_400_YEARS);
  const dayOfEra = fromMarch0 - era * DAYS_IN_400_YEARS;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const dayOfMonth = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(dayOfMonth, 2)}`;
}

/** 0 for Monday to 6 for Sunday. */
export function weekday(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** The ISO 8601 week of a day, such as 2026-W01: the week of its Thursday. */
export function isoWeek(day: number): string {
  const thursday = day - weekday(day) + 3;
  const year = isoDate(thursday).slice(0, 4);
  const week = 1 + Math.floor((thursday - dayNumber(`${year}-01-01`)) / 7);
  return `${year}-W${padded(week, 2)}`;
}

/** Years are counted from March, so that the leap day comes last; then month lengths are a straight line, rounded down. */
function civilDay(year: number, month: number, dayOfMonth: number): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + dayOfMonth - 1;
  return era * DAYS_IN_400_YEARS + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - EPOCH;
}

function padded(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

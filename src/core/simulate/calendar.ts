import { inputError } from '../contracts/input-error.ts';
import type { Calendar } from './pilot.ts';

const DAYS_IN_400_YEARS = 146_097;
/** Days from the first of March of the year 0 to the first of January 1970. */
const EPOCH = 719_468;
const FIRST_YEAR = 1583;
const LAST_YEAR = 9990;

/** Days from `startDate` on: `prePeriods` before the intervention and `postPeriods` from it. @throws InputError for a bad date. */
export function makeCalendar(startDate: string, prePeriods: number, postPeriods: number): Calendar {
  const first = dayNumber(startDate);
  const nPeriods = prePeriods + postPeriods;
  return { dates: Array.from({ length: nPeriods }, (_, t) => isoDate(first + t)), nPeriods, interventionIndex: prePeriods };
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

import { scaleLinear, type ScaleLinear } from 'd3-scale';
import type { Range } from './axis-geometry.ts';
import { formatDate, monthNames, parseDate, type CalendarDate } from './format.ts';
import { textWidth } from './text-width.ts';

export type TimeAxis = {
  /** From the index of a period to px. */
  readonly scale: ScaleLinear<number, number>;
  readonly ticks: readonly { readonly at: number; readonly label: string }[];
  readonly label: string;
};

/** Periods at equal steps, labelled at the finest calendar step for which the labels have room. */
export function timeAxis(times: readonly string[], range: Range, size: number): TimeAxis {
  const scale = scaleLinear()
    .domain([0, Math.max(times.length - 1, 1)])
    .range(range);
  const ticks = candidates(times)
    .map((choice) => choice.map(({ index, label }) => ({ at: scale(index), label })))
    .find((choice) => haveRoom(choice, size));
  const first = times[0];
  const last = times[times.length - 1];
  const isDate = first !== undefined && parseDate(first) !== null;
  const label =
    first === undefined || last === undefined ? '' : isDate ? `${formatDate(first)} to ${formatDate(last)}` : `${first} to ${last}`;
  return { scale, ticks: ticks ?? [], label };
}

type Candidate = readonly { readonly index: number; readonly label: string }[];

function candidates(times: readonly string[]): Candidate[] {
  const weeks = times.map((time) => /^\d{4}-(W\d{2})$/.exec(time)?.[1] ?? null);
  if (weeks.every((week) => week !== null)) return weekCandidates(weeks);
  const dates = times.map(parseDate);
  return dates.every((date) => date !== null) ? dateCandidates(dates) : indexCandidates(times);
}

/** The year is in the name of the axis; the weeks of every other, fourth, ... period are named. */
function weekCandidates(weeks: readonly string[]): Candidate[] {
  return [1, 2, 4, 8, 13, 26, 52, weeks.length]
    .map((step) => weeks.flatMap((label, index) => (index % step === 0 ? [{ index, label }] : [])))
    .filter((ticks) => ticks.length > 0);
}

function dateCandidates(dates: readonly CalendarDate[]): Candidate[] {
  const keep = (label: (date: CalendarDate) => string, rule: (date: CalendarDate, index: number) => boolean = () => true): Candidate =>
    dates.flatMap((date, index) => (rule(date, index) ? [{ index, label: label(date) }] : []));
  const every = (step: number) => keep(dayLabel, (_, index) => index % step === 0);
  const byMonth = [
    keep(monthLabel, ({ day }) => day === 1),
    keep(monthLabel, ({ day, month }) => day === 1 && month % 3 === 1),
    keep(
      ({ year }) => String(year),
      ({ day, month }) => day === 1 && month === 1,
    ),
  ];
  const fine = dates.every(({ day }) => day === 1)
    ? []
    : isDaily(dates)
      ? [every(1), every(7), keep(dayLabel, ({ day }) => day === 1 || day === 15)]
      : [1, 2, 4, 8, 13, 26, 52].map(every);
  const ends = [keep(dayLabel, (_, index) => index === 0 || index === dates.length - 1), keep(dayLabel, (_, index) => index === 0)];
  return [...[...fine, ...byMonth].filter((ticks) => ticks.length > 1), ...ends];
}

function isDaily([first, second]: readonly CalendarDate[]): boolean {
  return first === undefined || second === undefined || second.day === first.day + 1 || (second.day === 1 && first.day >= 28);
}

function dayLabel({ day, month }: CalendarDate): string {
  return `${day} ${monthNames[month - 1]}`;
}

function monthLabel({ month, year }: CalendarDate): string {
  return month === 1 ? `Jan ${year}` : monthNames[month - 1]!;
}

function indexCandidates(times: readonly string[]): Candidate[] {
  const numbers = times.map(Number);
  const numeric = numbers.every(Number.isInteger);
  return [1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000, 2000, 5000]
    .map((step) => times.flatMap((label, index) => ((numeric ? numbers[index]! : index) % step === 0 ? [{ index, label }] : [])))
    .filter((ticks) => ticks.length > 0);
}

function haveRoom(ticks: readonly { readonly at: number; readonly label: string }[], size: number): boolean {
  return ticks.every((tick, i) => {
    const next = ticks[i + 1];
    return next === undefined || next.at - tick.at >= (textWidth(tick.label, size) + textWidth(next.label, size)) / 2 + size * 0.8;
  });
}

import { limits } from '../../core/scenario/defaults.ts';
import { dayNumber, isoDate, mondayOf } from '../../core/simulate/calendar.ts';
import type { Ledger } from './ledger.ts';
import { dateOf } from './tree-fields.ts';
import type { Tree } from './yaml-tree.ts';

/** Where dates may stand; several may say the same. */
export type WindowSource = {
  readonly starts: readonly Tree[];
  readonly ends: readonly Tree[];
  /** When the treatment begins, the enrichment's own date first. */
  readonly interventions: readonly Tree[];
  readonly granularity: 'day' | 'week';
};

export type Window = {
  readonly start_date: string;
  readonly granularity: 'day' | 'week';
  readonly pre_periods: number;
  readonly post_periods: number;
};

/** Their simulator's month; around an intervention where only that is known, so many days before it and from it on. */
const usual = { start: '2024-01-01', end: '2024-01-31', daysBefore: 14, daysAfter: 16 };

/** First day, last day and the day of the intervention as a start date and periods before and after. Null where a date is wrong. */
export function readWindow(ledger: Ledger, source: WindowSource, to: string): Window | null {
  const before = ledger.issues.length;
  const intervention = firstDate(ledger, source.interventions, `${to}.pre_periods`);
  const start = firstDate(ledger, source.starts, `${to}.start_date`) ?? assumedDate(ledger, `${to}.start_date`, usualStart(intervention));
  const end =
    firstDate(ledger, source.ends, `${to}.post_periods`) ?? assumedDate(ledger, `${to}.post_periods`, usualEnd(start, intervention));
  if (ledger.issues.length > before) return null;
  const week = source.granularity === 'week';
  const first = dayNumber(week ? mondayOf(start) : start);
  const length = week ? 7 : 1;
  const periods = Math.floor((dayNumber(end) - first) / length) + 1;
  if (periods < 1) return refuse(ledger, source.ends[0] ?? source.starts[0], `lies before the first day, ${start}`);
  if (periods > limits.periods)
    return refuse(ledger, source.ends[0] ?? source.starts[0], `makes ${periods} periods; at most ${limits.periods} can be simulated`);
  const pre = intervention === undefined ? assumedMiddle(ledger, periods, to) : Math.floor((dayNumber(intervention) - first) / length);
  if (pre >= periods) return refuse(ledger, source.interventions[0], `lies after the last day, ${end}: nobody would be treated`);
  if (pre < 0)
    ledger.assume(
      `${to}.pre_periods`,
      0,
      `The treatment begins on ${String(intervention)}, before the first day, so that there is nothing before it.`,
    );
  return {
    start_date: isoDate(first),
    granularity: source.granularity,
    pre_periods: Math.max(0, pre),
    post_periods: periods - Math.max(0, pre),
  };
}

/** The first date counts; others are settled by whether they agree. */
function firstDate(ledger: Ledger, trees: readonly Tree[], to: string): string | undefined {
  const [first, ...others] = trees;
  const date = dateOf(ledger, first);
  if (first === undefined || date === undefined) return undefined;
  ledger.map(first, to);
  for (const other of others) {
    if (other.kind === 'leaf' && other.value === date) ledger.map(other, to, 'Says the same once more.');
    else ledger.drop(other, `differs from ${first.path} of ${first.file} (${date}), which is the one that counts`);
  }
  return date;
}

function usualStart(intervention: string | undefined): string {
  return intervention === undefined ? usual.start : isoDate(dayNumber(intervention) - usual.daysBefore);
}

function usualEnd(start: string, intervention: string | undefined): string {
  const end = intervention === undefined ? usual.end : isoDate(dayNumber(intervention) + usual.daysAfter - 1);
  return start > end ? start : end;
}

function assumedDate(ledger: Ledger, to: string, date: string): string {
  ledger.assume(to, date, 'No file says so: their simulator\u2019s month, or the weeks around the treatment.');
  return date;
}

function assumedMiddle(ledger: Ledger, periods: number, to: string): number {
  const middle = Math.floor(periods / 2);
  ledger.assume(`${to}.pre_periods`, middle, 'No file says when the treatment begins: the middle of the time.');
  return middle;
}

function refuse(ledger: Ledger, tree: Tree | undefined, message: string): null {
  if (tree !== undefined) ledger.complain(tree, message);
  return null;
}

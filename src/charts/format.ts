import type { Format, Interval } from './chart-types.ts';

const minus = '\u2212';
const nothing = '\u2013';

/** 1234.5 with one decimal is '1,234.5'; never '-0'. Locale-independent. */
export function formatNumber(value: number, decimals = 0): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? nothing : value > 0 ? '\u221e' : `${minus}\u221e`;
  if (Math.abs(value) >= 1e15) return value.toExponential(2).replace('e+', 'e').replaceAll('-', minus);
  const digits = Math.abs(value).toFixed(Math.min(Math.max(decimals, 0), 12));
  const [whole = '0', fraction] = digits.split('.');
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',');
  const isZero = !/[1-9]/.test(digits);
  return `${value < 0 && !isZero ? minus : ''}${grouped}${fraction === undefined ? '' : `.${fraction}`}`;
}

/** A count: 1,200. */
export function formatCount(value: number): string {
  return formatNumber(value, 0);
}

/** Three significant digits by default, without trailing exponents: 0.0123, 12.3, 1,230. */
export function formatSignificant(value: number, digits = 3): string {
  if (!Number.isFinite(value) || value === 0) return formatNumber(value, 0);
  return formatNumber(value, digits - 1 - exponentOf(value));
}

/** 11.4k, 1.2M; below ten thousand the number itself. */
export function formatCompact(value: number): string {
  const size = Math.abs(value);
  if (!Number.isFinite(value)) return formatNumber(value);
  const unit = compactUnits.find(({ from }) => size >= from);
  if (unit === undefined) return size < 1 ? formatSignificant(value, 2) : formatNumber(value, size < 10 ? 1 : 0);
  const scaled = value / unit.by;
  return `${formatNumber(scaled, Math.abs(scaled) < 99.95 ? 1 : 0)}${unit.suffix}`;
}

/** $11,400 and, where cents matter, $3.25. */
export function formatMoney(value: number, currency = '$', decimals = 0): string {
  return withSign(value, formatNumber(Math.abs(value), decimals), currency);
}

/** $11.4k, $1.2M, \u2212$310. */
export function formatMoneyCompact(value: number, currency = '$'): string {
  return withSign(value, formatCompact(Math.abs(value)), currency);
}

/** The sign always shown, except for nothing: +0.4, \u22123.1, 0. */
export function formatSigned(value: number, format: Format = formatSignificant): string {
  const text = format(value);
  return value > 0 && /[1-9\u221e]/.test(text) ? `+${text}` : text;
}

/** 52 [38, 66]. */
export function formatInterval(interval: Interval, format: Format): string {
  return `${format(interval.estimate)} [${format(interval.lower)}, ${format(interval.upper)}]`;
}

/** Never 0 and never 1 for what is only close to it. */
export function formatPValue(p: number): string {
  if (!Number.isFinite(p)) return nothing;
  if (p < 0.001) return '<0.001';
  if (p > 0.999 && p < 1) return '>0.999';
  return formatNumber(p, p < 0.1 ? 3 : 2);
}

export function formatConfidence(confidence: number): string {
  return formatNumber(confidence, 2);
}

/** 0.123 is '12.3%'. */
export function formatPercent(share: number, decimals = 1): string {
  return `${formatNumber(share * 100, decimals)}%`;
}

/** 2024-03-01 is '1 Mar 2024' (or '1 Mar'); anything that is not a date stays as it is. */
export function formatDate(text: string, style: 'day' | 'full' = 'full'): string {
  const date = parseDate(text);
  if (date === null) return text;
  return `${date.day} ${monthNames[date.month - 1]}${style === 'full' ? ` ${date.year}` : ''}`;
}

export type CalendarDate = { readonly year: number; readonly month: number; readonly day: number };

export function parseDate(text: string): CalendarDate | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return null;
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  return month >= 1 && month <= 12 && day >= 1 && day <= 31 ? { year, month, day } : null;
}

export const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * One format for a group of numbers, so that they line up: decimals such that the smallest resolution that matters
 * (half an interval, a step of the axis) shows two digits.
 */
export function formatFor(resolution: number): Format {
  const decimals = Number.isFinite(resolution) && resolution > 0 ? Math.min(Math.max(1 - exponentOf(resolution), 0), 8) : 0;
  return (value) => formatNumber(value, decimals);
}

/** A format for intervals and points that are printed together. */
export function formatForIntervals(intervals: readonly (Interval | null)[], points: readonly (number | null)[] = []): Format {
  const halves = intervals
    .flatMap((i) => (i === null ? [] : [(i.upper - i.lower) / 2]))
    .filter((half) => Number.isFinite(half) && half > 0);
  const sizes = [...points, ...intervals.map((i) => i?.estimate ?? null)].flatMap((v) =>
    v === null || !Number.isFinite(v) || v === 0 ? [] : [Math.abs(v) / 10],
  );
  const ordered = (halves.length > 0 ? halves : sizes).sort((a, b) => a - b);
  return formatFor(ordered[Math.floor((ordered.length - 1) / 2)] ?? 0);
}

/** A format for a group of values: fine enough to tell a hundredth of their range. */
export function formatForValues(values: readonly number[]): Format {
  const [low, high] = values
    .filter(Number.isFinite)
    .reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity]);
  return formatFor(high > low ? (high - low) / 10 : Math.abs(Number.isFinite(high) ? high : 0) / 10);
}

const compactUnits = [
  { from: 999_950_000, by: 1e9, suffix: 'bn' },
  { from: 999_950, by: 1e6, suffix: 'M' },
  { from: 9_999.5, by: 1e3, suffix: 'k' },
];

function withSign(value: number, magnitude: string, currency: string): string {
  if (!Number.isFinite(value)) return formatNumber(value);
  return `${value < 0 && /[1-9]/.test(magnitude) ? minus : ''}${currency}${magnitude}`;
}

function exponentOf(value: number): number {
  return Number(value.toExponential(0).split('e')[1]);
}

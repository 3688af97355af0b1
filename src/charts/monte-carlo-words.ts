import type { Format, Interval } from './chart-types.ts';
import { formatCount } from './format.ts';

/** An average over replications, with its Monte Carlo standard error where one is known. */
export type Averaged = { readonly value: number; readonly monte_carlo_se: number | null };

/** Half of a 95% interval in standard errors of a normal distribution. */
export const normalQuantile = 1.959963984540054;

/** '12.3 ± 0.4': the value and its Monte Carlo standard error. */
export function withError({ value, monte_carlo_se: error }: Averaged, format: Format): string {
  return Number.isFinite(value) && isKnown(error) ? `${format(value)} \u00b1 ${format(error)}` : format(value);
}

/** 95% Monte Carlo interval of an average; a point where its error is not known; null where the average is not. */
export function monteCarloInterval({ value, monte_carlo_se: error }: Averaged): Interval | null {
  if (!Number.isFinite(value)) return null;
  const half = isKnown(error) ? normalQuantile * error : 0;
  return { estimate: value, lower: value - half, upper: value + half };
}

export function replicationsWords(count: number): string {
  return `${formatCount(count)} ${count === 1 ? 'replication' : 'replications'}`;
}

function isKnown(error: number | null): error is number {
  return error !== null && Number.isFinite(error);
}

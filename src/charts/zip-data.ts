import type { Format } from './chart-types.ts';
import type { Averaged } from './monte-carlo-words.ts';

/** An interval of one replication, with z = (estimate \u2212 truth) / standard error. */
export type ZipInterval = {
  readonly replication: number;
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
  readonly z: number;
};

export type RankedInterval = ZipInterval & {
  /** Of |z|, between 0 and 1: the share of the intervals whose |z| is smaller, the interval itself counting half. */
  readonly centile: number;
  readonly covers: boolean;
};

export type ZipOptions = {
  readonly width: number;
  readonly truth: number;
  /** Nominal coverage, such as 0.95. */
  readonly nominal: number;
  readonly coverage: Averaged;
  readonly format: Format;
};

export function rankIntervals(intervals: readonly ZipInterval[], truth: number): RankedInterval[] {
  const sorted = intervals.filter(isWhole).sort((a, b) => Math.abs(a.z) - Math.abs(b.z) || a.replication - b.replication);
  return sorted.map(({ replication, estimate, lower, upper, z }, i) => ({
    replication,
    estimate,
    lower,
    upper,
    z,
    centile: (i + 0.5) / sorted.length,
    covers: lower <= truth && truth <= upper,
  }));
}

function isWhole({ estimate, lower, upper, z }: ZipInterval): boolean {
  return !(Number.isNaN(estimate) || Number.isNaN(lower) || Number.isNaN(upper) || Number.isNaN(z));
}

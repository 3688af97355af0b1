import type { DiagnosandId, Diagnosed } from './index.ts';
import { diagnosands } from './index.ts';
import type { Measured } from './diagnosand.ts';

export type Band = { readonly lower: number; readonly upper: number };

const z = 1.959963984540054;

/** 95% Monte Carlo band of a mean or any other figure: value -+ 1.96 Monte Carlo standard errors; null where that error cannot be told. */
export function normalBand({ value, monte_carlo_se: error }: Measured): Band | null {
  return error === null ? null : { lower: value - z * error, upper: value + z * error };
}

/**
 * 95% Monte Carlo band of a share of n replications: Wilson's score interval, which is honest at 0 and 1, where value -+ 1.96 SE has no
 * width: (p + z^2 / 2n -+ z sqrt(p (1 - p) / n + z^2 / 4n^2)) / (1 + z^2 / n). Wilson 1927.
 */
export function shareBand(share: number, n: number): Band | null {
  if (!(n > 0)) return null;
  const weight = 1 + (z * z) / n;
  const centre = (share + (z * z) / (2 * n)) / weight;
  const half = (z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n))) / weight;
  return { lower: Math.max(0, centre - half), upper: Math.min(1, centre + half) };
}

type Summary = { readonly replications: number; readonly kept: number; readonly diagnosands: Diagnosed };

/** The band of a diagnosand: as a share where it is one. */
export function diagnosandBand(summary: Summary, id: DiagnosandId): Band | null {
  const measured = summary.diagnosands[id];
  if (measured === null) return null;
  const { unit, about } = diagnosands[id];
  if (unit !== 'share') return normalBand(measured);
  const rejected = (summary.diagnosands.rejection_rate?.value ?? 0) * summary.replications;
  return shareBand(measured.value, { all: summary.replications, kept: summary.kept, rejected: Math.round(rejected) }[about]);
}

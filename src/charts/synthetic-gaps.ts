import { mean, quantile } from 'd3-array';
import type { SyntheticPicture } from '../core/measure/method-picture.ts';

export function gapsOf({ treated, synthetic }: SyntheticPicture): number[] {
  return treated.map((value, i) => value - (synthetic[i] ?? Number.NaN));
}

/** Root mean squared gap after the treatment over that before it; null without periods on both sides. */
export function rmspeRatio(gaps: readonly number[], start: number): number | null {
  const rms = (values: readonly number[]) => Math.sqrt(mean(values.filter(Number.isFinite).map((value) => value * value)) ?? Number.NaN);
  const ratio = rms(gaps.slice(start)) / rms(gaps.slice(0, start));
  return Number.isFinite(ratio) ? ratio : null;
}

/** Place of the treated unit among all units by RMSPE ratio; 1 is the most unusual. */
export function placeboRank(picture: SyntheticPicture): { readonly ratio: number; readonly rank: number; readonly of: number } | null {
  const ratio = rmspeRatio(gapsOf(picture), picture.treatment_index);
  if (ratio === null || picture.placebos.length === 0) return null;
  return { ratio, rank: 1 + picture.placebos.filter((placebo) => placebo.rmspe_ratio >= ratio).length, of: picture.placebos.length + 1 };
}

// A placebo that was never fitted well would flatten the rest; the treated unit and nine tenths of the placebos set the range.
export function gapLimit(gaps: readonly number[], { placebos }: SyntheticPicture): number {
  const own = Math.max(0, ...gaps.filter(Number.isFinite).map(Math.abs));
  const extremes = placebos.map((placebo) => Math.max(0, ...placebo.gaps.filter(Number.isFinite).map(Math.abs)));
  return Math.max(own, quantile(extremes, 0.9) ?? 0);
}

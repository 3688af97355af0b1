import type { BaselineRow } from '../contracts/run.ts';
import { mean, standardDeviation } from '../numeric/moments.ts';
import type { Pilot } from './pilot.ts';

/**
 * Treated against control products as on record before the intervention: mean price, mean quality and, where there are periods
 * before it, mean revenue per period; each with its standardised difference (treated minus control over the standard deviation
 * of the treated, or of all where those do not vary). Who is treated at some time counts as treated. No rows where a side is empty.
 */
export function baselineRows({ catalog, calendar, assignment, observed, observedUntil }: Pilot): BaselineRow[] {
  const { nPeriods, interventionIndex } = calendar;
  const preRevenue = (i: number) => {
    const until = Math.min(interventionIndex, observedUntil[i]!);
    let sum = 0;
    for (let t = 0; t < until; t += 1) sum += observed.revenue[i * nPeriods + t]!;
    return until > 0 ? sum / until : NaN;
  };
  const covariates: readonly [BaselineRow['covariate'], (i: number) => number][] = [
    ['price', (i) => catalog.price[i]!],
    ['quality_score', (i) => catalog.quality[i]!],
    ['pre_revenue', preRevenue],
  ];
  return covariates.flatMap(([covariate, valueOf]) => {
    const treated: number[] = [];
    const control: number[] = [];
    assignment.firstTreated.forEach((first, i) => {
      if (observedUntil[i]! < 0) return;
      const value = valueOf(i);
      if (value === value) (first >= 0 ? treated : control).push(value);
    });
    return treated.length === 0 || control.length === 0 ? [] : [compare(covariate, treated, control)];
  });
}

function compare(covariate: BaselineRow['covariate'], treated: readonly number[], control: readonly number[]): BaselineRow {
  const treatedMean = mean(treated);
  const controlMean = mean(control);
  const ofTreated = standardDeviation(treated);
  const spread = ofTreated > 0 ? ofTreated : standardDeviation([...treated, ...control]) || 0;
  return { covariate, treated_mean: treatedMean, control_mean: controlMean, smd: spread === 0 ? 0 : (treatedMean - controlMean) / spread };
}

import { mean } from '../numeric/moments.ts';
import { balanceRows } from './balance.ts';
import type { Diagnostics } from './estimator.ts';
import type { StrataPicture } from './method-picture.ts';
import type { PropensityFit } from './propensity.ts';
import type { UnitRows } from './read-table.ts';
import type { Strata } from './strata.ts';
import type { Stratum } from './stratified-difference.ts';

export function drawStrata(units: UnitRows, strata: Strata, rows: readonly Stratum[], weights: readonly number[]): StrataPicture {
  const balancing = Float64Array.from(units.treated, (arm, i) => {
    const s = strata.stratumOf[i]!;
    return weights[s]! > 0 ? weights[s]! / (arm === 1 ? rows[s]!.treated.n : rows[s]!.control.n) : 0;
  });
  return {
    kind: 'strata',
    rows: rows.map(({ label, treated, control }, s) => {
      const both = treated.n > 0 && control.n > 0;
      const spread = treated.n > 1 && control.n > 1 ? Math.sqrt(treated.variance / treated.n + control.variance / control.n) : null;
      return {
        stratum: label,
        n_treated: treated.n,
        n_control: control.n,
        mean_treated: treated.n > 0 ? treated.mean : null,
        mean_control: control.n > 0 ? control.mean : null,
        difference: both ? treated.mean - control.mean : null,
        standard_error: spread,
        weight: weights[s]!,
        dropped: both ? null : treated.n === 0 ? 'no treated unit' : 'no control unit',
      };
    }),
    balance: balanceRows(units.covariates, units.treated, balancing),
  };
}

export function describeStrata(
  units: UnitRows,
  rows: readonly Stratum[],
  weights: readonly number[],
  used: Uint8Array,
  strata: Strata,
): Diagnostics {
  const kept = units.outcome.filter((_, i) => used[i] === 1);
  const centre = mean(kept);
  let within = 0;
  let total = 0;
  units.outcome.forEach((value, i) => {
    if (used[i] === 0) return;
    const row = rows[strata.stratumOf[i]!]!;
    const residual = value - (units.treated[i] === 1 ? row.treated.mean : row.control.mean);
    within += residual * residual;
    total += (value - centre) * (value - centre);
  });
  const nDropped = units.n - kept.length;
  return {
    interval_method: 't with Satterthwaite degrees of freedom',
    n_strata: rows.length,
    dropped_strata: weights.filter((weight) => weight === 0).length,
    dropped_share: nDropped / units.n,
    dropped_treated_share: (units.nTreated - count(units.treated, used, 1)) / units.nTreated,
    dropped_control_share: (units.nControl - count(units.treated, used, 0)) / units.nControl,
    r_squared: total > 0 ? 1 - within / total : 0,
  };
}

export function describePropensity(fit: PropensityFit | null): Diagnostics {
  if (fit === null) return {};
  const sorted = fit.probability.slice().sort();
  return { propensity_log_likelihood: fit.logLikelihood, propensity_min: sorted[0]!, propensity_max: sorted.at(-1)! };
}

export function propensityWarnings(fit: PropensityFit | null): string[] {
  if (fit === null) return [];
  const aside =
    fit.setAside.length === 0 ? [] : [`Left out of the propensity score, as the other covariates say as much: ${fit.setAside.join(', ')}.`];
  return fit.isSeparated
    ? [...aside, 'For some units the covariates settle who is treated; they have no counterpart in the other arm.']
    : aside;
}

export function droppedWarnings(
  units: UnitRows,
  nTreated: number,
  nControl: number,
  rows: readonly Stratum[],
  weights: readonly number[],
): string[] {
  const dropped = weights.filter((weight) => weight === 0).length;
  if (dropped === 0) return [];
  return [
    `${dropped} of ${rows.length} strata lack treated or control units and were dropped, with ${units.nTreated - nTreated} of ${units.nTreated} treated ` +
      `and ${units.nControl - nControl} of ${units.nControl} control units: the estimate is for the rest.`,
  ];
}

export function count(treated: Uint8Array, used: Uint8Array, arm: number): number {
  return treated.reduce((sum, value, i) => (value === arm && used[i] === 1 ? sum + 1 : sum), 0);
}

import { weightedMean } from '../numeric/moments.ts';
import { balanceRows } from './balance.ts';
import type { MatchingValues } from './matching-parameters.ts';
import type { MatchingSpace } from './matching-space.ts';
import type { MatchCounts } from './matching-variance.ts';
import type { BalancePicture } from './method-picture.ts';
import type { UnitRows } from './read-table.ts';

export function drawBalance(units: UnitRows, weights: Float64Array, counts: MatchCounts): BalancePicture {
  const reuse = Array.from(counts.uses.filter((uses) => uses > 0)).sort((a, b) => b - a);
  return { kind: 'balance', rows: balanceRows(units.covariates, units.treated, weights), control_reuse: reuse };
}

/** Share of the outcome's variation in the matched sample that lies between its arms. */
export function explainedShare(units: UnitRows, weights: Float64Array): number {
  const among = (arm: number) => weights.map((weight, i) => (units.treated[i] === arm ? weight : 0));
  const centre = weightedMean(units.outcome, weights);
  const means = [weightedMean(units.outcome, among(0)), weightedMean(units.outcome, among(1))];
  let within = 0;
  let total = 0;
  units.outcome.forEach((value, i) => {
    const weight = weights[i]!;
    if (weight === 0) return;
    const own = means[units.treated[i]!]!;
    within += weight * (value - own) * (value - own);
    total += weight * (value - centre) * (value - centre);
  });
  return total > 0 ? 1 - within / total : 0;
}

export function searchWarnings(
  space: MatchingSpace,
  values: MatchingValues,
  nUnmatched: number,
  nFocal: number,
  units: UnitRows,
): string[] {
  const warnings: string[] = [];
  if (space.setAside.length > 0) {
    warnings.push(`Left out of the distance, as they do not vary or the others say as much: ${space.setAside.join(', ')}.`);
  }
  if (space.propensity?.isSeparated === true) {
    warnings.push('For some units the covariates settle who is treated; they have no counterpart in the other arm.');
  }
  if (nUnmatched > 0) {
    const why = values.replace
      ? 'lie outside the caliper'
      : values.caliper === null
        ? 'found no unused match'
        : 'lie outside the caliper or found no unused match';
    warnings.push(`${nUnmatched} of ${nFocal} units ${why} and were dropped: the estimate is for the rest.`);
  }
  const donors =
    values.estimand === 'att' ? units.nControl : values.estimand === 'atc' ? units.nTreated : Math.min(units.nTreated, units.nControl);
  if (values.ratio > donors) {
    warnings.push(`There are only ${donors} units to match with, fewer than the ${values.ratio} matches asked for.`);
  }
  return warnings;
}

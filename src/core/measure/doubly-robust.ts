import { inputError } from '../contracts/input-error.ts';
import { crossFit, crossFittingFolds } from './cross-fitting.ts';
import { augmentedEffect, outcomeOnlyEffect } from './doubly-robust-effect.ts';
import { outcomeModel, outcomeRSquared, predictions, type ModelledUnits, type Nuisance } from './doubly-robust-models.ts';
import { doublyRobustDescription, type DoublyRobustValues } from './doubly-robust-description.ts';
import { defineEstimator, type Estimate } from './estimator.ts';
import { describeOverlap, drawOverlap, overlapWarnings, summariseWeights, whyNoOverlap } from './overlap-report.ts';
import { overlapSample, type OverlapSample } from './overlap.ts';
import { missingRowsWarning, readUnits, whyNotComparable, type UnitRows } from './read-table.ts';
import { degenerate, tidyRow, TOO_LARGE } from './tidy-row.ts';
import { balancingWeights } from './weights-balancing.ts';
import { intervalMethod } from './weights-degrees.ts';
import { standardisedDesign } from './weights-design.ts';

/**
 * Augmented inverse probability weighting: outcome regressions of both arms, corrected by weighted residuals.
 *
 * Consistent if either the logistic model of treatment or the linear models of the outcome hold. The interval is by the influence
 * function, which is exact in large samples where both hold; with one of them wrong it is an approximation. The small sample
 * correction takes residuals from regressions without the unit itself, and t quantiles. With cross-fitting every unit is predicted
 * from other folds. Trimming changes the group the effect is on. With `outcome_only` the regressions stand alone, and the score
 * only shows how far they extrapolate.
 * Degenerate without overlap (but for `outcome_only`) and where an arm has no more units than its regression has terms.
 * Source: Robins, Rotnitzky and Zhao (1994, JASA 89); Chernozhukov et al. (2018, Econometrics Journal 21) for cross-fitting.
 */
export const doublyRobust = defineEstimator(doublyRobustDescription, (table, values): Estimate => {
  if (values.covariate_columns.length === 0)
    throw inputError('covariate_columns', 'choose at least one covariate to model treatment and outcome by', []);
  if (values.models === 'outcome_only' && values.cross_fitting_folds > 1)
    throw inputError('cross_fitting_folds', 'cross-fitting needs both models: choose 1 fold, or models: both', values.cross_fitting_folds);
  const units = readUnits(table, values);
  const warnings = missingRowsWarning(units.nMissing, table.rowCount);
  const unusable = whyNotComparable(units);
  return unusable === null ? combine(units, values, warnings) : degenerate({ ...counts(units, values), warnings }, unusable);
});

function combine(all: UnitRows, values: DoublyRobustValues, warnings: readonly string[]): Estimate {
  const sample = overlapSample(all, values);
  if (typeof sample === 'string') return degenerate({ ...counts(all, values), warnings }, sample);
  const { units, columns } = sample;
  const { estimand: group, cross_fitting_folds: folds } = values;
  const model: ModelledUnits = { ...units, design: standardisedDesign(columns.columns, units.n), width: columns.columns.length + 1 };
  const shared = { ...counts(units, values), warnings: [...warnings] };
  if (folds > 1 && Math.min(units.nTreated, units.nControl) < 2 * folds)
    return degenerate(shared, `${folds} folds need at least ${2 * folds} units in each arm: use fewer folds.`);

  const fits = { 0: outcomeModel(model, 0), 1: outcomeModel(model, 1) };
  const nuisance = folds > 1 ? crossFit(model, crossFittingFolds(units.treated, folds), folds) : onAllUnits(model, sample, fits);
  const { weights } = balancingWeights(nuisance.logOdds, units.treated, group);
  const summary = summariseWeights(units, weights);
  shared.warnings.push(...overlapWarnings(all, sample, summary), ...modelWarnings(nuisance, sample));
  if (nuisance.residualDf < 1)
    return degenerate(shared, 'An arm has no more units than its outcome regression has terms: use fewer covariates.');
  const isOutcomeOnly = values.models === 'outcome_only';
  const uncorrectable = isOutcomeOnly ? null : whyNoOverlap(sample, summary);
  if (uncorrectable !== null) return degenerate(shared, uncorrectable);

  const rSquared = outcomeRSquared(model, nuisance);
  if (!Number.isFinite(rSquared)) return degenerate(shared, TOO_LARGE);
  const isCorrected = values.small_sample_correction;
  const effect = isOutcomeOnly
    ? outcomeOnlyEffect(model, nuisance, fits, group, isCorrected)
    : augmentedEffect(model, nuisance, weights, group, isCorrected);
  const picture = drawOverlap(all, sample, weights, summary);
  const diagnostics = {
    interval_method: intervalMethod(effect.df, isOutcomeOnly ? 'stacked estimating equations' : 'influence function'),
    cross_fitting_folds: folds,
    r_squared: rSquared,
    ...describeOverlap(all, sample, picture, summary),
  };
  const inference = { ...effect, confidenceLevel: values.confidence_level };
  return tidyRow({ ...shared, diagnostics }, inference, units.outcome, { picture });
}

function onAllUnits(model: ModelledUnits, { propensity }: OverlapSample, fits: Record<0 | 1, ReturnType<typeof outcomeModel>>): Nuisance {
  return {
    logOdds: propensity.linearPredictor,
    withTreatment: predictions(model.outcome, fits[1]),
    withoutTreatment: predictions(model.outcome, fits[0]),
    setAside: new Set([...fits[0].aliased, ...fits[1].aliased]),
    residualDf: Math.min(fits[0].observations - fits[0].rank, fits[1].observations - fits[1].rank),
    leverages: fits[1].leverages!.map((value, i) => value + fits[0].leverages![i]!),
    isSeparated: propensity.isSeparated,
  };
}

function modelWarnings({ setAside, leverages, isSeparated }: Nuisance, { columns, propensity }: OverlapSample): string[] {
  const names = [...setAside].sort((a, b) => a - b).map((column) => columns.names[column - 1]!);
  const aside =
    names.length === 0
      ? []
      : [`Left out of an arm’s outcome regression, as they do not vary there or the others say as much: ${names.join(', ')}.`];
  const unseen = leverages === null ? 0 : leverages.reduce((count, leverage) => (leverage > 1 - 1e-10 ? count + 1 : count), 0);
  if (unseen > 0)
    aside.push(
      `Units fitted exactly by the regression of their arm: ${unseen}. Their errors cannot be seen, so the interval may be too narrow.`,
    );
  if (isSeparated && !propensity.isSeparated)
    aside.push('Without some folds the covariates settle who is treated, for some units: use fewer folds.');
  return aside;
}

function counts({ n, nTreated, nControl }: UnitRows, { estimand }: DoublyRobustValues) {
  return { estimand, n_observations: n, n_treated: nTreated, n_control: nControl, diagnostics: {} };
}

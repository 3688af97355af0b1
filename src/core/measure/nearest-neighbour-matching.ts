import { inputError } from '../contracts/input-error.ts';
import { leastSquares } from '../numeric/least-squares.ts';
import { describeBalance, effectiveSampleSize } from './balance.ts';
import { defineEstimator, describeEstimator, type Diagnostics, type Estimate } from './estimator.ts';
import { matchWithoutReplacement, matchWithReplacement, type Matching } from './match-units.ts';
import { matchingParameters, type MatchingValues } from './matching-parameters.ts';
import { drawBalance, explainedShare, searchWarnings } from './matching-report.ts';
import { caliperOf, matchingSpace, type MatchingSpace } from './matching-space.ts';
import {
  averageEffect,
  countMatches,
  localConditionalVariance,
  matchingVariance,
  meanDistance,
  pooledConditionalVariance,
  type Direction,
  type MatchCounts,
} from './matching-variance.ts';
import { designColumns, missingRowsWarning, readUnits, whyNotComparable, type DesignColumns, type UnitRows } from './read-table.ts';
import { degenerate, tidyRow } from './tidy-row.ts';

export const nearestNeighbourMatchingDescription = describeEstimator({
  id: 'nearest_neighbour_matching',
  label: 'Nearest neighbour matching',
  summary: 'Compares every treated unit with the control units most like it.',
  model_type: 'quasi-experiment',
  estimand: 'att',
  shape: 'cross_section',
  designs: ['selection_on_observables', 'complete_randomisation', 'bernoulli_randomisation', 'stratified_randomisation'],
  parameters: matchingParameters,
  assumptions: [
    'Among units alike in the covariates treatment is as good as random: nothing unobserved drives both treatment and outcome.',
    'Every unit whose effect is wanted has a counterpart near it in the other arm.',
    'What differences remain between matches change the outcome linearly (with bias correction) or not at all (without).',
    'The treatment of one unit does not change the outcome of another.',
  ],
  reference:
    'Abadie, A. and Imbens, G. W. (2006). Large sample properties of matching estimators for average treatment effects. Econometrica 74, 235-267.',
});

/**
 * Compares every unit with its nearest neighbours in the other arm.
 *
 * estimate = mean over matched units of (own outcome - mean outcome of the matches), signed treated minus control; with bias
 * correction outcomes are first freed of the covariates by a regression among the matches. Variance by Abadie and Imbens, which
 * accounts for reuse; interval and p value by the normal distribution.
 * Source: Abadie and Imbens (2006, Econometrica 74; 2011, JBES 29); conventions of ties and weights as in Sekhon (2011, JSS 42).
 */
export const nearestNeighbourMatching = defineEstimator(nearestNeighbourMatchingDescription, (table, values): Estimate => {
  if (values.covariate_columns.length === 0) throw inputError('covariate_columns', 'choose at least one covariate to match on', []);
  const units = readUnits(table, values);
  const warnings = missingRowsWarning(units.nMissing, table.rowCount);
  const unusable = whyNotComparable(units);
  const shared = {
    estimand: values.estimand,
    n_observations: units.n,
    n_treated: units.nTreated,
    n_control: units.nControl,
    diagnostics: {},
    warnings,
  };
  return unusable === null ? matchAndCompare(units, values, warnings) : degenerate(shared, unusable);
});

function matchAndCompare(units: UnitRows, values: MatchingValues, warnings: readonly string[]): Estimate {
  const design = designColumns(units.covariates);
  const space = matchingSpace(units, design, values.distance, values.propensity_scale);
  const arms = { treated: unitsOf(units.treated, 1), control: unitsOf(units.treated, 0) };
  const treatedSeek = values.estimand === 'atc' ? null : findMatches(space, arms.treated, arms.control, values);
  const controlsSeek = values.estimand === 'att' ? null : findMatches(space, arms.control, arms.treated, values);
  const searches = [treatedSeek, controlsSeek].filter((search) => search !== null);
  const counts = countMatches(
    units.n,
    searches.flatMap((search) => search.sets),
  );
  const weights = counts.times.slice();
  for (const { sets } of searches) for (const { focal } of sets) for (const unit of focal) weights[unit] = weights[unit]! + 1;

  const picture = drawBalance(units, weights, counts);
  const nUnmatched = searches.reduce((sum, search) => sum + search.unmatched.length, 0);
  const nFocal = (treatedSeek === null ? 0 : units.nTreated) + (controlsSeek === null ? 0 : units.nControl);
  const diagnostics: Diagnostics = {
    interval_method: 'normal, Abadie-Imbens variance',
    matched_share: (nFocal - nUnmatched) / nFocal,
    dropped_units: nUnmatched,
    dropped_by_caliper: values.caliper !== null && values.replace ? nUnmatched : null,
    n_pairs: searches.reduce(
      (sum, { sets }) => sum + sets.reduce((pairs, { focal, partners }) => pairs + focal.length * partners.length, 0),
      0,
    ),
    max_reuse: counts.uses.reduce((most, uses) => Math.max(most, uses), 0),
    effective_sample_size: effectiveSampleSize(weights.filter((_, i) => units.treated[i] === (values.estimand === 'atc' ? 1 : 0))),
    ...describeBalance(picture.rows),
    ...(space.propensity === null ? {} : { propensity_log_likelihood: space.propensity.logLikelihood }),
    r_squared: explainedShare(units, weights),
  };
  const shared = {
    estimand: values.estimand,
    n_observations: units.n,
    n_treated: arms.treated.filter((unit) => weights[unit]! > 0).length,
    n_control: arms.control.filter((unit) => weights[unit]! > 0).length,
    diagnostics,
    warnings: [...warnings, ...searchWarnings(space, values, nUnmatched, nFocal, units)],
  };
  if (space.points.dimension === 0) return degenerate(shared, 'The covariates do not vary, so no unit is nearer than another.');
  if (nFocal - nUnmatched < 2) {
    return degenerate(
      shared,
      `Only ${nFocal - nUnmatched} of ${nFocal} units found a match: widen the caliper, or match on fewer covariates.`,
    );
  }
  if (values.variance_neighbours > 0 && Math.min(units.nTreated, units.nControl) < 2) {
    return degenerate(shared, 'An arm has a single unit, so the variance of its outcome cannot be told.');
  }

  const directions: Direction[] = [];
  if (treatedSeek !== null) {
    directions.push({ sign: 1, sets: treatedSeek.sets, adjusted: adjustedOutcome(units, design, counts, 0, values) });
  }
  if (controlsSeek !== null) {
    directions.push({ sign: -1, sets: controlsSeek.sets, adjusted: adjustedOutcome(units, design, counts, 1, values) });
  }
  const effects = averageEffect(directions);
  const conditional =
    values.variance_neighbours === 0
      ? pooledConditionalVariance(units.n, effects)
      : localConditionalVariance(
          space.points,
          [arms.treated, arms.control],
          units.outcome,
          values.variance_neighbours,
          values.tie_tolerance,
        );
  const variance = matchingVariance(effects, counts, conditional, values.estimand === 'ate');
  const inference = { estimate: effects.estimate, standardError: Math.sqrt(variance), df: null, confidenceLevel: values.confidence_level };
  const withDistance = { ...shared, diagnostics: { ...diagnostics, mean_match_distance: meanDistance(space.points, directions) } };
  return tidyRow(withDistance, inference, units.outcome, { picture });
}

function findMatches(space: MatchingSpace, focal: Int32Array, donors: Int32Array, values: MatchingValues): Matching {
  const request = { points: space.points, focal, donors, ratio: values.ratio, caliper: caliperOf(space, values.caliper) };
  return values.replace ? matchWithReplacement(request, values.tie_tolerance) : matchWithoutReplacement(request);
}

/**
 * Outcomes less the covariates' part, by least squares among the units of the donors' arm, each as often as it is a match.
 * The intercept stays in, as it cancels from every difference.
 */
function adjustedOutcome(
  units: UnitRows,
  design: DesignColumns,
  counts: MatchCounts,
  donorArm: 0 | 1,
  values: MatchingValues,
): Float64Array {
  if (!values.bias_adjustment) return units.outcome;
  const rows = units.n;
  const columns = design.columns.length + 1;
  const matrix = new Float64Array(rows * columns).fill(1, 0, rows);
  design.columns.forEach((column, k) => matrix.set(column, (k + 1) * rows));
  const weights = counts.times.map((times, i) => (units.treated[i] === donorArm ? times : 0));
  const { coefficients } = leastSquares({ design: matrix, rows, columns, outcome: units.outcome, weights });
  return units.outcome.map((value, i) => design.columns.reduce((rest, column, k) => rest - coefficients[k + 1]! * column[i]!, value));
}

function unitsOf(treated: Uint8Array, arm: 0 | 1): Int32Array {
  return Int32Array.from(treated.keys()).filter((unit) => treated[unit] === arm);
}

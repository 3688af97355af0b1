import { inputError } from '../contracts/input-error.ts';
import { defineParameters, type ParameterValues } from '../contracts/parameter.ts';
import { leastSquares } from '../numeric/least-squares.ts';
import { weightedMean } from '../numeric/moments.ts';
import { balanceRows, effectiveSampleSize, worstBalance } from './balance.ts';
import { defineEstimator, type Diagnostics, type Estimate } from './estimator.ts';
import { matchWithoutReplacement, matchWithReplacement, type Matching } from './match-units.ts';
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
import type { BalancePicture } from './method-picture.ts';
import { designColumns, missingRowsWarning, readUnits, whyNotComparable, type DesignColumns, type UnitRows } from './read-table.ts';
import { degenerate, tidyRow } from './tidy-row.ts';

const parameters = defineParameters({
  outcome_column: { kind: 'column', label: 'Outcome', help: 'Numeric column whose mean is compared.', default: 'revenue' },
  treatment_column: { kind: 'column', label: 'Treatment', help: 'Column of 1 (treated) and 0 (control).', default: 'treated' },
  covariate_columns: { kind: 'columns', label: 'Covariates', help: 'What a unit and its matches are to be alike in.', default: [] },
  estimand: {
    kind: 'choice',
    label: 'Estimand',
    help: 'Effect on the treated, the controls or all.',
    options: ['att', 'atc', 'ate'],
    default: 'att',
  },
  distance: {
    kind: 'choice',
    label: 'Distance',
    help: 'Mahalanobis, Euclidean on standardised covariates, or the difference in the propensity score.',
    options: ['mahalanobis', 'propensity', 'euclidean'],
    default: 'mahalanobis',
  },
  propensity_scale: {
    kind: 'choice',
    label: 'Propensity scale',
    help: 'Whether scores are compared on the scale of the logit or of the probability.',
    options: ['logit', 'probability'],
    default: 'logit',
  },
  ratio: { kind: 'integer', label: 'Matches per unit', help: 'How many nearest units of the other arm.', min: 1, max: 50, default: 1 },
  replace: { kind: 'boolean', label: 'With replacement', help: 'Whether a unit may serve as a match more than once.', default: true },
  caliper: {
    kind: 'number',
    label: 'Caliper',
    help: 'Largest difference allowed between matches, in standard deviations of each covariate (or of the score); none if left empty.',
    min: 0,
    max: 100,
    step: 0.05,
    unit: 'SD',
    default: null,
  },
  bias_adjustment: {
    kind: 'boolean',
    label: 'Bias correction',
    help: 'Takes out what a regression among the matches says the remaining differences in covariates are worth.',
    default: false,
  },
  variance_neighbours: {
    kind: 'integer',
    label: 'Variance neighbours',
    help: 'Units of the same arm from which each outcome’s variance is taken; 0 takes one variance for all from the pairs.',
    min: 0,
    max: 50,
    default: 0,
  },
  tie_tolerance: {
    kind: 'number',
    label: 'Tie tolerance',
    help: 'Squared standardised distances that differ by no more than this count as equal, and all such matches are averaged.',
    min: 0,
    max: 1,
    step: 0.00001,
    default: 0.00001,
  },
  confidence_level: {
    kind: 'number',
    label: 'Confidence level',
    help: 'Of the interval.',
    min: 0.5,
    max: 0.999,
    step: 0.01,
    default: 0.95,
  },
});

type Values = ParameterValues<typeof parameters>;

/**
 * Compares every unit with its nearest neighbours in the other arm.
 *
 * estimate = mean over matched units of (own outcome - mean outcome of the matches), signed treated minus control; with bias
 * correction outcomes are first freed of the covariates by a regression among the matches. Variance by Abadie and Imbens, which
 * accounts for reuse; interval and p value by the normal distribution.
 * Source: Abadie and Imbens (2006, Econometrica 74; 2011, JBES 29); conventions of ties and weights as in Sekhon (2011, JSS 42).
 */
export const nearestNeighbourMatching = defineEstimator({
  id: 'nearest_neighbour_matching',
  label: 'Nearest neighbour matching',
  summary: 'Compares every treated unit with the control units most like it.',
  model_type: 'quasi-experiment',
  estimand: 'att',
  shape: 'cross_section',
  parameters,
  assumptions: [
    'Among units alike in the covariates treatment is as good as random: nothing unobserved drives both treatment and outcome.',
    'Every unit whose effect is wanted has a counterpart near it in the other arm.',
    'What differences remain between matches change the outcome linearly (with bias correction) or not at all (without).',
    'The treatment of one unit does not change the outcome of another.',
  ],
  reference:
    'Abadie, A. and Imbens, G. W. (2006). Large sample properties of matching estimators for average treatment effects. Econometrica 74, 235-267.',
  estimate(table, values): Estimate {
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
  },
});

function matchAndCompare(units: UnitRows, values: Values, warnings: readonly string[]): Estimate {
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
    ...describeBalance(picture),
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
  if (treatedSeek !== null)
    directions.push({ sign: 1, sets: treatedSeek.sets, adjusted: adjustedOutcome(units, design, counts, 0, values) });
  if (controlsSeek !== null)
    directions.push({ sign: -1, sets: controlsSeek.sets, adjusted: adjustedOutcome(units, design, counts, 1, values) });
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

function findMatches(space: MatchingSpace, focal: Int32Array, donors: Int32Array, values: Values): Matching {
  const request = { points: space.points, focal, donors, ratio: values.ratio, caliper: caliperOf(space, values.caliper) };
  return values.replace ? matchWithReplacement(request, values.tie_tolerance) : matchWithoutReplacement(request);
}

/**
 * Outcomes less the covariates' part, by least squares among the units of the donors' arm, each as often as it is a match.
 * The intercept stays in, as it cancels from every difference.
 */
function adjustedOutcome(units: UnitRows, design: DesignColumns, counts: MatchCounts, donorArm: 0 | 1, values: Values): Float64Array {
  if (!values.bias_adjustment) return units.outcome;
  const rows = units.n;
  const columns = design.columns.length + 1;
  const matrix = new Float64Array(rows * columns).fill(1, 0, rows);
  design.columns.forEach((column, k) => matrix.set(column, (k + 1) * rows));
  const weights = counts.times.map((times, i) => (units.treated[i] === donorArm ? times : 0));
  const { coefficients } = leastSquares({ design: matrix, rows, columns, outcome: units.outcome, weights });
  return units.outcome.map((value, i) => design.columns.reduce((rest, column, k) => rest - coefficients[k + 1]! * column[i]!, value));
}

function drawBalance(units: UnitRows, weights: Float64Array, counts: MatchCounts): BalancePicture {
  const reuse = Array.from(counts.uses.filter((uses) => uses > 0)).sort((a, b) => b - a);
  return { kind: 'balance', rows: balanceRows(units.covariates, units.treated, weights), control_reuse: reuse };
}

function describeBalance(picture: BalancePicture): Diagnostics {
  const worst = worstBalance(picture.rows);
  return { max_smd_before: worst.before, max_smd_after: worst.after };
}

/** Share of the outcome's variation in the matched sample that lies between its arms. */
function explainedShare(units: UnitRows, weights: Float64Array): number {
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

function searchWarnings(space: MatchingSpace, values: Values, nUnmatched: number, nFocal: number, units: UnitRows): string[] {
  const warnings: string[] = [];
  if (space.setAside.length > 0)
    warnings.push(`Left out of the distance, as they do not vary or the others say as much: ${space.setAside.join(', ')}.`);
  if (space.propensity?.isSeparated === true)
    warnings.push('For some units the covariates settle who is treated; they have no counterpart in the other arm.');
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
  if (values.ratio > donors)
    warnings.push(`There are only ${donors} units to match with, fewer than the ${values.ratio} matches asked for.`);
  return warnings;
}

function unitsOf(treated: Uint8Array, arm: 0 | 1): Int32Array {
  return Int32Array.from(treated.keys()).filter((unit) => treated[unit] === arm);
}

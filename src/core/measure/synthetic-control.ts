import { mean } from '../numeric/moments.ts';
import { augmentedRidge } from './augmented-ridge.ts';
import { defineEstimator, describeEstimator, type Diagnostics, type Estimate } from './estimator.ts';
import type { SyntheticPicture } from './method-picture.ts';
import { comparePanel, type Comparison } from './panel-comparison.ts';
import { placeboInference, placeboSpread, summariseGaps, type GapSummary, type PlaceboInference } from './placebo-inference.ts';
import { simplexLeastSquares, type SimplexFit } from './simplex-least-squares.ts';
import { syntheticControlParameters, type SyntheticControlValues } from './synthetic-control-parameters.ts';
import { penaltiesFor, syntheticDifference } from './synthetic-difference.ts';
import { degenerate, finite } from './tidy-row.ts';

/** Each placebo is a fit of its own, and some fits are long. */
const MOST_PLACEBOS = { simplex: 200, ridge_augmented: 100, synthetic_did: 100 } as const;

/** Next to the outcomes' size, a spread that is nothing but rounding. */
const ROUNDING = 1e-13;

export const syntheticControlDescription = describeEstimator({
  id: 'synthetic_control',
  label: 'Synthetic control',
  summary: 'Compares one treated unit with the mix of untreated units that moved like it before.',
  model_type: 'quasi-experiment',
  estimand: 'att',
  shape: 'panel',
  designs: ['one_treated_unit'],
  parameters: syntheticControlParameters,
  assumptions: [
    'Without treatment, the mix of donors that followed the treated unit before would have followed it afterwards.',
    'The treated unit lies among its donors: no weights outside 0 to 1 are needed to follow it (the ridge variant extrapolates; synthetic difference in differences allows a constant gap).',
    'Donors are not treated, nor touched by the treatment of the other unit, nor is anything anticipated.',
    'Donors are as likely to have drifted off by chance as the treated unit: that is what the placebos stand for.',
  ],
  reference:
    'Abadie, A., Diamond, A. and Hainmueller, J. (2010). Synthetic control methods for comparative case studies. JASA 105, 493-505.',
});

/**
 * Effect on one treated unit, against a weighted mean of untreated units.
 *
 * Weights are not negative, sum to 1 and make the weighted mean follow the treated unit over all pre-treatment periods as
 * closely as possible (least squares on outcomes alone); the estimate is the mean gap afterwards. Inference by placebos: every
 * donor is taken for the treated one in turn, without the treated unit among its donors. Variants: a ridge correction of what
 * the weights leave unmatched, judged by its errors in periods held out; and synthetic difference in differences, whose
 * standard error is the spread of its placebo estimates.
 * Source: Abadie, Diamond and Hainmueller (2010, JASA 105, 493-505); Ben-Michael, Feller and Rothstein (2021, JASA 116);
 * Arkhangelsky, Athey, Hirshberg, Imbens and Wager (2021, American Economic Review 111).
 */
export const syntheticControl = defineEstimator(syntheticControlDescription, (table, values): Estimate => {
  const comparison = comparePanel(table, values);
  return 'reason' in comparison ? comparison : measureGap(comparison, values);
});

function measureGap(comparison: Comparison, values: SyntheticControlValues): Estimate {
  const { treated, donors, donorNames, treatmentIndex, times } = comparison;
  const nPost = times.length - treatmentIndex;
  const size = Math.max(...[treated, ...donors].map((series) => series.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0)));
  const shared = {
    estimand: 'att' as const,
    n_observations: (donors.length + 1) * times.length,
    n_treated: 1,
    n_control: donors.length,
    diagnostics: { n_pre_periods: treatmentIndex, n_post_periods: nPost },
    warnings: [...comparison.warnings],
  };
  if (donors.length < 2) {
    return degenerate(
      shared,
      `There ${donors.length === 1 ? 'is one donor' : 'are no donors'} with a value at every time; two at least are needed, one to compare with and one for a placebo.`,
    );
  }
  if (treatmentIndex < 2) {
    return degenerate(
      shared,
      `There ${treatmentIndex === 1 ? 'is 1 period' : 'are no periods'} before the treatment; at least 2 are needed to find donors that move alike.`,
    );
  }
  if (nPost < 1) return degenerate(shared, 'There is no period after the treatment began, so there is no effect to measure.');
  if ([treated, ...donors].every((series) => series.every((value) => value === treated[0]))) {
    return degenerate(shared, 'The outcome is the same everywhere and always, so no effect can be told from it.');
  }

  const fit = fitterOf(comparison, values, size);
  const own = fit(donors, treated);
  const placebos = placeboIndices(donors.length, MOST_PLACEBOS[values.variant]).map((j) => ({
    unit: donorNames[j]!,
    ...fit([...donors.slice(0, j), ...donors.slice(j + 1)], donors[j]!),
  }));
  if (placebos.length < donors.length) {
    shared.warnings.push(
      `${placebos.length} of the ${donors.length} donors, evenly spaced by name, serve as placebos; all of them as donors.`,
    );
  }
  const infer = values.variant === 'synthetic_did' ? placeboSpread : placeboInference;
  const inference = infer(
    own.summary,
    placebos.map((placebo) => placebo.summary),
    values.confidence_level,
    size,
  );
  if (inference.standardError <= (values.variant === 'simplex' ? 0 : ROUNDING * size)) {
    return degenerate(
      shared,
      'No donor differs from its own synthetic control after the treatment, so there is nothing to judge the gap by.',
    );
  }

  const { timeWeights } = own;
  const picture: SyntheticPicture = {
    kind: 'synthetic',
    times,
    treatment_index: treatmentIndex,
    treated_unit: comparison.treatedUnit,
    treated: Array.from(treated),
    synthetic: Array.from(own.gaps, (gap, t) => treated[t]! - gap),
    weights: donorNames.map((unit, j) => ({ unit, weight: own.weights[j]! })).sort((a, b) => b.weight - a.weight),
    ...(timeWeights === null ? {} : { time_weights: Array.from(timeWeights, (weight, t) => ({ time: times[t]!, weight })) }),
    placebos: placebos.map(({ unit, gaps }) => ({
      unit,
      gaps: Array.from(gaps),
      rmspe_ratio: summariseGaps(gaps, treatmentIndex, size).ratio,
    })),
  };
  return finite({
    ...shared,
    status: 'ok',
    estimate: own.summary.meanPostGap,
    standard_error: inference.standardError,
    statistic: inference.statistic,
    p_value: inference.pValue,
    ci_lower: inference.ciLower,
    ci_upper: inference.ciUpper,
    df: inference.df,
    diagnostics: {
      ...shared.diagnostics,
      ...describeFit(own, treated.subarray(0, treatmentIndex), size),
      interval_method: inference.method,
    },
    warnings: [...shared.warnings, ...fitWarnings(own, values, donors.length, inference)],
    picture,
  });
}

/** Every donor, or where there are very many, evenly spaced ones. */
function placeboIndices(nDonors: number, most: number): number[] {
  const count = Math.min(nDonors, most);
  return Array.from({ length: count }, (_, k) => Math.floor((k * nDonors) / count));
}

/** One unit's weights, its gaps over all periods, and what placebos are compared by. */
type Fitted = {
  readonly weights: Float64Array;
  readonly timeWeights: Float64Array | null;
  readonly gaps: Float64Array;
  readonly summary: GapSummary;
  /** The simplex fit behind the weights. */
  readonly simplex: SimplexFit;
  readonly details: Diagnostics;
};

/** How a unit is fitted by others: the same way for the treated unit and for every placebo. */
function fitterOf({ donors: all, treatmentIndex }: Comparison, values: SyntheticControlValues, size: number) {
  const penalties = penaltiesFor(all, treatmentIndex);
  return (donors: readonly Float64Array[], target: Float64Array): Fitted => {
    const before = donors.map((series) => series.subarray(0, treatmentIndex));
    const targetBefore = target.subarray(0, treatmentIndex);
    if (values.variant === 'synthetic_did') {
      const fit = syntheticDifference(donors, target, treatmentIndex, penalties);
      return {
        weights: fit.donorWeights,
        timeWeights: fit.timeWeights,
        gaps: fit.gaps,
        summary: summariseGaps(fit.gaps, treatmentIndex, size),
        simplex: fit.donorFit,
        details: {
          donor_penalty: penalties.donors,
          effective_donors: effectiveNumber(fit.donorWeights),
          effective_periods: effectiveNumber(fit.timeWeights),
        },
      };
    }
    if (values.variant === 'ridge_augmented') {
      const fit = augmentedRidge(before, targetBefore, values.ridge_penalty);
      const gaps = gapsUnder(fit.weights, donors, target);
      return {
        weights: fit.weights,
        timeWeights: null,
        gaps,
        // A ridge fit can be as close as it likes before the treatment: held-out errors say how close it is.
        summary: summariseGaps(gaps, treatmentIndex, size, fit.holdoutRmspe),
        simplex: fit.simplex,
        details: {
          ridge_penalty: fit.penalty,
          holdout_rmspe: fit.holdoutRmspe,
          negative_weight: fit.weights.reduce((sum, weight) => sum + Math.min(0, weight), 0),
        },
      };
    }
    const simplex = simplexLeastSquares(before, targetBefore);
    const gaps = gapsUnder(simplex.weights, donors, target);
    return { weights: simplex.weights, timeWeights: null, gaps, summary: summariseGaps(gaps, treatmentIndex, size), simplex, details: {} };
  };
}

/** The weights sum to 1, so that gaps can be added up from differences, which keeps digits when outcomes are large. */
function gapsUnder(weights: Float64Array, donors: readonly Float64Array[], target: Float64Array): Float64Array {
  const gaps = new Float64Array(target.length);
  weights.forEach((weight, j) => {
    if (weight !== 0) for (let t = 0; t < gaps.length; t += 1) gaps[t] = gaps[t]! + weight * (target[t]! - donors[j]![t]!);
  });
  return gaps;
}

function describeFit({ gaps, summary, weights, timeWeights, simplex, details }: Fitted, pre: Float64Array, size: number): Diagnostics {
  const inSample = summariseGaps(gaps, pre.length, size);
  const centre = mean(pre);
  const total = pre.reduce((sum, value) => sum + (value - centre) * (value - centre), 0);
  // Synthetic difference in differences follows up to a constant.
  const level = timeWeights === null ? 0 : mean(gaps.subarray(0, pre.length));
  const residual = (inSample.preRmspe * inSample.preRmspe - level * level) * pre.length;
  return {
    pre_rmspe: inSample.preRmspe,
    post_rmspe: summary.postRmspe,
    rmspe_ratio: summary.ratio,
    r_squared: total > 0 ? 1 - residual / total : 0,
    donors_with_weight: weights.filter((weight) => Math.abs(weight) > 0).length,
    largest_weight: weights.reduce((largest, weight) => Math.max(largest, weight), 0),
    weights_unique: simplex.isUnique,
    optimality_gap: simplex.optimalityGap,
    ...details,
  };
}

/** One over the sum of squared weights: as many equal ones would spread alike. */
function effectiveNumber(weights: Float64Array): number {
  return 1 / weights.reduce((sum, weight) => sum + weight * weight, 0);
}

function fitWarnings(
  { simplex, summary }: Fitted,
  { variant, confidence_level: confidenceLevel }: SyntheticControlValues,
  nDonors: number,
  { df, divided }: PlaceboInference,
): string[] {
  if (variant === 'synthetic_did') return [];
  const warnings: string[] = [];
  if (!divided) {
    warnings.push(
      'Some units are followed without error before the treatment, as many donors can in few periods: placebo gaps are compared as they are, not by how well each unit was followed.',
    );
  }
  if (df !== null) {
    const needed = Math.ceil(1 / (1 - confidenceLevel) - 1e-9) - 1;
    warnings.push(
      `With ${nDonors} donors the placebo test cannot reject anything at this level (it takes ${needed}), so the interval assumes that placebo gaps are normal.`,
    );
  }
  if (!simplex.isUnique) {
    warnings.push('Other weights follow the treated unit as closely before the treatment; the estimate may depend on which are taken.');
  }
  if (summary.postRmspe > 0 && summary.preRmspe < 1e-6 * summary.postRmspe) {
    warnings.push(
      'The donors follow the treated unit without error before the treatment, as many donors can in few periods: the fit shows little.',
    );
  }
  return warnings;
}

import { defineParameters, type ParameterValues } from '../contracts/parameter.ts';
import { mean } from '../numeric/moments.ts';
import { defineEstimator, describeEstimator, type Diagnostics, type Estimate } from './estimator.ts';
import type { SyntheticPicture } from './method-picture.ts';
import { comparePanel, type Comparison } from './panel-comparison.ts';
import { placeboInference, summariseGaps, type GapSummary } from './placebo-inference.ts';
import { simplexLeastSquares, type SimplexFit } from './simplex-least-squares.ts';
import { degenerate, finite } from './tidy-row.ts';

const parameters = defineParameters({
  outcome_column: { kind: 'column', label: 'Outcome', help: 'Numeric column that is followed over time.', default: 'revenue' },
  unit_column: { kind: 'column', label: 'Unit', help: 'Column that names the unit of each row.', default: 'unit' },
  time_column: { kind: 'column', label: 'Time', help: 'Column of dates (2024-11-30), weeks, months or numbers.', default: 'date' },
  treatment_column: {
    kind: 'column',
    label: 'Treatment',
    help: 'Column of 1 from the treated unit’s first treated time on, else 0; not needed where unit and time are given.',
    default: null,
  },
  treated_unit: {
    kind: 'text',
    label: 'Treated unit',
    help: 'The unit that was treated; where left out, the one the treatment column marks.',
    default: null,
  },
  treatment_time: {
    kind: 'text',
    label: 'Treatment time',
    help: 'First treated time; where left out, the first the treatment column marks.',
    default: null,
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

/** Each placebo is a fit of its own. */
const MOST_PLACEBOS = 200;

export const syntheticControlDescription = describeEstimator({
  id: 'synthetic_control',
  label: 'Synthetic control',
  summary: 'Compares one treated unit with the mix of untreated units that moved like it before.',
  model_type: 'quasi-experiment',
  estimand: 'att',
  shape: 'panel',
  designs: ['one_treated_unit'],
  parameters,
  assumptions: [
    'Without treatment, the mix of donors that followed the treated unit before would have followed it afterwards.',
    'The treated unit lies among its donors: no weights outside 0 to 1 are needed to follow it.',
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
 * donor is taken for the treated one in turn, without the treated unit among its donors.
 * Source: Abadie, Diamond and Hainmueller (2010, JASA 105, 493-505).
 */
export const syntheticControl = defineEstimator(syntheticControlDescription, (table, values): Estimate => {
  const comparison = comparePanel(table, values);
  return 'reason' in comparison ? comparison : measureGap(comparison, values);
});

function measureGap(comparison: Comparison, values: Values): Estimate {
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

  const own = fitAndExtend(donors, treated, treatmentIndex);
  const summary = summariseGaps(own.gaps, treatmentIndex, size);
  const placebos = placeboIndices(donors.length).map((j) => {
    const { gaps } = fitAndExtend([...donors.slice(0, j), ...donors.slice(j + 1)], donors[j]!, treatmentIndex);
    return { unit: donorNames[j]!, gaps, summary: summariseGaps(gaps, treatmentIndex, size) };
  });
  if (placebos.length < donors.length) {
    shared.warnings.push(
      `${placebos.length} of the ${donors.length} donors, evenly spaced by name, serve as placebos; all of them as donors.`,
    );
  }
  const inference = placeboInference(
    summary,
    placebos.map((placebo) => placebo.summary),
    values.confidence_level,
    size,
  );
  if (inference.standardError === 0) {
    return degenerate(
      shared,
      'No donor differs from its own synthetic control after the treatment, so there is nothing to judge the gap by.',
    );
  }

  const picture: SyntheticPicture = {
    kind: 'synthetic',
    times,
    treatment_index: treatmentIndex,
    treated_unit: comparison.treatedUnit,
    treated: Array.from(treated),
    synthetic: Array.from(own.gaps, (gap, t) => treated[t]! - gap),
    weights: donorNames.map((unit, j) => ({ unit, weight: own.fit.weights[j]! })).sort((a, b) => b.weight - a.weight),
    placebos: placebos.map(({ unit, gaps, summary: { ratio } }) => ({ unit, gaps: Array.from(gaps), rmspe_ratio: ratio })),
  };
  return finite({
    ...shared,
    status: 'ok',
    estimate: summary.meanPostGap,
    standard_error: inference.standardError,
    statistic: summary.ratio,
    p_value: inference.pValue,
    ci_lower: inference.ciLower,
    ci_upper: inference.ciUpper,
    df: inference.df,
    diagnostics: {
      ...shared.diagnostics,
      ...describeFit(own.fit, summary, treated.subarray(0, treatmentIndex)),
      interval_method: inference.method,
    },
    warnings: [...shared.warnings, ...fitWarnings(own.fit, summary, donors.length, values.confidence_level, inference.df)],
    picture,
  });
}

/** Every donor, or where there are very many, evenly spaced ones. */
function placeboIndices(nDonors: number): number[] {
  const count = Math.min(nDonors, MOST_PLACEBOS);
  return Array.from({ length: count }, (_, k) => Math.floor((k * nDonors) / count));
}

/** Weights from the pre-period, gaps over all periods. */
function fitAndExtend(
  donors: readonly Float64Array[],
  target: Float64Array,
  treatmentIndex: number,
): { fit: SimplexFit; gaps: Float64Array } {
  const fit = simplexLeastSquares(
    donors.map((series) => series.subarray(0, treatmentIndex)),
    target.subarray(0, treatmentIndex),
  );
  const gaps = new Float64Array(target.length);
  // The weights sum to 1, so that gaps can be added up from differences, which keeps digits when outcomes are large.
  fit.weights.forEach((weight, j) => {
    if (weight > 0) for (let t = 0; t < gaps.length; t += 1) gaps[t] = gaps[t]! + weight * (target[t]! - donors[j]![t]!);
  });
  return { fit, gaps };
}

function describeFit(fit: SimplexFit, summary: GapSummary, pre: Float64Array): Diagnostics {
  const centre = mean(pre);
  const total = pre.reduce((sum, value) => sum + (value - centre) * (value - centre), 0);
  const residual = summary.preRmspe * summary.preRmspe * pre.length;
  return {
    pre_rmspe: summary.preRmspe,
    post_rmspe: summary.postRmspe,
    rmspe_ratio: summary.ratio,
    r_squared: total > 0 ? 1 - residual / total : 0,
    donors_with_weight: fit.weights.filter((weight) => weight > 0).length,
    largest_weight: fit.weights.reduce((largest, weight) => Math.max(largest, weight), 0),
    weights_unique: fit.isUnique,
    optimality_gap: fit.optimalityGap,
  };
}

function fitWarnings(fit: SimplexFit, summary: GapSummary, nDonors: number, confidenceLevel: number, df: number | null): string[] {
  const warnings: string[] = [];
  if (df !== null) {
    const needed = Math.ceil(1 / (1 - confidenceLevel) - 1e-9) - 1;
    warnings.push(
      `With ${nDonors} donors the placebo test cannot reject anything at this level (it takes ${needed}), so the interval assumes that placebo gaps are normal.`,
    );
  }
  if (!fit.isUnique) {
    warnings.push('Other weights follow the treated unit as closely before the treatment; the estimate may depend on which are taken.');
  }
  if (summary.postRmspe > 0 && summary.preRmspe < 1e-6 * summary.postRmspe) {
    warnings.push(
      'The donors follow the treated unit without error before the treatment, as many donors can in few periods: the fit shows little.',
    );
  }
  return warnings;
}

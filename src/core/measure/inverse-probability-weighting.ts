import { inputError } from '../contracts/input-error.ts';
import { defineParameters, type ParameterValues } from '../contracts/parameter.ts';
import { defineEstimator, describeEstimator, type Estimate } from './estimator.ts';
import { explainedShare } from './matching-report.ts';
import { describeOverlap, drawOverlap, overlapWarnings, summariseWeights, whyNoOverlap } from './overlap-report.ts';
import { overlapParameters } from './overlap-parameters.ts';
import { overlapSample } from './overlap.ts';
import { missingRowsWarning, readUnits, whyNotComparable, type UnitRows } from './read-table.ts';
import { degenerate, tidyRow } from './tidy-row.ts';
import { intervalMethod } from './weights-degrees.ts';
import { balancingWeights, sharesOfArm } from './weights-balancing.ts';
import { weightedContrast } from './weights-contrast.ts';
import { standardisedDesign } from './weights-design.ts';

const { small_sample_correction, confidence_level, ...columnsAndTrimming } = overlapParameters;

const parameters = defineParameters({
  ...columnsAndTrimming,
  estimand: {
    kind: 'choice',
    label: 'Estimand',
    help: 'Effect on all, the treated or the controls.',
    options: ['ate', 'att', 'atc'],
    default: 'ate',
  },
  weighting: {
    kind: 'choice',
    label: 'Weights',
    help: 'hajek: inverse probabilities, made to sum to 1 in each arm; horvitz_thompson: left as they are; overlap: by the probability of the other arm, for those who could well have been in either.',
    options: ['hajek', 'horvitz_thompson', 'overlap'],
    default: 'hajek',
  },
  standard_errors: {
    kind: 'choice',
    label: 'Standard errors',
    help: 'estimated_propensity allows for the score having been estimated, which sharpens the comparison; known_propensity does not, and is wider.',
    options: ['estimated_propensity', 'known_propensity'],
    default: 'estimated_propensity',
  },
  small_sample_correction,
  confidence_level,
});

type Values = ParameterValues<typeof parameters>;

export const inverseProbabilityWeightingDescription = describeEstimator({
  id: 'inverse_probability_weighting',
  label: 'Inverse probability weighting',
  summary: 'Weights each unit by how unlikely its arm was for a unit like it, so that both arms come to look alike.',
  model_type: 'quasi-experiment',
  estimand: 'ate',
  shape: 'cross_section',
  designs: ['selection_on_observables', 'complete_randomisation', 'bernoulli_randomisation', 'stratified_randomisation'],
  parameters,
  assumptions: [
    'Among units with the same covariates treatment is as good as random: nothing unobserved drives both treatment and outcome.',
    'The log-odds of treatment are a linear function of the covariates as given.',
    'Every kind of unit could have been in either arm; where that is nearly not so, a few units carry the weight.',
    'The treatment of one unit does not change the outcome of another.',
  ],
  reference:
    'Lunceford, J. K. and Davidian, M. (2004). Stratification and weighting via the propensity score in estimation of causal treatment effects. Stat. Med. 23, 2937-2960.',
});

/**
 * Difference between weighted arm means, the weights being inverse probabilities of the arm a unit is in.
 *
 * estimate = sum w t y / sum w t - sum w (1-t) y / sum w (1-t), with e the fitted probability of treatment: w is 1/e and 1/(1-e) for
 * the average effect, 1 and e/(1-e) for the treated, (1-e)/e and 1 for the controls, 1-e and e for overlap weights, whose effect is
 * on the units that could well have been in either arm (`estimand` then only labels it). Trimming changes the group the effect is
 * on; the score is then fitted again to the units that are left. Interval by stacked estimating equations: with divisor n and normal
 * quantiles, or (the default) corrected for small samples, as the score is fitted to the very units it weights.
 * Degenerate without two units an arm, where the score separates the arms, and where all weight of an arm lies on one unit.
 * Source: Lunceford and Davidian (2004, Stat. Med. 23); Li, Morgan and Zaslavsky (2018, JASA 113) for overlap weights.
 */
export const inverseProbabilityWeighting = defineEstimator(inverseProbabilityWeightingDescription, (table, values): Estimate => {
  if (values.covariate_columns.length === 0)
    throw inputError('covariate_columns', 'choose at least one covariate to model the treatment by', []);
  const units = readUnits(table, values);
  const warnings = missingRowsWarning(units.nMissing, table.rowCount);
  const unusable = whyNotComparable(units);
  return unusable === null ? weigh(units, values, warnings) : degenerate({ ...counts(units, values), warnings }, unusable);
});

function weigh(units: UnitRows, values: Values, warnings: readonly string[]): Estimate {
  const sample = overlapSample(units, values);
  if (typeof sample === 'string') return degenerate({ ...counts(units, values), warnings }, sample);
  const { units: kept, columns, propensity } = sample;
  const target = values.weighting === 'overlap' ? 'overlap' : values.estimand;
  const balancing = balancingWeights(propensity.linearPredictor, kept.treated, target);
  const summary = summariseWeights(kept, balancing.weights);
  const shared = { ...counts(kept, values), warnings: [...warnings, ...overlapWarnings(units, sample, summary)] };
  const unweighable = whyNoOverlap(sample, summary);
  if (unweighable !== null) return degenerate(shared, unweighable);
  if (target === 'overlap')
    shared.warnings.push(
      'Overlap weights: the effect is on the units that could well have been in either arm, whatever the estimand is called.',
    );

  const isScoreKnown = values.standard_errors === 'known_propensity';
  const contrast = weightedContrast(
    { ...kept, design: standardisedDesign(columns.columns, kept.n), width: columns.columns.length + 1, propensity },
    balancing,
    { target, isNormalised: values.weighting !== 'horvitz_thompson', isScoreKnown, isCorrected: values.small_sample_correction },
  );
  const picture = drawOverlap(units, sample, balancing.weights, summary);
  const diagnostics = {
    interval_method: intervalMethod(contrast.df, isScoreKnown ? 'propensity score taken as known' : 'stacked estimating equations'),
    weighted_mean_treated: contrast.meanTreated,
    weighted_mean_control: contrast.meanControl,
    r_squared: explainedShare(kept, sharesOfArm(balancing.weights, kept.treated)),
    ...describeOverlap(units, sample, picture, summary),
  };
  const inference = { ...contrast, confidenceLevel: values.confidence_level };
  return tidyRow({ ...shared, diagnostics }, inference, kept.outcome, { picture });
}

function counts({ n, nTreated, nControl }: UnitRows, { estimand }: Values) {
  return { estimand, n_observations: n, n_treated: nTreated, n_control: nControl, diagnostics: {} };
}

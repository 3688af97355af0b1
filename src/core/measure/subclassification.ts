import { inputError } from '../contracts/input-error.ts';
import { defineParameters, type ParameterValues } from '../contracts/parameter.ts';
import { describeBalance } from './balance.ts';
import { defineEstimator, describeEstimator, type Estimate } from './estimator.ts';
import { fitPropensity } from './propensity.ts';
import { designColumns, missingRowsWarning, readUnits, whyNotComparable, type UnitRows } from './read-table.ts';
import { compositeStrata, quantileStrata } from './strata.ts';
import { count, describePropensity, describeStrata, drawStrata, droppedWarnings, propensityWarnings } from './strata-report.ts';
import { estimandWeights, stratifiedDifference, summariseStrata } from './stratified-difference.ts';
import { degenerate, tidyRow } from './tidy-row.ts';

const parameters = defineParameters({
  outcome_column: { kind: 'column', label: 'Outcome', help: 'Numeric column whose mean is compared.', default: 'revenue' },
  treatment_column: { kind: 'column', label: 'Treatment', help: 'Column of 1 (treated) and 0 (control).', default: 'treated' },
  covariate_columns: { kind: 'columns', label: 'Covariates', help: 'What treated and control units are made alike in.', default: [] },
  strata_on: {
    kind: 'choice',
    label: 'Strata on',
    help: 'Quantiles of the propensity score, or of each covariate by itself and combined.',
    options: ['propensity', 'covariates'],
    default: 'propensity',
  },
  n_strata: { kind: 'integer', label: 'Strata', help: 'Quantile groups of the score, or of each covariate.', min: 2, max: 50, default: 5 },
  estimand: {
    kind: 'choice',
    label: 'Estimand',
    help: 'Effect on the treated, the controls or all.',
    options: ['att', 'atc', 'ate'],
    default: 'att',
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

export const subclassificationDescription = describeEstimator({
  id: 'subclassification',
  label: 'Subclassification',
  summary: 'Compares treated with control units inside strata of like units and averages the differences.',
  model_type: 'quasi-experiment',
  estimand: 'att',
  shape: 'cross_section',
  designs: ['selection_on_observables', 'complete_randomisation', 'bernoulli_randomisation', 'stratified_randomisation'],
  parameters,
  assumptions: [
    'Within a stratum treatment is as good as random: nothing unobserved drives both treatment and outcome.',
    'Every stratum that counts holds treated and control units; strata that do not are dropped, and the estimate is for the others.',
    'Units in a stratum are alike: what differs inside it still biases (five strata remove about nine tenths of the bias of one covariate).',
    'The treatment of one unit does not change the outcome of another.',
  ],
  reference:
    'Rosenbaum, P. R. and Rubin, D. B. (1984). Reducing bias in observational studies using subclassification on the propensity score. JASA 79, 516-524.',
});

/**
 * Mean difference within strata of like units, averaged over strata.
 *
 * estimate = sum w_s (mean treated - mean control in s), w_s the share of stratum s in the treated (att), the controls (atc)
 * or all units (ate) of the strata that hold both arms; SE = sqrt(sum w_s^2 (s1^2 / n1 + s0^2 / n0)). Interval and p value by
 * t with Satterthwaite's degrees of freedom, which is Welch's test where there is one stratum. An arm with a single unit in a
 * stratum has no variance of its own and is given the arm's pooled within-stratum variance.
 * Source: Rosenbaum and Rubin (1984, JASA 79); Imbens and Rubin (2015), chapter 17.
 */
export const subclassification = defineEstimator(subclassificationDescription, (table, values): Estimate => {
  if (values.covariate_columns.length === 0) throw inputError('covariate_columns', 'choose at least one covariate to form strata by', []);
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
  return unusable === null ? stratify(units, values, warnings) : degenerate(shared, unusable);
});

function stratify(units: UnitRows, values: Values, warnings: readonly string[]): Estimate {
  const propensity = values.strata_on === 'propensity' ? fitPropensity(units.treated, designColumns(units.covariates)) : null;
  const strata =
    propensity === null ? compositeStrata(units.covariates, values.n_strata) : quantileStrata(propensity.probability, values.n_strata);
  const rows = summariseStrata(units, strata);
  const weights = estimandWeights(rows, values.estimand);
  const used = units.treated.map((_, i) => (weights[strata.stratumOf[i]!]! > 0 ? 1 : 0));
  const picture = drawStrata(units, strata, rows, weights);
  const nTreated = count(units.treated, used, 1);
  const nControl = count(units.treated, used, 0);
  const shared = {
    estimand: values.estimand,
    n_observations: nTreated + nControl,
    n_treated: nTreated,
    n_control: nControl,
    diagnostics: {
      ...describeStrata(units, rows, weights, used, strata),
      ...describeBalance(picture.balance),
      ...describePropensity(propensity),
    },
    warnings: [...warnings, ...propensityWarnings(propensity), ...droppedWarnings(units, nTreated, nControl, rows, weights)],
  };
  if (propensity !== null && propensity.isSeparated && propensity.logLikelihood > -1e-3) {
    return degenerate(
      shared,
      'The covariates tell treated from control units without a single error, so no unit has a counterpart in the other arm.',
    );
  }
  if (nTreated === 0 || nControl === 0) {
    return degenerate(
      shared,
      'No stratum holds both treated and control units, so there is nothing to compare: use fewer strata or fewer covariates.',
    );
  }
  const difference = stratifiedDifference(rows, weights);
  if (difference === null) {
    return degenerate(
      shared,
      'No stratum holds two units of the same arm, for one of the arms, so its spread cannot be told: use fewer strata.',
    );
  }
  if (difference.singles > 0) {
    shared.warnings.push(
      `In ${difference.singles} cases a stratum holds a single unit of an arm; the arm's pooled variance stands in for its own.`,
    );
  }
  const inference = { ...difference, confidenceLevel: values.confidence_level };
  return tidyRow(shared, inference, units.outcome, { picture });
}

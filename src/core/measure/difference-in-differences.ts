import { inputError } from '../contracts/input-error.ts';
import { differenceParameters, type DifferenceValues } from './difference-in-differences-parameters.ts';
import { drawDifference } from './difference-in-differences-picture.ts';
import { describeDifference, differenceWarnings, whyNoDifference, type Measured } from './difference-in-differences-report.ts';
import { twoByTwo } from './difference-in-differences-two-by-two.ts';
import { defineEstimator, describeEstimator, type Estimate } from './estimator.ts';
import { eventStudy } from './event-study.ts';
import { groupTimeAverages } from './group-time-averages.ts';
import { influenceInference, type PanelInference, type VarianceRule } from './panel-inference.ts';
import { readTreatedPanel, type TreatedPanel } from './panel-treatment.ts';
import { degenerate, tidyRow } from './tidy-row.ts';
import { twoWayFixedEffects } from './two-way-fixed-effects.ts';
import { clusterFactor, twoWayInference, type ClusterConvention } from './two-way-inference.ts';

export const differenceInDifferencesDescription = describeEstimator({
  id: 'difference_in_differences',
  label: 'Difference in differences',
  summary: 'Compares how treated units changed with how untreated units changed over the same time.',
  model_type: 'quasi-experiment',
  estimand: 'att',
  shape: 'panel',
  designs: [
    'staggered_rollout',
    'complete_randomisation',
    'bernoulli_randomisation',
    'stratified_randomisation',
    'cluster_randomisation',
    'selection_on_unobservable',
    'selection_on_observables',
    'lowest_quality_first',
  ],
  parameters: differenceParameters,
  assumptions: [
    'Parallel trends: without treatment, the mean outcome of treated units would have changed as that of the controls did. They may differ in level, not in change.',
    'Nothing moves before treatment begins, but for the periods of anticipation that are set.',
    'Treatment lasts once it has begun, and does not touch the outcomes of other units.',
    'Units (or clusters) are independent of each other: many of both kinds are needed for a trustworthy interval.',
    'Two-way fixed effects need more where starts differ: the same effect for all, at all times.',
  ],
  reference:
    'Callaway, B. and Sant’Anna, P. H. C. (2021). Difference-in-differences with multiple time periods. J. Econometrics 225, 200-230; Goodman-Bacon, A. (2021), same issue, 254-277, for the bias of two-way fixed effects.',
});

/**
 * Effect on the treated from the change of treated units beside the change of untreated ones.
 *
 * two_by_two: (treated after - before) - (never treated after - before), means of unit means. two_way_fixed_effects: b in outcome =
 * unit + time + b treated. group_time: ATT(g, t) = mean change from the base period of the cohort that starts at g minus that of units
 * untreated at both times, averaged as `aggregation` says; with covariates doubly robust or by outcome regression. The three agree
 * where all start together at the first of two periods.
 *
 * A row per unit and time; treatment 0/1, starting once. Units are weighed alike. Standard errors let errors depend within units (or
 * larger clusters), t intervals by the convention's degrees of freedom. The event study holds effects by time since the start, the
 * joint test of those before it, and where starts differ the two-way estimate with the share of negative weights behind it.
 * Degenerate without untreated units, a period before, or two units in each arm. InputError for columns or methods that do not fit.
 * Source: Callaway and Sant'Anna (2021); Sant'Anna and Zhao (2020); de Chaisemartin and D'Haultfoeuille (2020); Bell and McCaffrey (2002).
 *
 * @example
 * // Units a ... d at times 1 and 2, revenue 1 -> 4 and 3 -> 6.5 (treated from 2), 2 -> 3 and 5 -> 6.2 (never):
 * // differenceInDifferences.estimate(table, values).estimate is (3 + 3.5) / 2 - (1 + 1.2) / 2 = 2.15
 */
export const differenceInDifferences = defineEstimator(differenceInDifferencesDescription, (table, values): Estimate => {
  const panel = readTreatedPanel(table, {
    ...values,
    cluster_column: values.cluster_column === values.unit_column ? null : values.cluster_column,
  });
  return 'reason' in panel ? panel : measure(panel, values);
});

export type Method = Exclude<DifferenceValues['method'], 'auto'>;

function measure(panel: TreatedPanel, values: DifferenceValues): Estimate {
  const method = chooseMethod(panel, values);
  const nTreated = panel.nUnits - panel.nNever;
  const shared = {
    estimand: 'att' as const,
    n_observations: panel.nObserved,
    n_treated: nTreated,
    n_control: panel.nNever > 0 ? panel.nNever : Math.max(0, nTreated - sizeOfFirstCohort(panel)),
    diagnostics: { method, n_cohorts: panel.cohorts.length, n_clusters: panel.nClusters },
    warnings: panel.warnings,
  };
  const reason = whyNoDifference(panel, method, values.control_group);
  if (reason !== null) return degenerate(shared, reason);

  const measured = measureAll(panel, method, values);
  const headline = headlineOf(panel, method, values, measured);
  const described = { ...shared, diagnostics: { ...shared.diagnostics, ...describeDifference(panel, method, measured) } };
  if (typeof headline === 'string') return degenerate(described, headline);
  const { picture, coefficients } = drawDifference(panel, measured, values.confidence_level);
  return tidyRow(
    { ...described, warnings: [...panel.warnings, ...differenceWarnings(panel, method, values, measured)] },
    { ...headline, confidenceLevel: values.confidence_level },
    Float64Array.of(largestOf(panel.outcome)),
    { picture, coefficients },
  );
}

function chooseMethod(panel: TreatedPanel, values: DifferenceValues): Method {
  const { method, standard_errors: standardErrors } = values;
  const isCommon = panel.cohorts.length <= 1;
  const hasCovariates = panel.covariates.columns.length > 0;
  const chosen =
    method !== 'auto'
      ? method
      : !isCommon || hasCovariates
        ? 'group_time'
        : standardErrors === 'welch'
          ? 'two_by_two'
          : 'two_way_fixed_effects';
  if (chosen === 'two_by_two' && !isCommon) {
    throw inputError(
      'method',
      `treatment starts at ${panel.cohorts.length} different times; two_by_two knows one: choose group_time`,
      method,
    );
  }
  if (chosen === 'two_way_fixed_effects' && hasCovariates) {
    throw inputError(
      'adjustment_columns',
      'two-way fixed effects take no covariates here (constant ones drop out of them); choose group_time',
      [...values.adjustment_columns],
    );
  }
  if (standardErrors === 'welch' && (chosen !== 'two_by_two' || hasCovariates || panel.hasClusters)) {
    throw inputError('standard_errors', 'welch is for two_by_two without covariates or larger clusters; choose CR2', standardErrors);
  }
  return chosen;
}

/** Everything that is shown, whichever part of it is the estimate. */
function measureAll(panel: TreatedPanel, method: Method, values: DifferenceValues): Measured {
  const { anticipation, adjustment, confidence_level: confidenceLevel } = values;
  const isCommon = panel.cohorts.length === 1;
  const groupRule = groupTimeRule(panel, values.standard_errors);
  const rule = method === 'group_time' || !isCommon ? groupRule : saturatedRule(panel, values.standard_errors, groupRule);
  const basePeriod = method === 'group_time' ? values.base_period : 'universal';
  const groupTime = groupTimeAverages(
    panel,
    {
      controlGroup: values.control_group,
      basePeriod,
      anticipation,
      adjustment,
      smallSample: isBiasReduced(values.standard_errors) && !panel.hasClusters,
    },
    values.aggregation,
    rule,
  );
  const events = eventStudy(panel, groupTime.byEvent, {
    rule,
    confidenceLevel,
    nBootstrap: values.n_bootstrap,
    anticipation,
    hasReference: basePeriod === 'universal',
    sumsToZero: basePeriod === 'pre_mean',
  });
  const fit = twoWayFixedEffects(panel, anticipation);
  const twoWay = fit === null ? null : { fit, inference: twoWayInference(fit, conventionOf(values)) };
  const pair =
    method !== 'two_by_two'
      ? null
      : twoByTwo(panel, { anticipation, standardErrors: values.standard_errors, adjustment, rule: groupRule, confidenceLevel });
  return { groupTime, events, twoWay, pair, rule };
}

function headlineOf(
  panel: TreatedPanel,
  method: Method,
  values: DifferenceValues,
  { groupTime, twoWay, pair }: Measured,
): (PanelInference & { readonly estimate: number }) | string {
  switch (method) {
    case 'two_by_two':
      return (
        pair ??
        (panel.covariates.columns.length > 0
          ? 'The covariates tell treated from control units too well, or too few units have them: no control is like the treated.'
          : 'Fewer than two units of an arm were seen both before and after the start of treatment.')
      );
    case 'two_way_fixed_effects':
      return twoWay === null
        ? 'Unit and time constants explain all of the treatment, or leave nothing over to judge it by: there is no untreated comparison left.'
        : { estimate: twoWay.fit.estimate, ...twoWay.inference };
    case 'group_time': {
      const { overall, missing } = groupTime;
      if (overall !== null) {
        return {
          estimate: overall.estimate,
          ...influenceInference(panel, overall.influence, groupTimeRule(panel, values.standard_errors)),
        };
      }
      return missing.noOverlap > 0
        ? 'The covariates tell treated from control units too well: no control is like the treated.'
        : 'No cohort has units seen before and after its start beside two that are untreated at both times.';
    }
    default:
      return method satisfies never;
  }
}

function isBiasReduced(standardErrors: DifferenceValues['standard_errors']): boolean {
  return standardErrors === 'CR2' || standardErrors === 'welch';
}

function conventionOf({ standard_errors: standardErrors }: DifferenceValues): ClusterConvention {
  return standardErrors === 'welch' ? 'CR2' : standardErrors;
}

/** Group-time effects have no coefficients to count: only clusters are, or for CR2 the units of each arm. */
function groupTimeRule({ nClusters, hasClusters }: TreatedPanel, standardErrors: DifferenceValues['standard_errors']): VarianceRule {
  if (standardErrors === 'CR0') return { factor: 1, df: null };
  if (isBiasReduced(standardErrors) && !hasClusters) return { factor: 1, df: 'welch' };
  return { factor: nClusters / (nClusters - 1), df: nClusters - 1 };
}

/** Where all start together the event study is the two-way regression on one indicator per event time but the reference. */
function saturatedRule(panel: TreatedPanel, standardErrors: DifferenceValues['standard_errors'], groupRule: VarianceRule): VarianceRule {
  const { nClusters, nObserved, nTimes, nUnits } = panel;
  if (isBiasReduced(standardErrors)) return groupRule;
  const k = 2 * (nTimes - 1) + (standardErrors === 'CR1_all_dummies' ? nUnits : 1);
  const convention = standardErrors as Exclude<ClusterConvention, 'CR2'>;
  return { factor: clusterFactor(nObserved > k ? convention : 'CR1_groups', nClusters, nObserved, k), df: nClusters - 1 };
}

/** All that the size of an outcome is judged by. */
function largestOf(outcome: Float64Array): number {
  let largest = 0;
  for (const value of outcome) if (Math.abs(value) > largest) largest = Math.abs(value);
  return largest;
}

function sizeOfFirstCohort({ cohorts }: TreatedPanel): number {
  const first = cohorts[0];
  return first === undefined ? 0 : first.to - first.from;
}

import type { DifferenceValues } from './difference-in-differences-parameters.ts';
import type { TwoByTwo } from './difference-in-differences-two-by-two.ts';
import type { Diagnostics } from './estimator.ts';
import type { EventStudy } from './event-study.ts';
import type { GroupTimeAverages } from './group-time-averages.ts';
import { influenceInference, type PanelInference, type VarianceRule } from './panel-inference.ts';
import type { TreatedPanel } from './panel-treatment.ts';
import { coefficientRow } from './tidy-row.ts';
import { twoWayComparisons } from './two-way-comparisons.ts';
import type { TwoWayFit } from './two-way-fixed-effects.ts';

export type Measured = {
  readonly groupTime: GroupTimeAverages;
  readonly events: EventStudy;
  readonly twoWay: { readonly fit: TwoWayFit; readonly inference: PanelInference } | null;
  readonly pair: TwoByTwo | null;
  readonly rule: VarianceRule;
};

type Method = Exclude<DifferenceValues['method'], 'auto'>;

/** Share of negative weights from which two-way fixed effects are called into question. */
const MATERIAL_SHARE = 0.02;
const FEW_CLUSTERS = 40;

/** Why the units that are left allow no comparison; null where they do. */
export function whyNoDifference(panel: TreatedPanel, method: Method, controlGroup: DifferenceValues['control_group']): string | null {
  const { cohorts, nNever, nUnits, hasClusters } = panel;
  const unit = hasClusters ? 'cluster' : 'unit';
  if (cohorts.length === 0)
    return 'Nobody is treated among the units that can be used: none of those treated was seen before and after its start.';
  if (isConstant(panel.outcome)) return 'The outcome is the same everywhere and always, so no effect can be told from it.';
  if (cohorts.length === 1 && nNever === 0) return 'Everybody is treated from the same time on, so there is nobody to compare with.';
  if (method === 'group_time' && controlGroup === 'never_treated' && nNever === 0) {
    return 'Everybody is treated at some time, so nobody is never treated: choose not_yet_treated as control group.';
  }
  if (clustersOf(panel, nNever, nUnits) < 2) {
    return `Only one treated ${unit} was seen before and after: how much treated ${unit}s differ by themselves cannot be told. Synthetic control is made for one treated unit.`;
  }
  const needsNever = cohorts.length === 1 || method === 'two_by_two' || (method === 'group_time' && controlGroup === 'never_treated');
  if (needsNever && clustersOf(panel, 0, nNever) < 2) {
    return `Only one ${unit} is never treated: how much untreated ${unit}s differ by themselves cannot be told.`;
  }
  return panel.nClusters < 3 ? `There are only ${panel.nClusters} ${unit}s, too few to tell how much they differ by themselves.` : null;
}

export function describeDifference(panel: TreatedPanel, method: Method, { groupTime, events, twoWay, pair }: Measured): Diagnostics {
  const first = panel.cohorts[0]!.start;
  const before = events.rows.filter(({ event_time, is_reference }) => event_time < 0 && !is_reference);
  const isStaggered = panel.cohorts.length > 1;
  return {
    n_never_treated: panel.nNever,
    n_periods: panel.nTimes,
    n_pre_periods: first,
    n_post_periods: panel.nTimes - first,
    missing_share: 1 - panel.nObserved / (panel.nUnits * panel.nTimes),
    r_squared: pair?.pooled.rSquared ?? twoWay?.fit.rSquared ?? 0,
    within_r_squared: twoWay?.fit.withinRSquared ?? null,
    standard_error_if_independent: pair?.pooled.classicalError ?? twoWay?.fit.classicalError ?? null,
    standard_error_hc1: pair?.pooled.hc1Error ?? twoWay?.fit.hc1Error ?? null,
    pre_trend_statistic: events.preTrend?.statistic ?? null,
    pre_trend_df1: events.preTrend?.df1 ?? null,
    pre_trend_df2: events.preTrend?.df2 ?? null,
    pre_trend_p_value: events.preTrend?.p_value ?? null,
    pre_trend_periods: events.preTrend?.nPeriods ?? 0,
    largest_pre_effect: before.length === 0 ? null : Math.max(...before.map(({ estimate }) => Math.abs(estimate))),
    ...(pair === null
      ? {}
      : {
          control_mean_before: pair.means.controlPre,
          control_mean_after: pair.means.controlPost,
          treated_mean_before: pair.means.treatedPre,
          treated_mean_after: pair.means.treatedPost,
        }),
    ...(isStaggered
      ? {
          n_group_time_effects: groupTime.effects.length,
          two_way_estimate: twoWay?.fit.estimate ?? null,
          two_way_standard_error: twoWay?.inference.standardError ?? null,
          two_way_negative_weight_share: twoWay?.fit.negativeWeights.share ?? null,
          two_way_negative_weight_sum: twoWay?.fit.negativeWeights.sum ?? null,
          two_way_forbidden_share: forbiddenShare(panel),
          two_way_negative_cells: twoWay?.fit.negativeWeights.cells ?? null,
          ...(method === 'two_way_fixed_effects' ? { group_time_estimate: groupTime.overall?.estimate ?? null } : {}),
        }
      : {}),
  };
}

export function differenceWarnings(panel: TreatedPanel, method: Method, values: DifferenceValues, measured: Measured): string[] {
  const { groupTime, events, pair } = measured;
  const warnings: string[] = [];
  const unit = panel.hasClusters ? 'clusters' : 'units';
  if (pair !== null && pair.nLeftOut > 0) {
    warnings.push(`${pair.nLeftOut} units were not seen both before and after the start (or lack a covariate) and were left out.`);
  }
  if (method === 'group_time') warnings.push(...missingEffects(groupTime));
  const singles = panel.cohorts.filter(({ from, to }) => to - from === 1).length;
  if (singles > 0 && panel.cohorts.length > 1) {
    warnings.push(
      `${singles} cohorts hold a single unit: how much such units differ cannot be told from one, so their own effects carry no interval.`,
    );
  }
  if (panel.nClusters < FEW_CLUSTERS && !['CR2', 'welch'].includes(values.standard_errors)) {
    warnings.push(
      `With ${panel.nClusters} ${unit}, ${values.standard_errors} standard errors tend to be too small; CR2 corrects for that.`,
    );
  }
  if (events.preTrend !== null && events.preTrend.p_value < 0.05) {
    warnings.push(
      `Treated and control units moved apart already before treatment (joint test, p = ${events.preTrend.p_value.toPrecision(2)}): parallel trends are in doubt.`,
    );
  }
  if (events.preTrend === null) warnings.push('There are too few periods before treatment to see whether the groups moved alike.');
  return [...warnings, ...twoWayWarnings(panel, method, values, measured)];
}

/** Where starts differ: that two-way fixed effects weigh cells negatively, or that they land outside the interval of the group-time effects. */
function twoWayWarnings(panel: TreatedPanel, method: Method, values: DifferenceValues, { groupTime, twoWay, rule }: Measured): string[] {
  if (twoWay === null || panel.cohorts.length < 2) return [];
  const { overall } = groupTime;
  const { share } = twoWay.fit.negativeWeights;
  const other = overall === null ? null : { estimate: overall.estimate, ...influenceInference(panel, overall.influence, rule) };
  const interval =
    other === null || !(other.standardError > 0) ? null : coefficientRow({ ...other, confidenceLevel: values.confidence_level });
  const isOutside = interval !== null && (twoWay.fit.estimate < interval.ci_lower || twoWay.fit.estimate > interval.ci_upper);
  if (share < MATERIAL_SHARE && !isOutside) return [];
  const weights = share < MATERIAL_SHARE ? '' : `${(100 * share).toFixed(0)}% of their weight on treated cells negative`;
  const reason = 'early starters serve as controls for late ones, and what their effect grows by is subtracted';
  if (method === 'two_way_fixed_effects') {
    const answer = other === null ? '' : ` Group-time effects give ${other.estimate.toPrecision(4)}.`;
    return [`Starts differ: in two-way fixed effects ${reason}${weights === '' ? '' : ` (${weights})`}.${answer}`];
  }
  const why = weights === '' ? ', outside the interval of the group-time effects' : `, with ${weights}`;
  return [`Two-way fixed effects would give ${twoWay.fit.estimate.toPrecision(4)}${why}: ${reason}. Group-time effects are used instead.`];
}

/** Weight of comparisons with units already treated in the two-way estimate; null for an incomplete panel. */
function forbiddenShare(panel: TreatedPanel): number | null {
  const comparisons = twoWayComparisons(panel);
  return comparisons === null ? null : comparisons.reduce((sum, { isForbidden, weight }) => sum + (isForbidden ? weight : 0), 0);
}

function missingEffects({ missing }: GroupTimeAverages): string[] {
  const warnings: string[] = [];
  if (missing.noControls > 0) {
    warnings.push(
      `At ${missing.noControls} treated group-times fewer than two units are left untreated; effects there are not in the estimate.`,
    );
  }
  if (missing.notSeen > 0)
    warnings.push(`At ${missing.notSeen} treated group-times nobody of the cohort was seen; effects there are not in the estimate.`);
  if (missing.noOverlap > 0) {
    warnings.push(
      `At ${missing.noOverlap} treated group-times no control is like the treated in the covariates; effects there are not in the estimate.`,
    );
  }
  return warnings;
}

function clustersOf({ clusters }: TreatedPanel, from: number, to: number): number {
  return new Set(clusters.subarray(from, to)).size;
}

function isConstant(outcome: Float64Array): boolean {
  const first = outcome.find(Number.isFinite);
  return outcome.every((value) => value === first || Number.isNaN(value));
}

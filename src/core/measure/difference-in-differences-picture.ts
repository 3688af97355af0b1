import type { Measured } from './difference-in-differences-report.ts';
import type { CoefficientRow } from './estimator.ts';
import type { EventStudy } from './event-study.ts';
import type { GroupTimeEstimate } from './group-time-averages.ts';
import type { EventStudyPicture } from './method-picture.ts';
import { influenceInference, type PanelInference } from './panel-inference.ts';
import type { TreatedPanel } from './panel-treatment.ts';
import { coefficientRow } from './tidy-row.ts';

const MOST_EFFECTS_DRAWN = 1000;

/** The event study as data, and as rows of a table; where starts differ also group-time effects, their averages and the two-way estimate. */
export function drawDifference(panel: TreatedPanel, measured: Measured, confidenceLevel: number) {
  const { groupTime, events, twoWay, rule } = measured;
  const row = (estimate: number, { standardError, df }: PanelInference) => coefficientRow({ estimate, standardError, df, confidenceLevel });
  const isStaggered = panel.cohorts.length > 1;
  const coefficients: Record<string, CoefficientRow> = {};
  for (const { event_time: time, estimate, standard_error: standardError, df, is_reference: isReference } of events.rows) {
    if (!isReference) coefficients[`event time ${time}`] = row(estimate, { standardError, df });
  }
  for (const { key, estimate, influence } of isStaggered ? groupTime.parts : []) {
    const name =
      groupTime.partsBy === 'group' ? `start ${panel.times[key]!}` : groupTime.partsBy === 'calendar' ? `time ${panel.times[key]!}` : null;
    const inference = influenceInference(panel, influence, rule);
    if (name !== null && inference.standardError > 0) coefficients[name] = row(estimate, inference);
  }
  if (isStaggered && twoWay !== null && twoWay.inference.standardError > 0) {
    coefficients['two-way fixed effects'] = row(twoWay.fit.estimate, twoWay.inference);
  }
  const picture: EventStudyPicture = {
    kind: 'event_study',
    rows: events.rows.map(({ standard_error: _error, df: _df, ...shown }) => shown),
    pre_trend: withoutCount(events.preTrend),
    groups: isStaggered
      ? drawnEffects(groupTime.effects).map((effect) => {
          const { ci_lower, ci_upper } = row(effect.estimate, effect);
          return {
            group: panel.times[effect.cohort.start]!,
            time: panel.times[effect.time]!,
            estimate: effect.estimate,
            ci_lower,
            ci_upper,
          };
        })
      : [],
    two_way: isStaggered ? drawTwoWay(twoWay, row) : null,
    ...drawPaths(panel),
  };
  return { picture, coefficients };
}

function withoutCount(test: EventStudy['preTrend']): EventStudyPicture['pre_trend'] {
  if (test === null) return null;
  const { nPeriods: _nPeriods, ...shown } = test;
  return shown;
}

/** Those with an interval; where there are very many, those after the start, of the largest cohorts. */
function drawnEffects(effects: readonly GroupTimeEstimate[]): GroupTimeEstimate[] {
  const certain = effects.filter(({ standardError, nTreated }) => standardError > 0 && nTreated > 1);
  if (certain.length <= MOST_EFFECTS_DRAWN) return certain;
  const after = certain.filter(({ time, cohort }) => time >= cohort.start);
  if (after.length <= MOST_EFFECTS_DRAWN) return after;
  const size = ({ cohort }: GroupTimeEstimate) => cohort.to - cohort.from;
  const chosen = new Set([...after].sort((a, b) => size(b) - size(a)).slice(0, MOST_EFFECTS_DRAWN));
  return after.filter((effect) => chosen.has(effect));
}

function drawTwoWay(
  twoWay: Measured['twoWay'],
  row: (estimate: number, inference: PanelInference) => CoefficientRow,
): EventStudyPicture['two_way'] {
  if (twoWay === null || !(twoWay.inference.standardError > 0)) return null;
  const { estimate, ci_lower, ci_upper } = row(twoWay.fit.estimate, twoWay.inference);
  return { estimate, ci_lower, ci_upper, negative_weight_share: twoWay.fit.negativeWeights.share };
}

/** Mean outcomes of the ever and the never treated, at the times at which both (or where nobody is never treated, the former) were seen. */
function drawPaths({
  times,
  nTimes,
  nUnits,
  nNever,
  outcome,
  cohorts,
}: TreatedPanel): Pick<EventStudyPicture, 'paths' | 'first_treated_index'> {
  const meanOf = (t: number, from: number, to: number) => {
    let sum = 0;
    let count = 0;
    for (let u = from; u < to; u += 1) {
      const value = outcome[t * nUnits + u]!;
      if (!Number.isFinite(value)) continue;
      sum += value;
      count += 1;
    }
    return count === 0 ? null : sum / count;
  };
  const points = Array.from({ length: nTimes }, (_, t) => ({
    t,
    treated: meanOf(t, nNever, nUnits),
    control: meanOf(t, 0, nNever),
  })).filter(({ treated, control }) => treated !== null && (nNever === 0 || control !== null));
  return {
    paths: {
      times: points.map(({ t }) => times[t]!),
      treated: points.map(({ treated }) => treated!),
      control: nNever === 0 ? null : points.map(({ control }) => control!),
    },
    first_treated_index: points.filter(({ t }) => t < cohorts[0]!.start).length,
  };
}

import { armScale, eachGroupTimeEffect, type GroupTimeEffect, type GroupTimeOptions, type MissingCells } from './group-time-effects.ts';
import { influenceInference, type PanelInference, type VarianceRule } from './panel-inference.ts';
import type { Cohort, TreatedPanel } from './panel-treatment.ts';

export type Aggregation = 'simple' | 'dynamic' | 'group' | 'calendar';

/** An average of group-time effects, with each unit's contribution to its error. */
export type EffectAverage = {
  readonly key: number;
  readonly estimate: number;
  readonly influence: Float64Array;
  /** Treated units in the effects averaged, counted once per effect. */
  readonly nTreated: number;
  /** Fewest control units of any of them. */
  readonly nControl: number;
};

export type GroupTimeEstimate = GroupTimeEffect & PanelInference;

export type GroupTimeAverages = {
  readonly effects: readonly GroupTimeEstimate[];
  /** By time since the start of treatment, ascending: 0 is the first treated period. */
  readonly byEvent: readonly EffectAverage[];
  /** The parts of the overall average: by event time, cohort or calendar time; empty for the simple one. */
  readonly parts: readonly EffectAverage[];
  readonly partsBy: Aggregation;
  /** Null where no effect after the start of treatment could be estimated. */
  readonly overall: EffectAverage | null;
  readonly missing: MissingCells;
};

/**
 * Averages of group-time effects. Cohorts weigh by their size; contributions include that the sizes are random too.
 *
 * simple: all effects after the start, which is the mean over treated unit-times. dynamic: by time since the start, then the plain
 * mean over it. group: by cohort, then by cohort size. calendar: by time, then the plain mean over time.
 * Source: Callaway and Sant'Anna (2021), section 3 and corollary 2.
 */
export function groupTimeAverages(
  panel: TreatedPanel,
  options: GroupTimeOptions,
  aggregation: Aggregation,
  rule: VarianceRule,
): GroupTimeAverages {
  const effects: GroupTimeEstimate[] = [];
  const events = new Map<number, Sums>();
  const parts = new Map<number, Sums>();
  const missing = eachGroupTimeEffect(panel, options, (effect, influence) => {
    effects.push({ ...effect, ...influenceInference(panel, influence, rule) });
    const eventTime = effect.time - effect.cohort.start;
    add(events, eventTime, panel, effect, influence);
    if (eventTime < 0 || aggregation === 'dynamic') return;
    add(parts, aggregation === 'simple' ? 0 : aggregation === 'group' ? effect.cohort.start : effect.time, panel, effect, influence);
  });
  const byEvent = averagesOf(events, options.smallSample);
  const inner = aggregation === 'dynamic' ? byEvent.filter(({ key }) => key >= 0) : averagesOf(parts, options.smallSample);
  const overall = inner.length === 0 ? null : aggregation === 'group' ? bySize(panel, inner) : plainMean(inner);
  return { effects, byEvent, parts: aggregation === 'simple' ? [] : inner, partsBy: aggregation, overall, missing };
}

type Sums = { weight: number; total: number; influence: Float64Array; effects: GroupTimeEffect[] };

function add(into: Map<number, Sums>, key: number, panel: TreatedPanel, effect: GroupTimeEffect, influence: Float64Array): void {
  const size = effect.cohort.to - effect.cohort.from;
  let sums = into.get(key);
  if (sums === undefined) {
    sums = { weight: 0, total: 0, influence: new Float64Array(panel.nUnits), effects: [] };
    into.set(key, sums);
  }
  sums.weight += size;
  sums.total += size * effect.estimate;
  for (let u = 0; u < influence.length; u += 1) sums.influence[u] = sums.influence[u]! + size * influence[u]!;
  sums.effects.push(effect);
}

function averagesOf(sums: ReadonlyMap<number, Sums>, smallSample: boolean): EffectAverage[] {
  return [...sums]
    .sort(([a], [b]) => a - b)
    .map(([key, { weight, total, influence, effects }]) => {
      const estimate = total / weight;
      for (let u = 0; u < influence.length; u += 1) influence[u] = influence[u]! / weight;
      // Cohorts of one unit show how units differ by nothing but this.
      const singles = new Set(effects.map(({ cohort }) => cohort).filter(isSingle)).size;
      const scale = smallSample ? armScale(singles, 1) : 1;
      for (const effect of effects) {
        addSizeError(influence, effect.cohort, ((effect.estimate - estimate) / weight) * (isSingle(effect.cohort) ? scale : 1));
      }
      return {
        key,
        estimate,
        influence,
        nTreated: effects.reduce((count, effect) => count + effect.nTreated, 0),
        nControl: effects.reduce((least, effect) => Math.min(least, effect.nControl), Infinity),
      };
    });
}

function isSingle({ from, to }: Cohort): boolean {
  return to - from === 1;
}

/** That cohort sizes vary from sample to sample: a unit more in a cohort pulls the average towards its effect. */
function addSizeError(influence: Float64Array, { from, to }: Cohort, pull: number): void {
  for (let u = from; u < to; u += 1) influence[u] = influence[u]! + pull;
}

function plainMean(parts: readonly EffectAverage[]): EffectAverage {
  return combine(
    parts,
    parts.map(() => 1),
  );
}

function bySize(panel: TreatedPanel, parts: readonly EffectAverage[]): EffectAverage {
  const cohorts = parts.map(({ key }) => panel.cohorts.find(({ start }) => start === key)!);
  const sizes = cohorts.map(({ from, to }) => to - from);
  const average = combine(parts, sizes);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  cohorts.forEach((cohort, k) => addSizeError(average.influence, cohort, (parts[k]!.estimate - average.estimate) / total));
  return average;
}

function combine(parts: readonly EffectAverage[], weights: readonly number[]): EffectAverage {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const influence = new Float64Array(parts[0]!.influence.length);
  let estimate = 0;
  parts.forEach((part, k) => {
    const share = weights[k]! / total;
    estimate += share * part.estimate;
    for (let u = 0; u < influence.length; u += 1) influence[u] = influence[u]! + share * part.influence[u]!;
  });
  return {
    key: 0,
    estimate,
    influence,
    nTreated: parts.reduce((count, part) => count + part.nTreated, 0),
    nControl: parts.reduce((least, part) => Math.min(least, part.nControl), Infinity),
  };
}

import type { TreatedPanel } from './panel-treatment.ts';

export type BasePeriod = 'universal' | 'varying' | 'pre_mean';

/** What outcomes at a time are compared with, by unit; NaN where a unit has none. */
export type BaseOutcomes = {
  /** The base period, or the last of those averaged. */
  readonly period: number;
  readonly values: Float64Array;
};

/**
 * The base outcomes for effects on units that start at `start` and whose last period untouched by treatment is `last`; null at times that
 * have none. universal: the last period. varying: before the start, the period before each. pre_mean: the mean over all periods up to the
 * last, the time itself left out, which is quieter, and right if trends were parallel in all of them.
 */
export function baseOutcomes(
  panel: TreatedPanel,
  basePeriod: BasePeriod,
  start: number,
  last: number,
): (time: number) => BaseOutcomes | null {
  const { nUnits, outcome } = panel;
  const at = (period: number) => ({ period, values: outcome.subarray(period * nUnits, (period + 1) * nUnits) });
  if (last < 0) return () => null;
  switch (basePeriod) {
    case 'universal':
      return (time) => (time === last ? null : at(last));
    case 'varying':
      return (time) => (time >= start ? at(last) : time === 0 ? null : at(time - 1));
    case 'pre_mean': {
      const { sum, count } = sumsUpTo(panel, last);
      const mean = sum.map((value, u) => value / count[u]!);
      return (time) => {
        if (time > last) return { period: last, values: mean };
        if (last === 0) return null;
        const own = at(time).values;
        return { period: last, values: sum.map((value, u) => (Number.isNaN(own[u]!) ? NaN : (value - own[u]!) / (count[u]! - 1))) };
      };
    }
    default:
      return basePeriod satisfies never;
  }
}

function sumsUpTo({ nUnits, outcome }: TreatedPanel, last: number): { readonly sum: Float64Array; readonly count: Int32Array } {
  const sum = new Float64Array(nUnits);
  const count = new Int32Array(nUnits);
  for (let t = 0; t <= last; t += 1) {
    for (let u = 0; u < nUnits; u += 1) {
      const value = outcome[t * nUnits + u]!;
      if (Number.isNaN(value)) continue;
      sum[u] = sum[u]! + value;
      count[u] = count[u]! + 1;
    }
  }
  return { sum, count };
}

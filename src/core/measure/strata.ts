import { quantileOfSorted } from '../numeric/quantile.ts';
import type { Covariate } from './read-table.ts';

/** Units by stratum: index into `labels`, in the order of the values they stand for. */
export type Strata = { readonly stratumOf: Int32Array; readonly labels: readonly string[] };

/**
 * Cuts values at their type-7 quantiles into at most `count` strata, closed on the right. Values that are few (at most
 * `count` different ones) are their own strata, and a value that fills a whole quantile range keeps one to itself.
 */
export function quantileStrata(values: Float64Array, count: number): Strata {
  const sorted = values.slice().sort();
  const distinct = sorted.filter((value, i) => i === 0 || value !== sorted[i - 1]);
  if (distinct.length <= count) {
    return {
      stratumOf: Int32Array.from(values, (value) => distinct.indexOf(value)),
      labels: Array.from(distinct, String),
    };
  }
  const cuts = [...new Set(Array.from({ length: count - 1 }, (_, k) => quantileOfSorted(sorted, (k + 1) / count)))];
  const raw = Int32Array.from(values, (value) => cuts.filter((cut) => cut < value).length);
  return renumber(raw, (stratum) => {
    const low = sorted.find((value) => value > (cuts[stratum - 1] ?? -Infinity))!;
    const high = sorted.findLast((value) => value <= (cuts[stratum] ?? Infinity))!;
    return low === high ? String(low) : `${short(low)} to ${short(high)}`;
  });
}

/** Every combination of the strata of each covariate that occurs. Categories are strata as they are. */
export function compositeStrata(covariates: readonly Covariate[], count: number): Strata {
  const parts = covariates.map((covariate) =>
    covariate.kind === 'category' ? { stratumOf: covariate.codes, labels: covariate.levels } : quantileStrata(covariate.values, count),
  );
  const n = parts[0]?.stratumOf.length ?? 0;
  const keys = Array.from({ length: n }, (_, i) => parts.map((part) => part.stratumOf[i]!));
  const combinations = new Map(keys.map((key) => [key.join(), key]));
  const order = [...combinations.values()].sort((a, b) => firstDifference(a, b));
  const indexOf = new Map(order.map((key, index) => [key.join(), index]));
  return {
    stratumOf: Int32Array.from(keys, (key) => indexOf.get(key.join())!),
    labels: order.map((key) => key.map((code, k) => `${covariates[k]!.name} ${parts[k]!.labels[code]!}`).join(', ')),
  };
}

function renumber(raw: Int32Array, labelOf: (stratum: number) => string): Strata {
  const used = [...new Set(raw)].sort((a, b) => a - b);
  return { stratumOf: raw.map((stratum) => used.indexOf(stratum)), labels: used.map(labelOf) };
}

function firstDifference(a: readonly number[], b: readonly number[]): number {
  const k = a.findIndex((value, i) => value !== b[i]);
  return k < 0 ? 0 : a[k]! - b[k]!;
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}

import { chiSquareSurvival } from '../numeric/chi-square.ts';
import { fSurvival } from '../numeric/f-distribution.ts';
import { choleskyFactor, choleskySolve } from '../numeric/linear-algebra.ts';
import { normalQuantile, normalSurvival } from '../numeric/normal.ts';
import { quantile } from '../numeric/quantile.ts';
import { studentTQuantile } from '../numeric/student-t.ts';
import { namedStream } from '../random/stream.ts';
import { standardNormal } from '../random/variates.ts';
import type { EffectAverage } from './group-time-averages.ts';
import type { EventStudyPicture } from './method-picture.ts';
import { clusterSums, influenceInference, welchDf, type VarianceRule } from './panel-inference.ts';
import type { TreatedPanel } from './panel-treatment.ts';
import { coefficientRow, positiveP } from './tidy-row.ts';

export type EventStudyOptions = {
  readonly rule: VarianceRule;
  readonly confidenceLevel: number;
  readonly nBootstrap: number;
  readonly anticipation: number;
  /** Whether the last period before treatment (and its anticipation) is the reference, zero by definition. */
  readonly hasReference: boolean;
  /** Whether the effects before treatment sum to nothing, so that the first of them says nothing that the others do not. */
  readonly sumsToZero: boolean;
};

export type EventStudy = {
  readonly rows: readonly (EventStudyPicture['rows'][number] & { readonly standard_error: number; readonly df: number | null })[];
  readonly preTrend: (NonNullable<EventStudyPicture['pre_trend']> & { readonly nPeriods: number }) | null;
};

const SEED = 'multiplier bootstrap of event studies';
const FEWEST_UNITS = 2;
/** A joint test takes at least this many degrees of freedom per restriction; longer stretches are tested by blocks of periods. */
const DF_PER_RESTRICTION = 3;

/**
 * Effects by time since treatment, with intervals for each and a band for all of them, and the joint test that nothing differed before.
 *
 * Band: estimate -+ c * standard error, c the quantile of the largest |t| under the Gaussian multiplier bootstrap of the influence
 * contributions. Given the data these draws are normal with the estimated covariance, so they are made from its Cholesky factor; the
 * stream is fixed. With few clusters c is carried from the normal to the t distribution at equal tail probability.
 * Test: W = b'V^-1 b of the effects before treatment (means over blocks of neighbouring periods, where there are many for the number of
 * clusters). Normal rule: chi-square. Given df d: F = W / q on (q, d). Welch's rule: Hotelling's F = (d - q + 1) / (d q) W on (q, d - q + 1).
 * Source: Callaway and Sant'Anna (2021), 4.1 and algorithm 1; Pustejovsky and Tipton (2018) for the Hotelling approximation.
 */
export function eventStudy(panel: TreatedPanel, averages: readonly EffectAverage[], options: EventStudyOptions): EventStudy {
  const { rule, confidenceLevel, anticipation, hasReference } = options;
  const shown = averages.filter(({ nTreated, nControl }) => nTreated >= FEWEST_UNITS && nControl >= FEWEST_UNITS);
  const inferences = shown.map(({ influence }) => influenceInference(panel, influence, rule));
  const usable = shown.flatMap((average, k) => (inferences[k]!.standardError > 0 ? [{ average, ...inferences[k]! }] : []));
  const reach = simultaneousReach(
    usable.map(({ average, standardError }) => scaled(clusterSums(panel, average.influence), Math.sqrt(rule.factor) / standardError)),
    confidenceLevel,
    options.nBootstrap,
  );
  const rows = usable.map(({ average: { key, estimate }, standardError, df }) => {
    const { ci_lower, ci_upper } = coefficientRow({ estimate, standardError, df, confidenceLevel });
    const wide = (df === null ? reach : -studentTQuantile(normalSurvival(reach), df)) * standardError;
    return {
      event_time: key,
      estimate,
      ci_lower,
      ci_upper,
      simultaneous_lower: estimate - wide,
      simultaneous_upper: estimate + wide,
      is_reference: false,
      standard_error: standardError,
      df,
    };
  });
  const reference = { estimate: 0, ci_lower: 0, ci_upper: 0, simultaneous_lower: 0, simultaneous_upper: 0, standard_error: 0, df: null };
  if (hasReference && rows.length > 0) rows.push({ ...reference, event_time: -1 - anticipation, is_reference: true });
  return {
    rows: rows.sort((a, b) => a.event_time - b.event_time),
    preTrend: preTrendTest(
      panel,
      usable
        .map(({ average }) => average)
        .filter(({ key }) => key < -anticipation)
        .slice(options.sumsToZero ? 1 : 0),
      rule,
    ),
  };
}

/** The quantile of the largest of several absolute standardised errors, given each cluster's contribution to each of them. */
function simultaneousReach(contributions: readonly Float64Array[], confidenceLevel: number, nBootstrap: number): number {
  const pointwise = normalQuantile(0.5 + confidenceLevel / 2);
  const size = contributions.length;
  if (size < 2) return pointwise;
  const factor = choleskyFactor(productsOf(contributions), size);
  const width = factor === undefined ? contributions[0]!.length : size;
  const entry = factor === undefined ? (r: number, m: number) => contributions[r]![m]! : (r: number, m: number) => factor[m * size + r]!;
  const rows = Array.from({ length: size }, (_, r) => Float64Array.from({ length: width }, (__, m) => entry(r, m)));
  const stream = namedStream({ seed: SEED, initiative: '', stage: 'population', replication: 0, purpose: 'multipliers' });
  const multipliers = new Float64Array(width);
  const largest = new Float64Array(nBootstrap);
  for (let b = 0; b < nBootstrap; b += 1) {
    for (let m = 0; m < width; m += 1) multipliers[m] = standardNormal(stream);
    for (let r = 0; r < size; r += 1) {
      const end = factor === undefined ? width : r + 1;
      let sum = 0;
      for (let m = 0; m < end; m += 1) sum += rows[r]![m]! * multipliers[m]!;
      largest[b] = Math.max(largest[b]!, Math.abs(sum));
    }
  }
  return Math.max(pointwise, quantile(largest, confidenceLevel));
}

function preTrendTest(panel: TreatedPanel, before: readonly EffectAverage[], rule: VarianceRule): EventStudy['preTrend'] {
  if (before.length === 0) return null;
  const df =
    rule.df === 'welch'
      ? welchDf(
          panel,
          before.map(({ influence }) => influence),
        )
      : rule.df;
  const available = df ?? panel.nClusters - 1;
  for (let count = Math.min(before.length, Math.max(1, Math.floor(available / DF_PER_RESTRICTION))); count >= 1; count -= 1) {
    const blocks = blocksOf(before, count);
    const covariance = productsOf(blocks.map(({ influence }) => scaled(clusterSums(panel, influence), Math.sqrt(rule.factor))));
    const factor = choleskyFactor(covariance, count);
    if (factor === undefined) continue;
    const estimates = Float64Array.from(blocks, ({ estimate }) => estimate);
    const solved = choleskySolve(factor, count, estimates);
    const wald = estimates.reduce((sum, estimate, k) => sum + estimate * solved[k]!, 0);
    if (!Number.isFinite(wald)) return null;
    const nPeriods = before.length;
    if (df === null) return { statistic: wald, df1: count, df2: null, p_value: positiveP(chiSquareSurvival(wald, count)), nPeriods };
    const df2 = rule.df === 'welch' ? df - count + 1 : df;
    if (!(df2 > 0)) continue;
    const statistic = (wald / count) * (df2 / df);
    return { statistic, df1: count, df2, p_value: positiveP(fSurvival(statistic, count, df2)), nPeriods };
  }
  return null;
}

/** Means over `count` stretches of neighbouring periods, as equal in length as can be. */
function blocksOf(before: readonly EffectAverage[], count: number): Pick<EffectAverage, 'estimate' | 'influence'>[] {
  if (count === before.length) return [...before];
  return Array.from({ length: count }, (_, b) => {
    const part = before.slice(Math.floor((b * before.length) / count), Math.floor(((b + 1) * before.length) / count));
    const influence = new Float64Array(part[0]!.influence.length);
    for (const average of part)
      for (let u = 0; u < influence.length; u += 1) influence[u] = influence[u]! + average.influence[u]! / part.length;
    return { estimate: part.reduce((sum, { estimate }) => sum + estimate, 0) / part.length, influence };
  });
}

function productsOf(columns: readonly Float64Array[]): Float64Array {
  const size = columns.length;
  const products = new Float64Array(size * size);
  for (let a = 0; a < size; a += 1) {
    const x = columns[a]!;
    for (let b = 0; b <= a; b += 1) {
      const y = columns[b]!;
      let sum = 0;
      for (let i = 0; i < x.length; i += 1) sum += x[i]! * y[i]!;
      products[a * size + b] = sum;
      products[b * size + a] = sum;
    }
  }
  return products;
}

function scaled(values: Float64Array, factor: number): Float64Array {
  return values.map((value) => value * factor);
}

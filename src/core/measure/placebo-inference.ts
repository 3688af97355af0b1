import { studentTQuantile, studentTTwoSidedP } from '../numeric/student-t.ts';
import { positiveP } from './tidy-row.ts';

/** What is known of a unit from its gaps (outcome minus synthetic outcome). */
export type GapSummary = {
  /** Root mean squared gap before (or error in periods held out) and after. */
  readonly preRmspe: number;
  readonly postRmspe: number;
  readonly meanPostGap: number;
  /** After over before. */
  readonly ratio: number;
};

export type PlaceboInference = {
  readonly statistic: number;
  readonly pValue: number;
  readonly ciLower: number;
  readonly ciUpper: number;
  readonly standardError: number;
  readonly df: number | null;
  readonly method: string;
  /** Whether gaps are divided by the error before: not where there is none to divide by. */
  readonly divided: boolean;
};

/** A fit can be perfect; below this size next to the outcomes it counts as rounding. */
const LEAST_RMSPE = 1e-10;

/**
 * `size` is the outcomes' size, by which a perfect fit is told from a good one. `heldOut` takes the place of the gaps before,
 * where the fit could have them as small as it liked.
 */
export function summariseGaps(gaps: Float64Array, treatmentIndex: number, size: number, heldOut?: number): GapSummary {
  const pre = gaps.subarray(0, treatmentIndex);
  const post = gaps.subarray(treatmentIndex);
  const preRmspe = heldOut ?? rootMeanSquare(pre);
  const postRmspe = rootMeanSquare(post);
  return {
    preRmspe,
    postRmspe,
    meanPostGap: post.reduce((sum, gap) => sum + gap, 0) / post.length,
    ratio: postRmspe / Math.max(preRmspe, LEAST_RMSPE * size),
  };
}

/**
 * Inference by pretending that each donor was treated.
 *
 * p value: the treated unit's rank in the ratios of post to pre RMSPE, over the number of units; never below 1 / (donors + 1).
 * Interval: the constant effects c that the placebo test of the mean gap does not reject. Mean gaps are divided by the unit's
 * own pre-period RMSPE, so that badly fitted donors do not decide: c stays in while |estimate - c| / RMSPE is at most the
 * m-th largest |placebo mean gap| / RMSPE, m = floor(alpha (donors + 1)). With too few donors for m >= 1 that test rejects
 * nothing and the interval would be unbounded; then the divided gaps are taken as draws from a normal distribution with
 * mean 0, which gives a t interval with as many degrees of freedom as there are placebos. Where any unit was followed without
 * error before and not afterwards, there is nothing to divide by, and the mean gaps are taken as they are.
 * Source: Abadie, Diamond and Hainmueller (2010, JASA 105); test inversion as in Firpo and Possebom (2018, J. Causal Inf. 6).
 */
export function placeboInference(
  treated: GapSummary,
  placebos: readonly GapSummary[],
  confidenceLevel: number,
  size: number,
): PlaceboInference {
  const isAsExtreme = placebos.filter((placebo) => placebo.ratio >= treated.ratio).length;
  const least = LEAST_RMSPE * size;
  const canDivide = [treated, ...placebos].every(({ preRmspe, meanPostGap }) => preRmspe >= least || Math.abs(meanPostGap) <= least);
  const scaleOf = ({ preRmspe }: GapSummary) => (canDivide ? Math.max(preRmspe, least) : 1);
  const divided = placebos.map((placebo) => Math.abs(placebo.meanPostGap) / scaleOf(placebo)).sort((a, b) => b - a);
  const standardError = scaleOf(treated) * rootMeanSquare(divided);
  // 1 - 0.95 is a little more than 0.05 in doubles, and 20 units are to be enough for it.
  const place = Math.floor((1 - confidenceLevel) * (placebos.length + 1) + 1e-9);
  const isPermutation = place >= 1;
  const reach = isPermutation
    ? scaleOf(treated) * divided[place - 1]!
    : studentTQuantile(0.5 + confidenceLevel / 2, placebos.length) * standardError;
  return {
    statistic: treated.ratio,
    pValue: (1 + isAsExtreme) / (placebos.length + 1),
    ciLower: treated.meanPostGap - reach,
    ciUpper: treated.meanPostGap + reach,
    standardError,
    df: isPermutation ? null : placebos.length,
    method: isPermutation ? 'placebo test inverted' : 't on placebo gaps',
    divided: canDivide,
  };
}

/**
 * Inference by the spread of estimates on donors that were not treated: the treated unit's error is taken for one more draw
 * from the distribution of the n placebo estimates, so that standard error = their standard deviation (divisor n - 1) times
 * sqrt(1 + 1 / n), and statistic, p value and interval go by t with n - 1 degrees of freedom. For one treated unit every donor
 * can serve once, so nothing is drawn at random.
 * Source: Arkhangelsky et al. (2021, American Economic Review 111), algorithm 4, which divides by n and takes normal quantiles:
 * the same with many donors, too short with few.
 */
export function placeboSpread(treated: GapSummary, placebos: readonly GapSummary[], confidenceLevel: number): PlaceboInference {
  const n = placebos.length;
  const centre = placebos.reduce((sum, { meanPostGap }) => sum + meanPostGap, 0) / n;
  const squares = placebos.reduce((sum, { meanPostGap }) => sum + (meanPostGap - centre) * (meanPostGap - centre), 0);
  const standardError = Math.sqrt((squares / (n - 1)) * (1 + 1 / n));
  const statistic = treated.meanPostGap / standardError;
  const reach = studentTQuantile(0.5 + confidenceLevel / 2, n - 1) * standardError;
  return {
    statistic,
    pValue: positiveP(studentTTwoSidedP(statistic, n - 1)),
    ciLower: treated.meanPostGap - reach,
    ciUpper: treated.meanPostGap + reach,
    standardError,
    df: n - 1,
    method: 't on the spread of placebo estimates',
    divided: false,
  };
}

function rootMeanSquare(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += values[i]! * values[i]!;
  return Math.sqrt(sum / values.length);
}

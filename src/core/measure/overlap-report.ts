import { effectiveSampleSize, balanceRows, describeBalance } from './balance.ts';
import type { Diagnostics } from './estimator.ts';
import type { OverlapPicture } from './method-picture.ts';
import type { OverlapSample } from './overlap.ts';
import type { UnitRows } from './read-table.ts';

const BINS = 20;
/** Share of an arm's weight in one unit, and of an arm's units in its effective number, that call for a warning. */
const HEAVY = 0.1;
const THIN = 0.25;
const LEAST_EFFECTIVE = 2;

/** How much weight each arm's units carry. */
export type WeightSummary = {
  readonly effectiveTreated: number;
  readonly effectiveControl: number;
  /** Largest weight, and largest share of the weight of its arm. */
  readonly largest: number;
  readonly largestShare: number;
};

export function summariseWeights({ treated }: UnitRows, weights: Float64Array): WeightSummary {
  const arm = (code: number) => weights.filter((_, i) => treated[i] === code);
  const arms = [arm(1), arm(0)];
  const largestOf = (values: Float64Array) => values.reduce((most, value) => Math.max(most, value), 0);
  const share = (values: Float64Array) => largestOf(values) / values.reduce((sum, value) => sum + value, 0);
  return {
    effectiveTreated: effectiveSampleSize(arms[0]!),
    effectiveControl: effectiveSampleSize(arms[1]!),
    largest: largestOf(weights),
    largestShare: Math.max(share(arms[0]!), share(arms[1]!)),
  };
}

/** Why treated and control units have too little in common to be weighted; null where they have enough. */
export function whyNoOverlap({ units, propensity }: OverlapSample, { effectiveTreated, effectiveControl }: WeightSummary): string | null {
  if (propensity.isSeparated && propensity.logLikelihood > -1e-3)
    return 'The covariates tell treated from control units without a single error, so no unit has a counterpart in the other arm.';
  if (Math.min(units.nTreated, units.nControl) < 2)
    return 'Each arm needs at least two units with scores that are kept, to show how much outcomes vary.';
  if (effectiveTreated >= LEAST_EFFECTIVE && effectiveControl >= LEAST_EFFECTIVE) return null;
  const arm = effectiveTreated < effectiveControl ? 'treated' : 'control';
  return `Hardly any ${arm} unit is like the units it would have to stand for: nearly all weight lies on one of them. Trim the scores, or use fewer covariates.`;
}

/** `weights` belong to the units kept; `all` are the units before trimming. */
export function drawOverlap(all: UnitRows, sample: OverlapSample, weights: Float64Array, summary: WeightSummary): OverlapPicture {
  const everyWeight = new Float64Array(all.n);
  sample.kept.forEach((at, i) => (everyWeight[at] = weights[i]!));
  const treated = new Array<number>(BINS).fill(0);
  const control = new Array<number>(BINS).fill(0);
  for (let i = 0; i < all.n; i += 1) {
    const counts = all.treated[i] === 1 ? treated : control;
    const bin = Math.min(BINS - 1, Math.floor(sample.scores[i]! * BINS));
    counts[bin] = counts[bin]! + 1;
  }
  return {
    kind: 'overlap',
    bins: treated.map((count, b) => ({ from: b / BINS, to: (b + 1) / BINS, treated: count, control: control[b]! })),
    kept_range: sample.keptRange,
    balance: balanceRows(all.covariates, all.treated, everyWeight),
    effective_treated: summary.effectiveTreated,
    effective_control: summary.effectiveControl,
  };
}

export function describeOverlap(all: UnitRows, sample: OverlapSample, picture: OverlapPicture, summary: WeightSummary): Diagnostics {
  const arms = [1, 0].map((code) => sample.scores.filter((_, i) => all.treated[i] === code).sort());
  const [treated, control] = arms as [Float64Array, Float64Array];
  const low = Math.max(treated[0]!, control[0]!);
  const high = Math.min(treated.at(-1)!, control.at(-1)!);
  const inside = sample.scores.reduce((count, score) => (score >= low && score <= high ? count + 1 : count), 0);
  return {
    propensity_log_likelihood: sample.propensity.logLikelihood,
    propensity_min: Math.min(treated[0]!, control[0]!),
    propensity_max: Math.max(treated.at(-1)!, control.at(-1)!),
    c_statistic: cStatistic(treated, control),
    overlap_share: inside / all.n,
    trimmed_share: 1 - sample.units.n / all.n,
    effective_treated: summary.effectiveTreated,
    effective_control: summary.effectiveControl,
    max_weight: summary.largest,
    max_weight_share: summary.largestShare,
    ...describeBalance(picture.balance),
  };
}

export function overlapWarnings(all: UnitRows, sample: OverlapSample, summary: WeightSummary): string[] {
  const { units, propensity } = sample;
  const warnings: string[] = [];
  if (propensity.setAside.length > 0)
    warnings.push(`Left out of the propensity score, as the other covariates say as much: ${propensity.setAside.join(', ')}.`);
  if (units.n < all.n)
    warnings.push(
      `${all.nTreated - units.nTreated} of ${all.nTreated} treated and ${all.nControl - units.nControl} of ${all.nControl} control units ` +
        'have no counterparts at their propensity score and were trimmed: the estimate is for the rest.',
    );
  if (propensity.isSeparated)
    warnings.push('For some units the covariates settle who is treated; they have no counterpart in the other arm.');
  const isThin = summary.effectiveTreated < THIN * units.nTreated || summary.effectiveControl < THIN * units.nControl;
  if (summary.largestShare > HEAVY && isThin)
    warnings.push(
      `One unit carries ${Math.round(100 * summary.largestShare)}% of the weight of its arm, so the estimate hangs on it: trim the scores or look at that unit.`,
    );
  else if (isThin)
    warnings.push(
      `The weights are so unequal that ${units.nTreated} treated units count as ${Math.round(summary.effectiveTreated)} and ` +
        `${units.nControl} controls as ${Math.round(summary.effectiveControl)}: trimming the scores would steady the estimate.`,
    );
  return warnings;
}

/** Share of pairs of a treated and a control unit in which the treated has the higher score; ties count half. Both ascend. */
function cStatistic(treated: Float64Array, control: Float64Array): number {
  let below = 0;
  let upTo = 0;
  let twice = 0;
  for (const score of treated) {
    while (below < control.length && control[below]! < score) below += 1;
    while (upTo < control.length && control[upTo]! <= score) upTo += 1;
    twice += below + upTo;
  }
  return twice / (2 * treated.length * control.length);
}

import { exactToNumber, exactZero, mergeExact } from '../numeric/exact-sum.ts';
import type { DecisionTally, InitiativeTally } from './decision-tally.ts';
import type { Measured } from './diagnosand.ts';
import type { EvidenceSum, EvidenceTally } from './evidence-tally.ts';
import { jackknifeSe } from './jackknife.ts';
import { named } from './named-sums.ts';
import { sampleVariance } from './replicate-moments.ts';

/**
 * Contributions to what came at scale minus what was predicted; they add up to `error`. Means over the replications in which it
 * was funded, for the share that was funded. Money, negative where the part made the prediction too high. Monte Carlo errors by the
 * jackknife over groups of replications.
 */
export type ErrorSplit = {
  /** True return at scale minus predicted. */
  readonly error: Measured;
  /** Zero on average given that it was funded; `standard_deviation` is its size in one replication, null for the portfolio. */
  readonly sampling_noise: Measured & { readonly standard_deviation: number | null };
  /** Minus (mean estimate where funded - mean estimate): funded because it looked good. */
  readonly selection: Measured;
  /** Minus (mean estimate - true return of the pilot's effect). */
  readonly bias: Measured;
  /** True return at scale - true return of the pilot's effect. */
  readonly transport: Measured;
  /** Minus (predicted - estimate): a correction of the returns, where one enters the prediction. */
  readonly correction: Measured;
};

export type InitiativeErrorSplit = ErrorSplit & {
  readonly initiative_id: string;
  readonly replications: number;
  /** Mean estimate minus truth of the pilot's effect, of the whole initiative: in all replications, and where it was funded. */
  readonly mean_error: number;
  readonly mean_error_funded: number;
};

export type ErrorSplitSummary = {
  /** Of the portfolio, over the replications that funded something; null where none did or its truth is not known. */
  readonly overall: (ErrorSplit & { readonly replications: number }) | null;
  /** Those that were funded in some replication. */
  readonly initiatives: readonly InitiativeErrorSplit[];
};

export function errorSplits(tally: DecisionTally): ErrorSplitSummary {
  const initiatives = [...tally.initiatives].map(([id, { groups }]): Initiative => ({
    id,
    groups: groups.map(groupSums),
    tallies: groups,
  }));
  const loops = tally.loops.map(({ counts }) => counts);
  const cases = loops.map(({ replications }) => replications);
  const replications = loops.reduce((sum, { funded }) => sum + funded, 0);
  const overall = splitOf(
    initiatives,
    loops.map(({ funded }) => funded),
    cases,
  );
  return {
    overall: overall === null ? null : { ...overall, replications },
    initiatives: initiatives.flatMap((initiative) => splitOfInitiative(initiative, cases) ?? []),
  };
}

const partNames = ['error', 'selection', 'bias', 'transport', 'correction'] as const;
type Parts = Readonly<Record<(typeof partNames)[number], number>>;

const sumNames = ['error', 'funded_share', 'funded_error', 'funded_estimate', 'funded_predicted', 'funded_pilot', 'funded_scale'] as const;
type GroupSums = Readonly<Record<(typeof sumNames)[number] | 'errors' | 'funded', number>>;
type Initiative = { readonly id: string; readonly groups: readonly GroupSums[]; readonly tallies: InitiativeTally['groups'] };

function splitOfInitiative(initiative: Initiative, cases: readonly number[]): InitiativeErrorSplit | null {
  const { id, groups, tallies } = initiative;
  const funded = groups.map((group) => group.funded);
  const split = splitOf([initiative], funded, cases);
  if (split === null) return null;
  const total = added(groups);
  return {
    initiative_id: id,
    replications: total.funded,
    ...split,
    sampling_noise: { ...split.sampling_noise, standard_deviation: noiseDeviation(tallies) },
    mean_error: total.error / total.errors,
    mean_error_funded: total.funded_error / total.funded_share,
  };
}

/** `funded`: by group, over how many replications the mean is; null where that is none. `cases`: replications in the group. */
function splitOf(initiatives: readonly Initiative[], funded: readonly number[], cases: readonly number[]): ErrorSplit | null {
  const whole = partsOf(initiatives, funded, null);
  if (whole === null) return null;
  const without = cases.map((_, group) => partsOf(initiatives, funded, group));
  const measured = named(partNames, (name): Measured => {
    const leftOut = without.map((parts, group) => ({ cases: cases[group] as number, value: parts?.[name] ?? NaN }));
    const error = jackknifeSe(whole[name], leftOut);
    return { value: whole[name], monte_carlo_se: Number.isNaN(error) ? null : error };
  });
  return { ...measured, sampling_noise: { value: 0, monte_carlo_se: 0, standard_deviation: null } };
}

/** Means over the replications of all groups but one. */
function partsOf(initiatives: readonly Initiative[], funded: readonly number[], left: number | null): Parts | null {
  const n = funded.reduce((sum, count, group) => sum + (group === left ? 0 : count), 0);
  if (n === 0) return null;
  const each = initiatives.map(({ groups }) => initiativeParts(added(groups.filter((_, group) => group !== left)), n));
  return named(partNames, (name) => each.reduce((sum, parts) => sum + parts[name], 0));
}

function initiativeParts(sums: GroupSums, n: number): Parts {
  const bias = sums.errors === 0 ? 0 : (sums.error / sums.errors) * sums.funded_share;
  const parts = {
    selection: (bias - sums.funded_error) / n,
    bias: -bias / n,
    transport: (sums.funded_scale - sums.funded_pilot) / n,
    correction: (sums.funded_estimate - sums.funded_predicted) / n,
  };
  return { ...parts, error: parts.selection + parts.bias + parts.transport + parts.correction };
}

/** Of the funded share's estimation error about its mean where it was funded. */
function noiseDeviation(tallies: readonly EvidenceTally[]): number | null {
  const sum = (name: EvidenceSum) => {
    const total = exactZero();
    for (const { sums } of tallies) mergeExact(total, sums[name]);
    return total;
  };
  const n = tallies.reduce((count, { counts }) => count + counts.funded, 0);
  return n < 2 ? null : Math.sqrt(sampleVariance({ n, sum: sum('funded_error'), squares: sum('funded_error_squared') }));
}

function groupSums({ counts, sums }: EvidenceTally): GroupSums {
  return { errors: counts.errors, funded: counts.funded, ...named(sumNames, (name) => exactToNumber(sums[name])) };
}

function added(groups: readonly GroupSums[]): GroupSums {
  return named(['errors', 'funded', ...sumNames], (name) => groups.reduce((sum, group) => sum + group[name], 0));
}

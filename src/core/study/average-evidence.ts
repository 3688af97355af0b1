import { exactQuotient, exactText, exactZero, mergeExact, readExact } from '../numeric/exact-sum.ts';
import type { PerState } from '../contracts/shared-types.ts';
import type { DecisionTally } from './decision-tally.ts';
import type { Measured } from './diagnosand.ts';
import type { EvidenceTally } from './evidence-tally.ts';
import { named } from './named-sums.ts';
import { meanWithError } from './replicate-moments.ts';

const evidenceCounts = ['estimates', 'standard_errors', 'truths'] as const;
const evidenceSums = ['best', 'med', 'worst', 'variance', 'true_pilot', 'true_scale'] as const;

/** Of a group of replications, as in `EvidenceTally`; sums as texts of `exactText`, so that the mean of equal values is that value. */
export type EvidenceGroup = Readonly<Record<(typeof evidenceCounts)[number], number>> &
  Readonly<Record<(typeof evidenceSums)[number], string>>;

/** What is needed to decide on the average pilot, over all replications or half of them. Plain JSON. */
export type AverageEvidence = {
  /** Of the own arm. */
  readonly expected_regret: Measured;
  /** By group: replications, and the sum of what the oracle got in them. */
  readonly loops: readonly { readonly replications: number; readonly oracle_return: string }[];
  readonly initiatives: readonly {
    readonly initiative_id: string;
    readonly confidence: number | null;
    readonly groups: readonly EvidenceGroup[];
  }[];
};

/** Means over replications. Money. */
export type Averages = {
  readonly oracle_return: number;
  readonly initiatives: readonly AverageInitiative[];
};

export type AverageInitiative = {
  readonly initiative_id: string;
  readonly confidence: number | null;
  /** Over the replications with an estimate; null where there is none. */
  readonly returns: PerState<number> | null;
  /** Root mean square. */
  readonly standard_error: number | null;
  readonly true_pilot: number;
  readonly true_scale: number;
};

/** null where there is no oracle to regret against. */
export function averageEvidence(tally: DecisionTally): AverageEvidence | null {
  const [own] = [...tally.arms.values()];
  const regret =
    own === undefined ? null : meanWithError({ n: own.counts.with_oracle, sum: own.sums.regret, squares: own.sums.regret_squared });
  if (regret === null) return null;
  return {
    expected_regret: regret,
    loops: tally.loops.map(({ counts, sums }) => ({ replications: counts.with_oracle, oracle_return: exactText(sums.oracle_return) })),
    initiatives: [...tally.initiatives].map(([id, { confidence, groups }]) => ({
      initiative_id: id,
      confidence,
      groups: groups.map(evidenceGroup),
    })),
  };
}

/** Means over the groups that are taken; null where they have no replication. */
export function averagesOver({ loops, initiatives }: AverageEvidence, taken: readonly boolean[]): Averages | null {
  const those = <T>(groups: readonly T[]) => groups.filter((_, group) => taken[group]);
  const oracleReturn = mean(those(loops), 'oracle_return', 'replications');
  if (oracleReturn === null) return null;
  return {
    oracle_return: oracleReturn,
    initiatives: initiatives.map(({ groups, ...initiative }) => ({ ...initiative, ...averages(those(groups)) })),
  };
}

function averages(groups: readonly EvidenceGroup[]): Omit<AverageInitiative, 'initiative_id' | 'confidence'> {
  const [best, med, worst] = (['best', 'med', 'worst'] as const).map((name) => mean(groups, name, 'estimates'));
  const variance = mean(groups, 'variance', 'standard_errors');
  return {
    returns: best == null || med == null || worst == null ? null : { best, med, worst },
    standard_error: variance === null ? null : Math.sqrt(variance),
    true_pilot: mean(groups, 'true_pilot', 'truths') ?? 0,
    true_scale: mean(groups, 'true_scale', 'truths') ?? 0,
  };
}

function evidenceGroup({ counts, sums }: EvidenceTally): EvidenceGroup {
  return { ...named(evidenceCounts, (name) => counts[name]), ...named(evidenceSums, (name) => exactText(sums[name])) };
}

/** null of nothing. */
function mean<Sum extends string, Count extends string>(
  groups: readonly Readonly<Record<Sum, string> & Record<Count, number>>[],
  sum: Sum,
  count: Count,
): number | null {
  let n = 0;
  const total = exactZero();
  for (const group of groups as readonly Record<string, string | number>[]) {
    n += group[count] as number;
    mergeExact(total, readExact(group[sum]));
  }
  return n === 0 ? null : exactQuotient(total, BigInt(n));
}

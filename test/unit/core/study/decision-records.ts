import { addDecisions, emptyDecisionTally, type DecisionTally } from '../../../../src/core/study/decision-tally.ts';
import type { DecisionRecord, EvidenceRecord, ReplicationRecord } from '../../../../src/core/study/replication-record.ts';

export const armIds = ['own', 'rule:maximin', 'penalty:none'] as const;

export type GivenInitiative = {
  readonly id: string;
  /** null where the pilot has no answer. */
  readonly med: number | null;
  readonly pilot: number;
  readonly scale: number;
  readonly half?: number;
  readonly standard_error?: number | null;
  readonly confidence?: number;
};
export type GivenDecision = { readonly selected: readonly string[]; readonly share?: number; readonly feasible?: boolean };
export type GivenReplication = {
  readonly replication: number;
  readonly initiatives: readonly GivenInitiative[];
  /** By arm, 'own' first. */
  readonly decisions: Readonly<Record<string, GivenDecision>>;
  /** null: no truth is known. */
  readonly oracle: readonly string[] | null;
};

/** A replication put together from what was estimated, what is true, and what each arm funded; sums in the order of the initiatives. */
export function recordOf({ replication, initiatives, decisions, oracle }: GivenReplication): ReplicationRecord {
  const known = oracle !== null;
  const trueReturn = (selected: readonly string[], share = 1) => sumOver(initiatives, selected, ({ scale }) => scale * share);
  const best = known ? trueReturn(oracle) : null;
  const [own] = Object.values(decisions) as [GivenDecision];
  return {
    replication,
    estimates: [],
    evidence: initiatives.map((initiative) => evidenceOf(initiative, known)),
    decisions: Object.entries(decisions).map(([arm, { selected, share, feasible = true }]): DecisionRecord => {
      const ours = trueReturn(selected, share);
      return {
        arm,
        feasible,
        selected,
        ...(share === undefined ? {} : { shares: Object.fromEntries(selected.map((id) => [id, share])) }),
        predicted_return: sumOver(initiatives, selected, ({ med }) => (med ?? 0) * (share ?? 1)),
        true_return: known ? ours : null,
        realised_regret: best === null ? null : best - ours,
      };
    }),
    oracle: known ? { selected: oracle, true_return: best ?? 0 } : null,
    funded: initiatives.flatMap(({ id, med, pilot, scale }) => {
      const share = own.share ?? 1;
      if (!known || med === null || !own.selected.includes(id)) return [];
      return [{ initiative_id: id, share, predicted: med * share, true_pilot: pilot * share, true_scale: scale * share, measured: null }];
    }),
  };
}

export function tallyOf(records: readonly ReplicationRecord[], keep = 1000): DecisionTally {
  const [first] = records;
  const tally = emptyDecisionTally(
    (first?.decisions ?? []).map(({ arm: id }) => ({ id })),
    (first?.evidence ?? []).map(({ initiative_id: id }) => id),
    keep,
  );
  for (const record of records) addDecisions(tally, record);
  return tally;
}

/** Uniform on [0, 1), the same on every machine: a 48-bit linear congruential generator. */
export function generator(seed: number): () => number {
  let state = BigInt(seed) * 2n + 1n;
  return () => {
    state = (state * 25214903917n + 11n) & ((1n << 48n) - 1n);
    return Number(state >> 16n) / 2 ** 32;
  };
}

/** A standard normal by Box and Muller. */
export function normal(uniform: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}

function evidenceOf(
  { id, med, pilot, scale, half = 5, standard_error: se = 2, confidence = 0.8 }: GivenInitiative,
  known: boolean,
): EvidenceRecord {
  return {
    initiative_id: id,
    returns: med === null ? null : { best: med + half, med, worst: med - half },
    standard_error: med === null ? null : se,
    confidence: med === null ? null : confidence,
    true_pilot: known ? pilot : null,
    true_scale: known ? scale : null,
  };
}

function sumOver(
  initiatives: readonly GivenInitiative[],
  selected: readonly string[],
  value: (initiative: GivenInitiative) => number,
): number {
  return initiatives.reduce((sum, initiative) => sum + (selected.includes(initiative.id) ? value(initiative) : 0), 0);
}

import * as v from 'valibot';
import { checkContract } from '../contracts/check-contract.ts';
import { inputError } from '../contracts/input-error.ts';
import { addNumber } from '../numeric/exact-sum.ts';
import {
  addDecision,
  armTallyJson,
  armTallySchema,
  emptyArmTally,
  mergeArmTally,
  readArmTally,
  type ArmTally,
  type ArmTallyJson,
} from './arm-tally.ts';
import {
  addEvidence,
  emptyEvidenceTally,
  evidenceTallyJson,
  groupedSchema,
  groups,
  mergeEvidenceTally,
  readEvidenceTally,
  type EvidenceTally,
  type EvidenceTallyJson,
} from './evidence-tally.ts';
import {
  keptDecision,
  keptDecisionsJson,
  keptDecisionsSchema,
  readKeptDecisions,
  type KeptDecisions,
  type KeptDecisionsJson,
} from './kept-decisions.ts';
import { countSchema, defineSums, type Sums, type SumsJson } from './named-sums.ts';
import type { ReplicationRecord } from './replication-record.ts';

/** Of a group of replications: how many decided, had an oracle, funded something whose world is known; and what the oracle got. */
const loops = defineSums(['replications', 'with_oracle', 'funded'], ['oracle_return']);
export type LoopTally = Sums<'replications' | 'with_oracle' | 'funded', 'oracle_return'>;

/** All that is kept of the decisions of any number of replications; sums are exact, so order and split change nothing. */
export type DecisionTally = {
  /** The first so many replications are kept one by one. */
  readonly keep: number;
  readonly arms: ReadonlyMap<string, ArmTally>;
  readonly initiatives: ReadonlyMap<string, InitiativeTally>;
  readonly loops: readonly LoopTally[];
  readonly kept: KeptDecisions;
};

/** `groups`: by replication number modulo 20. The confidence is that of the method's kind, the same in every replication. */
export type InitiativeTally = { confidence: number | null; readonly groups: readonly EvidenceTally[] };

export type DecisionTallyJson = {
  readonly keep: number;
  readonly arms: readonly (ArmTallyJson & { readonly id: string })[];
  readonly initiatives: readonly {
    readonly initiative_id: string;
    readonly confidence: number | null;
    readonly groups: readonly EvidenceTallyJson[];
  }[];
  readonly loops: readonly SumsJson<'replications' | 'with_oracle' | 'funded', 'oracle_return'>[];
  readonly kept: KeptDecisionsJson;
};

export function emptyDecisionTally(arms: readonly { readonly id: string }[], initiatives: readonly string[], keep: number): DecisionTally {
  return {
    keep,
    arms: new Map(arms.map(({ id }) => [id, emptyArmTally()])),
    initiatives: new Map(initiatives.map((id) => [id, { confidence: null, groups: grouped(emptyEvidenceTally) }])),
    loops: grouped(loops.empty),
    kept: new Map(),
  };
}

/** Adds one replication; nothing where it stops before the decision. @throws RangeError where its arms or initiatives are others. */
export function addDecisions(tally: DecisionTally, record: ReplicationRecord): void {
  const { replication, decisions, evidence } = record;
  const [own] = decisions;
  if (own === undefined) return;
  if (decisions.length !== tally.arms.size || evidence.length !== tally.initiatives.size)
    throw new RangeError('A replication must decide in every way of the study about every initiative');
  const group = replication % groups;
  addLoop(tally.loops[group] as LoopTally, record);
  for (const decision of decisions) addDecision(found(tally.arms, decision.arm), decision, own, record);
  for (const entry of evidence) {
    const initiative = found(tally.initiatives, entry.initiative_id);
    initiative.confidence = larger(initiative.confidence, entry.confidence);
    addEvidence(initiative.groups[group] as EvidenceTally, entry, record);
  }
  if (replication < tally.keep) tally.kept.set(replication, keptDecision(record));
}

/** Adds what another tally holds. @throws InputError where it is of another study. */
export function mergeDecisionTally(into: DecisionTally, from: DecisionTally): void {
  if (!sameKeys(into.arms, from.arms) || !sameKeys(into.initiatives, from.initiatives) || into.keep !== from.keep)
    throw inputError('', 'The decisions are of another study: other arms, initiatives or settings. Merge parts of one study only.');
  for (const [id, arm] of into.arms) mergeArmTally(arm, found(from.arms, id));
  for (const [id, initiative] of into.initiatives) {
    const other = found(from.initiatives, id);
    initiative.confidence = larger(initiative.confidence, other.confidence);
    initiative.groups.forEach((group, i) => mergeEvidenceTally(group, other.groups[i] as EvidenceTally));
  }
  into.loops.forEach((loop, i) => loops.merge(loop, from.loops[i] as LoopTally));
  for (const [replication, decision] of from.kept) into.kept.set(replication, decision);
}

/** Same replications, same text of the JSON. */
export function decisionTallyJson(tally: DecisionTally): DecisionTallyJson {
  return {
    keep: tally.keep,
    arms: [...tally.arms].map(([id, arm]) => ({ id, ...armTallyJson(arm) })),
    initiatives: [...tally.initiatives].map(([id, { confidence, groups: each }]) => ({
      initiative_id: id,
      confidence,
      groups: each.map(evidenceTallyJson),
    })),
    loops: tally.loops.map(loops.json),
    kept: keptDecisionsJson(tally.kept, tally.arms.size),
  };
}

/** @throws InputError where it is not what `decisionTallyJson` gives. */
export function readDecisionTally(json: unknown): DecisionTally {
  const given = checkContract('Decision tally', tallySchema, json);
  return {
    keep: given.keep,
    arms: new Map(given.arms.map((arm, i) => [arm.id, readArmTally(arm, `arms.${i}`)])),
    initiatives: new Map(
      given.initiatives.map(({ initiative_id: id, confidence, groups: each }, i) => [
        id,
        { confidence, groups: each.map((group, j) => readEvidenceTally(group, `initiatives.${i}.groups.${j}`)) },
      ]),
    ),
    loops: given.loops.map((loop, i) => loops.read(loop, `loops.${i}`)),
    kept: readKeptDecisions(given.kept),
  };
}

const tallySchema = v.pipe(
  v.strictObject({
    keep: countSchema,
    arms: v.pipe(v.array(v.strictObject({ id: v.string(), ...armTallySchema.entries })), v.minLength(1, 'must not be empty')),
    initiatives: v.array(v.strictObject({ initiative_id: v.string(), confidence: v.nullable(v.number()), groups: groupedSchema })),
    loops: v.pipe(v.array(loops.schema), v.length(groups, `must be ${groups} groups`)),
    kept: keptDecisionsSchema,
  }),
  v.check(({ arms, kept }) => kept.regrets.length === arms.length, 'needs the kept regrets of every arm'),
);

function addLoop({ counts, sums }: LoopTally, { oracle, funded }: ReplicationRecord): void {
  counts.replications += 1;
  if (funded.length > 0) counts.funded += 1;
  if (oracle === null) return;
  counts.with_oracle += 1;
  addNumber(sums.oracle_return, oracle.true_return);
}

function grouped<T>(empty: () => T): T[] {
  return Array.from({ length: groups }, empty);
}

function found<T>(entries: ReadonlyMap<string, T>, id: string): T {
  const entry = entries.get(id);
  if (entry === undefined) throw new RangeError(`'${id}' is not part of the study`);
  return entry;
}

function larger(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}

function sameKeys(a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): boolean {
  const keys = [...b.keys()];
  return a.size === b.size && [...a.keys()].every((key, i) => key === keys[i]);
}

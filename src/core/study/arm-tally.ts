import * as v from 'valibot';
import { addWithSquare } from '../numeric/exact-sum.ts';
import { countSchema, defineSums, type Sums, type SumsJson } from './named-sums.ts';
import type { DecisionRecord, ReplicationRecord } from './replication-record.ts';

const counts = [
  'replications',
  'feasible',
  'nothing_funded',
  'with_oracle',
  'oracle_set',
  'harmful_pick',
  'differs_from_own',
  'funded',
] as const;
const sums = [
  'regret',
  'regret_squared',
  'difference',
  'difference_squared',
  'winners_curse',
  'winners_curse_squared',
  'true_return',
  'true_return_squared',
] as const;
type ArmSums = Sums<(typeof counts)[number], (typeof sums)[number]>;
type ArmSumsJson = SumsJson<(typeof counts)[number], (typeof sums)[number]>;
const shape = defineSums(counts, sums);

/**
 * How one way to decide fared. The figures about the truth are over the `with_oracle` replications, the winner's curse over the
 * `funded` ones among them, which funded something. Difference: this arm's regret minus the own arm's in the same replication.
 */
export type ArmTally = ArmSums & { worst_regret: WorstRegret | null };
export type ArmTallyJson = ArmSumsJson & { readonly worst_regret: WorstRegret | null };
/** The largest realised regret with its replication, the first of equals. */
export type WorstRegret = { readonly value: number; readonly replication: number };

export function emptyArmTally(): ArmTally {
  return { ...shape.empty(), worst_regret: null };
}

/** `own` is what the scenario's own arm did in the same replication. */
export function addDecision(tally: ArmTally, decision: DecisionRecord, own: DecisionRecord, record: ReplicationRecord): void {
  tally.counts.replications += 1;
  if (decision.feasible) tally.counts.feasible += 1;
  if (decision.selected.length === 0) tally.counts.nothing_funded += 1;
  const { true_return: trueReturn, realised_regret: regret } = decision;
  if (trueReturn === null || regret === null || own.realised_regret === null || record.oracle === null) return;
  addAgainstTruth(tally, decision, { trueReturn, regret, difference: regret - own.realised_regret });
  tally.worst_regret = worse(tally.worst_regret, { value: regret + 0, replication: record.replication });
  if (!sameDecision(decision, own)) tally.counts.differs_from_own += 1;
  if (regret <= 0 || sameIds(decision.selected, record.oracle.selected)) tally.counts.oracle_set += 1;
  if (hasHarmfulPick(decision, record)) tally.counts.harmful_pick += 1;
}

export function mergeArmTally(into: ArmTally, from: ArmTally): void {
  shape.merge(into, from);
  if (from.worst_regret !== null) into.worst_regret = worse(into.worst_regret, from.worst_regret);
}

export function armTallyJson(tally: ArmTally): ArmTallyJson {
  return { ...shape.json(tally), worst_regret: tally.worst_regret };
}

export function readArmTally(json: ArmTallyJson, path: string): ArmTally {
  return { ...shape.read(json, path), worst_regret: json.worst_regret };
}

export const armTallySchema = v.strictObject({
  ...shape.schema.entries,
  worst_regret: v.nullable(v.strictObject({ value: v.pipe(v.number(), v.finite('must be finite')), replication: countSchema })),
});

function addAgainstTruth(
  { counts: count, sums: sum }: ArmTally,
  { selected, predicted_return: predicted }: DecisionRecord,
  { trueReturn, regret, difference }: { readonly trueReturn: number; readonly regret: number; readonly difference: number },
): void {
  count.with_oracle += 1;
  addWithSquare(sum.regret, sum.regret_squared, regret);
  addWithSquare(sum.difference, sum.difference_squared, difference);
  addWithSquare(sum.true_return, sum.true_return_squared, trueReturn);
  if (selected.length === 0) return;
  count.funded += 1;
  addWithSquare(sum.winners_curse, sum.winners_curse_squared, predicted - trueReturn);
}

function worse(a: WorstRegret | null, b: WorstRegret): WorstRegret {
  if (a === null || b.value > a.value) return b;
  return b.value === a.value && b.replication < a.replication ? b : a;
}

/** Whether it funds something whose true return at scale is below 0. */
function hasHarmfulPick({ selected }: DecisionRecord, { evidence }: ReplicationRecord): boolean {
  return evidence.some(({ initiative_id: id, true_scale }) => true_scale !== null && true_scale < 0 && selected.includes(id));
}

function sameDecision(a: DecisionRecord, b: DecisionRecord): boolean {
  return sameIds(a.selected, b.selected) && a.selected.every((id) => (a.shares?.[id] ?? 1) === (b.shares?.[id] ?? 1));
}

/** Both are in the order of the scenario. */
function sameIds(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id, i) => id === b[i]);
}

import { inputError } from '../contracts/input-error.ts';
import type { Estimand } from '../contracts/shared-types.ts';
import { decisionArms } from './decision-arms.ts';
import {
  addDecisions,
  decisionTallyJson,
  emptyDecisionTally,
  mergeDecisionTally,
  readDecisionTally,
  type DecisionTally,
  type DecisionTallyJson,
} from './decision-tally.ts';
import { addKept, keptJson, keptReplicates, mergeKept, readKept, type KeptReplicates } from './kept-replicates.ts';
import {
  addReplicate,
  emptyReplicateTally,
  mergeReplicateTally,
  readReplicateTally,
  replicateTallyJson,
  type ReplicateTally,
  type ReplicateTallyJson,
} from './replicate-tally.ts';
import type { EstimateRecord, ReplicationRecord } from './replication-record.ts';
import { studiedScenario } from './studied-scenario.ts';
import type { StudyPlan } from './study-plan.ts';

/** One method on one initiative. */
export type StudyRow = { readonly initiative_id: string; readonly position: number; readonly method: string };

/** The sums of one row; mutable. */
export type RowTally = StudyRow & {
  estimand: Estimand | null;
  readonly population: ReplicateTally;
  readonly sample: ReplicateTally;
  /** Replications without an answer, by reason with every number in it replaced by #. */
  readonly failures: Map<string, number>;
};

/** All that a study knows, in sums that merge exactly; mutable. */
export type StudyTally = {
  /** Replications that are in the sums: disjoint ranges [from, to) in order. */
  done: readonly (readonly [from: number, to: number])[];
  readonly rows: readonly RowTally[];
  readonly kept: KeptReplicates;
  /** Replications below this are kept one by one. */
  readonly keep: number;
  readonly decisions: DecisionTally;
};

export type StudyTallyJson = {
  readonly rows: readonly (StudyRow & {
    readonly estimand: Estimand | null;
    readonly population: ReplicateTallyJson;
    readonly sample: ReplicateTallyJson;
    readonly failures: Readonly<Record<string, number>>;
  })[];
  readonly kept: ReturnType<typeof keptJson>;
  readonly decisions: DecisionTallyJson;
};

/** Most single estimates kept, so that many initiatives do not fill the memory. */
const mostKept = 200_000;

export function emptyStudyTally(plan: StudyPlan): StudyTally {
  const scenario = studiedScenario(plan);
  const rows = scenario.initiatives.flatMap((initiative) =>
    initiative.source === 'stated'
      ? []
      : [initiative.method, ...initiative.comparisons].map((method, position) => emptyRow(initiative.initiative_id, position, method.id)),
  );
  const keep = Math.min(plan.settings.keep, Math.floor(mostKept / Math.max(1, rows.length)));
  const ids = scenario.initiatives.map(({ initiative_id: id }) => id);
  return { done: [], rows, kept: keptReplicates(), keep, decisions: emptyDecisionTally(decisionArms(scenario), ids, keep) };
}

export function addRecord(tally: StudyTally, record: ReplicationRecord): void {
  tally.done = joined([...tally.done, [record.replication, record.replication + 1]]);
  record.estimates.forEach((estimate, row) => addEstimate(tally, estimate, row, record.replication));
  if (record.decisions.length > 0) addDecisions(tally.decisions, record);
}

/** Adds what another tally of the same plan has summed. @throws InputError where both hold the same replication. */
export function mergeStudyTally(into: StudyTally, from: StudyTally): void {
  into.done = joined([...into.done, ...from.done]);
  into.rows.forEach((row, i) => {
    const other = from.rows[i] as RowTally;
    row.estimand ??= other.estimand;
    mergeReplicateTally(row.population, other.population);
    mergeReplicateTally(row.sample, other.sample);
    for (const [reason, count] of other.failures) row.failures.set(reason, (row.failures.get(reason) ?? 0) + count);
  });
  mergeKept(into.kept, from.kept);
  mergeDecisionTally(into.decisions, from.decisions);
}

export function replicationsDone({ done }: StudyTally): number {
  return done.reduce((sum, [from, to]) => sum + to - from, 0);
}

export function studyTallyJson(tally: StudyTally): StudyTallyJson {
  return {
    rows: tally.rows.map(({ population, sample, failures, ...row }) => ({
      ...row,
      population: replicateTallyJson(population),
      sample: replicateTallyJson(sample),
      failures: Object.fromEntries([...failures].sort(([a], [b]) => (a < b ? -1 : 1))),
    })),
    kept: keptJson(tally.kept),
    decisions: decisionTallyJson(tally.decisions),
  };
}

/** The tally of that plan from its JSON. @throws InputError where it is not one. */
export function readStudyTally(plan: StudyPlan, done: StudyTally['done'], json: StudyTallyJson): StudyTally {
  const empty = emptyStudyTally(plan);
  if (json.rows.length !== empty.rows.length) throw inputError('state.rows', `must have ${empty.rows.length} rows, one per method of the scenario`, json.rows.length);
  mergeDecisionTally(empty.decisions, readDecisionTally(json.decisions));
  return {
    done: joined(done),
    keep: empty.keep,
    rows: empty.rows.map((row, i) => {
      const { estimand, population, sample, failures, ...given } = json.rows[i] as StudyTallyJson['rows'][number];
      if (!isSameRow(row, given))
        throw inputError(`state.rows.${i}`, `must be ${row.method} of ${row.initiative_id}, as in the scenario; take the file as it was written`, null);
      return {
        ...row,
        estimand,
        population: readReplicateTally(population),
        sample: readReplicateTally(sample),
        failures: new Map(Object.entries(failures)),
      };
    }),
    kept: readKept(json.kept),
    decisions: empty.decisions,
  };
}

function isSameRow(a: StudyRow, b: StudyRow): boolean {
  return a.initiative_id === b.initiative_id && a.position === b.position && a.method === b.method;
}

function emptyRow(initiativeId: string, position: number, method: string): RowTally {
  return {
    initiative_id: initiativeId,
    position,
    method,
    estimand: null,
    population: emptyReplicateTally(),
    sample: emptyReplicateTally(),
    failures: new Map(),
  };
}

/** Records list initiatives in the scenario's order, each with its methods by position: the order of the rows but for positions. */
function addEstimate(tally: StudyTally, { answer, truth, estimand, reason, initiative_id, position }: EstimateRecord, at: number, replication: number): void {
  const row = tally.rows[at];
  if (row === undefined || row.initiative_id !== initiative_id || row.position !== position) throw new TypeError('the record is not of this plan');
  row.estimand ??= estimand;
  const { population, sample } = truth;
  if (replication < tally.keep)
    addKept(tally.kept, { replication, row: at, ...(answer ?? noAnswer), truth_population: population, truth_sample: sample });
  if (answer === null) {
    const kind = (reason ?? '').replaceAll(/\d[\d.,]*/g, '#');
    row.failures.set(kind, (row.failures.get(kind) ?? 0) + 1);
    return;
  }
  if (population !== null) addReplicate(row.population, { ...answer, truth: population });
  if (sample !== null) addReplicate(row.sample, { ...answer, truth: sample });
}

const noAnswer = { estimate: null, standard_error: null, df: null, ci_lower: null, ci_upper: null, p_value: null } as const;

/** Disjoint ranges in order, neighbours joined. @throws InputError where two overlap. */
function joined(ranges: StudyTally['done']): StudyTally['done'] {
  const sorted = [...ranges].sort(([a], [b]) => a - b);
  const result: [number, number][] = [];
  for (const [from, to] of sorted) {
    const last = result.at(-1);
    if (last !== undefined && from < last[1]) throw inputError('done', `replication ${from} is there twice: the same shard was given twice`, from);
    if (last !== undefined && from === last[1]) last[1] = to;
    else result.push([from, to]);
  }
  return result;
}

import * as v from 'valibot';
import { contractIssues } from '../contracts/check-contract.ts';
import { digestOf } from '../contracts/digest.ts';
import { inputError, InputError } from '../contracts/input-error.ts';
import { estimands, type Estimand } from '../contracts/shared-types.ts';
import { requireScenario } from '../scenario/parse-scenario.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { checkStudyTally } from './check-study-tally.ts';
import { summariseDecisions, type DecisionSummary } from './decision-summary.ts';
import { diagnose, type Diagnosed } from './index.ts';
import { keptOf } from './kept-replicates.ts';
import type { RegretSplit } from './regret-split.ts';
import { extents, type StudyPlan, type StudySettings } from './study-plan.ts';
import {
  mergeStudyTally,
  readStudyTally,
  replicationsDone,
  studyTallyJson,
  type RowTally,
  type StudyRow,
  type StudyTally,
  type StudyTallyJson,
} from './study-tally.ts';
import { checkPrecision } from './target-precision.ts';

const format = 'impact-workbench study';

/** How one method did on one initiative, against the effect in expectation or in the very sample. */
export type EstimateSummary = StudyRow & {
  readonly estimand: Estimand;
  readonly about: 'population' | 'sample';
  /** Replications with an answer and a truth to hold it against: what the diagnosands are about. */
  readonly replications: number;
  /** Replications without an answer, and why; every number in a reason is replaced by #. */
  readonly failures: { readonly count: number; readonly reasons: Readonly<Record<string, number>> };
  /** Of `replications`, those kept one by one: what bias-eliminated coverage and the jackknife rest on. */
  readonly kept: number;
  readonly diagnosands: Diagnosed;
};

/** A study as a file: everything it found, and the sums to go on from or to merge with other shards. */
export type StudyDocument = {
  readonly format: typeof format;
  readonly version: 1;
  readonly scenario: Scenario;
  readonly settings: StudySettings;
  /** Replications done, and those the plan has. */
  readonly replications: number;
  readonly planned: number;
  /** Which ones: ranges [from, to). */
  readonly done: StudyTally['done'];
  readonly diagnosands: readonly EstimateSummary[];
  /** null where the study stops at the estimates. */
  readonly decision: DecisionSummary | null;
  /** SHA-256 of settings, done, diagnosands and decision. */
  readonly digest: string;
  readonly state: StudyTallyJson;
};

/** What a study has found so far. `split` is null until it has been worked out. */
export type StudyFindings = Omit<StudyDocument, 'state' | 'digest' | 'format' | 'version'>;

export function studyFindings(plan: StudyPlan, tally: StudyTally, split: RegretSplit | null): StudyFindings {
  return {
    scenario: plan.scenario,
    settings: plan.settings,
    replications: replicationsDone(tally),
    planned: plan.replications,
    done: tally.done,
    diagnosands: tally.rows.flatMap((row, i) => [summariseRow(tally, row, i, 'population'), summariseRow(tally, row, i, 'sample')].flatMap((summary) => summary ?? [])),
    decision: plan.settings.extent === 'estimates' ? null : summariseDecisions(plan, tally.decisions, split),
  };
}

export function studyDocument(plan: StudyPlan, tally: StudyTally, split: RegretSplit | null): StudyDocument {
  const findings = studyFindings(plan, tally, split);
  const { settings, done, diagnosands, decision } = findings;
  return {
    format,
    version: 1,
    ...findings,
    digest: digestOf({ settings, done, diagnosands, decision }),
    state: studyTallyJson(tally),
  };
}

/** The plan and the sums of a study file. @throws InputError where it is not one. */
export function readStudy(given: unknown, path = ''): { readonly plan: StudyPlan; readonly tally: StudyTally } {
  if ((given as { readonly format?: unknown } | null)?.format !== format)
    throw inputError(path, `is not a study file: its format is not '${format}'; give a file that study or merge wrote`, null);
  try {
    const parsed = v.safeParse(documentSchema, given);
    if (!parsed.success) throw new InputError(contractIssues(parsed.issues));
    const { scenario, settings, planned, done, state } = parsed.output;
    const plan: StudyPlan = { scenario: requireScenario(scenario), settings, replications: planned };
    if (settings.precision !== null) checkPrecision(settings.precision);
    const tally = readStudyTally(plan, done, state as unknown as StudyTallyJson);
    checkStudyTally(plan, tally);
    return { plan, tally };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(error.issues.map((issue) => ({ ...issue, path: [path, issue.path].filter(Boolean).join(': ') })));
  }
}

/** Puts shards of one study together. @throws InputError where they are not of one study, or overlap. */
export function mergeStudies(given: readonly { readonly name: string; readonly document: unknown }[]): { readonly plan: StudyPlan; readonly tally: StudyTally } {
  const [first, ...others] = given.map(({ name, document }) => ({ name, ...readStudy(document, name) }));
  if (first === undefined) throw inputError('', 'there is nothing to merge', 0);
  for (const { name, plan, tally } of others) {
    if (digestOf(plan) !== digestOf(first.plan)) throw inputError(name, `is of another study than ${first.name}: ${difference(plan, first.plan)} differ`, null);
    mergeStudyTally(first.tally, tally);
  }
  return { plan: first.plan, tally: first.tally };
}

function difference(a: StudyPlan, b: StudyPlan): string {
  if (digestOf(a.scenario) !== digestOf(b.scenario)) return 'the scenarios';
  return digestOf(a.settings) === digestOf(b.settings) ? 'the numbers of replications' : 'the settings';
}

function summariseRow(tally: StudyTally, row: RowTally, at: number, about: 'population' | 'sample'): EstimateSummary | null {
  const { initiative_id, position, method, estimand, failures } = row;
  if (estimand === null) return null;
  const kept = keptOf(tally.kept, at, about);
  return {
    initiative_id,
    position,
    method,
    estimand,
    about,
    replications: row[about].replications,
    failures: { count: [...failures.values()].reduce((sum, count) => sum + count, 0), reasons: Object.fromEntries([...failures].sort(([a], [b]) => (a < b ? -1 : 1))) },
    kept: kept.length,
    diagnosands: diagnose({ tally: row[about], kept }),
  };
}

const whole = v.pipe(v.number('must be a number'), v.safeInteger('must be a whole number'), v.minValue(0, 'must not be negative'));
const rowSchema = v.looseObject({
  estimand: v.nullable(v.picklist(estimands, `must be one of ${estimands.join(', ')}`)),
  failures: v.record(v.string(), whole),
});
const documentSchema = v.object({
  format: v.literal(format),
  version: v.literal(1, 'must be 1, the version this program reads'),
  scenario: v.unknown(),
  settings: v.strictObject({
    extent: v.picklist(extents, `must be one of ${extents.join(', ')}`),
    effect: v.picklist(['as_declared', 'none'], 'must be as_declared or none'),
    precision: v.nullable(v.strictObject({ diagnosand: v.string(), monte_carlo_se: v.number() })),
    keep: whole,
  }),
  planned: whole,
  done: v.array(v.pipe(v.tuple([whole, whole]), v.check(([from, to]) => from < to, 'must be a range [from, to) with from below to'))),
  state: v.looseObject({ rows: v.array(rowSchema), kept: v.unknown(), decisions: v.unknown() }),
});

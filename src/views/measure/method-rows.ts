import type { Interval } from '../../charts/chart-types.ts';
import type { EstimateRow } from '../../charts/estimate-geometry.ts';
import type { InitiativeRun, PilotResult } from '../../core/contracts/run.ts';
import type { Estimand } from '../../core/contracts/shared-types.ts';
import type { MethodPicture } from '../../core/measure/method-picture.ts';
import type { Choice, SimulatedInitiative } from '../../core/scenario/scenario.ts';
import { methodOf } from '../shared/catalogue.ts';
import type { MethodPlace } from '../shared/comparison-edits.ts';
import type { Verdict } from '../shared/coverage.ts';

/** One method's answer on the pilot, beside the truth about what it asks for. */
export type MethodRow = {
  readonly key: string;
  /** Where it stands in the scenario; null for the naive answer, which is always there. */
  readonly place: MethodPlace | null;
  readonly choice: Choice;
  readonly label: string;
  /** What is set other than the method's defaults. */
  readonly settings: string;
  /** null while it is measured, and for the naive answer. */
  readonly result: PilotResult | null;
  readonly picture: MethodPicture | null;
  readonly interval: Interval | null;
  readonly estimand: Estimand;
  readonly truth: number | null;
  readonly bias: number | null;
  readonly verdict: Verdict | null;
  /** Why there is no estimate. */
  readonly trouble: string | null;
};

const naiveId = 'naive_difference';

/**
 * The method in the decision, the comparisons in their order, the naive answer last. The scenario in hand says which rows there
 * are, the last run what their answers are; a row whose method the run does not have yet is still being measured.
 */
export function methodRows(run: InitiativeRun, measured: SimulatedInitiative, inHand: SimulatedInitiative): MethodRow[] {
  const pilot = run.pilot;
  if (pilot === null) return [];
  const answers = new Map<string, { readonly result: PilotResult; readonly picture: MethodPicture | null }>();
  measured.comparisons.forEach((choice, i) => run.comparisons[i] && answers.set(choiceKey(choice), run.comparisons[i]));
  answers.set(choiceKey(measured.method), pilot);
  const truthOf = (estimand: Estimand) => pilot.truth.population[estimand];
  const row = (choice: Choice, place: MethodPlace): MethodRow => {
    const answer = answers.get(choiceKey(choice)) ?? null;
    const estimand = answer?.result.estimand ?? methodOf(choice.id)?.estimand ?? 'att';
    const interval = answer?.result.status === 'ok' ? intervalOf(answer.result) : null;
    return {
      key: place === 'method' ? 'method' : `comparison-${place}`,
      place,
      choice,
      label: methodOf(choice.id)?.label ?? choice.id,
      settings: settingsOf(choice),
      result: answer?.result ?? null,
      picture: answer?.picture ?? null,
      interval,
      estimand,
      ...against(interval, truthOf(estimand)),
      trouble: answer === null ? 'being measured' : answer.result.status === 'degenerate' ? answer.result.reason : null,
    };
  };
  return [
    row(inHand.method, 'method'),
    ...inHand.comparisons.map(row),
    ...(inHand.method.id === naiveId ? [] : [naiveRow(pilot.naive, truthOf('att'))]),
  ];
}

/** The rows of the picture. */
export function chartRows(rows: readonly MethodRow[]): EstimateRow[] {
  return rows.map((row) => ({
    id: row.key,
    label: row.label,
    detail: [row.place === 'method' ? 'in the decision' : '', row.settings].filter((part) => part !== '').join(' \u00b7 '),
    tone: row.place === null ? 'neutral' : 'pilot',
    hollow: row.place !== 'method',
    interval: row.interval,
    truth: row.truth,
    note: row.trouble,
  }));
}

/** Methods are the same where id and parameters are, whatever the order in which those were set. */
export function choiceKey({ id, parameters }: Choice): string {
  return JSON.stringify([id, Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1))]);
}

function naiveRow(
  naive: { readonly estimate: number; readonly ci_lower: number; readonly ci_upper: number } | null,
  truth: number | null,
): MethodRow {
  const interval = naive === null ? null : { estimate: naive.estimate, lower: naive.ci_lower, upper: naive.ci_upper };
  return {
    key: 'naive',
    place: null,
    choice: { id: naiveId, parameters: {} },
    label: methodOf(naiveId)?.label ?? naiveId,
    settings: 'treated minus control mean',
    result: null,
    picture: null,
    interval,
    estimand: 'att',
    ...against(interval, truth),
    trouble: naive === null ? 'there is nobody to compare with' : null,
  };
}

function intervalOf(result: Extract<PilotResult, { status: 'ok' }>): Interval {
  return { estimate: result.effect_estimate, lower: result.ci_lower, upper: result.ci_upper };
}

function against(interval: Interval | null, truth: number | null): Pick<MethodRow, 'truth' | 'bias' | 'verdict'> {
  if (interval === null || truth === null) return { truth, bias: null, verdict: null };
  const verdict = interval.lower > truth ? 'above' : interval.upper < truth ? 'below' : 'holds';
  return { truth, bias: interval.estimate - truth, verdict };
}

function settingsOf({ id, parameters }: Choice): string {
  const known = methodOf(id)?.parameters as Readonly<Record<string, { readonly label: string; readonly default: unknown }>> | undefined;
  return Object.entries(parameters)
    .filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(known?.[name]?.default))
    .map(([name, value]) => `${(known?.[name]?.label ?? name).toLowerCase()} ${show(value)}`)
    .join(', ');
}

function show(value: unknown): string {
  if (Array.isArray(value)) return value.join(' + ').replaceAll('_', ' ');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return String(value).replaceAll('_', ' ');
}

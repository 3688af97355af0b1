import { digestOf } from '../contracts/digest.ts';
import { InputError, inputError, type Issue } from '../contracts/input-error.ts';
import type { DecisionSummary } from './decision-summary.ts';
import type { StudyFindings } from './study-document.ts';
import type { StudyPlan } from './study-plan.ts';
import { sweepBreakdown } from './sweep-breakdown.ts';
import type { SweepDecision, SweepDocument, SweepPlan, SweepPoint } from './sweep-plan.ts';
import { scenarioAt, sweepTarget } from './sweep-targets.ts';

export const mostValues = 200;

/** A grid value with the study that is run there, or what forbids it. */
export type SweepStep =
  | { readonly value: number; readonly plan: StudyPlan; readonly issues: null }
  | { readonly value: number; readonly plan: null; readonly issues: readonly Issue[] };

/** The studies of a sweep, in ascending order of their values. @throws InputError where the path or the grid cannot be used. */
export function sweepSteps({ study, path, values }: SweepPlan): readonly SweepStep[] {
  sweepTarget(study.scenario, path);
  return gridOf(values).map((value): SweepStep => {
    const parsed = scenarioAt(study.scenario, path, value);
    return parsed.ok ? { value, plan: { ...study, scenario: parsed.value }, issues: null } : { value, plan: null, issues: parsed.issues };
  });
}

/** A point from what its study has found so far; null findings where it has not begun. */
export function sweepPoint({ value, issues }: SweepStep, findings: StudyFindings | null): SweepPoint {
  if (findings === null) return { value, issues, replications: 0, diagnosands: [], decision: null };
  const own = findings.diagnosands.filter(({ position, about }) => position === 0 && about === 'population');
  return {
    value,
    issues,
    replications: findings.replications,
    diagnosands: own,
    decision: findings.decision && decisionOf(findings.decision),
  };
}

/** What a sweep has found. `points` are in the order of `sweepSteps`. */
export function sweepDocument(plan: SweepPlan, points: readonly SweepPoint[]): SweepDocument {
  const { scenario, settings, replications } = plan.study;
  const { path, label, initiative, unit, current } = sweepTarget(scenario, plan.path);
  const simulated = scenario.initiatives.filter(({ source }) => source === 'simulated').map(({ initiative_id: id }) => id);
  const breakdown = sweepBreakdown(simulated, points, current);
  return {
    format: 'impact-workbench sweep',
    version: 1,
    scenario,
    settings,
    path,
    label,
    initiative,
    unit,
    current,
    values: points.map(({ value }) => value),
    replications,
    points,
    breakdown,
    digest: digestOf({ settings, path, points, breakdown }),
  };
}

function gridOf(values: readonly number[]): number[] {
  if (!values.every(Number.isFinite))
    throw inputError(
      'values',
      'must all be finite numbers',
      values.find((value) => !Number.isFinite(value)),
    );
  const grid = [...new Set(values.map((value) => value + 0))].sort((a, b) => a - b);
  if (grid.length === 0) throw inputError('values', 'must hold at least one value');
  if (grid.length > mostValues)
    throw new InputError([{ path: 'values', message: `must hold at most ${mostValues} values (found ${grid.length})` }]);
  return grid;
}

function decisionOf({ arms, initiatives, portfolios, regret_split: split }: DecisionSummary): SweepDecision {
  const own = arms[0];
  const [modal] = portfolios.chosen;
  return {
    expected_regret: own?.expected_regret ?? null,
    oracle_probability: own?.probability_of_oracle_set ?? null,
    selection: initiatives.flatMap(({ initiative_id, selection_frequency: share }) => (share === null ? [] : [{ initiative_id, share }])),
    modal_portfolio: modal === undefined ? null : { initiatives: modal.initiatives, share: modal.share.value },
    average_portfolio: split?.stages.find(({ evidence }) => evidence === 'average_pilot')?.selected ?? null,
  };
}

import type { Allocation } from '../allocate/decision-rule.ts';
import { allocateResultSchema, type AllocateResult } from '../contracts/allocate-result.ts';
import { checkContract } from '../contracts/check-contract.ts';
import { digestOf } from '../contracts/digest.ts';
import type { EvaluateResult } from '../contracts/evaluate-result.ts';
import { outcomeReportSchema, type OutcomeReport } from '../contracts/outcome-report.ts';
import type { InitiativeRun, Measurement, OracleComparison, PilotResult, Run } from '../contracts/run.ts';
import type { Initiative, Scenario } from '../scenario/scenario.ts';
import { errorParts } from './error-parts.ts';
import { truePerUnit } from './truth.ts';

type LoopResults = {
  readonly scenario: Scenario;
  readonly replication: number;
  readonly pilotOf: ReadonlyMap<string, Measurement>;
  readonly comparisonsOf: ReadonlyMap<string, readonly Measurement[]>;
  readonly effectAtScaleOf: ReadonlyMap<string, number | null>;
  readonly evaluationOf: ReadonlyMap<string, EvaluateResult>;
  readonly allocation: Allocation;
  readonly oracle: Allocation | null;
  readonly scaleOf: ReadonlyMap<string, Measurement>;
};

/** Puts the loop's results side by side with the truth: outcome reports, error split, oracle, digest. */
export function assembleRun(loop: LoopResults): Run {
  const allocateResult = allocateResultOf(loop);
  const initiatives = loop.scenario.initiatives.map((initiative) => initiativeRun(loop, initiative, allocateResult));
  const contracts = {
    pilot_results: resultsOf(loop.scenario, loop.pilotOf),
    evaluate_results: loop.scenario.initiatives.flatMap((i) => loop.evaluationOf.get(i.initiative_id) ?? []),
    allocate_result: allocateResult,
    scale_results: resultsOf(loop.scenario, loop.scaleOf),
    outcome_reports: initiatives.flatMap((i) => i.report ?? []),
  };
  return {
    scenario: loop.scenario,
    replication: loop.replication,
    ...contracts,
    digest: digestOf(contracts),
    allocation: loop.allocation,
    initiatives,
    oracle: oracleComparison(loop, initiatives),
    scale_skipped: scaleSkipped(loop),
  };
}

function allocateResultOf({ allocation, evaluationOf, scenario }: LoopResults): AllocateResult {
  const selected = allocation.selected_initiatives;
  const costOf = new Map(scenario.initiatives.map((i) => [i.initiative_id, i.cost_to_scale]));
  const shareOf = (id: string) => fundedShare(allocation, id);
  return checkContract('AllocateResult', allocateResultSchema, {
    selected_initiatives: [...selected],
    predicted_returns: Object.fromEntries(selected.map((id) => [id, (evaluationOf.get(id)?.R_med ?? NaN) * shareOf(id)])),
    budget_allocated: Object.fromEntries(selected.map((id) => [id, (costOf.get(id) ?? NaN) * shareOf(id)])),
    status: allocation.status,
    objective_value: allocation.objective_value,
    v_star: allocation.v_star,
    regrets: allocation.regrets,
  });
}

function initiativeRun(loop: LoopResults, initiative: Initiative, allocateResult: AllocateResult): InitiativeRun {
  const id = initiative.initiative_id;
  const pilot = loop.pilotOf.get(id) ?? null;
  const scale = loop.scaleOf.get(id) ?? null;
  const evaluation = loop.evaluationOf.get(id) ?? null;
  const units = initiative.source === 'simulated' ? initiative.units_at_scale : 1;
  const atScale = loop.effectAtScaleOf.get(id) ?? null;
  const share = fundedShare(loop.allocation, id);
  return {
    initiative_id: id,
    pilot,
    comparisons: (loop.comparisonsOf.get(id) ?? []).map(({ result, picture }) => ({ result, picture })),
    evaluation,
    funded: share > 0,
    funded_share: share,
    scale,
    report: pilot && scale && evaluation ? outcomeReport(pilot, scale, atScale, evaluation, units * share, allocateResult, share) : null,
    true_effect: truePerUnit(pilot),
    true_effect_at_scale: atScale,
    true_return: atScale === null ? null : atScale * units,
    error_parts: pilot && scale ? errorParts(pilot, scale, atScale, units * share) : null,
  };
}

function outcomeReport(
  pilot: Measurement,
  scale: Measurement,
  truth: number | null,
  evaluation: EvaluateResult,
  units: number,
  allocated: AllocateResult,
  share: number,
): OutcomeReport | null {
  if (scale.result.status !== 'ok') return null;
  const id = evaluation.initiative_id;
  const predicted = evaluation.R_med * share;
  const actual = scale.result.effect_estimate * units;
  const budget = allocated.budget_allocated[id] as number;
  return checkContract('OutcomeReport', outcomeReportSchema, {
    initiative_id: id,
    predicted_return: predicted,
    actual_return: actual,
    prediction_error: actual - predicted,
    sample_size_pilot: pilot.result.sample_size,
    sample_size_scale: scale.result.sample_size,
    budget_allocated: budget,
    confidence_score: evaluation.confidence,
    model_type: evaluation.model_type,
    predicted_lower: evaluation.R_worst * share,
    predicted_upper: evaluation.R_best * share,
    actual_lower: scale.result.ci_lower * units,
    actual_upper: scale.result.ci_upper * units,
    inside_pilot_interval: evaluation.R_worst * share <= actual && actual <= evaluation.R_best * share,
    return_on_investment: (actual - budget) / budget,
    true_return: truth === null ? null : truth * units,
  });
}

function oracleComparison({ allocation, oracle }: LoopResults, initiatives: readonly InitiativeRun[]): OracleComparison | null {
  if (oracle === null) return null;
  const ourReturn = sumTrue(initiatives, (id) => fundedShare(allocation, id));
  const oracleReturn = sumTrue(initiatives, (id) => fundedShare(oracle, id));
  return {
    oracle_initiatives: initiatives.map((i) => i.initiative_id).filter((id) => oracle.selected_initiatives.includes(id)),
    oracle_return: oracleReturn,
    our_return: ourReturn,
    realised_regret: oracleReturn - ourReturn,
  };
}

function scaleSkipped({ allocation, scaleOf }: LoopResults): string | null {
  if (scaleOf.size > 0) return null;
  if (allocation.selected_initiatives.length > 0)
    return 'The funded initiatives state their returns and have no simulated world to measure again.';
  return allocation.reason ?? 'Nothing was funded, so there is nothing to measure again.';
}

function resultsOf(scenario: Scenario, measurements: ReadonlyMap<string, Measurement>): PilotResult[] {
  return scenario.initiatives.flatMap((i) => measurements.get(i.initiative_id)?.result ?? []);
}

function sumTrue(initiatives: readonly InitiativeRun[], shareOf: (id: string) => number): number {
  return initiatives.reduce((sum, i) => sum + (i.true_return ?? 0) * shareOf(i.initiative_id), 0);
}

/** 1 for an initiative funded whole, 0 for one not funded. */
function fundedShare(allocation: Allocation, id: string): number {
  if (!allocation.selected_initiatives.includes(id)) return 0;
  return allocation.shares?.[id] ?? 1;
}

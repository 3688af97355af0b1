import { allocate } from '../allocate/index.ts';
import type { Allocation, AllocationProblem } from '../allocate/decision-rule.ts';
import type { Measurement, PilotResult } from '../contracts/run.ts';
import { allocationProblem, decisionLoop, drive, pilotLoop, scaleLoop, type Decided, type Measured } from '../pipeline.ts';
import { truePerUnit } from '../scale/truth.ts';
import type { Scenario, SimulatedInitiative } from '../scenario/scenario.ts';
import type { Ports } from '../stage-tasks.ts';
import { decisionArms, type DecisionArm } from './decision-arms.ts';
import type { DecisionRecord, EstimateRecord, EvidenceRecord, ReplicationRecord, ScaleRecord } from './replication-record.ts';
import { studiedScenario } from './studied-scenario.ts';
import type { StudyPlan } from './study-plan.ts';

/** One replication of the loop, as far as the plan goes, on random streams of its own. Pure: same plan and number, same bits. */
export function replicate(plan: StudyPlan, replication: number, ports: Ports): ReplicationRecord {
  const scenario = studiedScenario(plan);
  if (plan.settings.extent === 'estimates') {
    const measured = drive(pilotLoop(scenario, replication), ports);
    return { replication, estimates: estimateRecords(scenario, measured), evidence: [], decisions: [], oracle: null, funded: [] };
  }
  const decided = drive(decisionLoop(scenario, replication), ports);
  const evidence = evidenceRecords(scenario, decided);
  const trueAtScale = new Map(evidence.map(({ initiative_id: id, true_scale }) => [id, true_scale ?? 0]));
  const oracle = decided.oracle === null ? null : oracleOf(scenario, decided.oracle, trueAtScale);
  const scaleOf = plan.settings.extent === 'whole' ? drive(scaleLoop(scenario, replication, decided.allocation), ports) : new Map<string, Measurement>();
  return {
    replication,
    estimates: estimateRecords(scenario, decided),
    evidence,
    decisions: decisionArms(scenario).map((arm) => decisionRecord(scenario, decided, arm, trueAtScale, oracle)),
    oracle,
    funded: fundedRecords(scenario, decided, evidence, scaleOf),
  };
}

function estimateRecords(scenario: Scenario, { pilotOf, comparisonsOf }: Measured): EstimateRecord[] {
  return scenario.initiatives.flatMap(({ initiative_id: id }) => {
    const pilot = pilotOf.get(id);
    return pilot === undefined ? [] : [pilot, ...(comparisonsOf.get(id) ?? [])].map(estimateRecord);
  });
}

function estimateRecord({ result, truth }: Measurement, position: number): EstimateRecord {
  const { initiative_id, method, estimand } = result;
  return {
    initiative_id,
    position,
    method,
    estimand,
    answer: answerOf(result),
    reason: result.status === 'ok' ? null : result.reason,
    truth: { population: truth.population[estimand], sample: truth.sample[estimand] },
  };
}

function answerOf(result: PilotResult): EstimateRecord['answer'] {
  if (result.status !== 'ok') return null;
  const { effect_estimate: estimate, standard_error, df, ci_lower, ci_upper, p_value } = result;
  return { estimate, standard_error, df, ci_lower, ci_upper, p_value };
}

function evidenceRecords(scenario: Scenario, { pilotOf, evaluationOf, effectAtScaleOf }: Decided): EvidenceRecord[] {
  return scenario.initiatives.map((initiative) => {
    const { initiative_id } = initiative;
    const pilot = pilotOf.get(initiative_id);
    const evaluation = evaluationOf.get(initiative_id);
    const units = initiative.source === 'simulated' ? initiative.units_at_scale : 1;
    const standardError = pilot?.result.status === 'ok' ? pilot.result.standard_error : null;
    const truth = truePerUnit(pilot);
    const atScale = effectAtScaleOf.get(initiative_id) ?? null;
    return {
      initiative_id,
      returns: evaluation === undefined ? null : { best: evaluation.R_best, med: evaluation.R_med, worst: evaluation.R_worst },
      standard_error: standardError === null ? null : standardError * units,
      confidence: evaluation?.confidence ?? null,
      true_pilot: truth === null ? null : truth * units,
      true_scale: atScale === null ? null : atScale * units,
    };
  });
}

function oracleOf(scenario: Scenario, oracle: Allocation, trueAtScale: ReadonlyMap<string, number>) {
  return { selected: inOrder(scenario, oracle), true_return: trueReturn(scenario, oracle, trueAtScale) };
}

function decisionRecord(
  scenario: Scenario,
  decided: Decided,
  arm: DecisionArm,
  trueAtScale: ReadonlyMap<string, number>,
  oracle: ReplicationRecord['oracle'],
): DecisionRecord {
  const { decision_rule, confidence_penalty, return_correction } = arm;
  const problem = allocationProblem({ ...scenario, decision_rule, confidence_penalty, return_correction }, decided.evaluations, decided.standardErrors);
  const allocation = arm.varies === 'nothing' ? decided.allocation : allocate(problem, null);
  const selected = inOrder(scenario, allocation);
  const medOf = medianReturns(problem);
  const ours = oracle === null ? null : trueReturn(scenario, allocation, trueAtScale);
  return {
    arm: arm.id,
    feasible: allocation.status !== 'infeasible',
    selected,
    ...(allocation.shares === undefined ? {} : { shares: allocation.shares }),
    predicted_return: selected.reduce((sum, id) => sum + (medOf.get(id) ?? 0) * shareOf(allocation, id), 0),
    true_return: ours,
    realised_regret: oracle === null || ours === null ? null : oracle.true_return - ours,
  };
}

function fundedRecords(
  scenario: Scenario,
  { allocation, evaluations, standardErrors }: Decided,
  evidence: readonly EvidenceRecord[],
  scaleOf: ReadonlyMap<string, Measurement>,
): ScaleRecord[] {
  const medOf = medianReturns(allocationProblem(scenario, evaluations, standardErrors));
  return scenario.initiatives.filter(isSimulated).flatMap(({ initiative_id, units_at_scale }) => {
    const own = evidence.find((entry) => entry.initiative_id === initiative_id);
    const share = shareOf(allocation, initiative_id);
    if (share === 0 || own?.returns == null || own.true_pilot === null || own.true_scale === null) return [];
    const scale = scaleOf.get(initiative_id)?.result;
    return [
      {
        initiative_id,
        share,
        predicted: (medOf.get(initiative_id) ?? own.returns.med) * share,
        true_pilot: own.true_pilot * share,
        true_scale: own.true_scale * share,
        measured: scale?.status === 'ok' ? scale.effect_estimate * units_at_scale * share : null,
      },
    ];
  });
}

/** As the decision has them: corrected, or set by hand, where the scenario says so. */
function medianReturns({ candidates }: AllocationProblem): ReadonlyMap<string, number> {
  return new Map(candidates.map(({ id, R_med }) => [id, R_med]));
}

/** In the order of the scenario, so that sums and comparisons do not depend on how a rule lists its choice. */
function inOrder(scenario: Scenario, { selected_initiatives: selected }: Allocation): string[] {
  return scenario.initiatives.map(({ initiative_id: id }) => id).filter((id) => selected.includes(id));
}

function trueReturn(scenario: Scenario, allocation: Allocation, trueAtScale: ReadonlyMap<string, number>): number {
  return scenario.initiatives.reduce((sum, { initiative_id: id }) => sum + (trueAtScale.get(id) ?? 0) * shareOf(allocation, id), 0);
}

function shareOf({ selected_initiatives: selected, shares }: Allocation, id: string): number {
  return selected.includes(id) ? (shares?.[id] ?? 1) : 0;
}

function isSimulated(initiative: Scenario['initiatives'][number]): initiative is SimulatedInitiative {
  return initiative.source === 'simulated';
}

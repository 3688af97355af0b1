import type { Allocation } from '../allocate/decision-rule.ts';
import { allocate } from '../allocate/index.ts';
import type { Solver } from '../allocate/solver.ts';
import type { EvaluateResult } from '../contracts/evaluate-result.ts';
import type { PerState } from '../contracts/shared-types.ts';
import { estimatorDescriptions, type EstimatorId } from '../measure/descriptions.ts';
import { allocationProblem } from '../pipeline.ts';
import type { Initiative, Scenario } from '../scenario/scenario.ts';
import { averagesWithout, type AverageEvidence, type AverageInitiative, type Averages } from './average-evidence.ts';
import type { Measured } from './diagnosand.ts';
import { jackknifeSe, type LeftOut } from './jackknife.ts';
import type { StudyPlan } from './study-plan.ts';

/**
 * Expected realised regret, split by swapping the truth in stage by stage; the parts add up to it. Money. A part is what the
 * decision would save if that stage alone were made right, given that the ones before are. With more than 20 initiatives the errors of
 * the parts are not worked out.
 */
export type RegretSplit = {
  readonly expected_regret: Measured;
  /** Expected regret minus that of the decision on the average pilot. */
  readonly sampling_noise: Measured;
  /** The decision on the average pilot against the same pilot centred at its own truth. */
  readonly estimator_bias: Measured;
  /** Centred at the truth of the pilot against centred at the truth at scale; 0 where effects carry over as they are. */
  readonly transport: Measured;
  /** What is left when every estimate is true: penalty, threshold, floor, width of the intervals, numbers set by hand, the rule itself. */
  readonly decision_rule: Measured;
  readonly stages: readonly RegretStage[];
};

/** The decision with some of the evidence made true. */
export type RegretStage = {
  readonly evidence: (typeof stages)[number];
  readonly selected: readonly string[];
  readonly shares?: Readonly<Record<string, number>>;
  readonly true_return: number;
  readonly regret: Measured;
};

const stages = ['average_pilot', 'true_at_pilot', 'true_at_scale'] as const;
/** Each part's error takes sixty more decisions. */
const mostJackknifed = 20;

/**
 * Decides as the scenario does on the average pilot, on the same centred at the truth of the pilot, and at the truth at scale, with
 * the average pilot's half widths throughout. The error of the noise joins that of the expected regret with the jackknife's of
 * the decision on the average pilot as if they were independent; the others are the jackknife's, over 20 groups of replications.
 */
export function splitRegret({ scenario }: StudyPlan, average: AverageEvidence, ports: { readonly solver: Solver | null }): RegretSplit {
  const whole = regretsOf(scenario, averagesWithout(average, null), ports.solver);
  const partial = average.initiatives.length > mostJackknifed ? null : withoutEachGroup(scenario, average, ports.solver);
  const measured = (figure: (regrets: readonly number[]) => number): Measured => {
    const value = figure(whole.map(({ regret }) => regret));
    const leftOut = partial?.map(({ cases, regrets }): LeftOut => ({ cases, value: figure(regrets) }));
    return { value, monte_carlo_se: leftOut === undefined ? null : jackknifeSe(value, leftOut) };
  };
  const at = stages.map((_, stage) => measured((regrets) => regrets[stage] as number)) as [Measured, Measured, Measured];
  return {
    expected_regret: average.expected_regret,
    sampling_noise: minus(average.expected_regret, at[0]),
    estimator_bias: measured(([pilot, centred]) => pilot! - centred!),
    transport: measured(([, centred, atScale]) => centred! - atScale!),
    decision_rule: at[2],
    stages: whole.map(({ regret: _, ...stage }, i) => ({ ...stage, evidence: stages[i]!, regret: at[i]! })),
  };
}

type Decided = Pick<RegretStage, 'selected' | 'shares' | 'true_return'> & { readonly regret: number };

function withoutEachGroup(scenario: Scenario, average: AverageEvidence, solver: Solver | null) {
  return average.loops.flatMap(({ replications: cases }, group) => {
    if (cases === 0 || cases === total(average)) return [];
    return [{ cases, regrets: regretsOf(scenario, averagesWithout(average, group), solver).map(({ regret }) => regret) }];
  });
}

function regretsOf(scenario: Scenario, averages: Averages, solver: Solver | null): Decided[] {
  return stages.map((stage) => {
    const allocation = allocate(problemAt(scenario, averages, stage), solver);
    const { selected_initiatives, shares } = allocation;
    const selected = averages.initiatives.map(({ initiative_id: id }) => id).filter((id) => selected_initiatives.includes(id));
    const trueReturn = averages.initiatives.reduce((sum, one) => sum + one.true_scale * shareOf(allocation, one.initiative_id), 0);
    return { selected, ...(shares === undefined ? {} : { shares }), true_return: trueReturn, regret: averages.oracle_return - trueReturn };
  });
}

function problemAt(scenario: Scenario, { initiatives }: Averages, stage: (typeof stages)[number]) {
  const averageOf = new Map(initiatives.map((initiative) => [initiative.initiative_id, initiative]));
  const evaluations = scenario.initiatives.flatMap((initiative) => {
    const average = averageOf.get(initiative.initiative_id);
    const returns = average === undefined ? null : returnsAt(average, stage);
    return average === undefined || returns === null ? [] : [evaluation(initiative, average.confidence ?? 0, returns)];
  });
  return allocationProblem(
    scenario,
    evaluations,
    new Map(initiatives.map(({ initiative_id: id, standard_error }) => [id, standard_error])),
  );
}

/** The average returns, or the same half widths about the truth. */
function returnsAt({ returns, true_pilot, true_scale }: AverageInitiative, stage: (typeof stages)[number]): PerState<number> | null {
  if (returns === null || stage === 'average_pilot') return returns;
  const centre = stage === 'true_at_pilot' ? true_pilot : true_scale;
  return { best: centre + (returns.best - returns.med), med: centre, worst: centre - (returns.med - returns.worst) };
}

function evaluation(initiative: Initiative, confidence: number, { best, med, worst }: PerState<number>): EvaluateResult {
  const { initiative_id, cost_to_scale: cost } = initiative;
  const modelType =
    initiative.source === 'stated' ? initiative.model_type : estimatorDescriptions[initiative.method.id as EstimatorId].model_type;
  return { initiative_id, confidence, cost, R_best: best, R_med: med, R_worst: worst, model_type: modelType };
}

function minus(a: Measured, b: Measured): Measured {
  const [first, second] = [a.monte_carlo_se, b.monte_carlo_se];
  return {
    value: a.value - b.value,
    monte_carlo_se: first === null || second === null ? null : Math.sqrt(first * first + second * second),
  };
}

function shareOf({ selected_initiatives: selected, shares }: Allocation, id: string): number {
  return selected.includes(id) ? (shares?.[id] ?? 1) : 0;
}

function total({ loops }: AverageEvidence): number {
  return loops.reduce((sum, { replications }) => sum + replications, 0);
}

import type { Allocation } from '../allocate/decision-rule.ts';
import { allocate } from '../allocate/index.ts';
import type { Solver } from '../allocate/solver.ts';
import type { EvaluateResult } from '../contracts/evaluate-result.ts';
import type { PerState } from '../contracts/shared-types.ts';
import { estimatorDescriptions, type EstimatorId } from '../measure/descriptions.ts';
import { allocationProblem } from '../pipeline.ts';
import type { Initiative, Scenario } from '../scenario/scenario.ts';
import { averagesOver, type AverageEvidence, type AverageInitiative, type Averages } from './average-evidence.ts';
import type { Measured } from './diagnosand.ts';
import { halfSamples, halfSampleSe } from './half-samples.ts';
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
/** Each part's error takes nineteen times as many decisions as the part. */
const mostHalved = 20;

/**
 * Decides as the scenario does on the average pilot, on the same centred at the truth of the pilot, and at the truth at scale, with
 * the average pilot's half widths throughout. Errors by balanced half samples; that of the noise joins the error of the expected
 * regret with that of the decision on the average pilot as if they were independent.
 */
export function splitRegret({ scenario }: StudyPlan, average: AverageEvidence, ports: { readonly solver: Solver | null }): RegretSplit {
  const whole = regretsOf(scenario, average, allGroups, ports.solver) ?? [];
  const halves =
    average.initiatives.length > mostHalved ? [] : halfSamples.map((taken) => regretsOf(scenario, average, taken, ports.solver));
  const measured = (figure: (regrets: readonly Decided[]) => number): Measured => {
    const value = figure(whole);
    const each = halves.flatMap((half) => (half === null ? [] : [figure(half)]));
    return { value, monte_carlo_se: each.length < halfSamples.length ? null : halfSampleSe(value, each) };
  };
  const at = stages.map((_, stage) => measured((decided) => decided[stage]!.regret)) as [Measured, Measured, Measured];
  return {
    expected_regret: average.expected_regret,
    sampling_noise: minus(average.expected_regret, at[0]),
    estimator_bias: measured(([pilot, centred]) => pilot!.regret - centred!.regret),
    transport: measured(([, centred, atScale]) => centred!.regret - atScale!.regret),
    decision_rule: at[2],
    stages: whole.map(({ regret: _, ...stage }, i) => ({ ...stage, evidence: stages[i]!, regret: at[i]! })),
  };
}

const allGroups = halfSamples[0]!.map(() => true);

type Decided = Pick<RegretStage, 'selected' | 'shares' | 'true_return'> & { readonly regret: number };

/** null where the groups that are taken have no replication. */
function regretsOf(scenario: Scenario, average: AverageEvidence, taken: readonly boolean[], solver: Solver | null): Decided[] | null {
  const averages = averagesOver(average, taken);
  if (averages === null) return null;
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

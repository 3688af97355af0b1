import { correctReturns } from './allocate/corrections/index.ts';
import { returnsOfEvidence, standardErrorsOfReturns, type StandardErrors } from './allocate/corrections/returns-of-evidence.ts';
import type { Allocation, AllocationProblem, Candidate } from './allocate/decision-rule.ts';
import { checkContract } from './contracts/check-contract.ts';
import { evaluateResultSchema, type EvaluateResult } from './contracts/evaluate-result.ts';
import type { MeasuredInitiative, Measurement, Run } from './contracts/run.ts';
import { assembleRun } from './scale/assemble-run.ts';
import { effectAtScale } from './scale/truth.ts';
import type { Initiative, Scenario, SimulatedInitiative, StatedInitiative } from './scenario/scenario.ts';
import type { TruthTask } from './evidence-tasks.ts';
import type { MeasureTask } from './measure-initiative.ts';
import type { ExpectedTruth } from './simulate/expected-truth.ts';
import type { SimulatedWorld } from './simulate/world.ts';
import { runTask, type Ports, type ResultOf, type Task, type TaskResult } from './stage-tasks.ts';

type Loop<R> = Generator<readonly Task[], R, readonly TaskResult[]>;

/** What the pilots said, by initiative. */
export type Measured = { readonly pilotOf: ReadonlyMap<string, Measurement>; readonly comparisonsOf: ReadonlyMap<string, readonly Measurement[]> };

/** The loop up to the decision. */
export type Decided = Measured & {
  /** The expected effect at scale per product-period of every simulated initiative; null where nobody is in the group its method is about. */
  readonly effectAtScaleOf: ReadonlyMap<string, number | null>;
  readonly evaluationOf: ReadonlyMap<string, EvaluateResult>;
  readonly evaluations: readonly EvaluateResult[];
  readonly standardErrors: StandardErrors;
  readonly allocation: Allocation;
  /** null where some initiative has no simulated world. */
  readonly oracle: Allocation | null;
};

/**
 * The whole loop. Each `fanOut` is a synchronisation point: its tasks are independent, may run anywhere and in any order,
 * and the loop goes on when all are done. Whoever drives the generator decides where they run.
 */
export function* impactLoop(scenario: Scenario, replication: number): Loop<Run> {
  const decided = yield* decisionLoop(scenario, replication);
  const scaleOf = yield* scaleLoop(scenario, replication, decided.allocation);
  return assembleRun({ scenario, replication, ...decided, scaleOf });
}

/** SIMULATE and MEASURE: every pilot by its own method and by those laid beside it. */
export function* pilotLoop(scenario: Scenario, replication: number): Loop<Measured> {
  const simulated = scenario.initiatives.filter(isSimulated);
  const compared = simulated.flatMap((initiative) => initiative.comparisons.map((method) => ({ initiative, method })));
  const measurements = yield* fanOut([
    ...simulated.map((initiative) => measureTask(scenario, replication, initiative, 'pilot')),
    ...compared.map(({ initiative, method }) => measureTask(scenario, replication, { ...initiative, method }, 'pilot')),
  ]);
  return {
    pilotOf: byInitiative(simulated, measurements),
    comparisonsOf: new Map(
      simulated.map((initiative) => [
        initiative.initiative_id,
        measurements.slice(simulated.length).filter((_, k) => compared[k]!.initiative === initiative),
      ]),
    ),
  };
}

/** SIMULATE to ALLOCATE, and what an oracle would have funded. */
export function* decisionLoop(scenario: Scenario, replication: number): Loop<Decided> {
  const simulated = scenario.initiatives.filter(isSimulated);
  const measured = yield* pilotLoop(scenario, replication);
  const { pilotOf } = measured;
  const answered = simulated.filter((initiative) => measuredPilot(pilotOf.get(initiative.initiative_id)) !== null);
  const transported = simulated.filter((initiative) => initiative.effect_at_scale !== 1);
  const judged = yield* fanOut([...answered.map((initiative) => evaluateTask(initiative, pilotOf)), ...transported.map(truthTask)]);
  const evaluated = judged.slice(0, answered.length) as EvaluateResult[];
  const truthOf = byInitiative(transported, judged.slice(answered.length) as ExpectedTruth[]);
  const effectAtScaleOf = new Map(
    simulated.map(({ initiative_id: id }) => [id, effectAtScale(pilotOf.get(id) as Measurement, truthOf.get(id))]),
  );
  const evaluationOf = byInitiative(
    [...answered, ...scenario.initiatives.filter(isStated)],
    [...evaluated, ...statedEvaluations(scenario)],
  );
  const evaluations = inOrder(scenario, evaluationOf);
  const standardErrors = standardErrorsOfReturns(simulated, (id) => pilotOf.get(id)?.result);
  const [allocation, oracle] = yield* fanOut([
    { stage: 'allocate' as const, question: 'choice' as const, problem: allocationProblem(scenario, evaluations, standardErrors) },
    ...(simulated.length === scenario.initiatives.length && simulated.length > 0
      ? [{ stage: 'allocate' as const, question: 'oracle' as const, problem: oracleProblem(scenario, simulated, effectAtScaleOf) }]
      : []),
  ]);
  return { ...measured, effectAtScaleOf, evaluationOf, evaluations, standardErrors, allocation: allocation as Allocation, oracle: oracle ?? null };
}

/** SCALE: what was funded, measured a second time. */
export function* scaleLoop(scenario: Scenario, replication: number, { selected_initiatives: selected }: Allocation): Loop<ReadonlyMap<string, Measurement>> {
  const funded = scenario.initiatives.filter(isSimulated).filter(({ initiative_id: id }) => selected.includes(id));
  const scaled = yield* fanOut(funded.map((initiative) => measureTask(scenario, replication, initiative, 'scale')));
  return byInitiative(funded, scaled);
}

/** Drives the loop on the spot, one task after another. */
export function runReplication(scenario: Scenario, replication: number, ports: Ports): Run {
  return drive(impactLoop(scenario, replication), ports);
}

/** Drives a loop, or a part of it, on the spot. */
export function drive<R>(loop: Loop<R>, ports: Ports): R {
  let step = loop.next();
  while (!step.done) step = loop.next(step.value.map((task) => runTask(task, ports)));
  return step.value;
}

function* fanOut<T extends Task>(tasks: readonly T[]): Loop<ResultOf<T>[]> {
  if (tasks.length === 0) return [];
  return (yield tasks) as ResultOf<T>[];
}

/** The measurement of one initiative, as the loop asks for it. */
export function measureTask(
  scenario: Scenario,
  replication: number,
  initiative: SimulatedInitiative,
  stage: 'pilot' | 'scale',
): MeasureTask {
  const { catalog, method, comparisons } = initiative;
  return {
    stage,
    ...(stage === 'pilot' && comparisons.length > 0 ? { shared: true as const } : {}),
    seed: scenario.seed,
    replication,
    confidence_level: scenario.confidence_level,
    n_products: stage === 'pilot' ? catalog.n_products : scenario.scale_sample_size,
    world: { ...(stage === 'pilot' ? worldOf(initiative) : worldAtScale(initiative)), method },
  };
}

/** What the expected effect at scale is worked out from: the pilot's setting, so that only the effect differs. */
function truthTask(initiative: SimulatedInitiative): TruthTask {
  return { stage: 'truth', world: worldAtScale(initiative), n_products: initiative.catalog.n_products };
}

function worldOf({ initiative_id, catalog, demand, effect, design, flaws }: SimulatedInitiative): SimulatedWorld {
  return { initiative_id, catalog, demand, effect, design, flaws };
}

function worldAtScale(initiative: SimulatedInitiative): SimulatedWorld {
  const { effect_at_scale: multiplier } = initiative;
  return multiplier === 1 ? worldOf(initiative) : { ...worldOf(initiative), effect_multiplier: multiplier };
}

function evaluateTask(initiative: SimulatedInitiative, pilotOf: ReadonlyMap<string, Measurement>) {
  return {
    stage: 'evaluate' as const,
    measured: measuredPilot(pilotOf.get(initiative.initiative_id)) as MeasuredInitiative,
    cost_to_scale: initiative.cost_to_scale,
    units_at_scale: initiative.units_at_scale,
  };
}

function statedEvaluations(scenario: Scenario): EvaluateResult[] {
  return scenario.initiatives.filter(isStated).map((initiative) => {
    const { initiative_id, confidence, cost_to_scale: cost, R_best, R_med, R_worst, model_type } = initiative;
    return checkContract('EvaluateResult', evaluateResultSchema, { initiative_id, confidence, cost, R_best, R_med, R_worst, model_type });
  });
}

/**
 * What is to be decided: the evidence's returns, corrected for the winner's curse where the scenario has it so, or numbers set by
 * hand in their place. Where an initiative has no entry in `standardErrors`, the width of its interval stands in.
 */
export function allocationProblem(
  scenario: Scenario,
  evaluations: readonly EvaluateResult[],
  standardErrors: StandardErrors = new Map(),
): AllocationProblem {
  const { return_correction: correction, confidence_level } = scenario;
  const corrected = correctReturns(correction, returnsOfEvidence(evaluations, standardErrors), { confidence_level });
  const declared = new Map(scenario.initiatives.map((initiative) => [initiative.initiative_id, initiative]));
  const byHand = new Map(scenario.what_if.map((entry) => [entry.initiative_id, entry]));
  return {
    candidates: evaluations.map(({ initiative_id: id, cost, confidence }, i) => ({
      id,
      cost,
      R_best: byHand.get(id)?.R_best ?? corrected[i]!.R_best,
      R_med: byHand.get(id)?.R_med ?? corrected[i]!.R_med,
      R_worst: byHand.get(id)?.R_worst ?? corrected[i]!.R_worst,
      confidence: byHand.get(id)?.confidence ?? confidence,
      category: declared.get(id)?.category ?? '',
      divisible: declared.get(id)?.divisible ?? false,
    })),
    budget: scenario.budget,
    min_confidence_threshold: scenario.min_confidence_threshold,
    min_portfolio_worst_return: scenario.min_portfolio_worst_return,
    rule: scenario.decision_rule.id,
    rule_parameters: scenario.decision_rule.parameters,
    benchmark: scenario.benchmark,
    penalty: scenario.confidence_penalty,
    constraints: scenario.constraints,
    unavailable: withoutEvidence(scenario, evaluations),
  };
}

/** Initiatives whose pilot has no answer: constraints may name them, and nothing can fund them. */
function withoutEvidence(scenario: Scenario, evaluations: readonly EvaluateResult[]): AllocationProblem['unavailable'] {
  const judged = new Set(evaluations.map(({ initiative_id: id }) => id));
  return scenario.initiatives
    .filter(({ initiative_id: id }) => !judged.has(id))
    .map(({ initiative_id: id, category }) => ({ id, reason: 'has no estimate', category }));
}

/**
 * The same budget and side constraints under the true returns at scale: with every state the truth, minimax regret is the best portfolio
 * there is. Threshold and floor are about evidence, which an oracle does not need.
 */
function oracleProblem(
  scenario: Scenario,
  initiatives: readonly SimulatedInitiative[],
  effectAtScaleOf: ReadonlyMap<string, number | null>,
): AllocationProblem {
  const candidates = initiatives.map((initiative): Candidate => {
    const truth = (effectAtScaleOf.get(initiative.initiative_id) ?? 0) * initiative.units_at_scale;
    const { initiative_id: id, cost_to_scale: cost, category, divisible } = initiative;
    return { id, cost, R_best: truth, R_med: truth, R_worst: truth, confidence: 1, category, divisible };
  });
  return {
    candidates,
    budget: scenario.budget,
    min_confidence_threshold: 0,
    min_portfolio_worst_return: null,
    rule: 'minimax_regret',
    rule_parameters: {},
    constraints: scenario.constraints,
  };
}

function measuredPilot(measurement: Measurement | undefined): MeasuredInitiative | null {
  return measurement?.result.status === 'ok' ? measurement.result : null;
}

function byInitiative<T>(initiatives: readonly Initiative[], results: readonly T[]): ReadonlyMap<string, T> {
  return new Map(initiatives.map((initiative, i) => [initiative.initiative_id, results[i] as T]));
}

function inOrder<T>(scenario: Scenario, results: ReadonlyMap<string, T>): T[] {
  return scenario.initiatives.flatMap((initiative) => results.get(initiative.initiative_id) ?? []);
}

function isSimulated(initiative: Initiative): initiative is SimulatedInitiative {
  return initiative.source === 'simulated';
}

function isStated(initiative: Initiative): initiative is StatedInitiative {
  return initiative.source === 'stated';
}

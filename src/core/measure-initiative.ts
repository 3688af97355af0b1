import { checkContract } from './contracts/check-contract.ts';
import { InputError } from './contracts/input-error.ts';
import { measureResultSchema } from './contracts/measure-result.ts';
import { parseParameters } from './contracts/parameter.ts';
import type { Measurement, PilotResult } from './contracts/run.ts';
import { answer } from './measure/answer.ts';
import type { Estimate, EstimatorDefinition } from './measure/estimator.ts';
import { findEstimator } from './measure/index.ts';
import { naiveDifference } from './measure/naive-difference.ts';
import { pilotParameters, type PilotFacts } from './measure/pilot-parameters.ts';
import type { TableQuestion } from './measure-table.ts';
import type { DataTable } from './numeric/columns.ts';
import type { SimulatedInitiative } from './scenario/scenario.ts';
import type { Pilot } from './simulate/pilot.ts';
import { baselineRows } from './simulate/baseline.ts';
import { pilotSeries } from './simulate/pilot-series.ts';
import { pilotTable } from './simulate/pilot-table.ts';
import { rememberedPilot } from './simulate/remembered-pilots.ts';
import { simulatePilot } from './simulate/simulate.ts';
import type { SimulatedWorld } from './simulate/world.ts';

/** The part of an initiative that its measurement depends on: not its cost, nor what a unit is worth. */
export type World = SimulatedWorld & Pick<SimulatedInitiative, 'method'>;

/** Simulate an initiative's catalog and measure it: the pilot, or the second measurement at scale. */
export type MeasureTask = {
  readonly stage: 'pilot' | 'scale';
  readonly seed: string;
  readonly replication: number;
  readonly confidence_level: number;
  readonly n_products: number;
  readonly world: World;
  /** Other methods are asked about the same pilot: worth remembering. */
  readonly shared?: true;
};

/** SIMULATE and MEASURE for one initiative: the estimator sees the pilot, and the truth is laid beside its answer. */
export function measureInitiative(task: MeasureTask): Measurement {
  const { seed, replication, stage, n_products: nProducts, world } = task;
  const simulated = (task.shared ? rememberedPilot : simulatePilot)({ seed, replication, stage, initiative: world, nProducts });
  const estimator = findEstimator(world.method.id);
  if (estimator === undefined) throw new TypeError(`no estimator '${world.method.id}'`);
  const estimate = applyMethod(estimator, world.method.parameters, simulated.pilot, task.confidence_level);
  return {
    result: pilotResult(estimate, estimator, world.initiative_id, simulated.pilot.catalog.nProducts),
    picture: estimate.status === 'ok' ? estimate.picture : null,
    naive: naiveAnswer(simulated.pilot, task.confidence_level),
    series: pilotSeries(simulated),
    baseline: baselineRows(simulated.pilot),
    truth: simulated.truth,
  };
}

/** The pilot's table as the method is given it, with what is asked of it: anybody who brings both gets the pilot's answer. */
export function pilotQuestion(task: MeasureTask): { readonly table: DataTable } & TableQuestion {
  const { seed, replication, stage, n_products: nProducts, world } = task;
  const { pilot } = simulatePilot({ seed, replication, stage, initiative: world, nProducts });
  const estimator = findEstimator(world.method.id);
  if (estimator === undefined) throw new TypeError(`no estimator '${world.method.id}'`);
  const parameters = pilotParameters(estimator.parameters, factsOf(pilot, task.confidence_level), world.method.parameters);
  return { table: pilotTable(pilot, estimator.shape), initiative_id: world.initiative_id, method: estimator.id, parameters };
}

function applyMethod(
  estimator: EstimatorDefinition,
  given: Readonly<Record<string, unknown>>,
  pilot: Pilot,
  confidenceLevel: number,
): Estimate {
  const named = pilotParameters(estimator.parameters, factsOf(pilot, confidenceLevel), given);
  const parsed = parseParameters(estimator.parameters, named, '');
  if (!parsed.ok) return notApplicable(estimator, new InputError(parsed.issues));
  try {
    return answer(estimator, pilotTable(pilot, estimator.shape), parsed.value);
  } catch (error) {
    if (error instanceof InputError) return notApplicable(estimator, error);
    throw error;
  }
}

/** A method whose parameters do not fit this pilot has no answer; the rest of the run goes on. */
function notApplicable(estimator: EstimatorDefinition, error: InputError): Estimate {
  const reason = `The method cannot be applied to this pilot: ${error.message}`;
  return {
    status: 'degenerate',
    reason,
    estimand: estimator.estimand,
    n_observations: 0,
    n_treated: 0,
    n_control: 0,
    diagnostics: {},
    warnings: [],
  };
}

function factsOf({ catalog, calendar, assignment, received }: Pilot, confidenceLevel: number): PilotFacts {
  const treatedProduct = assignment.firstTreated.findIndex((period) => period >= 0);
  const hasPre = calendar.interventionIndex > 0;
  return {
    covariates: ['quality_score', 'price', ...(hasPre ? ['pre_revenue'] : [])],
    preColumn: hasPre ? 'pre_revenue' : null,
    blockColumn: assignment.blocks === undefined ? null : 'block',
    clusterColumn: assignment.clustered === true ? 'unit' : null,
    receivedColumn: received === null ? null : 'received',
    intendedShare: assignment.intendedShare ?? null,
    runningColumn: assignment.threshold?.column ?? null,
    cutoff: assignment.threshold?.cutoff ?? null,
    treatedSide: assignment.threshold?.treatedSide ?? null,
    treatedUnit: treatedProduct < 0 ? null : (catalog.unitNames[catalog.unit[treatedProduct] ?? 0] ?? null),
    interventionDate: calendar.dates[calendar.interventionIndex] as string,
    confidenceLevel,
  };
}

function naiveAnswer(pilot: Pilot, confidenceLevel: number): Measurement['naive'] {
  const answer = applyMethod(naiveDifference as unknown as EstimatorDefinition, {}, pilot, confidenceLevel);
  return answer.status === 'ok' ? { estimate: answer.estimate, ci_lower: answer.ci_lower, ci_upper: answer.ci_upper } : null;
}

function pilotResult(estimate: Estimate, estimator: EstimatorDefinition, initiativeId: string, nProducts: number): PilotResult {
  const head = { initiative_id: initiativeId, model_type: estimator.model_type, method: estimator.id, sample_size: nProducts };
  if (estimate.status === 'degenerate') return { ...head, ...estimate };
  const { estimate: effect, picture: _picture, ...rest } = estimate;
  return checkContract('MeasureResult', measureResultSchema, { ...head, effect_estimate: effect, ...rest }) as PilotResult;
}

import { errorOfReturn } from '../allocate/corrections/error-of-return.ts';
import { correctReturns, returnCorrections } from '../allocate/corrections/index.ts';
import type { UncorrectedReturn } from '../allocate/corrections/return-correction.ts';
import { returnsOfEvidence, standardErrorsOfReturns } from '../allocate/corrections/returns-of-evidence.ts';
import { selectionBias } from '../allocate/corrections/selection-bias.ts';
import type { InitiativeRun, Run } from '../contracts/run.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { EntryThresholds, ThresholdQuestion } from './entry-thresholds.ts';

export type CorrectionId = keyof typeof returnCorrections;
export const correctionIds = Object.keys(returnCorrections) as readonly CorrectionId[];
type ByCorrection<T> = Readonly<Record<CorrectionId, T>>;

/** What was predicted, by each correction, beside what came of it. Money, for the share that was funded. */
export type PredictionRow = {
  /** `none` is the pilot's own figure. */
  readonly predicted: ByCorrection<number>;
  /** Measured at scale; null where that gave no estimate. */
  readonly actual: number | null;
  readonly truth: number;
  /** Corrections whose prediction is nearest to the truth. */
  readonly closest: readonly CorrectionId[];
};

export type CorrectedPredictions = {
  /** Funded initiatives whose truth is known. */
  readonly initiatives: readonly (PredictionRow & { readonly initiative_id: string; readonly share: number })[];
  /** Their sum; less, for Lee and Shen, the terms of those passed over. */
  readonly portfolio: PredictionRow;
  /** What Lee and Shen take off the portfolio for initiatives that were not funded. */
  readonly passed_over: number;
  /** The decision's own thresholds, or the fixed ones of the correction. */
  readonly thresholds: EntryThresholds;
};

/**
 * The predictions of a run's funded initiatives as each correction has them, with the scenario's parameters for its own correction and
 * defaults for the others, held against the truth at scale. Lee and Shen's use the thresholds of the decision where they are known:
 * given the other estimates an initiative is funded above its threshold, so that the sum of their terms over all initiatives is
 * what the portfolio is promised too much. null where no funded initiative has a known truth.
 */
export function correctedPredictions(run: Run, thresholds: EntryThresholds): CorrectedPredictions | null {
  const known = run.initiatives.filter(({ true_return }) => true_return !== null);
  const funded = known.filter((initiative) => initiative.funded && initiative.evaluation !== null);
  if (funded.length === 0) return null;
  const correctedOf = correctedMedians(run, thresholds);
  const initiatives = funded.map((initiative) => {
    const { initiative_id, funded_share: share, true_return, scale } = initiative;
    const predicted = byCorrection((id) => correctedOf(id, initiative_id) * share);
    const units = unitsOf(run.scenario, initiative_id) * share;
    const actual = scale?.result.status === 'ok' ? scale.result.effect_estimate * units : null;
    return { initiative_id, share, ...predictionRow(predicted, actual, (true_return as number) * share) };
  });
  const passedOver = known
    .filter((initiative) => !initiative.funded && initiative.evaluation !== null)
    .reduce((sum, { initiative_id: id }) => sum + correctedOf('none', id) - correctedOf('lee_shen', id), 0);
  return { initiatives, portfolio: portfolioRow(initiatives, passedOver), passed_over: passedOver, thresholds };
}

/** What `entryThresholds` has to know of a run. */
export function thresholdQuestion({ scenario, evaluate_results: evaluations, initiatives }: Run): ThresholdQuestion {
  return { scenario, evaluations, standardErrors: standardErrorsOfReturns(scenario.initiatives, pilotsOf(initiatives)) };
}

function correctedMedians(run: Run, { thresholds }: EntryThresholds): (correction: CorrectionId, initiative: string) => number {
  const { return_correction: own, confidence_level } = run.scenario;
  const { evaluations, standardErrors } = thresholdQuestion(run);
  const returns = returnsOfEvidence(evaluations, standardErrors);
  const medians = byCorrection((id) => {
    const values =
      id === 'lee_shen' && thresholds !== null
        ? returns.map((one) => one.R_med - ownBias(one, thresholds[one.id] ?? null, confidence_level))
        : correctReturns(own.id === id ? own : { id, parameters: {} }, returns, { confidence_level }).map(({ R_med }) => R_med);
    return new Map(returns.map((one, i) => [one.id, values[i] as number]));
  });
  return (correction, initiative) => medians[correction].get(initiative) as number;
}

function ownBias(one: UncorrectedReturn, threshold: number | null, confidenceLevel: number): number {
  return threshold === null ? 0 : selectionBias(one.R_med, errorOfReturn(one, confidenceLevel), threshold);
}

function portfolioRow(rows: readonly PredictionRow[], passedOver: number): PredictionRow {
  const sum = (pick: (row: PredictionRow) => number) => rows.reduce((total, row) => total + pick(row), 0);
  const predicted = byCorrection((id) => sum((row) => row.predicted[id]) - (id === 'lee_shen' ? passedOver : 0));
  const actual = rows.some((row) => row.actual === null) ? null : sum((row) => row.actual as number);
  return predictionRow(
    predicted,
    actual,
    sum(({ truth }) => truth),
  );
}

function predictionRow(predicted: ByCorrection<number>, actual: number | null, truth: number): PredictionRow {
  const least = Math.min(...correctionIds.map((id) => Math.abs(predicted[id] - truth)));
  return { predicted, actual, truth, closest: correctionIds.filter((id) => Math.abs(predicted[id] - truth) === least) };
}

function byCorrection<T>(value: (id: CorrectionId) => T): ByCorrection<T> {
  return Object.fromEntries(correctionIds.map((id) => [id, value(id)])) as ByCorrection<T>;
}

function unitsOf({ initiatives }: Scenario, id: string): number {
  const initiative = initiatives.find(({ initiative_id }) => initiative_id === id);
  return initiative?.source === 'simulated' ? initiative.units_at_scale : 1;
}

function pilotsOf(initiatives: readonly InitiativeRun[]) {
  const pilots = new Map(initiatives.map(({ initiative_id: id, pilot }) => [id, pilot?.result]));
  return (id: string) => pilots.get(id);
}

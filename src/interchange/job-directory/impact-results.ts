import { jobSchemaVersion } from '../../core/contracts/job-directory.ts';
import type { EvaluateResult } from '../../core/contracts/evaluate-result.ts';
import type { MeasuredInitiative } from '../../core/contracts/run.ts';
import type { Initiative } from '../../core/scenario/scenario.ts';
import type { PilotFile } from '../pilot-file.ts';
import type { Returns } from './decided-returns.ts';

export type JobFacts = {
  readonly initiative: Initiative;
  readonly evaluation: EvaluateResult;
  /** null where the initiative states its returns. */
  readonly measured: MeasuredInitiative | null;
  readonly decided: Returns;
  readonly pilot: PilotFile | null;
  readonly currency: string;
  readonly confidence_level: number;
  readonly created_at: string;
};

/**
 * `impact_results.json`. The family has no units at scale: an effect is a return there. So whatever it reads is a return at scale: the
 * flat keys, which EVALUATE reads, as measured; `data`, which ALLOCATE reads, as decided on. The effect per unit is in `measurement`.
 */
export function impactResults(facts: JobFacts): unknown {
  const { initiative, evaluation, measured, confidence_level, currency } = facts;
  return {
    schema_version: jobSchemaVersion,
    initiative_id: initiative.initiative_id,
    model_type: formOf(facts),
    description: initiative.description,
    ...flatEstimate(facts),
    cost_to_scale: initiative.cost_to_scale,
    unit: `${currency} at scale`,
    data: { model_params: modelParameters(facts), impact_estimates: estimatesInForm(facts), model_summary: modelSummary(facts) },
    metadata: { executed_at: facts.created_at, kind_of_evidence: evaluation.model_type, confidence_level },
    units_at_scale: initiative.source === 'simulated' ? initiative.units_at_scale : 1,
    measurement: measured,
  };
}

/** `measure_result.json`: one form for all methods. */
export function flatEstimate({ evaluation, measured }: JobFacts): object {
  const { R_best, R_med, R_worst } = evaluation;
  return {
    effect_estimate: R_med,
    ci_lower: R_worst,
    ci_upper: R_best,
    p_value: measured?.p_value ?? null,
    sample_size: measured?.sample_size ?? 0,
  };
}

/** Of the six forms that the family's allocation reads, these two keep an interval as it is. */
function formOf({ evaluation }: JobFacts): 'experiment' | 'synthetic_control' {
  return evaluation.model_type === 'experiment' ? 'experiment' : 'synthetic_control';
}

function modelParameters({ pilot, measured, initiative }: JobFacts): unknown {
  return {
    formula: 'return_at_scale ~ treated',
    method: measured?.method ?? null,
    parameters: pilot?.question.parameters ?? (initiative.source === 'simulated' ? initiative.method.parameters : {}),
  };
}

function estimatesInForm(facts: JobFacts): unknown {
  const { R_best, R_med, R_worst } = facts.decided;
  const p = facts.measured?.p_value ?? null;
  if (formOf(facts) === 'synthetic_control') return { att: R_med, ci_lower: R_worst, ci_upper: R_best, p_value: p };
  return { params: { treated: R_med }, conf_int: { treated: [R_worst, R_best] }, pvalues: { treated: p } };
}

function modelSummary({ initiative, measured }: JobFacts): unknown {
  return {
    nobs: measured?.n_observations ?? 0,
    n_observations: measured?.n_observations ?? 0,
    n_treated: measured?.n_treated ?? 0,
    n_control: measured?.n_control ?? 0,
    n_post_periods: initiative.source === 'simulated' ? initiative.catalog.post_periods : 0,
    ...measured?.diagnostics,
  };
}

import { checkContract } from '../contracts/check-contract.ts';
import { evaluateResultSchema, type EvaluateResult } from '../contracts/evaluate-result.ts';
import type { MeasureResult } from '../contracts/measure-result.ts';
import { scoreConfidence } from './score.ts';

/**
 * What an initiative's evidence is worth to ALLOCATE: R_best, R_med and R_worst are the interval's upper end, the estimate and
 * the lower end times `units_at_scale`, in the currency of the cost; the confidence comes from the score strategy.
 */
export function evaluate(measured: MeasureResult, proposal: { readonly cost_to_scale: number; readonly units_at_scale: number }): EvaluateResult {
  const { initiative_id, model_type } = measured;
  const { confidence, seed, draw, range } = scoreConfidence(initiative_id, model_type);
  return checkContract('EvaluateResult', evaluateResultSchema, {
    initiative_id,
    confidence,
    cost: proposal.cost_to_scale,
    R_best: measured.ci_upper * proposal.units_at_scale,
    R_med: measured.effect_estimate * proposal.units_at_scale,
    R_worst: measured.ci_lower * proposal.units_at_scale,
    model_type,
    evaluate_strategy: 'score',
    score_seed: seed,
    score_draw: draw,
    confidence_range: [...range],
  });
}

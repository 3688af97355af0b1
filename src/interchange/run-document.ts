import type { Run } from '../core/contracts/run.ts';
import type { CorrectedPredictions } from '../core/scale/corrected-predictions.ts';

/** A run as one JSON document: its scenario, every contract result the digest is made of, and the truth beside them. */
export function runDocument(run: Run, predictions: CorrectedPredictions | null) {
  const { scenario, replication, pilot_results, evaluate_results, allocate_result, scale_results, outcome_reports, digest } = run;
  return {
    scenario,
    replication,
    pilot_results,
    evaluate_results,
    allocate_result,
    scale_results,
    outcome_reports,
    truth: { initiatives: truths(run), oracle: run.oracle, corrected_predictions: predictions },
    digest,
  };
}

function truths(run: Run) {
  return run.initiatives
    .filter((initiative) => initiative.pilot !== null)
    .map(({ initiative_id, true_effect, true_effect_at_scale, true_return, pilot, scale, error_parts }) => ({
      initiative_id,
      true_effect,
      true_effect_at_scale,
      true_return,
      pilot: pilot?.truth,
      scale: scale?.truth ?? null,
      error_parts,
    }));
}

import type { EffectiveReturnsRow } from '../../charts/effective-returns-geometry.ts';
import type { Run } from '../../core/contracts/run.ts';

/** The rows of the picture of the confidence penalty. */
export function effectiveRows(run: Run): EffectiveReturnsRow[] {
  const ineligible = new Map(run.allocation.ineligible.map(({ id, reason }) => [id, reason]));
  return run.evaluate_results.map(({ initiative_id: id, confidence, R_best, R_med, R_worst }) => ({
    id,
    label: id,
    confidence,
    returns: { best: R_best, med: R_med, worst: R_worst },
    funded: run.allocation.selected_initiatives.includes(id),
    ineligible: ineligible.get(id) ?? null,
  }));
}

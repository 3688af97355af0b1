import type { EffectiveReturnsRow } from '../../charts/effective-returns-geometry.ts';
import type { IntervalHandlesRow } from '../../charts/interval-handles-geometry.ts';
import type { Allocation, AllocationProblem, Candidate } from '../../core/allocate/decision-rule.ts';
import { states, type PerState } from '../../core/contracts/shared-types.ts';
import { formatConfidence } from '../../charts/format.ts';
import { gammaOf } from './penalty-curve.ts';

/** One row an initiative: its numbers as they are now, as the evidence has them, and where it stands. */
export function handleRows(
  problem: AllocationProblem | null,
  base: AllocationProblem | null,
  allocation: Allocation | null,
  mine: readonly string[],
): IntervalHandlesRow[] {
  if (problem === null) return [];
  const gamma = gammaOf(problem.penalty);
  const evidenceOf = new Map(base?.candidates.map((candidate) => [candidate.id, candidate]));
  return problem.candidates.map((candidate) => {
    const { id, cost, confidence } = candidate;
    const evidence = evidenceOf.get(id) ?? candidate;
    const changed = (['R_best', 'R_med', 'R_worst', 'confidence'] as const).some((field) => candidate[field] !== evidence[field]);
    return {
      id,
      label: id,
      cost,
      confidence,
      raw: returnsOf(candidate),
      effective: effectiveOf(candidate, gamma(confidence)),
      changed,
      original: changed ? { raw: returnsOf(evidence), confidence: evidence.confidence } : null,
      ineligible: confidence < problem.min_confidence_threshold ? `below ${formatConfidence(problem.min_confidence_threshold)}` : null,
      funded: allocation?.selected_initiatives.includes(id) ?? false,
      mine: mine.includes(id),
    };
  });
}

function returnsOf({ R_best, R_med, R_worst }: Candidate): PerState<number> {
  return { best: R_best, med: R_med, worst: R_worst };
}

/** For the picture; what is decided from is exact. */
function effectiveOf(candidate: Candidate, gamma: number): PerState<number> {
  const raw = returnsOf(candidate);
  return Object.fromEntries(states.map((state) => [state, raw.worst + (1 - gamma) * (raw[state] - raw.worst)])) as PerState<number>;
}

/** The same before and after the confidence penalty. */
export function penaltyRows(problem: AllocationProblem | null, allocation: Allocation | null): EffectiveReturnsRow[] {
  return handleRows(problem, problem, allocation, []).map(({ id, label, confidence, raw, effective, funded, ineligible }) => ({
    id,
    label,
    confidence,
    returns: raw,
    effective,
    funded,
    ineligible,
  }));
}

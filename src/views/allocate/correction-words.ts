import { returnCorrections } from '../../core/allocate/corrections/index.ts';
import type { AllocationProblem, Candidate } from '../../core/allocate/decision-rule.ts';
import type { Choice, WhatIf } from '../../core/scenario/scenario.ts';
import type { Money } from '../shared/money.ts';
import { listed } from '../shared/words.ts';

export const correctionDescriptions = Object.values(returnCorrections);

export function correctionOf({ id }: Choice) {
  return correctionDescriptions.find((correction) => correction.id === id);
}

export type CorrectionRow = {
  readonly id: string;
  readonly before: string;
  readonly beforeInterval: string;
  readonly after: string;
  readonly afterInterval: string;
  /** Its corrected returns do not count, as others were set by hand. */
  readonly byHand: boolean;
};

/** Each initiative's returns before the correction and after it. */
export function correctionRows(
  measured: AllocationProblem | null,
  base: AllocationProblem | null,
  whatIf: readonly WhatIf[],
  money: Money,
): CorrectionRow[] {
  const before = new Map(measured?.candidates.map((candidate) => [candidate.id, candidate]));
  return (base?.candidates ?? []).flatMap((after) => {
    const own = before.get(after.id);
    if (own === undefined) return [];
    return [
      {
        id: after.id,
        before: money.exact(own.R_med),
        beforeInterval: interval(own, money),
        after: money.exact(after.R_med),
        afterInterval: interval(after, money),
        byHand: whatIf.some(({ initiative_id: id, R_med }) => id === after.id && R_med !== null),
      },
    ];
  });
}

/** What the correction is, and what it does to these returns; '' where none is chosen. */
export function correctionNote(choice: Choice, measured: AllocationProblem | null, base: AllocationProblem | null): string {
  const effect = correctionEffect(choice, measured, base);
  const correction = correctionOf(choice);
  return effect === '' || correction === undefined || effect.startsWith(correction.label) ? effect : `${correction.summary} ${effect}`;
}

/** What it does to these returns alone. */
export function correctionEffect(choice: Choice, measured: AllocationProblem | null, base: AllocationProblem | null): string {
  const correction = correctionOf(choice);
  if (correction === undefined || correction.id === 'none' || measured === null || base === null) return '';
  const moved = base.candidates.filter(({ R_med }, i) => R_med !== measured.candidates[i]?.R_med);
  if (moved.length === 0) return `${correction.label} changes none of the returns here: ${idleReason(choice, base)}.`;
  const kept = base.candidates.filter((candidate) => !moved.includes(candidate)).map(({ id }) => id);
  const but = kept.length === 0 || kept.length > 3 ? '' : `${listed(kept)} ${kept.length === 1 ? 'stays as it is' : 'stay as they are'}. `;
  return `${but}What was measured is not touched.`;
}

function idleReason({ id, parameters }: Choice, { candidates }: AllocationProblem): string {
  const doubted = candidates.filter(({ R_best, R_worst }) => R_best > R_worst).length;
  if (doubted === 0) return 'there is no doubt about any of them';
  if (id !== 'empirical_bayes') return 'all are far from the threshold';
  const least = parameters['allow_for_few'] === false ? 3 : 4;
  return doubted < least ? `with fewer than ${least} initiatives there is nothing to go by` : 'they are alike already';
}

function interval({ R_worst, R_best }: Candidate, money: Money): string {
  return `${money.compact(R_worst)} to ${money.compact(R_best)}`;
}

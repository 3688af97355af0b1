import { errorOfReturn } from '../allocate/corrections/error-of-return.ts';
import type { UncorrectedReturn } from '../allocate/corrections/return-correction.ts';
import { returnsOfEvidence, type StandardErrors } from '../allocate/corrections/returns-of-evidence.ts';
import { allocate } from '../allocate/index.ts';
import type { EvaluateResult } from '../contracts/evaluate-result.ts';
import { allocationProblem } from '../pipeline.ts';
import type { Scenario } from '../scenario/scenario.ts';

/** A decision, as far as its thresholds go. */
export type ThresholdQuestion = {
  readonly scenario: Scenario;
  readonly evaluations: readonly EvaluateResult[];
  readonly standardErrors: StandardErrors;
};

/**
 * The R_med from which on the decision funds each initiative, all others being as they are; null where nothing within eight standard
 * errors changes whether it is funded. `reason` says why they were not looked for, where they were not.
 */
export type EntryThresholds =
  | { readonly thresholds: Readonly<Record<string, number | null>>; readonly reason: null }
  | { readonly thresholds: null; readonly reason: string };

/** Beyond so many standard errors the normal density is below 1e-14. */
const reach = 8;
/** Halvings of that reach: what is left is a ten-thousandth of a standard error. */
const halvings = 16;
/** Every step is a search of its own. */
const most = { interval_minimax_regret: 10, other: 20 };

/**
 * Finds each initiative's threshold by moving its three returns together, deciding again, and halving. Any rule funds an initiative
 * from some return on, all else as it is: a common shift lowers the regret of portfolios with it and raises that of those
 * without. (Where a floor limits V* too, that can fail, and the threshold is the one nearest to where halving ends.)
 */
export function entryThresholds(question: ThresholdQuestion): EntryThresholds {
  const { scenario, evaluations } = question;
  const limit = scenario.decision_rule.id === 'interval_minimax_regret' ? most.interval_minimax_regret : most.other;
  if (evaluations.length > limit) return { thresholds: null, reason: `there are more than ${limit} initiatives` };
  if (scenario.initiatives.some(({ divisible }) => divisible))
    return { thresholds: null, reason: 'some initiatives may be funded in part, so that no single return decides' };
  const returns = returnsOfEvidence(evaluations, question.standardErrors);
  return { thresholds: Object.fromEntries(returns.map((one) => [one.id, thresholdOf(one, question)])), reason: null };
}

function thresholdOf(one: UncorrectedReturn, question: ThresholdQuestion): number | null {
  const { id, R_med } = one;
  const error = errorOfReturn(one, question.scenario.confidence_level);
  if (!(error > 0)) return null;
  const isFunded = isFundedAt(question, id, 0);
  let funded = isFunded ? 0 : reach;
  let passedOver = isFunded ? -reach : 0;
  if (isFundedAt(question, id, (isFunded ? passedOver : funded) * error) === isFunded) return null;
  for (let k = 0; k < halvings; k += 1) {
    const middle = (funded + passedOver) / 2;
    if (isFundedAt(question, id, middle * error)) funded = middle;
    else passedOver = middle;
  }
  return R_med + ((funded + passedOver) / 2) * error;
}

function isFundedAt({ scenario, evaluations, standardErrors }: ThresholdQuestion, id: string, shift: number): boolean {
  const shifted = evaluations.map((one) =>
    one.initiative_id === id ? { ...one, R_best: one.R_best + shift, R_med: one.R_med + shift, R_worst: one.R_worst + shift } : one,
  );
  return allocate(allocationProblem(scenario, shifted, standardErrors), null).selected_initiatives.includes(id);
}

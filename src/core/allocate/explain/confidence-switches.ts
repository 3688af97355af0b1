import type { Aim } from '../aim.ts';
import type { AllocationProblem, Candidate } from '../decision-rule.ts';
import { decimal, powerOfTen, subtract } from '../exact/exact-decimal.ts';
import { allocate } from '../index.ts';
import { confidencePenalty } from '../penalties/index.ts';
import { askedSwitch } from './asked-switch.ts';
import { lossesAround, spreadsOf, type Spreads } from './confidence-losses.ts';
import { firstCrossing, reversed, type Ratio } from './crossing.ts';
import type { ConfidenceSwitch } from './explanations.ts';
import { optimisedAim } from './optimised-aim.ts';
import { surveyOf } from './survey.ts';

/**
 * From which confidence on the rule funds each initiative, all else as it is.
 *
 * One confidence tells, ties aside. Write k = 1 - gamma(c) for the share of its spread that counts, so that
 * Rt_ij = R_i,worst + k (R_ij - R_i,worst) rises in k in every state, and k rises in c. The portfolios allowed do not depend on
 * k. A portfolio without i returns the same at every k, while V*_j = max(V*_j of those without i, V*_j of those with i) rises:
 * its regrets never fall. A portfolio with i gains k (R_ij - R_i,worst) in state j, and V*_j rises by no more than that: its
 * regrets never rise. So the least largest regret without i never falls in k, the least with i never rises, and the second is at
 * or below the first from one k on. For a rule that maximises a weighted sum of the returns the same holds: its best with i rises
 * in k and its best without i stays. Either benchmark will do.
 *
 * Both sides are pieces of lines in k; up to 20 initiatives their crossing is found exactly, up to 50 the rule is asked at one
 * confidence after the other, to a thousandth. @throws InputError as the rule does.
 */
export function confidenceSwitches(problem: AllocationProblem): readonly ConfidenceSwitch[] {
  const held = new Set(allocate(problem, null).selected_initiatives);
  const aim = optimisedAim(problem);
  const spreads = aim === null ? null : surveyed(problem, aim);
  return problem.candidates.map((candidate) => {
    const now = { id: candidate.id, confidence: candidate.confidence, held: held.has(candidate.id) };
    const found = aim === null ? unavailable(notMonotone) : switchOf(problem, candidate, aim, spreads);
    return { ...now, ...found };
  });
}

type Found = Omit<ConfidenceSwitch, 'id' | 'confidence' | 'held'>;

function surveyed(problem: AllocationProblem, aim: Aim): Spreads | null {
  const survey = surveyOf(problem);
  return survey === null ? null : spreadsOf(problem, survey, aim);
}

function switchOf(problem: AllocationProblem, candidate: Candidate, aim: Aim, shared: Spreads | null): Found {
  if (candidate.cost > problem.budget) return never(`It costs ${candidate.cost}, more than the budget of ${problem.budget}.`);
  const isEligible = candidate.confidence >= problem.min_confidence_threshold;
  const spreads = isEligible ? shared : surveyed(trusted(problem, candidate), aim);
  if (spreads === null) return asked(problem, candidate);
  const { within, without } = lossesAround(spreads, spreads.survey.stakes.ids.indexOf(candidate.id));
  const enters = firstCrossing(within, without);
  const leaves = firstCrossing(reversed(without), reversed(within));
  if (enters === null) return never(null);
  return found(problem, enters, leaves);
}

function asked(problem: AllocationProblem, candidate: Candidate): Found {
  const inPlay = problem.candidates.filter(({ confidence, cost }) => confidence >= problem.min_confidence_threshold && cost <= problem.budget);
  if (candidate.divisible === true || inPlay.some(({ divisible }) => divisible === true)) return unavailable(inShares);
  if (inPlay.length > mostAsked) return unavailable(tooMany);
  const { enters_at, sure_from, precision } = askedSwitch(problem, candidate);
  if (enters_at === null) return never(null);
  const isFirst = enters_at - precision < problem.min_confidence_threshold;
  return { standing: enters_at === 0 ? 'always' : 'switches', enters_at, sure_from, at_threshold: isFirst && enters_at > 0, precision: isFirst ? 0 : precision, reason: null };
}

/** The problem with the candidate eligible; what its confidence is does not matter then. */
function trusted(problem: AllocationProblem, { id }: Candidate): AllocationProblem {
  return { ...problem, candidates: problem.candidates.map((candidate) => (candidate.id === id ? { ...candidate, confidence: 1 } : candidate)) };
}

/** `leaves`: the least share that does not count, 1 - k, at which a portfolio without it is at least as good; null for none. */
function found(problem: AllocationProblem, enters: Ratio, leaves: Ratio | null): Found {
  const threshold = problem.min_confidence_threshold;
  const { confidence, precision } = confidenceFor(problem, enters, (kept) => kept >= 0) ?? { confidence: 1, precision: 0 };
  const enters_at = Math.max(confidence, threshold);
  const tiedUpTo = leaves === null ? null : { numerator: leaves.denominator - leaves.numerator, denominator: leaves.denominator };
  const sure = tiedUpTo === null ? { confidence: 0 } : confidenceFor(problem, tiedUpTo, (kept) => kept > 0);
  return {
    standing: enters_at <= 0 ? 'always' : 'switches',
    enters_at,
    sure_from: sure === null ? null : Math.max(sure.confidence, enters_at),
    at_threshold: enters_at > 0 && confidence < threshold,
    precision: confidence < threshold ? 0 : precision,
    reason: null,
  };
}

/** The least confidence at which the share of the spread that counts stands as `suffices` says to `share`; null for none. */
function confidenceFor(
  { penalty }: AllocationProblem,
  share: Ratio,
  suffices: (order: number) => boolean,
): { readonly confidence: number; readonly precision: number } | null {
  const gamma = confidencePenalty(penalty);
  const isEnough = (confidence: number) => {
    const kept = subtract(decimal(1), gamma(confidence));
    const difference = kept.digits * share.denominator - share.numerator * powerOfTen(Math.max(0, -kept.exponent));
    return suffices(difference < 0n ? -1 : difference > 0n ? 1 : 0);
  };
  if (isEnough(0)) return { confidence: 0, precision: 0 };
  if (!isEnough(1)) return null;
  if (penalty === undefined || penalty.id === 'one_minus_confidence') return { confidence: Number(share.numerator) / Number(share.denominator), precision: 0 };
  let [low, high] = [0, steps];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (isEnough(middle / steps)) high = middle;
    else low = middle;
  }
  return { confidence: high / steps, precision: 1 / steps };
}

const steps = 1_000_000;

function never(reason: string | null): Found {
  return { standing: 'never', enters_at: null, sure_from: null, at_threshold: false, precision: 0, reason };
}

function unavailable(reason: string): Found {
  return { ...never(reason), standing: 'unavailable' };
}

const notMonotone = 'The choice of this rule need not change at a single confidence.';
const inShares = 'Where shares can be funded, how much of an initiative is funded changes with its confidence, and not at one alone.';
const mostAsked = 50;
const tooMany = `Looked for among up to ${mostAsked} initiatives.`;

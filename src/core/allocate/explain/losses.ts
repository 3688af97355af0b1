import { objectiveOf } from '../objective.ts';
import type { AllocationProblem } from '../decision-rule.ts';
import { optimisedAim } from './optimised-aim.ts';
import { allowed, subsetSums, type Survey } from './survey.ts';

/** A rule's objective for every portfolio of a survey, turned so that less is better. */
export type Losses = {
  /** Infinity where the portfolio is not allowed. In whole units. */
  readonly loss: Float64Array;
  /** The rule's objective, in its own sense and in money, from a loss. */
  readonly objective: (loss: number) => number;
};

/** null for rules that judge a portfolio by more than its sums of returns. */
export function lossesOf(problem: AllocationProblem, survey: Survey): Losses | null {
  const aim = optimisedAim(problem);
  if (aim === null) return null;
  const { worth, money } = objectiveOf(aim, survey.stakes);
  if (worth === null) return { loss: regretsOf(survey, vStarOf(survey)), objective: money };
  const loss = subsetSums(worth);
  for (let mask = 0; mask < survey.count; mask += 1) loss[mask] = survey.standing[mask] === allowed ? 0 - (loss[mask] as number) : Infinity;
  return { loss, objective: (units) => money(0 - units) };
}

/** The largest regret of every allowed portfolio, against these benchmarks. */
function regretsOf({ returns, standing, count }: Survey, vStar: readonly number[]): Float64Array {
  const [best, med, worst] = returns as [Float64Array, Float64Array, Float64Array];
  const [vBest, vMed, vWorst] = vStar as [number, number, number];
  const loss = new Float64Array(count);
  for (let mask = 0; mask < count; mask += 1) {
    loss[mask] =
      standing[mask] === allowed
        ? Math.max(vBest - (best[mask] as number), vMed - (med[mask] as number), vWorst - (worst[mask] as number))
        : Infinity;
  }
  return loss;
}

/** V* in each state; -Infinity where no portfolio may set it. */
function vStarOf({ returns, standing, open }: Survey): readonly number[] {
  return returns.map((column) => {
    let most = -Infinity;
    for (let mask = 0; mask < column.length; mask += 1) {
      if ((column[mask] as number) > most && (standing[mask] as number) >= open) most = column[mask] as number;
    }
    return most;
  });
}

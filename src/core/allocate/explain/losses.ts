import { states } from '../../contracts/shared-types.ts';
import type { AllocationProblem } from '../decision-rule.ts';
import { effectiveReturns } from '../effective-returns.ts';
import { exactColumns } from '../exact-columns.ts';
import { add, multiply, toNumber } from '../exact-decimal.ts';
import { confidencePenalty } from '../penalties/index.ts';
import type { Stakes } from '../stakes.ts';
import { stateWorth } from './state-worth.ts';
import { compareMasks, allowed, subsetSums, type Survey } from './survey.ts';

/** A rule's objective for every portfolio of a survey, turned so that less is better. */
export type Losses = {
  /** Infinity where the portfolio is not allowed. In whole units. */
  readonly loss: Float64Array;
  /** The rule's objective, in its own sense and in money, from a loss. */
  readonly objective: (loss: number) => number;
  /** A unit of loss is 10^exponent in money. */
  readonly exponent: number;
};

/** null for rules that judge a portfolio by more than its sums of returns. */
export function lossesOf(problem: AllocationProblem, survey: Survey): Losses | null {
  if (problem.rule === 'minimax_regret') {
    const loss = regretsOf(survey, vStarOf(survey));
    const exponent = survey.stakes.returnExponent;
    return { loss, exponent, objective: (units) => toNumber(units, exponent) };
  }
  const column = worthColumn(problem, survey.stakes);
  if (column === null) return null;
  const loss = subsetSums(column.worth);
  for (let mask = 0; mask < survey.count; mask += 1) loss[mask] = survey.standing[mask] === allowed ? 0 - (loss[mask] as number) : Infinity;
  const { exponent } = column;
  return { loss, exponent, objective: (units) => toNumber(0 - units, exponent) };
}

/** The largest regret of every allowed portfolio, against these benchmarks. */
export function regretsOf({ returns, standing, count }: Survey, vStar: readonly number[]): Float64Array {
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
export function vStarOf({ returns, standing, open }: Survey): readonly number[] {
  return returns.map((column) => {
    let most = -Infinity;
    for (let mask = 0; mask < column.length; mask += 1) {
      if ((column[mask] as number) > most && (standing[mask] as number) >= open) most = column[mask] as number;
    }
    return most;
  });
}

/** The canonical choice among the portfolios of least loss: the cheapest, then the first by ids. null where none is allowed. */
export function bestMask(survey: Survey, loss: Float64Array, counts: (mask: number) => boolean = () => true): number | null {
  let [found, least] = [-1, Infinity];
  for (let mask = 0; mask < loss.length; mask += 1) {
    const value = loss[mask] as number;
    if (value > least || value === Infinity || !counts(mask)) continue;
    if (value === least && compareMasks(survey, found, mask) <= 0) continue;
    [found, least] = [mask, value];
  }
  return found < 0 ? null : found;
}

function worthColumn(problem: AllocationProblem, { ids }: Stakes): { readonly worth: Float64Array; readonly exponent: number } | null {
  const worth = stateWorth(problem);
  if (worth === null) return null;
  const gamma = confidencePenalty(problem.penalty);
  const byId = new Map(problem.candidates.map((candidate) => [candidate.id, candidate]));
  const rows = ids.flatMap((id) => {
    const candidate = byId.get(id);
    if (candidate === undefined) return [];
    const effective = effectiveReturns(candidate, gamma);
    return [[states.map((state) => multiply(worth[state], effective[state])).reduce(add)]];
  });
  const { columns, exponent } = exactColumns(rows, 1);
  return { worth: columns[0] ?? new Float64Array(0), exponent };
}

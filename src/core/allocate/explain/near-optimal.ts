import { states } from '../../contracts/shared-types.ts';
import { inputError } from '../../contracts/input-error.ts';
import type { AllocationProblem } from '../decision-rule.ts';
import { decimal, magnitude, multiply, subtract, type Decimal } from '../exact/exact-decimal.ts';
import { allocate } from '../index.ts';
import type { Holding, NearOptimal } from './explanations.ts';
import { lossesOf } from './losses.ts';
import { searchedHoldings } from './near-optimal-search.ts';
import { optimisedAim } from './optimised-aim.ts';
import { surveyOf } from './survey.ts';

/**
 * How many of the nearly best portfolios hold each eligible initiative. A portfolio is nearly best where the rule's objective
 * gives up no more than a share (`tolerance`) of the most that the budget could return in any state, the largest V*_j: with 0.05
 * and a V* of 30 that is a regret of up to 1.5 above the smallest. Core initiatives are in all of them, exterior ones in none.
 * Source: Liesio, Mild and Salo 2007, Preference programming for robust portfolio modeling, EJOR 181 (core index), where the
 * portfolios are the nondominated ones under incomplete information; here those within a tolerance.
 *
 * Up to 20 initiatives every portfolio is counted. Above, a search lists up to 2,000 of them, and where there are more proves
 * which initiatives are core or exterior all the same. @throws InputError where the tolerance or the problem is not usable.
 */
export function nearOptimal(problem: AllocationProblem, tolerance: number): NearOptimal {
  if (!(tolerance >= 0 && tolerance <= 1)) throw inputError('tolerance', `must lie between 0 and 1 (found ${tolerance})`, tolerance);
  const { v_star: vStar, objective_value: best, selected_initiatives: selected, reason } = allocate(problem, null);
  const base = Math.max(0, ...states.map((state) => vStar[state]));
  const nothing = { tolerance, base, limit: best ?? 0, best: best ?? 0, count: 0, capped: false, holdings: [] };
  if (best === null) return { ...nothing, reason: reason ?? 'No portfolio is feasible.' };
  const room = multiply(decimal(tolerance), decimal(base));
  const limitFrom = (least: number, objective: (loss: number) => number) => lastWithin(least, objective, room);
  const eligible = problem.candidates.filter(({ confidence }) => confidence >= problem.min_confidence_threshold);
  const survey = surveyOf(problem);
  if (survey === null) {
    const searched = eligible.some(({ divisible }) => divisible === true) ? null : searchedHoldings(problem, selected, limitFrom);
    if (searched === null) return { ...nothing, reason: optimisedAim(problem) === null ? notCounted : inShares };
    const { limit, count, capped, of } = searched;
    const holdings = eligible.map(({ id }) => {
      const found = of(id);
      return { id, share: found.count / count, ...found };
    });
    return { ...nothing, limit, count, capped, holdings, reason: null };
  }
  const losses = lossesOf(problem, survey);
  if (losses === null) return { ...nothing, reason: notCounted };
  const { loss, objective } = losses;
  const least = loss.reduce((a, b) => Math.min(a, b));
  const limit = limitFrom(least, objective);
  const { count, holders } = countWithin(loss, limit, survey.stakes.ids.length);
  const rows = new Map(survey.stakes.ids.map((id, i) => [id, i]));
  const holdings = eligible.map(({ id }) => holding(id, holders[rows.get(id) ?? -1] ?? 0, count));
  return { ...nothing, limit: objective(limit), best: objective(least), count, holdings, reason: null };
}

const inShares = 'Where shares can be funded there are endlessly many portfolios; they are counted where each initiative is whole.';
const notCounted = 'This rule judges a portfolio by more than the sums of its returns, so that its nearly best ones are not counted.';

/** The largest loss whose objective is no more than `room` from that of the least loss. */
function lastWithin(least: number, objective: (loss: number) => number, room: Decimal): number {
  const best = decimal(objective(least));
  const isWithin = (units: number) => {
    const { digits, exponent } = subtract(decimal(objective(least + units)), best);
    return subtract(room, { digits: magnitude(digits), exponent }).digits >= 0n;
  };
  let [low, high] = [0, largestTotal];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isWithin(middle)) low = middle;
    else high = middle;
  }
  return least + low;
}

/** Sums and their differences stay below. */
const largestTotal = 4_503_599_627_370_496;

function countWithin(loss: Float64Array, limit: number, n: number): { readonly count: number; readonly holders: readonly number[] } {
  const holders = new Float64Array(n);
  let count = 0;
  for (let mask = 0; mask < loss.length; mask += 1) {
    if ((loss[mask] as number) > limit) continue;
    count += 1;
    for (let i = 0; i < n; i += 1) holders[i] = (holders[i] as number) + ((mask >> i) & 1);
  }
  return { count, holders: [...holders] };
}

function holding(id: string, count: number, of: number): Holding {
  return { id, count, share: count / of, standing: count === of ? 'core' : count === 0 ? 'exterior' : 'borderline' };
}

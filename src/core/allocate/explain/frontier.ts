import { states, type PerState } from '../../contracts/shared-types.ts';
import type { Allocation, AllocationProblem } from '../decision-rule.ts';
import { decisionRuleDescriptions, type DecisionRuleId } from '../descriptions.ts';
import { add, decimal, toNumber, zero } from '../exact/exact-decimal.ts';
import { allocate } from '../index.ts';
import { perState } from '../stakes.ts';
import { firstOfCost, masksByCost } from './by-cost.ts';
import type { Frontier, FrontierStep } from './explanations.ts';
import { lossesOf, type Losses } from './losses.ts';
import { allowed, chosenIn, compareIds, idsIn, mostSurveyed, surveyOf, type Survey } from './survey.ts';
import { undominated } from './undominated.ts';

/**
 * The rule's answer as a function of the budget, from 0 to what all eligible initiatives cost: a step function whose breakpoints
 * are the exact budgets at which the choice, its objective or a benchmark V*_j changes. Regret is not monotone in the budget:
 * more money can raise what one could have had by more than what one has.
 *
 * One pass over every portfolio in order of cost, for up to 20 initiatives. Otherwise the rule is asked at `budgetsAsked` budgets
 * and `exact` is false.
 *
 * @throws InputError where the problem is not one the rule can be asked.
 */
export function frontier(problem: AllocationProblem): Frontier {
  // Also the check that the rule can be asked.
  const now = allocate(problem, null);
  const objective = decisionRuleDescriptions[now.rule as DecisionRuleId].objective;
  const wide = { ...problem, budget: Math.max(problem.budget, 2 * totalCost(problem)) };
  const survey = surveyOf(wide);
  const losses = survey === null ? null : lossesOf(wide, survey);
  const isExact = survey !== null && losses !== null && survey.stakes.costs.slack === 0;
  const moments = isExact ? momentsOf(survey, losses, problem.rule === 'minimax_regret') : null;
  if (isExact && moments !== null) {
    const steps = moments.map((moment, k) => stepOf(survey, losses, moment, moments[k + 1] ?? null));
    return { objective, steps, exact: true, reason: null };
  }
  const steps = askedSteps(problem);
  const why = isExact ? tooManySteps : whyAsked(survey, losses);
  return { objective, steps, exact: false, reason: `${why} The rule was asked at ${steps.length} budgets; between them the answer may differ.` };
}

const budgetsAsked = 25;
const mostSteps = 3_000;
const mostJudged = 100_000_000;
const mostComparisons = 300_000_000;
const tooManySteps = `There are more than ${mostSteps} breakpoints, or too many to tell.`;

/** `at`: a portfolio that costs just this. */
type Moment = { readonly price: number; readonly at: number; readonly vStar: readonly number[]; readonly choice: number | null; readonly loss: number };

/**
 * Every cost at which a portfolio comes within reach that raises a benchmark or becomes the choice; null where these are too many
 * to be of use, or to be found in reasonable time.
 */
function momentsOf(survey: Survey, { loss }: Losses, isRegret: boolean): readonly Moment[] | null {
  const { cost, returns, standing, open } = survey;
  const columns = returns as readonly [Float64Array, Float64Array, Float64Array];
  const order = masksByCost(survey);
  const vStar: [number, number, number] = [-Infinity, -Infinity, -Infinity];
  const lossOf = (mask: number) => {
    if (!isRegret) return loss[mask] as number;
    return Math.max(vStar[0] - (columns[0][mask] as number), vStar[1] - (columns[1][mask] as number), vStar[2] - (columns[2][mask] as number));
  };
  const contenders = undominated(isRegret ? columns : gainsOf(loss));
  const moments: Moment[] = [];
  let [least, cheapest] = [Infinity, -1];
  let judged = 0;
  for (let k = 0; k < order.length; ) {
    const at = order[k] as number;
    const price = cost[at] as number;
    const start = contenders.kept.length;
    let raised = false;
    for (; k < order.length && cost[order[k] as number] === price; k += 1) {
      const mask = order[k] as number;
      for (let j = 0; j < 3 && (standing[mask] as number) >= open; j += 1) {
        const value = (columns[j] as Float64Array)[mask] as number;
        if (value > (vStar[j] as number)) [vStar[j], raised] = [value, true];
      }
      if (standing[mask] === allowed) contenders.offer(mask);
    }
    if (!raised && contenders.kept.length === start) continue;
    const isMoved = raised && isRegret;
    judged += isMoved ? contenders.kept.length : 1;
    if (moments.length > mostSteps || judged > mostJudged || contenders.comparisons() > mostComparisons) return null;
    const before = least;
    if (isMoved) [least, cheapest] = [Infinity, -1];
    for (let c = isMoved ? 0 : start; c < contenders.kept.length; c += 1) {
      const mask = contenders.kept[c] as number;
      const value = lossOf(mask);
      if (value < least) [least, cheapest] = [value, mask];
    }
    if (!raised && least === before) continue;
    const choice = cheapest < 0 ? null : firstAlike(survey, order, cheapest, (mask) => lossOf(mask) === least);
    moments.push({ price, at, vStar: [...vStar], choice, loss: least });
  }
  return moments;
}

function gainsOf(loss: Float64Array): readonly [Float64Array, Float64Array, Float64Array] {
  const gain = loss.map((value) => 0 - value);
  return [gain, gain, gain];
}

/** Among the allowed portfolios of this cost that are as good, the first by ids. */
function firstAlike(survey: Survey, order: Uint32Array, mask: number, isAsGood: (mask: number) => boolean): number {
  const { cost, standing } = survey;
  const price = cost[mask] as number;
  let first = mask;
  for (let k = firstOfCost(survey, order, price); k < order.length && cost[order[k] as number] === price; k += 1) {
    const rival = order[k] as number;
    if (standing[rival] === allowed && isAsGood(rival) && compareIds(rival, first) < 0) first = rival;
  }
  return first;
}

function stepOf(survey: Survey, { objective }: Losses, { at, vStar, choice, loss }: Moment, next: Moment | null): FrontierStep {
  const { stakes, returns } = survey;
  const money = (units: number) => toNumber(units, stakes.returnExponent);
  const costOf = (mask: number) => stakes.costs.total(chosenIn(mask));
  const v_star = perState((j) => (vStar[j] === -Infinity ? 0 : money(vStar[j] as number)));
  const shared = { from: costOf(at), to: next === null ? null : costOf(next.at), v_star };
  if (choice === null) return { ...shared, selected_initiatives: null, total_cost: null, objective_value: null, max_regret: null, returns: null, expected: null };
  const sums = returns.map((column) => column[choice] as number);
  return {
    ...shared,
    selected_initiatives: idsIn(survey, choice),
    total_cost: costOf(choice),
    objective_value: objective(loss),
    max_regret: money(Math.max(0, ...sums.map((sum, j) => (vStar[j] as number) - sum))),
    returns: perState((j) => money(sums[j] as number)),
    expected: meanOf(perState((j) => money(sums[j] as number))),
  };
}

function askedSteps(problem: AllocationProblem): readonly FrontierStep[] {
  const total = totalCost(problem);
  const even = Array.from({ length: budgetsAsked }, (_, k) => rounded((total * k) / (budgetsAsked - 1)));
  const budgets = [...new Set([...even, problem.budget])].sort((a, b) => a - b);
  return budgets.map((budget, k) => askedStep(allocate({ ...problem, budget }, null), budget, budgets[k + 1] ?? null));
}

function askedStep(answer: Allocation, from: number, to: number | null): FrontierStep {
  const { objective_value, v_star, selected_initiatives, total_cost, regrets, total_actual_returns: returns } = answer;
  const shared = { from, to, v_star, objective_value };
  if (objective_value === null) return { ...shared, selected_initiatives: null, total_cost: null, max_regret: null, returns: null, expected: null };
  const max_regret = Math.max(0, ...states.map((state) => regrets[state]));
  return { ...shared, selected_initiatives, total_cost, max_regret, returns, expected: meanOf(returns) };
}

function whyAsked(survey: Survey | null, losses: Losses | null): string {
  if (survey === null) return `Breakpoints are exact up to ${mostSurveyed} initiatives that are funded whole or not at all.`;
  if (losses === null) return 'This rule judges a portfolio by more than the sums of its returns.';
  return 'The costs have more digits than whole numbers can hold.';
}

function meanOf(returns: PerState<number>): number {
  const sum = states.map((state) => decimal(returns[state])).reduce(add, zero);
  return toNumber(sum.digits, sum.exponent) / states.length;
}

function totalCost({ candidates, min_confidence_threshold: threshold }: AllocationProblem): number {
  const sum = candidates.filter(({ confidence }) => confidence >= threshold).reduce((total, { cost }) => add(total, decimal(cost)), zero);
  return toNumber(sum.digits, sum.exponent);
}

/** Three digits are enough for a budget that is only one of many. */
function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

import { states, type PerState, type State } from '../../contracts/shared-types.ts';
import type { Allocation, AllocationProblem, Candidate, Portfolio } from '../decision-rule.ts';
import { asNumbers, effectiveReturns } from '../effective-returns.ts';
import { add, decimal, subtract, toNumber, type Decimal } from '../exact/exact-decimal.ts';
import { allocate } from '../index.ts';
import { confidencePenalty } from '../penalties/index.ts';
import { sideConstraintsOf } from '../side-constraints.ts';
import type { MenuAnswer, MenuExample } from './explanations.ts';
import { withOption } from './menu-change.ts';

/**
 * An option that is not funded and yet changes what minimax regret funds, whatever rule the problem names; null where the search
 * finds none. The old winner is then strictly worse than the new one, so that no tie is behind it.
 *
 * First the initiatives that are excluded or not trusted enough are put on the menu, one at a time. Then an option is made up that
 * takes the whole budget, so that it can only be funded alone, and promises much in one state only: with its promise r in state j
 * the benchmark V*_j becomes r, and every regret in state j rises by as much. A portfolio x with less regret in that state than the
 * winner w takes over once r exceeds V*_j + max over other states of the regret of x - the regret of w in state j. The smallest
 * such promise is rounded up to a figure of few digits, and the answer is asked for.
 *
 * @throws InputError where the problem is not one the rule can be asked.
 */
export function menuExample(problem: AllocationProblem): MenuExample | null {
  const question = problem.rule === 'minimax_regret' ? problem : { ...problem, rule: 'minimax_regret', rule_parameters: {} };
  const before = allocate(question, null);
  if (before.objective_value === null || before.status !== 'optimal') return null;
  for (const trial of [...leftOut(question), ...madeUp(question, before)]) {
    const after = allocate(trial.problem, null);
    const example = compared(trial, before, after);
    if (example !== null) return example;
  }
  return null;
}

type Trial = { readonly option: Candidate; readonly source: MenuExample['source']; readonly problem: AllocationProblem };

function* leftOut(problem: AllocationProblem): Generator<Trial> {
  const constraints = sideConstraintsOf(problem);
  const gamma = confidencePenalty(problem.penalty);
  for (const option of problem.candidates) {
    if (option.cost > problem.budget) continue;
    const isEligible = option.confidence >= problem.min_confidence_threshold;
    if (isEligible && constraints.excluded.includes(option.id)) {
      const excluded = constraints.excluded.filter((id) => id !== option.id);
      yield { option, source: 'excluded', problem: { ...problem, constraints: { ...constraints, excluded } } };
    }
    if (isEligible) continue;
    // Discounted as its confidence asks, and then trusted, so that the threshold stays where it is for the others.
    const { best, med } = asNumbers(effectiveReturns(option, gamma));
    const trusted = { ...problem, candidates: problem.candidates.map((other) => (other === option ? { ...option, R_best: best, R_med: med, confidence: 1 } : other)) };
    yield { option, source: 'ineligible', problem: trusted };
  }
}

function* madeUp(problem: AllocationProblem, before: Allocation): Generator<Trial> {
  const winner = before.portfolios.find(({ ids }) => alike(ids, before.selected_initiatives));
  if (winner === undefined || problem.budget <= 0) return;
  for (const state of states) {
    const promise = leastPromise(before, winner, state);
    if (promise === null) continue;
    for (let digits = 2; digits <= mostDigits; digits += 1) {
      const option = optionOf(problem, before, state, roundedUp(promise, digits));
      if (option !== null) yield { option, source: 'constructed', problem: withOption(problem, option) };
    }
  }
}

const mostDigits = 5;

/** A promise above this in the state makes another of the listed portfolios the winner. */
function leastPromise({ v_star, portfolios }: Allocation, winner: Portfolio, state: State): Decimal | null {
  const ways = portfolios
    .filter(({ regrets }) => regrets[state] < winner.regrets[state])
    .map(({ regrets }) => Math.max(...states.filter((other) => other !== state).map((other) => regrets[other])));
  if (ways.length === 0) return null;
  const rise = subtract(decimal(Math.min(...ways)), decimal(winner.regrets[state]));
  return add(decimal(v_star[state]), rise.digits > 0n ? rise : decimal(0));
}

/** Takes the whole budget and is trusted fully; as poor as can be in the states that its promise says nothing of. */
function optionOf(problem: AllocationProblem, { v_star }: Allocation, state: State, promise: number): Candidate | null {
  const poor = -roundedUp(decimal(Math.max(promise, v_star.best, 1)), 1);
  const returns: Readonly<Record<State, PerState<number>>> = {
    best: { best: promise, med: poor, worst: poor },
    med: { best: promise, med: promise, worst: poor },
    worst: { best: promise, med: promise, worst: promise },
  };
  const { best, med, worst } = returns[state];
  const raisesAnother = (state !== 'best' && best > v_star.best) || (state === 'worst' && med > v_star.med);
  if (raisesAnother) return null;
  const taken = new Set([...problem.candidates, ...(problem.unavailable ?? [])].map(({ id }) => id));
  const id = ['Newcomer', ...Array.from({ length: taken.size + 1 }, (_, k) => `Newcomer-${k + 2}`)].find((name) => !taken.has(name)) ?? 'Newcomer';
  return { id, cost: problem.budget, R_best: best, R_med: med, R_worst: worst, confidence: 1 };
}

function compared({ option, source }: Trial, before: Allocation, after: Allocation): MenuExample | null {
  if (after.objective_value === null || after.status !== 'optimal') return null;
  if (after.selected_initiatives.includes(option.id) || alike(before.selected_initiatives, after.selected_initiatives)) return null;
  const first = answerOf(before, before, after);
  const second = answerOf(after, before, after);
  const wasWorse = largest(first.regrets_of_after) > first.max_regret;
  const isWorse = largest(second.regrets_of_before) > second.max_regret;
  const raises = states.find((state) => after.v_star[state] > before.v_star[state]);
  return wasWorse && isWorse && raises !== undefined ? { option, source, raises, before: first, after: second } : null;
}

function answerOf(menu: Allocation, before: Allocation, after: Allocation): MenuAnswer {
  return {
    selected_initiatives: menu.selected_initiatives,
    max_regret: menu.objective_value ?? 0,
    v_star: menu.v_star,
    regrets_of_before: regretsOn(menu.v_star, before.total_actual_returns),
    regrets_of_after: regretsOn(menu.v_star, after.total_actual_returns),
  };
}

function regretsOn(vStar: PerState<number>, returns: PerState<number>): PerState<number> {
  const inState = (state: State) => {
    const { digits, exponent } = subtract(decimal(vStar[state]), decimal(returns[state]));
    return toNumber(digits, exponent);
  };
  return { best: inState('best'), med: inState('med'), worst: inState('worst') };
}

function largest(regrets: PerState<number>): number {
  return Math.max(...states.map((state) => regrets[state]));
}

function alike(a: readonly string[], b: readonly string[]): boolean {
  return [...a].sort().join('\n') === [...b].sort().join('\n');
}

/** The next figure of so many digits above a value. */
function roundedUp(value: Decimal, digits: number): number {
  const near = Number(toNumber(value.digits, value.exponent).toPrecision(digits));
  if (subtract(decimal(near), value).digits > 0n) return near;
  const [, power = '0'] = near.toExponential(digits - 1).split('e');
  const step: Decimal = { digits: 1n, exponent: (near === 0 ? 0 : Number(power)) - digits + 1 };
  const next = add(decimal(near), step);
  return toNumber(next.digits, next.exponent);
}

import { states, type PerState, type State } from '../../contracts/shared-types.ts';
import { objectiveOf } from '../objective.ts';
import type { Allocation, AllocationProblem } from '../decision-rule.ts';
import { decisionRuleDescriptions, type DecisionRuleId } from '../descriptions.ts';
import { decimal, subtract, toNumber } from '../exact/exact-decimal.ts';
import { allocate } from '../index.ts';
import { stakesOf } from '../stakes.ts';
import type { RuleAnswer, RuleReason } from './explanations.ts';
import { optimisedAim } from './optimised-aim.ts';

/**
 * Every rule's answer to the same problem, in the order of the rules, with what sets it apart from the minimax-regret choice. The
 * problem's own rule keeps its parameters, the others have their defaults; expected return is asked with equal weights (Laplace)
 * as well. The search over independent intervals, by far the longest, is cut short above 30 initiatives.
 *
 * @throws InputError where the problem is not one a rule can be asked.
 */
export function compareRules(problem: AllocationProblem): readonly RuleAnswer[] {
  const questions = Object.keys(decisionRuleDescriptions).flatMap((rule) => questionsOf(problem, rule as DecisionRuleId));
  const asked = questions.map((question) => ({ ...question, allocation: allocate(question.problem, null) }));
  const reference = asked.find(({ rule }) => rule === 'minimax_regret')?.allocation ?? null;
  return asked.map(({ problem: question, allocation, ...answer }) => ({
    ...answer,
    objective: decisionRuleDescriptions[answer.rule].objective,
    allocation,
    max_regret: largestRegret(allocation),
    independent_regret: allocation.independent_regret?.value ?? null,
    because: reasonOf(question, allocation, reference),
  }));
}

type Question = Pick<RuleAnswer, 'key' | 'label' | 'parameters' | 'is_own' | 'node_limit' | 'asked_whole'> & {
  readonly rule: DecisionRuleId;
  readonly problem: AllocationProblem;
};

function questionsOf(problem: AllocationProblem, rule: DecisionRuleId): readonly Question[] {
  const is_own = problem.rule === rule;
  const { label } = decisionRuleDescriptions[rule];
  const own = is_own ? problem.rule_parameters : {};
  const usual: Question = { key: rule, rule, label, parameters: own, is_own, node_limit: null, asked_whole: false, problem: { ...problem, rule, rule_parameters: own } };
  if (rule === 'bayesian') {
    const parameters = { ...own, weights: equalWeights };
    return [usual, { ...usual, key: 'laplace', label: 'Laplace', parameters, is_own: false, problem: { ...problem, rule, rule_parameters: parameters } }];
  }
  return [rule === 'interval_minimax_regret' && !is_own ? intervalQuestion(usual) : usual];
}

/** Kept short where there are many initiatives, and asked of whole ones. */
function intervalQuestion(question: Question): Question {
  const { candidates, min_confidence_threshold: threshold } = question.problem;
  const eligible = candidates.filter(({ confidence }) => confidence >= threshold);
  const node_limit = eligible.length > comfortable ? fewNodes : null;
  const parameters = node_limit === null ? {} : { max_nodes: node_limit };
  const asked_whole = eligible.some(({ divisible }) => divisible === true);
  const whole = asked_whole ? candidates.map((candidate) => ({ ...candidate, divisible: false })) : candidates;
  return { ...question, parameters, node_limit, asked_whole, problem: { ...question.problem, candidates: whole, rule_parameters: parameters } };
}

const comfortable = 30;
const fewNodes = 1_000;

const equalWeights: PerState<number> = { best: 1 / 3, med: 1 / 3, worst: 1 / 3 };

function reasonOf(question: AllocationProblem, own: Allocation, reference: Allocation | null): RuleReason {
  if (question.rule === 'minimax_regret') return { kind: 'reference' };
  if (reference === null || reference.objective_value === null || own.objective_value === null) return { kind: 'no_choice' };
  const [ours, theirs] = [keyOf(own.selected_initiatives, own.shares), keyOf(reference.selected_initiatives, reference.shares)];
  if (ours === theirs) return { kind: 'same' };
  const returns = perStateOf((state) => {
    const [one, other] = [own.total_actual_returns[state], reference.total_actual_returns[state]];
    return { own: one, reference: other, difference: exactDifference(one, other) };
  });
  const isAmong = (ties: Allocation['ties'], key: string) => ties.some((tie) => keyOf(tie, undefined) === key);
  const independent = [own.independent_regret, reference.independent_regret];
  return {
    kind: reference.shares === undefined && isAmong(reference.ties, ours) ? 'tie' : 'differs',
    added: own.selected_initiatives.filter((id) => !reference.selected_initiatives.includes(id)),
    dropped: reference.selected_initiatives.filter((id) => !own.selected_initiatives.includes(id)),
    objective: objectivesOf(question, own, reference),
    returns,
    gains_most_in: furthest(returns, 1),
    gives_up_most_in: furthest(returns, -1),
    extra_regret: exactDifference(largestRegret(own) ?? 0, largestRegret(reference) ?? 0),
    reference_is_as_good: own.shares === undefined && isAmong(own.ties, theirs),
    extra_independent_regret: independent.includes(null) ? null : exactDifference(independent[0]?.value ?? 0, independent[1]?.value ?? 0),
  };
}

/** What the rule makes of its own choice and of the other one. */
function objectivesOf(question: AllocationProblem, own: Allocation, reference: Allocation): { readonly own: number; readonly reference: number } | null {
  if (own.objective_value === null) return null;
  if (question.rule === 'interval_minimax_regret') {
    return reference.independent_regret === null || reference.shares !== undefined ? null : { own: own.objective_value, reference: reference.independent_regret.value };
  }
  if (question.rule === 'greedy_roi') return { own: own.objective_value, reference: reference.total_actual_returns.med };
  const aim = optimisedAim(question);
  if (aim === null || reference.shares !== undefined || own.shares !== undefined) return null;
  const stakes = stakesOf(question);
  const chosen = new Set(reference.selected_initiatives);
  const value = objectiveOf(aim, stakes).valueOf((i) => chosen.has(stakes.ids[i] as string), largestRegret(reference) ?? 0);
  return { own: own.objective_value, reference: value };
}

function largestRegret({ objective_value, regrets }: Allocation): number | null {
  return objective_value === null ? null : Math.max(0, ...states.map((state) => regrets[state]));
}

/** The state whose difference lies furthest in this direction; null where none does. */
function furthest(returns: PerState<{ readonly difference: number }>, direction: 1 | -1): State | null {
  return states.reduce<State | null>((most, state) => {
    const value = direction * returns[state].difference;
    return value > (most === null ? 0 : direction * returns[most].difference) ? state : most;
  }, null);
}

function keyOf(ids: readonly string[], shares: Readonly<Record<string, number>> | undefined): string {
  return JSON.stringify([...ids].sort().map((id) => [id, shares?.[id] ?? 1]));
}

function perStateOf<T>(value: (state: State) => T): PerState<T> {
  return { best: value('best'), med: value('med'), worst: value('worst') };
}

function exactDifference(a: number, b: number): number {
  const { digits, exponent } = subtract(decimal(a), decimal(b));
  return toNumber(digits, exponent);
}

import { inputError, InputError } from '../contracts/input-error.ts';
import { parseParameters, unknownName } from '../contracts/parameter.ts';
import { bayesian } from './bayesian.ts';
import { checkProblem } from './check-problem.ts';
import type { Allocation, AllocationProblem, DecisionRuleDefinition } from './decision-rule.ts';
import type { DecisionRuleId } from './descriptions.ts';
import { greedyRoi } from './greedy-roi.ts';
import { hurwicz } from './hurwicz.ts';
import { intervalMinimaxRegret } from './interval-minimax-regret.ts';
import { maximax } from './maximax.ts';
import { maximin } from './maximin.ts';
import { minimaxRegret } from './minimax-regret.ts';
import type { Solver } from './solver.ts';

/** Every decision rule by id. */
const decisionRules = {
  minimax_regret: minimaxRegret,
  bayesian,
  maximin,
  maximax,
  hurwicz,
  interval_minimax_regret: intervalMinimaxRegret,
  greedy_roi: greedyRoi,
} as const satisfies Readonly<Record<DecisionRuleId, unknown>>;

/** The rule's answer; `solver` null asks for no second opinion. @throws InputError listing what is wrong with the problem. */
export function allocate(problem: AllocationProblem, solver: Solver | null): Allocation {
  checkProblem(problem);
  const { rule, parameters } = ruleOf(problem);
  return rule.allocate(problem, parameters, solver);
}

/** The problem's rule with its parameters, defaults filled in. @throws InputError where there is no such rule or parameter. */
export function ruleOf(problem: AllocationProblem) {
  const rule = findDecisionRule(problem.rule);
  if (rule === undefined) throw inputError('rule', `'${problem.rule}' ${unknownName(problem.rule, Object.keys(decisionRules))}`, problem.rule);
  const parsed = parseParameters(rule.parameters, problem.rule_parameters, 'rule_parameters');
  if (!parsed.ok) throw new InputError(parsed.issues);
  return { rule, parameters: parsed.value };
}

function findDecisionRule(id: string): DecisionRuleDefinition | undefined {
  return Object.hasOwn(decisionRules, id) ? (decisionRules[id as keyof typeof decisionRules] as unknown as DecisionRuleDefinition) : undefined;
}

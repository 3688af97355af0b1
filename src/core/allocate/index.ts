import { inputError, InputError } from '../contracts/input-error.ts';
import { parseParameters, unknownName } from '../contracts/parameter.ts';
import type { Aim } from './aim.ts';
import { bayesian } from './bayesian.ts';
import { checkProblem } from './check-problem.ts';
import type { Allocation, AllocationProblem, DecisionRuleDefinition } from './decision-rule.ts';
import type { DecisionRuleId } from './descriptions.ts';
import { greedyRoi } from './greedy-roi.ts';
import { hurwicz } from './hurwicz.ts';
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
  greedy_roi: greedyRoi,
} as const satisfies Readonly<Record<DecisionRuleId, unknown>>;

/** The rule's answer; `solver` null asks for no second opinion. @throws InputError listing what is wrong with the problem. */
export function allocate(problem: AllocationProblem, solver: Solver | null): Allocation {
  checkProblem(problem);
  const rule = findDecisionRule(problem.rule);
  if (rule === undefined) throw inputError('rule', `'${problem.rule}' ${unknownName(problem.rule, Object.keys(decisionRules))}`, problem.rule);
  const parsed = parseParameters(rule.parameters, problem.rule_parameters, 'rule_parameters');
  if (!parsed.ok) throw new InputError(parsed.issues);
  return rule.allocate(problem, parsed.value, solver);
}

/** What the problem's rule optimises over portfolios, with its parameters; null for a rule that optimises no sums on the states. */
export function aimOf({ rule: id, rule_parameters: given }: AllocationProblem): Aim | null {
  const rule = findDecisionRule(id);
  if (rule === undefined || rule.aim === null || rule.id === 'greedy_roi') return null;
  const parsed = parseParameters(rule.parameters, given, 'rule_parameters');
  return parsed.ok ? rule.aim(parsed.value) : null;
}

function findDecisionRule(id: string): DecisionRuleDefinition | undefined {
  return Object.hasOwn(decisionRules, id) ? (decisionRules[id as keyof typeof decisionRules] as unknown as DecisionRuleDefinition) : undefined;
}

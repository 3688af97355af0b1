import type { Aim } from './aim.ts';
import { defineDecisionRule, describeDecisionRule } from './decision-rule.ts';
import { finiteStateAllocation, searchParameters } from './finite-state-allocation.ts';

export const maximaxDescription = describeDecisionRule({
  id: 'maximax',
  label: 'Maximax',
  summary: 'Funds the affordable portfolio that returns most in its best state.',
  parameters: searchParameters,
  objective: { label: 'return in the best state', sense: 'maximise' },
  reference: 'Luce, R. D., & Raiffa, H. (1957). Games and Decisions. Wiley, chapter 13.',
});

/**
 * Max over portfolios x of max_j sum_i Rt_ij x_i, where Rt is the effective return: Hurwicz's rule with all weight on the best
 * state. Every portfolio's largest sum is the one in the state best, so the rule is linear. Luce and Raiffa 1957.
 */
export const maximax = defineDecisionRule(
  maximaxDescription,
  (problem, parameters, solver) => finiteStateAllocation(problem, bestReturn, parameters, solver),
  () => bestReturn,
);

const bestReturn: Aim = { kind: 'return', worth: ({ best }) => best };

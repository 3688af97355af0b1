import { defineDecisionRule, describeDecisionRule } from './decision-rule.ts';
import { finiteStateAllocation, searchParameters } from './finite-state-allocation.ts';
import type { Aim } from './aim.ts';

export const maximinDescription = describeDecisionRule({
  id: 'maximin',
  label: 'Maximin',
  summary: 'Funds the affordable portfolio that returns most in its worst state.',
  parameters: searchParameters,
  objective: { label: 'return in the worst state', sense: 'maximise' },
  reference: 'Wald, A. (1950). Statistical Decision Functions. Wiley.',
});

/**
 * Wald's rule: max over portfolios x of min_j sum_i Rt_ij x_i, where Rt is the effective return. No initiative returns less in
 * another state than in the worst one, and discounting keeps it so, hence no portfolio does: the smallest sum is the one in
 * the state worst, and the rule is linear. Wald 1950.
 */
export const maximin = defineDecisionRule(
  maximinDescription,
  (problem, parameters, solver) => finiteStateAllocation(problem, worstReturn, parameters, solver),
  () => worstReturn,
);

const worstReturn: Aim = { kind: 'return', worth: ({ worst }) => worst };

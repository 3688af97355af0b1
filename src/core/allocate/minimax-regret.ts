import { defineDecisionRule, describeDecisionRule } from './decision-rule.ts';
import { finiteStateAllocation, searchParameters } from './finite-state-allocation.ts';

export const minimaxRegretDescription = describeDecisionRule({
  id: 'minimax_regret',
  label: 'Minimax regret',
  summary: 'Funds the affordable portfolio whose largest regret over the states is smallest.',
  parameters: searchParameters,
  objective: { label: 'largest regret', sense: 'minimise' },
  reference: 'Savage, L. J. (1951). The theory of statistical decision. Journal of the American Statistical Association 46, 55-67.',
});

/**
 * Savage's rule on the states best, med and worst: min over portfolios x of max_j (V*_j - sum_i Rt_ij x_i), where Rt is the
 * effective return and V*_j the most that the benchmark's portfolios could have returned in state j; the budget, the floor on
 * worst returns and the side constraints hold. Savage 1951, JASA 46; Eisenhauer 2025.
 */
export const minimaxRegret = defineDecisionRule(
  minimaxRegretDescription,
  (problem, parameters, solver) => finiteStateAllocation(problem, { kind: 'regret' }, parameters, solver),
  () => ({ kind: 'regret' }),
);

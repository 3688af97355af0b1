import { defineParameters } from '../contracts/parameter.ts';
import type { Aim } from './aim.ts';
import { defineDecisionRule, describeDecisionRule } from './decision-rule.ts';
import { add, decimal, multiply, subtract } from './exact/exact-decimal.ts';
import { finiteStateAllocation, searchParameters } from './finite-state-allocation.ts';

const parameters = defineParameters({
  alpha: {
    kind: 'number',
    label: 'Optimism \u03b1',
    help: 'Weight of the best state; the rest is the worst state\u2019s. 0 is maximin, 1 is maximax.',
    min: 0,
    max: 1,
    step: 0.05,
    default: 0.5,
  },
  ...searchParameters,
});

export const hurwiczDescription = describeDecisionRule({
  id: 'hurwicz',
  label: 'Hurwicz',
  summary: 'Funds the affordable portfolio with the largest mixture of its returns in its best and its worst state.',
  parameters,
  objective: { label: 'mixture of best and worst return', sense: 'maximise' },
  reference: 'Hurwicz, L. (1951). Optimality criteria for decision making under ignorance. Cowles Commission Discussion Paper, Statistics 370.',
});

/**
 * Max over portfolios x of alpha max_j r_j + (1 - alpha) min_j r_j with r_j = sum_i Rt_ij x_i, where Rt is the effective return.
 * Every portfolio is at its best in the state best and at its worst in the state worst, so the rule is linear. Hurwicz 1951.
 */
export const hurwicz = defineDecisionRule(
  hurwiczDescription,
  (problem, given, solver) => finiteStateAllocation(problem, mixture(given.alpha), given, solver),
  ({ alpha }) => mixture(alpha),
);

function mixture(alpha: number): Aim {
  const optimism = decimal(alpha);
  const pessimism = subtract(decimal(1), optimism);
  return { kind: 'return', worth: ({ best, worst }) => add(multiply(optimism, best), multiply(pessimism, worst)) };
}

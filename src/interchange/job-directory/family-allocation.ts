import type { Run } from '../../core/contracts/run.ts';
import type { Scenario } from '../../core/scenario/scenario.ts';
import { decidedReturns } from './decided-returns.ts';

type Weights = { readonly best: number; readonly med: number; readonly worst: number };
/** A decision rule of the family's. */
type FamilyRule = { readonly rule: 'minimax_regret' } | { readonly rule: 'bayesian'; readonly weights: Weights };

/** The scenario's rule in the family's terms; null where it has none that chooses the same. */
export function familyRule({ id, parameters }: Scenario['decision_rule']): FamilyRule | null {
  if (id === 'minimax_regret') return { rule: id };
  if (id === 'bayesian') return { rule: id, weights: addingUp(parameters['weights'] as Weights) };
  // A portfolio is at its best in the state best and at its worst in the state worst, so these are expected returns as well.
  if (id === 'maximax') return { rule: 'bayesian', weights: { best: 1, med: 0, worst: 0 } };
  if (id === 'maximin') return { rule: 'bayesian', weights: { best: 0, med: 0, worst: 1 } };
  if (id !== 'hurwicz') return null;
  const alpha = parameters['alpha'] as number;
  return { rule: 'bayesian', weights: { best: alpha, med: 0, worst: 1 - alpha } };
}

/** `allocation.yaml`: budget, threshold, floor, rule and costs, as the family's allocation reads them; `gaps` stand in it as remarks. */
export function allocationYaml(run: Run, gaps: readonly string[]): string {
  const { scenario } = run;
  const rule = familyRule(scenario.decision_rule) ?? { rule: 'minimax_regret' as const };
  return [
    ...gaps.map((gap) => `# ${gap}`),
    'allocation:',
    `  budget: ${yamlNumber(scenario.budget)}`,
    `  rule: ${rule.rule}`,
    `  min_confidence_threshold: ${yamlNumber(scenario.min_confidence_threshold)}`,
    `  min_portfolio_worst_return: ${yamlNumber(scenario.min_portfolio_worst_return ?? floorThatNeverBinds(run))}`,
    ...('weights' in rule
      ? ['  weights:', ...Object.entries(rule.weights).map(([state, weight]) => `    ${state}: ${yamlNumber(weight)}`)]
      : []),
    '  costs:',
    ...run.evaluate_results.map(({ initiative_id: id, cost }) => `    ${JSON.stringify(id)}: ${yamlNumber(cost)}`),
    '',
  ].join('\n');
}

/** There a floor is always there, and is 0 where none is given. */
function floorThatNeverBinds(run: Run): number {
  const losses = [...decidedReturns(run).values()].map(({ R_worst }) => Math.min(0, R_worst));
  return Math.floor(losses.reduce((sum, loss) => sum + loss, 0)) - 1;
}

/** Weights have to add up to 1 to within 1e-9 there. */
function addingUp({ best, med, worst }: Weights): Weights {
  const sum = best + med + worst;
  return Math.abs(sum - 1) < 1e-9 ? { best, med, worst } : { best: best / sum, med: med / sum, worst: worst / sum };
}

/** YAML 1.1 takes 1e+21 for text: a number with an exponent needs a decimal point. */
function yamlNumber(value: number): string {
  const text = String(value);
  return text.includes('e') && !text.includes('.') ? text.replace('e', '.0e') : text;
}

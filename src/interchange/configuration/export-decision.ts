import { decisionRuleDescriptions } from '../../core/allocate/descriptions.ts';
import { noSideConstraints } from '../../core/allocate/decision-rule.ts';
import { defaultCorrection } from '../../core/allocate/corrections/index.ts';
import { defaultPenalty } from '../../core/allocate/penalties/index.ts';
import type { Scenario } from '../../core/scenario/scenario.ts';
import type { NoCounterpart } from './configuration.ts';
import { noFloor } from './read-allocation.ts';
import type { Writable } from './write-yaml.ts';

type Mapping = { readonly [key: string]: Writable };
export type ExportedDecision = {
  /** The problem file, but for its initiatives. */
  readonly problem: Mapping;
  readonly allocation: Mapping;
  readonly seed: number;
  readonly noCounterpart: readonly NoCounterpart[];
};

const usualSeed = 42;

export function exportDecision(scenario: Scenario): ExportedDecision {
  const lost: NoCounterpart[] = problemLosses(scenario);
  const seed = /^(?:0|[1-9]\d{0,14})$/.test(scenario.seed) ? Number(scenario.seed) : usualSeed;
  if (!scenario.initiatives.some(({ source }) => source === 'simulated'))
    lost.push({ path: 'seed', value: scenario.seed, why: 'nothing is drawn in these files' });
  else if (String(seed) !== scenario.seed)
    lost.push({ path: 'seed', value: scenario.seed, why: `their seeds are whole numbers; ${usualSeed} is written` });
  const { rule, weights } = ruleOf(scenario, lost);
  const thresholds = {
    min_confidence_threshold: scenario.min_confidence_threshold,
    min_portfolio_worst_return: scenario.min_portfolio_worst_return ?? noFloor,
  };
  const block = { rule, ...thresholds, ...(weights === null ? {} : { weights }) };
  const costs = Object.fromEntries(scenario.initiatives.map(({ initiative_id, cost_to_scale }) => [initiative_id, cost_to_scale]));
  const { budget, max_workers, scale_sample_size } = scenario;
  return {
    problem: { budget, max_workers, scale_sample_size, storage_url: './data/measure', ALLOCATE: block },
    allocation: { allocation: { budget, ...block, costs } },
    seed,
    noCounterpart: lost,
  };
}

/** Their two rules; minimax regret is written for any other, and weights that add up to 1 as closely as theirs wants it. */
function ruleOf(
  { decision_rule: { id, parameters } }: Scenario,
  lost: NoCounterpart[],
): { readonly rule: string; readonly weights: Mapping | null } {
  const known = decisionRuleDescriptions[id as keyof typeof decisionRuleDescriptions].parameters as Readonly<
    Record<string, { readonly default: unknown }>
  >;
  if (id !== 'minimax_regret' && id !== 'bayesian') {
    lost.push({
      path: 'decision_rule',
      value: { id, parameters },
      why: 'theirs has minimax_regret and bayesian; minimax_regret is written',
    });
    return { rule: 'minimax_regret', weights: null };
  }
  for (const [name, value] of Object.entries(parameters)) {
    if (name !== 'weights' && value !== known[name]?.default)
      lost.push({ path: `decision_rule.parameters.${name}`, value, why: 'is nothing that their solver is told' });
  }
  if (id === 'minimax_regret') return { rule: id, weights: null };
  const { best, med, worst } = parameters.weights as { readonly best: number; readonly med: number; readonly worst: number };
  const sum = best + med + worst;
  if (Math.abs(sum - 1) <= 1e-9) return { rule: id, weights: { best, med, worst } };
  lost.push({ path: 'decision_rule.parameters.weights', value: parameters.weights, why: 'their weights must add up to 1 more closely' });
  return { rule: id, weights: { best: best / sum, med: med / sum, worst: worst / sum } };
}

/** What theirs cannot say of a problem, beside rule and thresholds. */
function problemLosses(scenario: Scenario): NoCounterpart[] {
  const lost: NoCounterpart[] = [{ path: 'title', value: scenario.title, why: 'their problems have no title' }];
  const lose = (path: keyof Scenario, why: string) => lost.push({ path, value: scenario[path], why });
  if (scenario.budget <= 0) lose('budget', 'theirs wants more than 0');
  if (scenario.initiatives.length === 0) lose('initiatives', 'theirs wants at least one');
  if (scenario.confidence_level !== 0.95) lose('confidence_level', 'their intervals are at 95%');
  if (scenario.currency !== 'USD') lose('currency', 'theirs names no currency');
  if (!same(scenario.confidence_penalty, defaultPenalty)) lose('confidence_penalty', 'theirs is one minus confidence');
  if (!same(scenario.return_correction, defaultCorrection)) lose('return_correction', 'theirs takes returns as they were measured');
  if (scenario.benchmark !== 'budget-only') lose('benchmark', 'theirs knows the budget only');
  if (!same(scenario.constraints, noSideConstraints)) lose('constraints', 'theirs knows the budget and the floor only');
  if (scenario.what_if.length > 0) lose('what_if', 'theirs decides on what was measured');
  return lost;
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
